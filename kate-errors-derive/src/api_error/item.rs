//! The enum or struct of the derive, checked as far as possible without a catalog.

use proc_macro2::Ident;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Generics, Path};

use super::attribute::Response;
use super::attributes::Attributes;
use super::mistakes::Mistakes;
use super::variant::Variant;
use crate::library::Library;

pub(super) struct Item<'i> {
    pub(super) name: &'i Ident,
    pub(super) generics: &'i Generics,
    /// The enum of the catalog; `None` if the user did not name it, which is a mistake.
    pub(super) catalog: Option<Path>,
    /// The library, which may have another name as a dependency.
    pub(super) library: Library,
    /// The variants, or the struct itself.
    pub(super) variants: Vec<Variant<'i>>,
}

impl<'i> Item<'i> {
    /// Reads the item. Returns `None` for a union, which cannot have a response.
    pub(super) fn read(input: &'i DeriveInput, mistakes: &mut Mistakes) -> Option<Self> {
        let mut attributes = Attributes::read(&input.attrs, mistakes);
        if attributes.catalog.is_none() && !attributes.is_broken {
            match attributes.response.take_if(|response| is_enum(response)) {
                Some(response) => {
                    let name = response.ident();
                    mistakes.at(name, format!("name the catalog with `catalog = {name}`"));
                }
                None => mistakes.at(
                    &input.ident,
                    "name the catalog of the responses: `#[api_error(catalog = KateError)]`",
                ),
            }
        }
        let catalog = attributes.catalog.take().map(|(_, path)| path);
        let library = attributes.library.take().map(|(_, library)| library);
        let variants = match &input.data {
            Data::Enum(data) => variants(data, &attributes, mistakes),
            Data::Struct(DataStruct { fields, .. }) => {
                vec![Variant::of_struct(&input.ident, fields, attributes, mistakes)]
            }
            Data::Union(data) => {
                mistakes.at(
                    data.union_token,
                    "`ToApiError` can only be derived for an enum or a struct",
                );
                return None;
            }
        };
        let library = library.unwrap_or_default();
        Some(Self { name: &input.ident, generics: &input.generics, catalog, library, variants })
    }
}

fn variants<'i>(
    data: &'i DataEnum,
    of_enum: &Attributes,
    mistakes: &mut Mistakes,
) -> Vec<Variant<'i>> {
    if let Some(response) = &of_enum.response {
        let message = format!(
            "each variant of an enum has its own response: write `#[api_error({})]` on one of them",
            response.ident()
        );
        mistakes.at(response.ident(), message);
    }
    data.variants.iter().map(|variant| Variant::read(variant, mistakes)).collect()
}

/// Whether this is spelled like the name of an enum, not like that of an error.
fn is_enum(response: &Response) -> bool {
    let Response::Row { code, arguments: None } = response else { return false };
    code.to_string().ends_with("Error")
}
