//! The fields of a variant.

use proc_macro2::{Ident, Span};
use quote::{ToTokens as _, format_ident};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Fields, Index, Member, Type};

/// A field of a variant.
pub(super) struct Field<'i> {
    pub(super) member: Member,
    pub(super) kind: &'i Type,
    pub(super) role: Role,
}

/// The role of a field in an error. Clients only see fields with another role, unless the user says otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Why the error occurred. Only logged.
    Source,
    /// Where the error occurred. Only logged.
    Backtrace,
    Other,
}

impl Field<'_> {
    pub(super) fn all(fields: &Fields) -> Vec<Field<'_>> {
        (0_u32..).zip(fields).map(|(index, field)| read(index, field)).collect()
    }

    /// Returns the identifier of the field in an expression with this span: its name, or `_0`.
    pub(super) fn ident(&self, span: Span) -> Ident {
        match &self.member {
            Member::Named(name) => name.clone(),
            Member::Unnamed(index) => format_ident!("_{}", index.index, span = span),
        }
    }

    /// Returns the name of the field, which may be that of a parameter.
    pub(super) fn name(&self) -> Option<&Ident> {
        match &self.member {
            Member::Named(name) => Some(name),
            Member::Unnamed(_) => None,
        }
    }

    pub(super) fn is_called(&self, name: &Ident) -> bool {
        self.name().is_some_and(|own| own.unraw() == name.unraw())
    }

    /// Returns the spans of the first and the last token of its type.
    pub(super) fn ends(&self) -> (Span, Span) {
        let first = self.kind.span();
        let last = self.kind.to_token_stream().into_iter().last();
        (first, last.map_or(first, |token| token.span()))
    }
}

fn read(index: u32, field: &syn::Field) -> Field<'_> {
    let member = match &field.ident {
        Some(name) => Member::Named(name.clone()),
        None => Member::Unnamed(Index { index, span: field.ty.span() }),
    };
    Field { member, kind: &field.ty, role: role(field) }
}

/// Returns the role that thiserror gives the field.
fn role(field: &syn::Field) -> Role {
    let has = |name| field.attrs.iter().any(|attribute| attribute.path().is_ident(name));
    let called = |name| field.ident.as_ref().is_some_and(|ident| ident == name);
    if has("from") || has("source") || called("source") {
        Role::Source
    } else if has("backtrace") || is_backtrace(&field.ty) {
        Role::Backtrace
    } else {
        Role::Other
    }
}

fn is_backtrace(kind: &Type) -> bool {
    let Type::Path(kind) = kind else { return false };
    kind.path.segments.last().is_some_and(|last| last.ident == "Backtrace")
}
