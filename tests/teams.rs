//! A catalog the way a team has it: errors take from their section and their status what they do not say themselves.

#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

/// What is common is written once, and not all is written yet.
#[kate_errors::catalog("tests/catalogs/teams.yaml")]
pub enum TeamError {}

#[test]
fn status_cause_and_fix_come_from_where_they_are_written() {
    let table = TeamError::TableNotFound { table: String::from("orders") };
    let view = TeamError::ViewNotFound { table: String::from("orders") };
    let dropped = "Tables are dropped a day after their last use";
    let cases = [
        (table, 404, dropped, "List what there is"),
        (view, 404, "The view orders was dropped", "List what there is"),
        (TeamError::TableExists, 409, dropped, ""),
        (TeamError::Internal, 500, "The server has a fault", "Tell us"),
        (TeamError::StateConflict, 409, "", ""),
    ];
    for (error, status, cause, fix) in cases {
        assert_eq!(error.status(), status, "{error:?}");
        assert_eq!((&*error.cause(), &*error.fix()), (cause, fix), "{error:?}");
        let read = TeamError::decode(status, error.body().into_owned());
        assert!(read.known().is_some(), "{error:?}");
    }
    let code = TeamErrorCode::StateConflict;
    assert_eq!((code.cause_template(), code.fix_template()), ("", ""));
}
