//! The proof that a catalog is uniquely decodable, and the reading of sentences at run time, against a
//! slow reader that knows nothing of either: it tries every way to cut a sentence.

mod decoding;
mod findings;
mod random;
mod reference;
mod sentences;
mod several;
mod table;
mod walk;
