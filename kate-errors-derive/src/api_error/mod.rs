//! `#[derive(ToApiError)]`: maps each error of a server to the error of a catalog with which it responds.
//!
//! ```text
//! tokens ─ attribute, arguments ─► item ─► arm, bounds ─► expand
//!          (what the user wrote)   (checked) (one for each variant)
//! ```
//!
//! A derive does not see the catalog, which a build script or another crate has compiled. So the code of an error
//! becomes the path of its variant, with the span of what the user wrote, and the compiler reports mistakes in the
//! error or its parameters. Mistakes that can be found without a catalog are reported here.

mod arguments;
mod arm;
mod attribute;
mod attributes;
mod bounds;
mod expand;
mod field;
mod item;
mod mistakes;
mod names;
mod variant;

use proc_macro2::TokenStream;
use quote::quote;

use item::Item;
use mistakes::Mistakes;

/// Expands the derive.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut mistakes = Mistakes::default();
    let item = Item::read(&input, &mut mistakes);
    let mistakes = mistakes.into_compile_errors();
    // The impl is always generated, so that one mistake is one error.
    let expansion = item.map(|item| expand::expand(&item));
    quote!(#mistakes #expansion)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sample of all syntax, with spaces between all parts that the test removes or moves.
    const INPUT: &str = r#"
        # [ derive ( Debug ) ] # [ api_error ( catalog = a :: KateError , crate = "ke" ) ]
        pub enum ServiceError < 'a , T : Clone = u8 , const N : usize > where T : Copy {
            # [ api_error ( run_not_found ) ] NoRun { r#type : & 'a T , source : E } ,
            # [ api_error ( b { context : C { x : _0 , y : _0 + f ::< A , B > ( 1 ) } , n : - 1_0 } ) ] B ( T ) ,
            # [ api_error ( c { d : < T as U > :: g ( ) , e : h . into , i : None } ) ] C { h : [ u8 ; N ] } ,
            # [ api_error ( transparent ) ] Inner ( # [ from ] Box < T > , Backtrace ) ,
            # [ api_error ( internal ) ] Unit = 7 ,
        }"#;

    fn check(words: &[&str]) {
        let text = words.join(" ");
        // Text without valid tokens never reaches a derive.
        let Ok(tokens) = text.parse::<TokenStream>() else { return };
        let expansion = expand(tokens).to_string();
        let is_refused = expansion.contains("compile_error");
        let is_expanded = expansion.contains(":: ToApiError for ");
        assert!(is_refused || is_expanded, "{text}");
        assert!(expansion.parse::<TokenStream>().is_ok(), "{text}");
    }

    #[test]
    fn whatever_is_missing_or_misplaced_is_refused_or_expanded() {
        let words: Vec<&str> = INPUT.split_whitespace().collect();
        let whole = expand(INPUT.parse().unwrap()).to_string();
        assert!(!whole.contains("compile_error"), "{whole}");
        for at in 0..words.len() {
            let mut missing = words.clone();
            missing.remove(at);
            check(&missing);
            for other in
                ["{ }", "( a )", ",", "::", "<", "=", "..", "\"x\"", "7", "_", "crate", "é"]
            {
                let mut replaced = words.clone();
                replaced[at] = other;
                check(&replaced);
                let mut inserted = words.clone();
                inserted.insert(at, other);
                check(&inserted);
            }
            let mut moved = words.clone();
            moved.swap(at, (at + 1) % words.len());
            check(&moved);
        }
    }
}
