//! The proof that a catalog is uniquely decodable against a slow reader: each report is right, and none is
//! missing. The bytes choose the catalog.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/proof/findings.rs"]
#[allow(dead_code)]
mod findings;
#[path = "../../tests/proof/random.rs"]
#[allow(dead_code)]
mod random;
#[path = "../../tests/proof/reference.rs"]
mod reference;

fuzz_target!(|bytes: &[u8]| {
    let mut random = random::Random(0x6B61_7465, bytes.to_vec());
    findings::check_random(&mut random, &mut findings::Tally::default());
});
