//! Fields are ordinary Rust types, of this crate and of others. A value that a message can contain is read back
//! unchanged; any other value is altered, and that is reported.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::date;
use kate_errors::ToApiError;
use rust_decimal::Decimal;
use uuid::Uuid;

#[kate_errors::catalog("tests/catalogs/values.yaml")]
pub enum ValuesError {}

/// A shelf, displayed as `A7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf {
    row: char,
    place: u8,
}

impl fmt::Display for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.row, self.place)
    }
}

impl FromStr for Shelf {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let row = text.chars().next().filter(char::is_ascii_uppercase).ok_or(())?;
        text[1..].parse().map(|place| Self { row, place }).map_err(|_| ())
    }
}

fn decoded(error: &ValuesError) -> ValuesError {
    ValuesError::decode(error.status(), error.body())
        .into_known()
        .expect("what is sent can be read")
}

/// Checks that an error is sent with this message, and read back unchanged.
fn both_ways(error: &ValuesError, message: &str) {
    assert_eq!(error.detail(), message);
    assert_eq!(error.sanitized_parameters(), [""; 0]);
    assert_eq!(decoded(error), *error);
    assert_eq!(serde_json::from_slice::<ValuesError>(&error.body()).unwrap(), *error);
}

fn loan() -> Uuid {
    Uuid::from_u128(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057)
}

#[test]
fn ordinary_texts_are_left_alone() {
    for title in
        ["The Left Hand of Darkness", "O'Brien (a life). Vol. 2", "a: b", "", "Ünïcode 😀 \"q\""]
    {
        let message = format!("You hold {title} already, at place 3 of the queue");
        both_ways(&ValuesError::TitleHeld { title: title.to_owned(), place: 3 }, &message);
    }
    let branch = "North End".to_owned();
    let state = BranchStateState::BeingMoved;
    both_ways(&ValuesError::BranchState { branch, state }, "Branch North End is being moved");
}

#[test]
fn types_of_other_crates() {
    let message = "Loan 01890a5d-ac96-774b-bcce-b302099a8057 not found";
    both_ways(&ValuesError::LoanNotFound { loan: loan() }, message);
    let until: Timestamp = "2026-11-26T01:02:03.5Z".parse().unwrap();
    both_ways(
        &ValuesError::QueueClosed { until },
        "The queue is closed until 2026-11-26T01:02:03.5Z",
    );
    let context = Deadline { due: date(2024, 2, 29), fee: Decimal::new(1250, 2) };
    let error = ValuesError::LoanOverdue { member: "Ada".to_owned(), context: Some(context) };
    both_ways(&error, "Loan of Ada is overdue. Due 2024-02-29, fee 12.50");
    let shelf = Shelf { row: 'A', place: 7 };
    both_ways(&ValuesError::ShelfUnknown { shelf }, "Shelf A7: nothing there");
    // If a value is not valid for its type, it is not this message.
    let body = br#"{"detail":"Shelf a7: nothing there"}"#;
    assert!(ValuesError::decode(404, body).known().is_none());
}

#[test]
fn cause_and_fix_hold_values_of_the_context() {
    let context = Deadline { due: date(2024, 2, 29), fee: Decimal::new(1250, 2) };
    let error = ValuesError::LoanOverdue { member: "Ada".to_owned(), context: Some(context) };
    assert_eq!((&*error.cause(), &*error.fix()), ("It was due 2024-02-29", "Pay 12.50"));
    let error = ValuesError::LoanOverdue { member: "Ada".to_owned(), context: None };
    assert_eq!((&*error.cause(), &*error.fix()), ("It was due {due}", "Pay {fee}"));
}

#[test]
fn what_is_altered_is_told() {
    let state = BranchStateState::Closed;
    let error = ValuesError::BranchState { branch: "A is closed".to_owned(), state };
    assert_eq!(error.detail(), "Branch A\u{FFFD}is closed is closed");
    assert_eq!(error.sanitized_parameters(), ["branch"]);
    let branch = "A\u{FFFD}is closed".to_owned();
    assert_eq!(error.sanitized(), ValuesError::BranchState { branch, state });
    assert_eq!(decoded(&error), error.sanitized());
    assert_eq!(error.sanitized().sanitized_parameters(), [""; 0]);
    assert_eq!(error.response().sanitized_parameters(), ["branch"]);
}

#[test]
fn what_is_sent_can_be_read_however_long() {
    for length in [65_000, 70_000, 1_000_000] {
        let error = ValuesError::TitleHeld { title: "x".repeat(length), place: 1 };
        assert_eq!(decoded(&error), error.sanitized());
        let status = error.status();
        let body = error.body();
        assert!(body.len() <= 65_536, "{}", body.len());
        let header = Some("title_held");
        assert_eq!(
            ValuesError::decoder().error_code(header).decode(status, &*body).known(),
            Some(&error.sanitized())
        );
    }
}

#[test]
fn choices() {
    assert_eq!(BranchStateState::ALL, [BranchStateState::Closed, BranchStateState::BeingMoved]);
    for state in BranchStateState::ALL {
        assert_eq!(state.as_str().parse(), Ok(*state));
        assert_eq!(state.to_string(), state.as_str());
    }
    let error = "open".parse::<BranchStateState>().unwrap_err();
    assert_eq!(error.to_string(), "not one of the choices");
}

#[test]
fn enums_are_small() {
    assert!(size_of::<ValuesError>() < 128, "{}", size_of::<ValuesError>());
    let value = |text: &str| text.into();
    let everything = ValuesError::Everything {
        a: value("1"),
        b: value("2"),
        c: value("3"),
        d: value("4"),
        e: value("5"),
        f: value("6"),
    };
    both_ways(&everything, "1; 2; 3; 4; 5; 6");
}

#[test]
fn sensitive_values_stay_out_of_debug() {
    let error = ValuesError::LoanOverdue { member: "Ada".to_owned(), context: None };
    assert_eq!(format!("{error:?}"), "LoanOverdue { member: •••, context: None }");
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = ValuesError)]
enum ServiceError {
    #[error("no loan {0}")]
    #[api_error(loan_not_found { loan: kate_errors::AsIs(*_0) })]
    NoLoan(Uuid),
}

#[test]
fn a_servers_own_error_gives_them_as_they_are() {
    let error = ServiceError::NoLoan(loan()).to_api_error();
    assert_eq!(error.error(), Some(&ValuesError::LoanNotFound { loan: loan() }));
}
