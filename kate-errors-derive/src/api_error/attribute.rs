//! One `#[api_error(…)]`: its options, and the response that it gives a variant.

use kate_errors_codegen::names::name_of_code;
use kate_errors_codegen::suggest;
use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::{Attribute, Error, LitInt, LitStr, Meta, Path, Result, Token, token};

use super::arguments::{self, Arguments};
use crate::library::Library;

/// An entry in the parentheses.
pub(super) enum Entry {
    /// `catalog = KateError`.
    Catalog(Ident, Path),
    /// `crate = path::to::kate_errors`.
    Library(Ident, Library),
    /// The response.
    Response(Response),
}

/// The response of a variant.
pub(super) enum Response {
    /// An error of the catalog: `artifact_not_found`, or `amount_too_large { amount, limit: *limit }`. Without
    /// arguments, fields are the parameters with the same names.
    Row { code: Ident, arguments: Option<Arguments> },
    /// The response of a field: `transparent`.
    Transparent(Ident),
    /// An internal error, without details: `internal`.
    Internal(Ident),
}

impl Response {
    /// Returns the first identifier.
    pub(super) fn ident(&self) -> &Ident {
        match self {
            Self::Row { code: ident, .. } | Self::Transparent(ident) | Self::Internal(ident) => {
                ident
            }
        }
    }
}

const OPTIONS: [&str; 2] = ["catalog", "crate"];

/// Responses that are not errors of the catalog.
const WORDS: [&str; 2] = ["transparent", "internal"];

/// An example of a code in messages.
const A_CODE: &str = "code_of_an_error";

pub(super) fn is_ours(attribute: &Attribute) -> bool {
    attribute.path().is_ident("api_error")
}

/// Returns the entries of an attribute; empty if nothing follows its name.
pub(super) fn read(attribute: &Attribute) -> Result<Vec<Entry>> {
    match &attribute.meta {
        Meta::Path(_) => Ok(Vec::new()),
        Meta::NameValue(wrong) => {
            let message =
                format!("write it in parentheses, without quotes: `#[api_error({A_CODE})]`");
            Err(Error::new(wrong.eq_token.span(), message))
        }
        Meta::List(_) => attribute.parse_args_with(|input: ParseStream<'_>| {
            let entries = input.parse_terminated(Entry::parse, Token![,])?;
            Ok(entries.into_iter().collect())
        }),
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(Ident::peek_any) {
            return Err(no_name(input));
        }
        let name = Ident::parse_any(input)?;
        if input.peek(Token![=]) {
            return option(name, input);
        }
        if input.peek(Token![::]) {
            let rest: proc_macro2::TokenStream = input.parse()?;
            let last = rest.into_iter().last().map_or_else(String::new, |last| last.to_string());
            let message =
                format!("name only the error: `{last}`; the catalog is named on the enum");
            return Err(Error::new(name.span(), message));
        }
        if OPTIONS.iter().any(|option| name == option) {
            let message = format!("`{name}` is an option: `{name} = path`");
            return Err(Error::new(name.span(), message));
        }
        response(name, input).map(Self::Response)
    }
}

/// Returns the mistake at a place where a name is expected.
fn no_name(input: ParseStream<'_>) -> Error {
    if let Ok(number) = input.fork().parse::<LitInt>() {
        let number = number.token().to_string();
        let name = name_of_code(&number).unwrap_or_default();
        return input.error(format!(
            "name the error by its code, not by its status: `{A_CODE}`, or `{name}` if {number} is its code"
        ));
    }
    let Ok(text) = input.fork().parse::<LitStr>() else {
        return input.error(format!(
            "name the error that this responds with by its code: `{A_CODE}`; its status and its \
             message are in the catalog"
        ));
    };
    let value = text.value();
    let message = match name_of_code(&value).filter(|_| !value.contains(' ')) {
        Some(name) => format!("write the code without quotes: `{name}`"),
        None => format!("name the error by its code, not by its message: `{A_CODE}`"),
    };
    Error::new(text.span(), message)
}

fn option(name: Ident, input: ParseStream<'_>) -> Result<Entry> {
    input.parse::<Token![=]>()?;
    match name.to_string().as_str() {
        "catalog" if input.peek(LitStr) => {
            Err(input.error("name the enum of the catalog, without quotes: `catalog = KateError`"))
        }
        "catalog" => Ok(Entry::Catalog(name, Path::parse_mod_style(input)?)),
        "crate" => Ok(Entry::Library(name, Library::parse(input)?)),
        wrong => {
            let near = suggest::nearest(wrong, OPTIONS);
            let help = near.map_or_else(
                || format!("name an error by its code: `#[api_error({A_CODE})]`"),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Error::new(name.span(), format!("there is no option `{wrong}`; {help}")))
        }
    }
}

fn response(name: Ident, input: ParseStream<'_>) -> Result<Response> {
    if input.peek(token::Brace) {
        return Ok(Response::Row { code: name, arguments: Some(arguments::read(input)?) });
    }
    if input.peek(token::Paren) && WORDS.iter().any(|word| name == word) {
        return Err(Error::new(
            name.span(),
            format!("`{name}` takes no arguments: `#[api_error({name})]`"),
        ));
    }
    if input.peek(token::Paren) {
        let message = format!("write the parameters in braces: `{name} {{ parameter: value, … }}`");
        return Err(Error::new(name.span(), message));
    }
    if input.peek(Token![-]) {
        let message = format!("write the code with `_`: `{}`", with_underscores(&name, input)?);
        return Err(Error::new(name.span(), message));
    }
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error(format!("only parameters in braces can follow `{name}`")));
    }
    Ok(match name.to_string().as_str() {
        "transparent" => Response::Transparent(name),
        "internal" => Response::Internal(name),
        _ => Response::Row { code: name, arguments: None },
    })
}

/// Returns the code that was meant: `run-not-found` with underscores.
fn with_underscores(first: &Ident, input: ParseStream<'_>) -> Result<String> {
    let mut code = first.to_string();
    while input.peek(Token![-]) {
        input.parse::<Token![-]>()?;
        code.push('_');
        if input.peek(Ident::peek_any) {
            code.push_str(&Ident::parse_any(input)?.to_string());
        }
    }
    Ok(code)
}
