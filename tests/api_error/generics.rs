//! Generic error types.

use std::fmt::Debug;

use kate_errors::{ApiError, KateError, ToApiError};

use super::parameters::{JobsError, Quota};
use super::says;

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("tried {TRIES} times")]
#[api_error(catalog = KateError)]
enum Retried<'n, E: Debug, T = u8, const TRIES: usize = 3>
where
    T: Debug + ?Sized,
{
    #[api_error(transparent)]
    Last(E),
    #[api_error(transparent)]
    Boxed(Box<E>),
    #[api_error(internal)]
    GaveUp(#[allow(dead_code)] &'n T, #[allow(dead_code)] [u8; TRIES]),
}

#[test]
fn an_inner_error_of_any_type() {
    let last: Retried<'_, KateError> = Retried::Last(KateError::RunNotFound);
    says(&last, "Run not found");
    let boxed: Retried<'_, _> = Retried::Boxed(Box::new(last));
    says(&boxed, "Run not found");
    let gave_up: Retried<'_, KateError, str, 1> = Retried::GaveUp("", [1]);
    assert_eq!(gave_up.to_api_error(), ApiError::Internal);
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("for the log")]
#[api_error(catalog = JobsError, job_not_found { id: _0 })]
struct Name<S: AsRef<str> + Debug>(S);

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("for the log")]
#[api_error(catalog = JobsError, too_many_jobs)]
struct TooMany<S>
where
    S: AsRef<str> + Debug,
{
    kind: S,
    context: Quota,
}

#[test]
fn parameters_of_any_type() {
    says(&Name("job-7"), "Job job-7 not found");
    says(&Name(String::from("job-8")), "Job job-8 not found");
    let context = Quota { used: 1, limit: 2, owner: String::from("Ada") };
    says(&TooMany { kind: "batch", context }, "Too many jobs of kind batch. Used 1 of 2 for Ada");
}
