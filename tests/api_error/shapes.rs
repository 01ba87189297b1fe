//! Structs, enums and variants of every shape.

use std::sync::Arc;

use kate_errors::{ApiError, KateError, ToApiError};

use super::says;

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("no run {run}")]
#[api_error(catalog = KateError, run_not_found {})]
struct NoRun {
    run: u64,
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("a unit")]
#[api_error(catalog = kate_errors::KateError)]
#[api_error(TokenExpired)]
struct Unit;

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("a newtype")]
#[api_error(transparent, catalog = KateError)]
struct Newtype(Box<NoRun>);

#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = KateError)]
enum Never {}

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("one of many")]
#[api_error(catalog = KateError)]
#[non_exhaustive]
enum Mixed {
    #[api_error(internal)]
    Unit,
    #[api_error(internal)]
    Tuple(#[allow(dead_code)] u8, #[allow(dead_code)] u8),
    #[deprecated]
    #[api_error(file_too_large)]
    Empty {},
    #[api_error(file_too_large)]
    EmptyTuple(),
    #[cfg(any())]
    WithoutAnswer,
    #[api_error(cover_not_generated)]
    Unnamed(#[allow(dead_code)] u64),
}

#[kate_errors::catalog("tests/catalogs/codes.yaml")]
enum CodesError {}

/// Each code as it is written in responses, where that is possible.
#[derive(Debug, thiserror::Error, ToApiError)]
#[error("a code")]
#[api_error(catalog = CodesError)]
enum Codes {
    #[api_error(NOT_FOUND)]
    Capitals,
    #[api_error(FORBIDDEN)]
    Word,
    #[api_error(Forbidden)]
    VariantOfWord,
    #[api_error(Rate_Limited)]
    Capitalized,
    #[api_error(NoSuchKey)]
    Camel,
    #[api_error(userIDMissing)]
    SmallCamel,
    #[api_error(type)]
    Keyword,
    #[api_error(code_42_p01)]
    Digits,
    #[api_error(TooMany { count: 0xFF })]
    Hexadecimal,
}

#[test]
fn structs() {
    let error = NoRun { run: 7 };
    assert_eq!(error.to_string(), "no run 7");
    says(&error, "Run not found");
    says(&Unit, "Token expired");
    says(&Newtype(Box::new(error)), "Run not found");
}

#[test]
fn enums() {
    assert_eq!(Mixed::Unit.to_api_error(), ApiError::Internal);
    assert_eq!(Mixed::Tuple(1, 2).to_api_error(), ApiError::Internal);
    #[allow(deprecated)]
    let empty = Mixed::Empty {};
    says(&empty, "File too large");
    says(&Mixed::EmptyTuple(), "File too large");
    says(&Mixed::Unnamed(1), "Cover not generated");
    let none: Option<Never> = None;
    assert!(none.is_none_or(|never| never.to_api_error() == ApiError::Internal));
}

#[test]
fn codes() {
    says(&Codes::Capitals, "Not found");
    says(&Codes::Word, "Forbidden");
    says(&Codes::VariantOfWord, "Forbidden");
    says(&Codes::Capitalized, "Too fast");
    says(&Codes::Camel, "No such key");
    says(&Codes::SmallCamel, "No user");
    says(&Codes::Keyword, "Wrong type");
    says(&Codes::Digits, "No table");
    says(&Codes::Hexadecimal, "255 are too many");
}

#[test]
fn behind_pointers() {
    says(&&NoRun { run: 7 }, "Run not found");
    let any: Arc<dyn ToApiError<Catalog = KateError>> = Arc::new(NoRun { run: 7 });
    says(&any, "Run not found");
    says(&Box::new(any), "Run not found");
}
