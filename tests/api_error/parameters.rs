//! Fields become parameters: by name, renamed, computed, and of every type.

use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::Arc;

use kate_errors::{ApiError, KateError, ToApiError, TokenBalance};

use super::says;

#[kate_errors::catalog("tests/catalogs/jobs.yaml")]
pub(super) enum JobsError {}

/// An identifier as servers have it: it implements `Display`, but is not a string.
#[derive(Debug)]
pub(super) struct JobId(pub(super) u32);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "job-{}", self.0)
    }
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = JobsError)]
enum ServiceError {
    #[error("no job {id}")]
    #[api_error(job_not_found)]
    ByName { id: String },
    #[error("no job {0}")]
    #[api_error(job_not_found { id: _0.to_string() })]
    Computed(JobId),
    #[error("no job {job}, asked {tries} times")]
    #[api_error(JobNotFound { id: job })]
    Renamed { job: &'static str, tries: u8 },
    #[error("job {id}: {state}")]
    #[api_error(job_state { id, state, action: JobStateAction::Cancelled })]
    Choices { id: String, state: JobStateState },
    #[error("offset {offset}")]
    #[api_error(bad_offset)]
    Number { offset: i16 },
    #[error("name {name}")]
    #[api_error(bad_name)]
    Texts { name: Cow<'static, str>, reason: Arc<str> },
    #[error("name {0}")]
    #[api_error(bad_name { name: _0, reason: format!("{}, {}", _1.len(), _2) })]
    TextOfText(Box<str>, Vec<u8>, Rc<str>),
    #[error("the quota for {kind}")]
    #[api_error(too_many_jobs { kind, context: Quota { used: count, limit: 10, owner: "Ada" } })]
    Context { kind: String, count: usize },
    #[error("the quota for {kind}")]
    #[api_error(too_many_jobs)]
    ContextByName { kind: Box<str>, context: Option<Quota> },
    #[error("the quota for {kind}")]
    #[api_error(too_many_runs { kind, context: None })]
    NoContext { kind: String },
    #[error("braces")]
    #[api_error(braces {})]
    ForTheLog { request: String },
}

#[test]
fn by_name() {
    says(&ServiceError::ByName { id: "job-7".to_owned() }, "Job job-7 not found");
    says(&ServiceError::Number { offset: -7 }, "Offset -7 lies outside of -5 to 5");
    let texts = ServiceError::Texts { name: "a/b".into(), reason: "it has a slash".into() };
    says(&texts, "Bad name \"a/b\": it has a slash");
}

#[test]
fn renamed_and_computed() {
    says(&ServiceError::Computed(JobId(7)), "Job job-7 not found");
    says(&ServiceError::Renamed { job: "job-8", tries: 3 }, "Job job-8 not found");
    let choices = ServiceError::Choices { id: String::from("job-9"), state: JobStateState::Done };
    says(&choices, "Job job-9 is done, so it cannot be cancelled");
    let text = ServiceError::TextOfText("a".into(), vec![1, 2], "b".into());
    says(&text, "Bad name \"a\": 2, b");
}

#[test]
fn contexts() {
    let context = ServiceError::Context { kind: "batch".to_owned(), count: 11 };
    says(&context, "Too many jobs of kind batch. Used 11 of 10 for Ada");
    let quota = Quota { used: 1, limit: 2, owner: String::from("Bob") };
    let by_name = ServiceError::ContextByName { kind: "batch".into(), context: Some(quota) };
    says(&by_name, "Too many jobs of kind batch. Used 1 of 2 for Bob");
    let none = ServiceError::ContextByName { kind: "batch".into(), context: None };
    says(&none, "Too many jobs of kind batch");
    let none = ServiceError::NoContext { kind: "batch".to_owned() };
    says(&none, "Too many jobs of kind batch");
    assert_eq!(none.to_api_error().error().map(JobsError::code), Some(JobsErrorCode::TooManyRuns));
}

#[test]
fn fields_for_the_log_stay_there() {
    let error = ServiceError::ForTheLog { request: "secret".to_owned() };
    says(&error, "Write {name} in \\braces\\");
}

#[test]
fn what_may_not_stand_in_a_text_is_replaced() {
    says(&ServiceError::ByName { id: "a b\n".to_owned() }, "Job a\u{FFFD}b\u{FFFD} not found");
    let texts = ServiceError::Texts { name: "a\": b".into(), reason: "\0".into() };
    says(&texts, "Bad name \"a\u{FFFD}: b\": \u{FFFD}");
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = KateError)]
enum Numbers {
    #[error("u8 and u16")]
    #[api_error(query_insufficient_token_balance { context: TokenBalance { required, available } })]
    Small { required: u8, available: u16 },
    #[error("a number, and one of many names")]
    #[api_error(query_insufficient_token_balance { context: TokenBalance {
        required: 20 * 1_024,
        available: u64::max(u64::from(_0.get()), Vec::<u8>::new().len() as u64),
    } })]
    Computed(NonZeroU32),
    #[error("commas that end no expression")]
    #[api_error(query_insufficient_token_balance { context: TokenBalance {
        required: <u64 as std::ops::Mul<u64>>::mul(3, 4),
        available: apply::<fn(u8, u8) -> u64, u8>(|a, b| u64::from(a + b), 5),
    } })]
    Commas,
    #[error("a context that is made elsewhere")]
    #[api_error(query_insufficient_token_balance { context: balance() })]
    Made,
    #[error("a context that is there")]
    #[api_error(query_insufficient_token_balance { context: _0.as_deref().cloned() })]
    Boxed(Option<Box<TokenBalance>>),
}

fn balance() -> TokenBalance {
    TokenBalance { required: 2, available: 1 }
}

fn apply<F: Fn(T, T) -> u64, T: Copy>(f: F, value: T) -> u64 {
    f(value, value)
}

#[test]
fn numbers() {
    let balance = |required, available| {
        format!("Insufficient token balance. Required: {required}, available: {available}")
    };
    says(&Numbers::Small { required: 5, available: 1 }, &balance(5, 1));
    says(&Numbers::Computed(NonZeroU32::MIN), &balance(20_480, 1));
    says(&Numbers::Commas, &balance(12, 10));
    says(&Numbers::Made, &balance(2, 1));
    says(&Numbers::Boxed(Some(Box::new(self::balance()))), &balance(2, 1));
    says(&Numbers::Boxed(None), "Insufficient token balance");
    assert_eq!(Numbers::Boxed(None).to_api_error().status(), 402);
    assert_ne!(Numbers::Made.to_api_error(), ApiError::Internal);
}

/// Values that a response can lack.
mod optional {
    use std::borrow::Cow;

    use kate_errors::{ApiError, ToApiError};

    #[kate_errors::catalog("tests/catalogs/members.yaml")]
    pub(super) enum MembersError {}

    #[derive(Debug, thiserror::Error, ToApiError)]
    #[error("no more of it")]
    #[api_error(catalog = MembersError)]
    enum QuotaError {
        #[api_error(quota_reached)]
        ByName {
            item: String,
            limit: Option<u32>,
            plan: Option<QuotaReachedPlan>,
            hint: Option<Cow<'static, str>>,
            is_hard: Option<bool>,
            context: Option<Wait>,
        },
        #[api_error(quota_reached {
            item: _0,
            limit: _1,
            plan: _2.as_ref(),
            hint: Some(_0),
            is_hard: None,
            context: Wait { seconds: *_1.unwrap_or(&1), until: _1.map(|_| "2026-12-24") },
        })]
        Computed(&'static str, Option<&'static u8>, Option<QuotaReachedPlan>),
    }

    #[test]
    fn values_are_given_or_left_out() {
        let by_name = |is_given: bool| QuotaError::ByName {
            item: "mug".to_owned(),
            limit: is_given.then_some(3),
            plan: is_given.then_some(QuotaReachedPlan::Pro),
            hint: is_given.then_some("Ask".into()),
            is_hard: is_given.then_some(true),
            context: None,
        };
        let error = |is_given: bool| MembersError::QuotaReached {
            item: "mug".into(),
            limit: is_given.then_some(3),
            plan: is_given.then_some(QuotaReachedPlan::Pro),
            hint: is_given.then(|| "Ask".into()),
            is_hard: is_given.then_some(true),
            context: None,
        };
        for is_given in [true, false] {
            let sent = by_name(is_given).to_api_error();
            assert_eq!(sent, ApiError::Catalog(error(is_given)));
        }
        let computed = QuotaError::Computed("mug", Some(&7), Some(QuotaReachedPlan::Free));
        let sent = MembersError::QuotaReached {
            item: "mug".into(),
            limit: Some(7),
            plan: Some(QuotaReachedPlan::Free),
            hint: Some("mug".into()),
            is_hard: None,
            context: Some(Wait { seconds: 7, until: Some("2026-12-24".into()) }),
        };
        assert_eq!(computed.to_api_error(), ApiError::Catalog(sent));
    }
}
