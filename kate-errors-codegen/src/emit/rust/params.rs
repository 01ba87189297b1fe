//! Parameters as fields.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, identifier};
use crate::catalog::{Param, ParamKind};

/// The type of the field of a parameter; `module` is the path to the types beside the enum.
pub(super) fn field_type(param: &Param, module: &TokenStream) -> TokenStream {
    match &param.kind {
        ParamKind::U64 => quote!(::core::primitive::u64),
        ParamKind::I64 => quote!(::core::primitive::i64),
        ParamKind::Word => quote!(::kate_errors::Word),
        ParamKind::Text { ends_at: None } => quote!(::kate_errors::Text),
        ParamKind::Text { ends_at: Some(end) } => {
            let end = Literal::character(*end);
            quote!(::kate_errors::Text<#end>)
        }
        ParamKind::OneOf(choices) => {
            let name = identifier(&choices.type_name);
            quote!(#module #name)
        }
    }
}

/// The fields of parameters, with their documentation.
pub(super) fn fields(
    params: &[Param],
    visibility: &TokenStream,
    module: &TokenStream,
) -> Vec<TokenStream> {
    let field = |param: &Param| {
        let docs = docs::param(param);
        let name = identifier(&param.name);
        let kind = field_type(param, module);
        quote!(#docs #visibility #name: #kind)
    };
    params.iter().map(field).collect()
}

/// The descriptions of parameters in the static table.
pub(super) fn table(params: &[Param]) -> TokenStream {
    let params = params.iter().map(|param| {
        let name = &param.name;
        let sensitive = param.sensitive;
        let kind = match &param.kind {
            ParamKind::U64 => quote!(U64),
            ParamKind::I64 => quote!(I64),
            ParamKind::Word => quote!(Word),
            ParamKind::Text { ends_at: None } => quote!(Text(::core::option::Option::None)),
            ParamKind::Text { ends_at: Some(end) } => {
                let end = Literal::character(*end);
                quote!(Text(::core::option::Option::Some(#end)))
            }
            ParamKind::OneOf(choices) => {
                let texts = choices.choices.iter().map(|choice| &choice.text);
                quote!(OneOf(&[#(#texts),*]))
            }
        };
        quote! {
            ::kate_errors::__private::Param {
                name: #name,
                kind: ::kate_errors::__private::Kind::#kind,
                sensitive: #sensitive,
            }
        }
    });
    quote!(&[#(#params),*])
}
