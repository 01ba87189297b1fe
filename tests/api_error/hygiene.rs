//! The derive means the same, whatever a user has in scope.

use super::says;

/// Implements `Debug`, `Display` and `Error` for types, which is what the derive needs.
macro_rules! error {
    ($($name:ty)*) => {
        $(
            impl ::std::fmt::Debug for $name {
                fn fmt(&self, _: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::result::Result::Ok(())
                }
            }

            impl ::std::fmt::Display for $name {
                fn fmt(&self, _: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::result::Result::Ok(())
                }
            }

            impl ::std::error::Error for $name {}
        )*
    };
}
error!(among_namesakes::ServiceError among_types::ServiceError without_prelude::ServiceError);
error!(among_fields::ServiceError);

/// Modules and macros with the names of those that the derive needs.
#[allow(unused_macros)]
mod among_namesakes {
    mod alloc {}
    mod core {}
    mod kate_errors {}
    mod std {}

    macro_rules! mine {
        ($dollar:tt $($name:ident)*) => {
            $(
                macro_rules! $name {
                    ($dollar($dollar any:tt)*) => { this macro is of the user };
                }
            )*
        };
    }
    mine!($ concat format matches panic unreachable vec __frameworks);

    #[derive(::kate_errors::ToApiError)]
    #[api_error(catalog = ::kate_errors::KateError)]
    pub(super) enum ServiceError {
        #[api_error(subscription_insufficient_token_balance { context: ::kate_errors::TokenBalance { required: 2, available: _0 } })]
        NoMoney(u64),
        #[api_error(transparent)]
        Kate(::kate_errors::KateError),
        #[api_error(internal)]
        Fault,
    }
}

/// Types and traits with the names of those that the derive uses.
#[allow(dead_code)]
mod among_types {
    struct ApiError;
    struct Error;
    struct Internal;
    struct Option;
    struct Some;
    struct Ok;
    struct Err;
    struct String;
    struct __Catalog;
    trait ToApiError {}
    trait Clone {}
    trait From {}
    trait Into {}
    trait ParameterFrom {}
    trait Transparent {}

    /// A blanket method with the name of the trait's, which must not be called in its place.
    trait Answers {
        fn to_api_error(&self) {}
        fn transparent(&self) {}
    }
    impl<T> Answers for T {}

    #[derive(kate_errors::ToApiError)]
    #[api_error(catalog = kate_errors::KateError)]
    pub(super) enum ServiceError {
        #[api_error(query_insufficient_token_balance)]
        NoMoney { context: kate_errors::TokenBalance },
        #[api_error(transparent)]
        Kate(kate_errors::KateError),
    }
}

#[no_implicit_prelude]
mod without_prelude {
    #[derive(::kate_errors::ToApiError)]
    #[api_error(catalog = ::kate_errors::KateError)]
    pub(super) enum ServiceError {
        #[api_error(query_insufficient_token_balance { context: ::kate_errors::TokenBalance { required: price, available } })]
        NoMoney { price: u64, available: u64 },
        #[api_error(transparent)]
        Kate(::kate_errors::KateError),
        #[api_error(internal)]
        Fault,
    }
}

/// Fields with the names that the derive binds.
mod among_fields {
    #[derive(kate_errors::ToApiError)]
    #[api_error(catalog = super::super::parameters::JobsError)]
    pub(super) enum ServiceError {
        #[api_error(job_not_found)]
        Job { id: String },
        #[api_error(job_not_found { id: format!("{type}-{__inner}{core}") })]
        Names { r#type: u8, __inner: u8, core: u8 },
    }
}

#[test]
fn names_of_the_user() {
    const NO_MONEY: &str = "Insufficient token balance. Required: 2, available: 1";
    let run = || kate_errors::KateError::RunNotFound;
    says(&among_namesakes::ServiceError::NoMoney(1), NO_MONEY);
    says(&among_namesakes::ServiceError::Kate(run()), "Run not found");
    let context = kate_errors::TokenBalance { required: 2, available: 1 };
    says(&among_types::ServiceError::NoMoney { context }, NO_MONEY);
    says(&among_types::ServiceError::Kate(run()), "Run not found");
    says(&without_prelude::ServiceError::NoMoney { price: 2, available: 1 }, NO_MONEY);
    says(&without_prelude::ServiceError::Kate(run()), "Run not found");
    assert_eq!(super::sentence(&among_namesakes::ServiceError::Fault), None);
    assert_eq!(super::sentence(&without_prelude::ServiceError::Fault), None);
    says(&among_fields::ServiceError::Job { id: "7".to_owned() }, "Job 7 not found");
    let names = among_fields::ServiceError::Names { r#type: 1, __inner: 2, core: 3 };
    says(&names, "Job 1-23 not found");
}

/// An enum that a user's macro writes, with tokens from both the macro and its caller.
macro_rules! service_error {
    ($name:ident, $catalog:path, $variant:ident => $row:ident, $field:ident: $kind:ty = $value:expr) => {
        #[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
        #[error("from a macro")]
        #[api_error(catalog = $catalog)]
        enum $name {
            #[api_error($row)]
            $variant { $field: $kind },
            #[api_error($row { $field: $value })]
            Computed,
            #[api_error($row { $field: _0.to_string() })]
            Unnamed(u8),
            #[api_error($row { $field: local })]
            Own { local: String },
        }
    };
}

#[test]
fn from_a_macro() {
    service_error!(Mine, super::parameters::JobsError, NoJob => job_not_found, id: String = "job-9");
    says(&Mine::NoJob { id: "job-7".to_owned() }, "Job job-7 not found");
    says(&Mine::Computed, "Job job-9 not found");
    says(&Mine::Unnamed(8), "Job 8 not found");
    says(&Mine::Own { local: "job-6".to_owned() }, "Job job-6 not found");
}

#[test]
fn in_a_function() {
    use kate_errors::KateError;

    #[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
    #[error("no run")]
    #[api_error(catalog = KateError, run_not_found)]
    struct NoRun;

    says(&NoRun, "Run not found");
}
