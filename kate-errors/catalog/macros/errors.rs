//! The enum of all errors, the enum of an operation, and the struct of a context.

/// Implements the enum of all errors, including how it decodes responses.
#[doc(hidden)]
#[macro_export]
macro_rules! __error {
    ($error:ident, $code:path, $section:path) => {
        $crate::__error_impls!($error, $code, $section, <$code as $crate::CatalogCode>::ALL);

        #[allow(dead_code, unreachable_pub)]
        impl $error {
            /// Decodes a response of a server. It never fails, and keeps the status and the whole body.
            #[must_use]
            pub fn decode<'b>(
                status: $crate::__private::u16,
                body: impl ::core::convert::Into<$crate::__private::Cow<'b, [$crate::__private::u8]>>,
            ) -> $crate::Decoded<'b, Self> {
                Self::decoder().decode(status, body)
            }

            /// Decodes responses, with what is known about their origin.
            #[must_use]
            pub fn decoder<'h>() -> $crate::Decoder<'h, Self> {
                $crate::Decoder::new()
            }
        }

        #[automatically_derived]
        #[allow(unused_qualifications)]
        impl ::core::convert::From<&$error> for $code {
            fn from(error: &$error) -> Self {
                $crate::CatalogError::code(error)
            }
        }
    };
}

/// Implements the enum of an operation: that of all errors with fewer variants.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        $operation:ident, $error:ident, $code:path, $section:path, $name:literal,
        [$($variant:ident $({ $($field:ident),* })?),* $(,)?]
    ) => {
        $crate::__error_impls!($operation, $code, $section, <$operation as $crate::CatalogOperation>::CODES);

        #[automatically_derived]
        impl ::core::convert::From<$operation> for $error {
            fn from(error: $operation) -> Self {
                match error {
                    $($operation::$variant $({ $($field),* })? => Self::$variant $({ $($field),* })?,)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::convert::TryFrom<$error> for $operation {
            type Error = $error;

            #[allow(unreachable_patterns)]
            fn try_from(error: $error) -> ::core::result::Result<Self, $error> {
                match error {
                    $($error::$variant $({ $($field),* })? => {
                        ::core::result::Result::Ok(Self::$variant $({ $($field),* })?)
                    })*
                    other => ::core::result::Result::Err(other),
                }
            }
        }

        #[allow(unused_qualifications)]
        impl $crate::CatalogError for $operation {
            type Code = $code;

            fn code(&self) -> $code {
                type Code = $code;
                match *self { $(Self::$variant { .. } => Code::$variant,)* }
            }

            fn __with_values(&self, with: &mut dyn ::core::ops::FnMut($crate::__private::Values<'_>)) {
                let error = <$error as ::core::convert::From<Self>>::from(::core::clone::Clone::clone(self));
                $crate::CatalogError::__with_values(&error, with);
            }

            fn __from_values(
                code: $code,
                own: &$crate::__private::Texts<'_>,
                context: ::core::option::Option<&$crate::__private::Texts<'_>>,
            ) -> ::core::option::Option<Self> {
                let error = <$error as $crate::CatalogError>::__from_values(code, own, context)?;
                ::core::convert::TryFrom::try_from(error).ok()
            }
        }

        #[allow(unused_qualifications)]
        impl $crate::CatalogOperation for $operation {
            type Catalog = $error;
            const NAME: &'static $crate::__private::str = $name;
            const CODES: &'static [$code] = {
                type Code = $code;
                &[$(Code::$variant),*]
            };
        }

        #[allow(dead_code, unreachable_pub)]
        impl $operation {
            /// Decodes a response of the operation. An error that the operation does not list is decoded too, with
            /// a note.
            #[must_use]
            pub fn decode<'b>(
                status: $crate::__private::u16,
                body: impl ::core::convert::Into<$crate::__private::Cow<'b, [$crate::__private::u8]>>,
            ) -> $crate::Decoded<'b, $error> {
                $error::decoder().operation::<Self>().decode(status, body)
            }
        }
    };
}

/// Implements what all error enums have in common, including those of operations.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_impls {
    ($error:ident, $code:path, $section:path, $codes:expr) => {
        #[allow(dead_code, unreachable_pub, unused_qualifications)]
        impl $error {
            $crate::__methods!(CatalogError, self, {
                /// The code of the error.
                fn code(&self) -> $code;
                /// The HTTP status of the response.
                fn status(&self) -> $crate::__private::u16;
                /// The message that is sent, borrowed if it has no values.
                fn detail(&self) -> $crate::__private::Cow<'static, $crate::__private::str>;
                /// The cause of the error, with its values.
                fn cause(&self) -> $crate::__private::Cow<'static, $crate::__private::str>;
                /// The fix of the error, with its values.
                fn fix(&self) -> $crate::__private::Cow<'static, $crate::__private::str>;
                /// Whether retrying helps.
                fn retry(&self) -> $crate::Retry;
                /// The URL of the error on the reference page, if the catalog has one.
                fn docs_url(&self) -> ::core::option::Option<$crate::__private::String>;
                /// The error as clients decode it: values that cannot appear in the message unchanged are altered.
                fn sanitized(&self) -> Self;
                /// The names of the parameters whose values are altered in the message, in order; usually none.
                fn sanitized_parameters(&self) -> $crate::__private::Vec<&'static $crate::__private::str>;
                /// The body of the response in UTF-8, borrowed if it has no values.
                fn body(&self) -> $crate::__private::Cow<'static, [$crate::__private::u8]>;
                /// The body of the response as problem details (RFC 9457).
                fn problem_body(&self) -> $crate::__private::Vec<$crate::__private::u8>;
                /// The code, as OpenTelemetry's `error.type`.
                fn error_type(&self) -> &'static $crate::__private::str;
                /// Creates the response, to which you can add more, such as `Retry-After`.
                fn response(&self) -> $crate::CatalogResponse<Self>;
            });

            /// The section of the reference page.
            #[must_use]
            pub fn section(&self) -> $section {
                self.code().section()
            }

            /// The headers of the response: lower-case names and values (RFC 9110).
            pub fn headers(
                &self,
            ) -> impl ::core::iter::Iterator<Item = (&'static $crate::__private::str, &'static $crate::__private::str)> + use<> {
                $crate::CatalogError::headers(self)
            }

            /// Appends the body of the response to `out`, for servers that reuse a buffer.
            #[inline]
            pub fn write_body(&self, out: &mut $crate::__private::Vec<$crate::__private::u8>) {
                $crate::CatalogError::write_body(self, out);
            }
        }

        $crate::__value!($error, display, debug, eq, hash);

        #[automatically_derived]
        impl ::core::error::Error for $error {}

        impl $crate::__private::serde::Serialize for $error {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $error {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }

        impl $crate::ToApiError for $error {
            type Catalog = Self;

            fn to_api_error(&self) -> $crate::ApiError<Self> {
                $crate::ApiError::Catalog(::core::clone::Clone::clone(self))
            }
        }

        $crate::__frameworks!([] $error []);
        $crate::__utoipa!($error, $codes);
    };
}

/// Implements what the struct of a context has besides its fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __context {
    ($name:ident) => {
        $crate::__value!($name, context_display, context_debug, context_eq, context_hash);

        impl $crate::__private::Generated for $name {}
    };
}

/// Implements the traits that format and compare a type by its values.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($name:ident, $display:ident, $debug:ident, $eq:ident, $hash:ident) => {
        #[automatically_derived]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::$display(self, f)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::$debug(self, f)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> $crate::__private::bool {
                $crate::__private::$eq(self, other)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Eq for $name {}

        #[automatically_derived]
        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::__private::$hash(self, state);
            }
        }
    };
}
