//! The enum of codes, and the templates in its table.

/// Implements the enum of codes. Its table is the `TABLE` beside it.
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

            /// The headers of its responses: lower-case names and values (RFC 9110).
            pub fn headers(self) -> impl ::core::iter::Iterator<Item = (&'static $crate::__private::str, &'static $crate::__private::str)> {
                $crate::CatalogCode::headers(self)
            }

            $crate::__methods!(CatalogCode, self, {
                /// The code as the catalog spells it.
                fn as_str(self) -> &'static $crate::__private::str;
                /// The HTTP status.
                fn status(self) -> $crate::__private::u16;
                /// The other statuses with which the error may be sent.
                fn other_statuses(self) -> &'static [$crate::__private::u16];
                /// The message, with `{name}` for values.
                fn detail_template(self) -> &'static $crate::__private::str;
                /// The cause of the error, with `{name}` for values.
                fn cause_template(self) -> &'static $crate::__private::str;
                /// The fix of the error, with `{name}` for values.
                fn fix_template(self) -> &'static $crate::__private::str;
                /// Whether retrying helps.
                fn retry(self) -> $crate::Retry;
                /// The URL of the error on the reference page, if the catalog has one.
                fn docs_url(self) -> ::core::option::Option<$crate::__private::String>;
                /// Why servers no longer send the error, if it is retired.
                fn retired(self) -> ::core::option::Option<&'static $crate::__private::str>;
            });
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

        $crate::__spelled!($code, UnknownCode, text => $crate::__private::parse_code(text));
    };
}

/// Inherent methods that call those of a trait, so that users do not need to import the trait. They are compiled where they
/// are used: most programs use few of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __methods {
    ($trait:ident, $self:ident, {
        $($(#[$meta:meta])* fn $name:ident($($receiver:tt)+) -> $ty:ty;)*
    }) => {
        $(
            $(#[$meta])*
            #[must_use]
            #[inline]
            pub fn $name($($receiver)+) -> $ty {
                $crate::$trait::$name($self)
            }
        )*
    };
}

/// A template as a constant: the first literal; then for each value its parameter, its type, where it ends, and
/// the literal after it; and at last the texts around the message in the body.
#[doc(hidden)]
#[macro_export]
macro_rules! __template {
    ($first:literal $(, [$param:literal, $ty:expr, $end:expr, $literal:literal])* $(; $($around:literal),+)?) => {
        $crate::__private::Template {
            first: $crate::__private::Cow::Borrowed($first),
            segments: $crate::__private::Cow::Borrowed(&[$($crate::__private::Segment {
                param: $param,
                ty: $ty,
                end: $end,
                literal: $crate::__private::Cow::Borrowed($literal),
            }),*]),
            around: $crate::__private::Cow::Borrowed(&[$($($crate::__private::Cow::Borrowed($around)),+)?]),
        }
    };
}
