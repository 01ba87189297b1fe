//! The catalogs that the build script makes.

/// A catalog of one size.
macro_rules! sizes {
    ($($name:ident)*) => {$(
        pub(crate) mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));

            /// A line for each error: the status, whether the message has values, and a message.
            pub(crate) const LINES: &str =
                include_str!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".tsv"));
        }
    )*};
}

sizes!(rows_15 rows_1000 rows_10000);

/// A catalog with a text at the end of a message.
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/text.rs"));
}

/// The smallest catalog with a code in its bodies.
pub(crate) mod objects {
    include!(concat!(env!("OUT_DIR"), "/objects.rs"));
}

/// The small catalog as people write it without the library.
pub(crate) mod peer {
    include!(concat!(env!("OUT_DIR"), "/peer.rs"));
}
