//! Replaces the path `::kate_errors` of the library in generated code.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::names::{is_keyword, is_word};

/// The name of the library after the `::` of its path.
const NAME: &str = "kate_errors";

/// Returns the path of the library for use in any module: `::` and the name of a dependency, or a path that
/// begins with `crate::` or `::`. `None` if `path` is neither.
///
/// ```
/// use kate_errors_codegen::emit::rust::library_path;
///
/// assert_eq!(library_path("ke").unwrap().to_string(), ":: ke");
/// assert_eq!(library_path("crate::errors").unwrap().to_string(), "crate :: errors");
/// assert!(library_path("errors::ke").is_none());
/// ```
#[must_use]
pub fn library_path(path: &str) -> Option<TokenStream> {
    let is_rooted = path.starts_with("crate::") || path.starts_with("::");
    let path = if is_rooted { path.to_owned() } else { format!("::{path}") };
    let names = path.strip_prefix("::").unwrap_or(&path);
    let are_names = names.split("::").all(is_word) && (is_rooted || !names.contains("::"));
    if are_names { path.parse().ok() } else { None }
}

/// Replaces each `::kate_errors` in the tokens with `path`.
pub(super) fn renamed(tokens: TokenStream, path: &TokenStream) -> TokenStream {
    let mut renamed: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), self::renamed(group.stream(), path));
                inner.set_span(group.span());
                renamed.push(inner.into());
            }
            TokenTree::Ident(ident) if ident == NAME && ends_in_root(&renamed) => {
                renamed.truncate(renamed.len() - 2);
                renamed.extend(path.clone());
            }
            other => renamed.push(other),
        }
    }
    renamed.into_iter().collect()
}

/// Whether the tokens end with a `::` that begins a path.
fn ends_in_root(tokens: &[TokenTree]) -> bool {
    let is_colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    match tokens {
        [rest @ .., first, second] if is_colon(first) && is_colon(second) => {
            // After a keyword such as `impl`, `::` begins a path.
            !matches!(rest.last(), Some(TokenTree::Ident(ident)) if !is_keyword(&ident.to_string()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn only_what_begins_a_path_is_renamed() {
        let tokens = quote! {
            impl ::kate_errors::Widen<::kate_errors::Text> for kate_errors {
                fn kate_errors(self) { mine::kate_errors::f(&[::kate_errors::A]) }
            }
        };
        let expected = quote! {
            impl ::ke::Widen<::ke::Text> for kate_errors {
                fn kate_errors(self) { mine::kate_errors::f(&[::ke::A]) }
            }
        };
        assert_eq!(renamed(tokens, &quote!(::ke)).to_string(), expected.to_string());
    }
}
