//! What all generated types have in common. Generated code contains the variants and their texts; these macros
//! contain the rest. They are not public API, and change together with the compiler.

mod codes;
mod enums;
mod errors;
