//! Errors in the `OpenAPI` documents of utoipa: the schema of their bodies, and the responses.
//!
//! A derived `IntoResponses` keeps one variant for each status and drops the others. Here, all errors with a
//! status are one response, which has an example for each of them, named after its code.
//!
//! Versions of utoipa have their own types and traits, with the same names. The code for them is in one file,
//! which is compiled for each enabled version.

/// For version 5 of utoipa.
#[cfg(feature = "utoipa")]
pub mod version_5 {
    include!("utoipa/responses.rs");

    /// The schema of a header field, which is required in this version.
    fn of_header(schema: ObjectBuilder) -> ObjectBuilder {
        schema
    }
}

/// For version 6 of utoipa.
#[cfg(feature = "utoipa-6")]
pub mod version_6 {
    use ::utoipa_6 as utoipa;

    include!("utoipa/responses.rs");

    /// The schema of a header field, which is optional in this version.
    #[allow(clippy::unnecessary_wraps, reason = "the builder of this version takes an `Option`")]
    fn of_header(schema: ObjectBuilder) -> Option<ObjectBuilder> {
        Some(schema)
    }
}
