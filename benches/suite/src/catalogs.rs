//! The catalogs that the build script generates.

/// A catalog of one size.
macro_rules! sizes {
    ($($name:ident)*) => {$(
        pub(crate) mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));

            /// One line per error: the status, whether the message has values, the message, and its code.
            pub(crate) const LINES: &str =
                include_str!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".tsv"));
        }
    )*};
}

sizes!(rows_15 rows_1000 rows_10000);

/// A catalog with a text parameter at the end of a message.
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/text.rs"));
}

/// The smallest catalog with a code in its bodies.
pub(crate) mod objects {
    include!(concat!(env!("OUT_DIR"), "/objects.rs"));
}

/// The smallest catalog as it would be written by hand, without the library.
pub(crate) mod peer {
    include!(concat!(env!("OUT_DIR"), "/peer.rs"));
}
