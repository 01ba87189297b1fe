//! The attribute `#[catalog("errors.yaml")]`: the front end for macros.

use std::env;
use std::path::{Path, PathBuf};

use kate_errors_codegen::emit::rust::{EmitOptions, emit};
use kate_errors_codegen::{Compilation, package};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Data, DataEnum, DeriveInput, Error, LitStr, Result, Token};

use crate::library::Library;

/// Expands the attribute.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let unchanged = item.clone();
    let expansion = Attribute::read(arguments, item).map(|attribute| attribute.expand());
    expansion.unwrap_or_else(|error| {
        let error = error.into_compile_error();
        quote!(#error #unchanged)
    })
}

/// What the user wrote, and the compiled catalog.
struct Attribute {
    path: LitStr,
    library: Option<Library>,
    item: DeriveInput,
    compilation: Compilation,
}

impl Attribute {
    fn read(arguments: TokenStream, item: TokenStream) -> Result<Self> {
        let Arguments { path, library } = syn::parse2(arguments)?;
        let item = read_item(item)?;
        let compilation = compile(&path)?;
        Ok(Self { path, library, item, compilation })
    }

    /// Returns the types of the catalog and, if something is wrong, one compile error.
    fn expand(&self) -> TokenStream {
        let tracking = tracking(&package::files(Path::new(&self.path.value()), &self.compilation));
        let mistake = self.mistake().map(Error::into_compile_error);
        let types = match self.compilation.catalog() {
            Some(catalog) if mistake.is_none() => emit(catalog, &self.options()),
            _ => self.skeleton(),
        };
        let types = defined_by(&self.item.ident, types);
        quote!(#mistake #types #tracking)
    }

    fn mistake(&self) -> Option<Error> {
        self.mistake_in_enum()
            .or_else(|| self.mistake_in_catalog())
            .or_else(|| self.mistake_in_name())
    }

    fn mistake_in_enum(&self) -> Option<Error> {
        let Data::Enum(DataEnum { variants, .. }) = &self.item.data else { return None };
        let generics = &self.item.generics;
        if let Some(variant) = variants.first() {
            let message = "leave the enum empty: its variants come from the catalog";
            return Some(Error::new_spanned(variant, message));
        }
        if !generics.params.is_empty() {
            let message = "the enum of a catalog has no generic parameters";
            return Some(Error::new_spanned(generics, message));
        }
        let clause = generics.where_clause.as_ref()?;
        Some(Error::new_spanned(clause, "the enum of a catalog has no `where` clause"))
    }

    fn mistake_in_catalog(&self) -> Option<Error> {
        let message = || package::failure(Path::new(&self.path.value()), &self.compilation);
        self.compilation.has_errors().then(|| Error::new(self.path.span(), message()))
    }

    fn mistake_in_name(&self) -> Option<Error> {
        let catalog = self.compilation.catalog()?;
        let expected = catalog.enum_name();
        let message = format!(
            "the catalog is called `{}`, so its enum must be called `{expected}`; rename the enum, or \
             the `catalog:` in {}",
            catalog.name,
            self.path.value()
        );
        (self.item.ident != expected).then(|| Error::new(self.item.ident.span(), message))
    }

    /// Returns the enum under the name that the user gave it, as far as the catalog could be understood.
    fn skeleton(&self) -> TokenStream {
        let name = self.item.ident.to_string();
        match name.strip_suffix("Error").filter(|name| !name.is_empty()) {
            Some(name) => emit(&self.compilation.skeleton(name), &self.options()),
            None => self.item.to_token_stream(),
        }
    }

    fn options(&self) -> EmitOptions {
        EmitOptions {
            attributes: crate::attributes::keep(&self.item.attrs),
            visibility: self.item.vis.to_token_stream(),
            library: self.library.as_ref().map(|library| library.path().to_token_stream()),
            in_macro: true,
        }
    }
}

/// The arguments in the parentheses of the attribute.
struct Arguments {
    path: LitStr,
    library: Option<Library>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let help = "name the catalog, relative to Cargo.toml: #[catalog(\"errors.yaml\")]";
        let path: LitStr = input.parse().map_err(|error| Error::new(error.span(), help))?;
        if path.value().is_empty() || Path::new(&path.value()).has_root() {
            return Err(Error::new(path.span(), help));
        }
        Ok(Self { path, library: read_library(input)? })
    }
}

/// Reads `, crate = ke`, if it is present.
fn read_library(input: ParseStream<'_>) -> Result<Option<Library>> {
    let help = "only `crate = name` can follow the path, if the dependency has another name \
                than `kate-errors`";
    if input.parse::<Option<Token![,]>>()?.is_none() && !input.is_empty() {
        return Err(input.error(help));
    }
    if input.is_empty() {
        return Ok(None);
    }
    let option: Token![crate] =
        input.parse().map_err(|error: Error| Error::new(error.span(), help))?;
    let no_name = |_| Error::new(option.span, help);
    input.parse::<Token![=]>().map_err(no_name)?;
    let library = Library::parse(input).map_err(no_name)?;
    if library.is_relative() {
        let message = "the catalog's types are in a module of their own, where this path leads \
                       elsewhere: begin it with `crate` or `::`";
        return Err(Error::new(option.span, message));
    }
    input.parse::<Option<Token![,]>>()?;
    Ok(Some(library))
}

fn read_item(item: TokenStream) -> Result<DeriveInput> {
    let message = "a catalog becomes an enum: write `pub enum BillingError {}` here";
    let read: Result<DeriveInput> = syn::parse2(item);
    // The compiler has already parsed the item, so what is not a valid input of a derive is a function or the
    // like.
    let item = read.map_err(|error| Error::new(error.span(), message))?;
    match item.data {
        Data::Enum(_) => Ok(item),
        Data::Struct(_) | Data::Union(_) => Err(Error::new(item.ident.span(), message)),
    }
}

fn compile(path: &LitStr) -> Result<Compilation> {
    let error = |message| Error::new(path.span(), message);
    if env::var_os("CARGO_MANIFEST_DIR").is_none() {
        return Err(error("CARGO_MANIFEST_DIR is not set: Cargo sets it".to_owned()));
    }
    package::compile(Path::new(&path.value())).map_err(error)
}

/// Gives the name of the enum in its definition the span of the name that the user wrote, so that the compiler
/// and editors lead there.
fn defined_by(name: &Ident, tokens: TokenStream) -> TokenStream {
    let mut behind_enum = false;
    let tokens = tokens.into_iter().map(|mut token| {
        if let TokenTree::Ident(ident) = &mut token {
            if behind_enum && *ident == *name {
                ident.set_span(name.span());
            }
            behind_enum = *ident == "enum";
        }
        token
    });
    tokens.collect()
}

/// Returns items that make the compiler track the catalog and its imports, so that a change compiles them
/// again.
fn tracking(files: &[PathBuf]) -> TokenStream {
    let files = files.iter().map(|file| file.to_string_lossy());
    quote! {
        #(const _: &[::core::primitive::u8] = ::core::include_bytes!(
            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #files)
        );)*
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOG: &[u8] = include_bytes!("../../errors.yaml");

    fn attribute(item: TokenStream) -> String {
        expand(quote!("../errors.yaml"), item).to_string()
    }

    #[test]
    fn both_front_ends_give_the_same_tokens() {
        let compilation = kate_errors_codegen::compile("../errors.yaml", CATALOG);
        let built = emit(compilation.catalog().unwrap(), &EmitOptions::default()).to_string();
        // The macro uses a plain name for the module.
        let built = built.replace("use self :: kate_catalog", "use kate_catalog");
        let tracking = tracking(&[PathBuf::from("../errors.yaml")]).to_string();
        assert_eq!(
            attribute(quote!(
                pub enum KateError {}
            )),
            format!("{built} {tracking}")
        );
    }

    #[test]
    fn what_the_user_wrote_is_kept() {
        let expanded = attribute(quote! {
            /// Mine.
            #[derive(Debug, serde::Serialize, PartialOrd, my::Ord)]
            #[must_use]
            pub(crate) enum KateError {}
        });
        let item = "# [doc = r\" Mine.\"] # [derive (PartialOrd , my :: Ord)] # [must_use] \
                    # [derive (:: kate_errors :: __private :: Clone)]";
        assert!(expanded.contains(item), "{expanded}");
        assert!(expanded.contains("pub (crate) enum KateError"));
        assert!(expanded.contains("pub (crate) mod kate_catalog"));
        assert!(expanded.contains("pub (crate) use kate_catalog"));
        assert!(
            !expanded.contains("An error of the Kate API"),
            "the user's documentation stands alone"
        );
    }
}
