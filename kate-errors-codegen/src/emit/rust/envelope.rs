//! The envelope as a constant.

use kate_errors_model::envelope::profiles;
use kate_errors_model::envelope::{Affix, CodeHeader, Content, Envelope, Leaf, Piece, Place, Slot};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::variant_of;
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let detail = Envelope::DETAIL;
    let success = catalog.success.map(Literal::u16_unsuffixed);
    let success = success.map(|status| quote!(success: self::lib::Option::Some(#status),));
    let older = catalog.envelopes().skip(1).map(|older| {
        let parts = self::parts(&older.envelope());
        quote!(Envelope { #parts ..Envelope::DETAIL })
    });
    let older: Vec<_> = older.collect();
    let older = (!older.is_empty()).then(|| quote!(older: &[#(#older),*],));
    let media_type = Some(&catalog.media_type).filter(|it| *it != detail.media_type);
    let media_type = media_type.map(|media_type| quote!(media_type: #media_type,));
    let parts =
        (catalog.envelope != profiles::DETAIL).then(|| self::parts(&catalog.envelope().envelope()));
    if let (None, None, None, None) = (&parts, &success, &older, &media_type) {
        return quote!(lib::Envelope::DETAIL);
    }
    quote! {{
        #[allow(unused_imports)]
        use self::lib::envelope::{
            Affix, Content, Envelope, FieldPart, Form, Leaf, Piece, Place, Slot,
        };

        Envelope { #parts #media_type #success #older ..Envelope::DETAIL }
    }}
}

/// Returns the header field for the code, if the catalog names one.
pub(super) fn code_header(catalog: &Catalog) -> TokenStream {
    if catalog.code_header.is_none() {
        return quote!(lib::Option::None);
    }
    let CodeHeader { name, leaf } = catalog.error_code();
    let leaf = self::leaf(&leaf);
    quote! {{
        use self::lib::envelope::{Affix, CodeHeader, Form, Leaf, Slot};

        lib::Option::Some(CodeHeader { name: #name, leaf: #leaf })
    }}
}

/// Returns the parts of an envelope as fields.
fn parts(envelope: &Envelope<'_>) -> TokenStream {
    let pieces = envelope.pieces.iter().map(piece);
    let [places, fields] = [envelope.places, envelope.fields];
    let (places, fields) = (places.iter().map(place), fields.iter().map(place));
    quote!(pieces: &[#(#pieces),*], places: &[#(#places),*], fields: &[#(#fields),*],)
}

fn number(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

fn piece(piece: &Piece<'_>) -> TokenStream {
    match piece {
        Piece::Json(json) => quote!(Piece::Json(#json)),
        Piece::Slot(slot, form) => {
            let (slot, form) = (self::slot(*slot), variant_of(form));
            quote!(Piece::Slot(#slot, Form::#form))
        }
        Piece::Comma => quote!(Piece::Comma),
        Piece::Optional(length) | Piece::Container(length) | Piece::Each(length) => {
            let (variant, length) = (variant_of(piece), number(*length));
            quote!(Piece::#variant(#length))
        }
    }
}

fn slot(slot: Slot<'_>) -> TokenStream {
    let field = match slot {
        Slot::Param(name) | Slot::Request(name) | Slot::Wire(name) => Some(quote!((#name))),
        Slot::Field(part) => {
            let part = variant_of(part);
            Some(quote!((FieldPart::#part)))
        }
        _ => None,
    };
    let slot = variant_of(slot);
    quote!(Slot::#slot #field)
}

fn place(place: &Place<'_>) -> TokenStream {
    let (name, within) = (place.name, number(place.within));
    let content = match place.content {
        Content::Slot(leaf) | Content::Part(leaf) => {
            let (variant, leaf) = (variant_of(place.content), self::leaf(&leaf));
            quote!(Content::#variant(#leaf))
        }
        Content::Object => quote!(Content::Object),
        Content::Array(constants) => {
            let constants = number(constants);
            quote!(Content::Array(#constants))
        }
        Content::Constant(json) => quote!(Content::Constant(#json)),
    };
    quote!(Place { name: #name, content: #content, within: #within })
}

fn leaf(leaf: &Leaf<'_>) -> TokenStream {
    let (slot, form) = (slot(leaf.slot), variant_of(leaf.form));
    let (before, after) = (affix(leaf.before), affix(leaf.after));
    quote!(Leaf { slot: #slot, form: Form::#form, before: #before, after: #after })
}

fn affix(affix: Affix<'_>) -> TokenStream {
    let Affix { text, is_open } = affix;
    quote!(Affix { text: #text, is_open: #is_open })
}
