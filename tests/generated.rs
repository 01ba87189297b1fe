//! Generated code as users have it: under the strictest lints, from a catalog that uses every feature.

#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

/// The generated code of the Kate catalog.
#[path = "../kate-errors/generated/kate.rs"]
pub mod kate;

/// The generated code of a catalog that uses every feature.
#[path = "golden/jobs.rs"]
pub mod jobs;

use jobs::{
    JobStateAction, JobStateState, JobsError, JobsErrorCode, ListRunsError, Quota, StartJobError,
};
use kate_errors::Retry;

fn text(text: &str) -> String {
    String::from(text)
}

fn quota() -> Quota {
    Quota { used: 7, limit: 10, owner: text("Ada Lovelace") }
}

fn read(detail: &str) -> JobsError {
    let body = serde_json::json!({ "detail": detail }).to_string();
    serde_json::from_str(&body).expect(detail)
}

fn refuse(detail: &str) {
    let body = serde_json::json!({ "detail": detail }).to_string();
    assert!(serde_json::from_str::<JobsError>(&body).is_err(), "{detail}");
}

/// Checks that an error renders to a message, and that the message is read as the error.
fn both_ways(error: &JobsError, detail: &str) {
    assert_eq!(error.detail(), detail);
    assert_eq!(error.to_string(), detail.replace("Ada Lovelace", "•••"));
    assert_eq!(error.body(), serde_json::json!({ "detail": detail }).to_string().as_bytes());
    assert_eq!(read(detail), *error);
    assert_eq!(*error, error.clone());
}

#[test]
fn every_kind_of_parameter_goes_there_and_back() {
    both_ways(&JobsError::JobNotFound { id: text("job-7") }, "Job job-7 not found");
    let state = JobStateState::WaitingForInput;
    both_ways(
        &JobsError::JobState { id: text("is"), state, action: JobStateAction::Restarted },
        "Job is is waiting for input, so it cannot be RESTARTED",
    );
    for offset in [0, 1, -1, 9, -10, i64::MAX, i64::MIN] {
        let detail = format!("Offset {offset} lies outside of -5 to 5");
        both_ways(&JobsError::BadOffset { offset }, &detail);
    }
    both_ways(
        &JobsError::BadName { name: text("a: b / \\ é 😀"), reason: text("it \"is\": bad") },
        "Bad name \"a: b / \\ é 😀\": it \"is\": bad",
    );
    both_ways(&JobsError::BadName { name: text(""), reason: text("") }, "Bad name \"\": ");
    both_ways(&JobsError::Braces, "Write {name} in \\braces\\");
}

#[test]
fn what_is_not_canonical_is_refused() {
    refuse("Offset +1 lies outside of -5 to 5");
    refuse("Offset 01 lies outside of -5 to 5");
    refuse("Offset -0 lies outside of -5 to 5");
    refuse("Offset 9223372036854775808 lies outside of -5 to 5");
    refuse("Offset  lies outside of -5 to 5");
    refuse("Job  not found");
    refuse("Job a b not found");
    refuse("Job a is Running, so it cannot be cancelled");
    refuse("Login of a\nb failed");
}

#[test]
fn a_context_follows_the_sentence() {
    let error = |context| JobsError::TooManyJobs { kind: text("batch"), context };
    both_ways(&error(None), "Too many jobs of kind batch");
    both_ways(&error(Some(quota())), "Too many jobs of kind batch. Used 7 of 10 for Ada Lovelace");
    assert_eq!(error(Some(quota())).cause(), "The quota for batch is used up");
    assert_ne!(error(Some(quota())), error(None));
    let alike = JobsError::TooManyJobs { kind: text("a. Used 7"), context: None };
    assert_eq!(alike.sanitized_parameters(), ["kind"], "a value cannot look like the context");
}

#[test]
fn homonyms_are_told_apart_by_their_operation() {
    let body = r#"{"detail":"Too many jobs of kind batch"}"#;
    let runs: ListRunsError = serde_json::from_str(body).expect(body);
    assert_eq!(runs, ListRunsError::TooManyRuns { kind: text("batch"), context: None });
    let jobs: StartJobError = serde_json::from_str(body).expect(body);
    assert_eq!(jobs, StartJobError::TooManyJobs { kind: text("batch"), context: None });
    assert_eq!(runs.to_string(), jobs.to_string());
    let wide = JobsError::from(runs.clone());
    assert_eq!(wide.code(), JobsErrorCode::TooManyRuns);
    assert_eq!(wide.cause(), "The quota for runs of batch is used up");
    assert_eq!(ListRunsError::try_from(wide).expect("narrows back"), runs);
    let other = JobsError::Braces;
    assert_eq!(StartJobError::try_from(other.clone()), Err(other));
}

#[test]
fn history_is_read_and_never_written() {
    assert_eq!(read("No job job-7"), JobsError::JobNotFound { id: text("job-7") });
    let retired = read("Too many cooks");
    assert_eq!(retired.code(), JobsErrorCode::TooManyThings);
    assert_eq!(retired.code().retired(), Some("It said too little"));
    assert_eq!(JobsErrorCode::Braces.retired(), None);
    assert_eq!(retired.retry(), Retry::Never);
}

#[test]
fn sensitive_values_stay_out_of_debug_and_display() {
    let login = JobsError::LoginFailed { user: text("ada") };
    assert_eq!(format!("{login:?}"), "LoginFailed { user: ••• }");
    assert_eq!(login.to_string(), "Login of ••• failed");
    assert_eq!(login.detail(), "Login of ada failed", "the wire carries them");
    let jobs = JobsError::TooManyJobs { kind: text("batch"), context: Some(quota()) };
    let debug =
        "TooManyJobs { kind: \"batch\", context: Some(Quota { used: 7, limit: 10, owner: ••• }) }";
    assert_eq!(format!("{jobs:?}"), debug);
    assert_eq!(format!("{:?}", quota()), "Quota { used: 7, limit: 10, owner: ••• }");
    assert!(quota().to_string().contains("•••"), "{}", quota());
}

#[test]
fn explanations_hold_the_values() {
    let state = JobStateState::Done;
    let error = JobsError::JobState { id: text("j"), state, action: JobStateAction::Cancelled };
    assert_eq!(error.cause(), "The job is done");
    assert_eq!(error.fix(), "Wait until it can be cancelled");
    assert_eq!(error.code().cause_template(), "The job is {state}");
    assert_eq!(JobsError::Braces.cause(), "A {brace} is missing");
    assert_eq!(JobsError::Braces.fix(), "Add } or {");
}

#[test]
fn the_golden_kate_is_the_kate_of_the_library() {
    let golden = kate::KateErrorCode::ALL.iter().map(|code| code.as_str());
    let library = kate_errors::KateErrorCode::ALL.iter().map(|code| code.as_str());
    assert!(golden.eq(library));
}
