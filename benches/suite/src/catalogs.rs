//! The catalogs that the build script makes, as the library and as peers have them.

/// A catalog of one size.
macro_rules! sizes {
    ($($name:ident)*) => {$(
        pub(crate) mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));

            /// The rows: status, template and a sentence in each line.
            pub(crate) const TABLE: &str =
                include_str!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".tsv"));

            /// The sentences without values, in a perfect hash of the crate phf.
            pub(crate) static PHF: phf::Map<&'static str, u32> =
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".phf"));
        }
    )*};
}

sizes!(rows_15 rows_1000 rows_10000);

/// A catalog with a text at the end of a sentence.
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/text.rs"));
}
