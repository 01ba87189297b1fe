//! Crates that know only the library, and nothing else of the workspace.

use crate::project::{Project, build_dependency};

/// Responds with errors like a server: with status and body.
const SERVER: &str = r#"
#![deny(warnings)]

use kate_errors::{KateError, TokenBalance};

fn subscribe(tokens: u64) -> Result<(), KateError> {
    if tokens == 0 {
        return Err(KateError::InvalidApiKey);
    }
    let context = Some(TokenBalance { required: 500, available: tokens });
    Err(KateError::SubscriptionInsufficientTokenBalance { context })
}

fn answer(error: &KateError) -> (u16, Vec<u8>) {
    (error.status(), error.body().into_owned())
}

fn main() {
    for error in [subscribe(0), subscribe(120)].into_iter().filter_map(Result::err) {
        let (status, body) = answer(&error);
        println!("{status} {}", String::from_utf8(body).unwrap());
    }
}
"#;

/// Reads responses, and prints what they mean.
const CLIENT: &str = r#"
#![deny(warnings)]

use kate_errors::{KateError, TokenBalance};

fn advise(body: &[u8]) -> String {
    match serde_json::from_slice(body) {
        Ok(KateError::SubscriptionInsufficientTokenBalance {
            context: Some(TokenBalance { required, available }),
        }) => format!("add {} tokens", required - available),
        Ok(error) => error.fix().into_owned(),
        Err(_) => "something else".to_owned(),
    }
}

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (status, body) = line.split_once(' ').unwrap();
        println!("{status}: {}", advise(body.as_bytes()));
    }
}
"#;

/// Reports what cannot be sent unchanged, as servers do when they log.
const ALTERED: &str = r#"
use kate_errors::{CatalogError, QueryError};

fn main() {
    let errors = [QueryError::NoActiveSubscription];
    let altered = errors.map(|error| error.sanitized_parameters().len() + error.sanitized().body().len());
    println!("{altered:?}");
}
"#;

/// Decoding is generic: it is compiled for each enum that needs it.
#[cfg(unix)]
#[test]
fn a_server_contains_no_decoder() {
    const DECODER: &[u8] = b"6decode10candidates";
    let has_decoder = |name, code| {
        let project = Project::new(name, "", "");
        project.write("src/main.rs", code);
        project.program().windows(DECODER.len()).any(|bytes| bytes == DECODER)
    };
    let decodes = "fn main() { println!(\"{:?}\", kate_errors::KateError::decode(404, b\"\")); }";
    assert!(!has_decoder("altered", ALTERED));
    assert!(has_decoder("decodes", decodes));
}

#[test]
fn a_server_and_a_client() {
    let server = Project::new("server", "", "");
    server.write("src/main.rs", SERVER);
    let answers = server.run("");
    assert_eq!(
        answers,
        "401 {\"detail\":\"Invalid API key\"}\n\
         402 {\"detail\":\"Insufficient token balance. Required: 500, available: 120\"}\n"
    );
    let client = Project::new("client", "", "serde_json = \"1\"\n");
    client.write("src/main.rs", CLIENT);
    assert_eq!(
        client.run(&(answers + "404 {\"detail\":\"Gone fishing\"}\n")),
        "401: Generate a new key in the dashboard\n402: add 380 tokens\n404: something else\n"
    );
}

/// A library that exports the types of three catalogs, and denies all lints.
const STRICT: &str = r#"//! Errors of a library.
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, unused)]
#![deny(rust_2018_idioms, rust_2024_compatibility, ambiguous_glob_reexports, unused_qualifications)]
#![forbid(unsafe_code)]

pub mod shop {
    //! What a build script has made, in a crate that has macros of its own.
    #[allow(unused_macros)]
    macro_rules! include { () => {}; }
    #[allow(unused_macros)]
    macro_rules! concat { () => {}; }
    #[allow(unused_macros)]
    macro_rules! env { () => {}; }
    kate_errors::include_catalog!();
}

pub mod more {
    //! What the attribute has made, twice.
    #[kate_errors::catalog("billing.yaml")]
    pub enum BillingError {}

    /// Errors of the other shop.
    #[kate_errors::catalog("errors.yaml")]
    pub enum ShopError {}
}

// Nothing outside sees this module, and most of it is unused.
mod own {
    kate_errors::include_catalog!("billing.rs");

    pub(crate) fn code(number: u64) -> BillingErrorCode {
        BillingError::InvoiceNotFound { number }.code()
    }
}

/// The code for an invoice.
#[must_use]
pub fn invoice(number: u64) -> &'static str {
    own::code(number).as_str()
}
"#;

#[test]
fn a_library_that_lets_no_lint_pass() {
    let library = Project::new("strict-library", ", features = [\"derive\"]", &build_dependency());
    let script = "fn main() {
        kate_errors_codegen::build_script::compile(\"errors.yaml\");
        kate_errors_codegen::build_script::compile(\"billing.yaml\");
    }";
    library.write("build.rs", script);
    library.write("errors.yaml", include_str!("../hygiene/shop.yaml"));
    library.write(
        "billing.yaml",
        include_str!("../../kate-errors-derive/tests/compile_fail/catalogs/billing.yaml"),
    );
    library.write("src/lib.rs", STRICT);
    library.build().succeeded();
}

/// Matches without a wildcard arm.
const STRANGER: &str = "
pub fn wait(error: &JobsError) -> bool {
    match error { JobsError::Busy => true }
}
pub fn again(code: JobsErrorCode) -> bool {
    match code { JobsErrorCode::Busy => true }
}
pub fn start(error: &StartError) -> bool {
    match error { StartError::Busy => true }
}
pub fn is_busy(section: Section) -> bool {
    match section { Section::Jobs => true }
}
";

#[test]
fn whether_enums_may_grow_is_the_choice_of_the_catalog() {
    let catalog = "
catalog: Jobs
statuses:
  503: { name: Service Unavailable, description: Come back later }
sections:
  - name: Jobs
    errors:
      - { code: busy, status: 503, detail: Busy, cause: Too many jobs, fix: Wait }
operations:
  start: { route: POST /jobs, errors: [busy] }
";
    let library = Project::with_attribute("growing", catalog);
    let source = "#[kate_errors::catalog(\"errors.yaml\")] pub enum JobsError {}\n";
    library.write("src/lib.rs", source);
    let program =
        format!("use growing::{{JobsError, JobsErrorCode, Section, StartError}};{STRANGER}");
    library.write("examples/stranger.rs", &format!("{program}fn main() {{}}"));
    library.examples().succeeded();

    library.write("errors.yaml", &format!("non_exhaustive: true\n{catalog}"));
    let refused = library.examples().failed();
    assert_eq!(refused.stderr.matches("error[E0004]").count(), 4, "{}", refused.stderr);

    let open = program.replace("=> true }", "=> true, _ => false }");
    library.write("examples/stranger.rs", &format!("{open}fn main() {{}}"));
    library.examples().succeeded();

    // With the attribute written by the user too, there is still only one.
    library.write(
        "src/lib.rs",
        &format!("#![deny(warnings)]\n{source}").replace("pub", "#[non_exhaustive] pub"),
    );
    library.examples().succeeded();
}

/// A crate in the 2015 edition.
const OLD: &str = r#"
#![deny(warnings, unused_qualifications)]
extern crate kate_errors;

pub mod shop {
    kate_errors::include_catalog!();
}

pub mod jobs {
    kate_errors::include_catalog!("jobs.rs");
}
"#;

#[test]
fn a_crate_of_any_edition() {
    let library = Project::with_build_script("old-library", include_str!("../hygiene/shop.yaml"));
    let script = "extern crate kate_errors_codegen;
    fn main() {
        kate_errors_codegen::build_script::compile(\"errors.yaml\");
        kate_errors_codegen::build_script::compile(\"jobs.yaml\");
    }";
    library.write("build.rs", script);
    library.write("jobs.yaml", include_str!("../catalogs/jobs.yaml"));
    library.write("src/lib.rs", OLD);
    library.set_edition("2015");
    library.build().succeeded();
}
