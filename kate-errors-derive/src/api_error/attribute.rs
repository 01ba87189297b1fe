//! One `#[api_error(…)]`: its options, and what it says a variant answers with.

use kate_errors_codegen::suggest;
use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, LitStr, Path, Result, Token, token};

use super::arguments::{self, Arguments};
use crate::library::Library;

/// What stands between the parentheses, in order.
pub(super) enum Entry {
    /// `catalog = KateError`.
    Catalog(Ident, Path),
    /// `crate = path::to::kate_errors`.
    Library(Ident, Library),
    /// What is answered.
    Says(Says),
}

/// What a variant answers with, as its user wrote it.
pub(super) enum Says {
    /// `artifact_not_found`, or `amount_too_large { amount, limit: *limit }`.
    Row { code: Ident, arguments: Option<Arguments> },
    /// `transparent`.
    Transparent(Ident),
    /// `internal`.
    Internal(Ident),
}

impl Says {
    /// Where it begins.
    pub(super) fn ident(&self) -> &Ident {
        match self {
            Self::Row { code: ident, .. } | Self::Transparent(ident) | Self::Internal(ident) => {
                ident
            }
        }
    }
}

const OPTIONS: [&str; 2] = ["catalog", "crate"];

pub(super) fn is_ours(attribute: &Attribute) -> bool {
    attribute.path().is_ident("api_error")
}

/// The entries of an attribute.
pub(super) fn read(attribute: &Attribute) -> Result<Vec<Entry>> {
    attribute.parse_args_with(|input: ParseStream<'_>| {
        let entries = input.parse_terminated(Entry::parse, Token![,])?;
        Ok(entries.into_iter().collect())
    })
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(LitStr) {
            let code: LitStr = input.parse()?;
            let message = format!("write the row without quotes: `{}`", code.value());
            return Err(Error::new(code.span(), message));
        }
        let name = Ident::parse_any(input)?;
        if input.peek(Token![=]) {
            return option(name, input);
        }
        if input.peek(Token![::]) {
            let rest: proc_macro2::TokenStream = input.parse()?;
            let last = rest.into_iter().last().map_or_else(String::new, |last| last.to_string());
            let message = format!("name the row alone: `{last}`; the catalog is named at the enum");
            return Err(Error::new(name.span(), message));
        }
        if OPTIONS.iter().any(|option| name == option) {
            let message = format!("`{name}` is an option: `{name} = path`");
            return Err(Error::new(name.span(), message));
        }
        says(name, input).map(Self::Says)
    }
}

fn option(name: Ident, input: ParseStream<'_>) -> Result<Entry> {
    input.parse::<Token![=]>()?;
    match name.to_string().as_str() {
        "catalog" => Ok(Entry::Catalog(name, Path::parse_mod_style(input)?)),
        "crate" => Ok(Entry::Library(name, Library::parse(input)?)),
        wrong => {
            let near = suggest::nearest(wrong, OPTIONS);
            let help = near.map_or_else(
                || "the options are `catalog` and `crate`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Error::new(name.span(), format!("there is no option `{wrong}`; {help}")))
        }
    }
}

fn says(name: Ident, input: ParseStream<'_>) -> Result<Says> {
    if input.peek(token::Brace) {
        return Ok(Says::Row { code: name, arguments: Some(arguments::read(input)?) });
    }
    if input.peek(token::Paren) {
        let message = format!("write the parameters in braces: `{name} {{ parameter: value, … }}`");
        return Err(Error::new(name.span(), message));
    }
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(
            input.error(format!("nothing stands behind `{name}` but its parameters in braces"))
        );
    }
    Ok(match name.to_string().as_str() {
        "transparent" => Says::Transparent(name),
        "internal" => Says::Internal(name),
        _ => Says::Row { code: name, arguments: None },
    })
}
