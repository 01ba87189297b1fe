//! Errors in the documents that utoipa makes (`OpenAPI`): the schema of their bodies, and the responses.
//!
//! A derived `IntoResponses` keeps one variant for each status and drops the others. Here all errors under a
//! status are one response, in which each of them is an example by its code.
//!
//! Versions of utoipa have their own types and traits, with the same names: what is built from them is in one file,
//! which is compiled for each enabled version.

/// For version 5.
#[cfg(feature = "utoipa")]
pub mod version_5 {
    include!("utoipa/responses.rs");

    /// The schema of a header field, which every header has.
    fn of_header(schema: ObjectBuilder) -> ObjectBuilder {
        schema
    }
}

/// For version 6.
#[cfg(feature = "utoipa-6")]
pub mod version_6 {
    use ::utoipa_6 as utoipa;

    include!("utoipa/responses.rs");

    /// The schema of a header field, which headers may have.
    #[allow(clippy::unnecessary_wraps, reason = "the builder of this version takes it so")]
    fn of_header(schema: ObjectBuilder) -> Option<ObjectBuilder> {
        Some(schema)
    }
}
