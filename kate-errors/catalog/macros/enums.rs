//! Enums without fields, and what each kind of them adds.

/// Implements what all enums without fields have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_enum {
    ($name:ident, [$($variant:ident),* $(,)?]) => {
        impl $name {
            /// Every value, in the order of the catalog.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl ::core::marker::Copy for $name {}

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> $crate::__private::bool {
                *self as $crate::__private::usize == *other as $crate::__private::usize
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Eq for $name {}

        #[automatically_derived]
        impl ::core::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                let (left, right) = (*self as $crate::__private::usize, *other as $crate::__private::usize);
                ::core::cmp::Ord::cmp(&left, &right)
            }
        }

        #[automatically_derived]
        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&(*self as $crate::__private::usize), state);
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self { $(Self::$variant => ::core::stringify!($variant),)* })
            }
        }
    };
}

/// `Status`: numbers, names and descriptions.
#[doc(hidden)]
#[macro_export]
macro_rules! __statuses {
    ([$($variant:ident),* $(,)?]) => {
        $crate::__plain_enum!(Status, [$($variant),*]);

        impl Status {
            /// The number, from 100 to 599.
            #[must_use]
            pub const fn as_u16(self) -> $crate::__private::u16 {
                self as $crate::__private::u16
            }

            /// The status with this number, if the catalog has it.
            #[must_use]
            pub fn from_u16(status: $crate::__private::u16) -> ::core::option::Option<Self> {
                $crate::__private::find(Self::ALL, |known| known.as_u16() == status)
            }

            /// The name, such as `Not Found`.
            #[must_use]
            pub fn name(self) -> &'static $crate::__private::str {
                TABLE.status(self.as_u16()).map_or("", |row| row.name)
            }

            /// What the status means in this API.
            #[must_use]
            pub fn description(self) -> &'static $crate::__private::str {
                TABLE.status(self.as_u16()).map_or("", |row| row.description)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for Status {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_u16(), f)
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<Status> for $crate::__private::u16 {
            fn from(status: Status) -> Self {
                status.as_u16()
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq<Status> for $crate::__private::u16 {
            fn eq(&self, status: &Status) -> $crate::__private::bool {
                *self == status.as_u16()
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq<$crate::__private::u16> for Status {
            fn eq(&self, status: &$crate::__private::u16) -> $crate::__private::bool {
                self.as_u16() == *status
            }
        }
    };
}

/// `Section`: names, and scopes for reading responses.
#[doc(hidden)]
#[macro_export]
macro_rules! __sections {
    ($code:ident, [$($variant:ident),* $(,)?]) => {
        $crate::__plain_enum!(Section, [$($variant),*]);

        impl Section {
            /// The name, as the reference page has it.
            #[must_use]
            pub fn name(self) -> &'static $crate::__private::str {
                TABLE.sections[self as $crate::__private::usize]
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for Section {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.name())
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<Section> for $crate::Scope<$code> {
            fn from(section: Section) -> Self {
                $crate::__private::section(section as $crate::__private::u16, section.name())
            }
        }
    };
}

/// The enum of a `one_of` parameter.
#[doc(hidden)]
#[macro_export]
macro_rules! __choices {
    ($name:ident, [$($variant:ident = $text:literal),* $(,)?]) => {
        $crate::__plain_enum!($name, [$($variant),*]);

        impl $name {
            /// The text that is sent.
            #[must_use]
            pub const fn as_str(self) -> &'static $crate::__private::str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        $crate::__spelled!(
            $name, UnknownChoice,
            text => $crate::__private::parse_choice(Self::ALL, Self::as_str, text)
        );

        impl $crate::__private::Generated for $name {}
    };
}

/// `Display` and `FromStr` of an enum whose variants have a text.
#[doc(hidden)]
#[macro_export]
macro_rules! __spelled {
    ($name:ident, $error:ident, $text:ident => $parse:expr) => {
        #[automatically_derived]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for $name {
            type Err = $crate::$error;

            fn from_str(
                $text: &$crate::__private::str,
            ) -> ::core::result::Result<Self, $crate::$error> {
                $parse
            }
        }
    };
}
