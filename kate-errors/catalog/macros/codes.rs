//! The enum of codes, and the templates in its table.

/// The enum of codes; its table is `TABLE`, beside it.
#[doc(hidden)]
#[macro_export]
macro_rules! __codes {
    ($code:ident, [$($variant:ident),* $(,)?]) => {
        $crate::__plain_enum!($code, [$($variant),*]);

        impl $code {
            /// The section of the reference page.
            #[must_use]
            pub fn section(self) -> Section {
                Section::ALL[$crate::CatalogCode::__row(self).section as $crate::__private::usize]
            }

            $crate::__code_methods!(self);
        }

        impl $crate::CatalogCode for $code {
            const ALL: &'static [Self] = Self::ALL;
            const TABLE: &'static $crate::__private::Table = &TABLE;
            const ENVELOPE: $crate::__private::Envelope<'static> = ENVELOPE;
            const IDENTITY: $crate::__private::Identity = IDENTITY;
            const CODE_HEADER: $crate::__private::Option<$crate::__private::envelope::CodeHeader<'static>> =
                CODE_HEADER;

            fn __index(self) -> $crate::__private::usize {
                self as $crate::__private::usize
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $code {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad($crate::CatalogCode::as_str(*self))
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for $code {
            type Err = $crate::UnknownCode;

            fn from_str(code: &$crate::__private::str) -> ::core::result::Result<Self, $crate::UnknownCode> {
                $crate::__private::parse_code(code)
            }
        }
    };
}

/// The methods of the trait `CatalogCode`, as methods of the type.
#[doc(hidden)]
#[macro_export]
macro_rules! __code_methods {
    ($self:ident) => {
        /// The code as the catalog spells it.
        #[must_use]
        pub fn as_str($self) -> &'static $crate::__private::str {
            $crate::CatalogCode::as_str($self)
        }

        /// The HTTP status.
        #[must_use]
        pub fn status($self) -> $crate::__private::u16 {
            $crate::CatalogCode::status($self)
        }

        /// The other statuses with which the error may be sent.
        #[must_use]
        pub fn other_statuses($self) -> &'static [$crate::__private::u16] {
            $crate::CatalogCode::other_statuses($self)
        }

        /// The message, with `{name}` for values.
        #[must_use]
        pub fn detail_template($self) -> &'static $crate::__private::str {
            $crate::CatalogCode::detail_template($self)
        }

        /// The cause of the error, with `{name}` for values.
        #[must_use]
        pub fn cause_template($self) -> &'static $crate::__private::str {
            $crate::CatalogCode::cause_template($self)
        }

        /// The fix of the error, with `{name}` for values.
        #[must_use]
        pub fn fix_template($self) -> &'static $crate::__private::str {
            $crate::CatalogCode::fix_template($self)
        }

        /// Whether retrying helps.
        #[must_use]
        pub fn retry($self) -> $crate::Retry {
            $crate::CatalogCode::retry($self)
        }

        /// The headers of its responses: lower-case names and values (RFC 9110).
        pub fn headers($self) -> impl ::core::iter::Iterator<Item = (&'static $crate::__private::str, &'static $crate::__private::str)> {
            $crate::CatalogCode::headers($self)
        }

        /// The URL of the error on the reference page, if the catalog has one.
        #[must_use]
        pub fn docs_url($self) -> ::core::option::Option<$crate::__private::String> {
            $crate::CatalogCode::docs_url($self)
        }

        /// Why servers no longer send the error, if it is retired.
        #[must_use]
        pub fn retired($self) -> ::core::option::Option<&'static $crate::__private::str> {
            $crate::CatalogCode::retired($self)
        }
    };
}

/// literal behind it.
#[doc(hidden)]
#[macro_export]
macro_rules! __template {
    ($first:literal $(, [$param:literal, $ty:expr, $end:expr, $literal:literal])*) => {
        $crate::__private::Template {
            first: $crate::__private::Cow::Borrowed($first),
            segments: $crate::__private::Cow::Borrowed(&[$($crate::__private::Segment {
                param: $param,
                ty: $ty,
                end: $end,
                literal: $crate::__private::Cow::Borrowed($literal),
            }),*]),
        }
    };
}
