//! The index and the tree of sentences that the compiler makes of a catalog, searched by the library, against
//! a slow reader. The bytes choose the catalog and the sentences.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/proof/random.rs"]
mod random;
#[path = "../../tests/proof/reference.rs"]
#[allow(dead_code)]
mod reference;
#[path = "../../tests/proof/sentences.rs"]
mod sentences;
#[path = "../../tests/proof/table.rs"]
mod table;
#[path = "../../tests/proof/walk.rs"]
#[allow(dead_code)]
mod walk;

fuzz_target!(|bytes: &[u8]| {
    let mut random = random::Random(0x7472_6965, bytes.to_vec());
    walk::check_any(&mut random, &mut walk::Tally::default());
});
