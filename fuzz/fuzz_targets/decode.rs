//! The decoder accepts any status and any bytes: it never panics, keeps the body, and whatever error it
//! decodes renders to a message that is decoded as the same error.
#![no_main]

use kate_errors::{CatalogError, Decoder, Outcome, KateError};
use libfuzzer_sys::fuzz_target;

mod frameworks {
    #[kate_errors::catalog("../tests/catalogs/frameworks.yaml")]
    pub enum FrameworksError {}
}
mod jobs {
    #[kate_errors::catalog("../tests/catalogs/jobs.yaml")]
    pub enum JobsError {}
}

fuzz_target!(|input: (u16, &[u8])| {
    let (status, body) = input;
    let status = 400 + status % 200;
    check::<KateError>(status, body);
    check::<jobs::JobsError>(status, body);
    check::<frameworks::FrameworksError>(status, body);
});

fn check<E: CatalogError>(status: u16, body: &[u8]) {
    let received = Decoder::<E>::new().decode(status, body);
    assert_eq!(received.body(), body);
    assert_eq!(received.status(), status);
    let shown = format!("{received} {received:?}");
    assert!(shown.chars().all(|c| !c.is_control()), "{shown:?}");
    let _ = received.nearest();
    if let Outcome::Known { error, .. } = received.outcome() {
        let written = error.body();
        let back = Decoder::<E>::new().decode(status, &*written);
        assert_eq!(back.known().map(CatalogError::detail), Some(error.detail()));
    }
}
