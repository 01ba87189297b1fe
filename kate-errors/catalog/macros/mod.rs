//! What generated types have in common, whatever the catalog: generated code holds the variants and their texts, and
//! these macros the rest. They are not part of the public interface, and change with the compiler.

mod codes;
mod enums;
mod errors;
