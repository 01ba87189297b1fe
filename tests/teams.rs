//! A catalog as teams write it: codes keep their spelling, and errors inherit from their section and status.

#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

/// A catalog that states common parts once, and is not complete yet.
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

#[test]
fn codes_keep_their_spelling() {
    let hostile = "urn:\"x\"\\#/<&>'`|{}*/";
    let cases = [
        (TeamErrorCode::TableNotFound, "table_not_found", "table_not_found"),
        (TeamErrorCode::DmDatabase10001, "DM-database-10001", "dm_database_10001"),
        (TeamErrorCode::Code42P01, "42P01", "code_42_p01"),
        (TeamErrorCode::MForbidden, "M_FORBIDDEN", "m_forbidden"),
        (TeamErrorCode::StreamNotFound, "10059", "stream_not_found"),
        (TeamErrorCode::Code32601, "-32601", "code_32601"),
        (TeamErrorCode::Code08001, "08001", "code_08001"),
        (TeamErrorCode::HostileCode, hostile, "hostile_code"),
        (TeamErrorCode::NoSuchDatabase, "no such database", "no_such_database"),
    ];
    for (code, spelled, name) in cases {
        assert_eq!(code.as_str(), spelled);
        assert_eq!(code.to_string(), spelled);
        assert_eq!(spelled.parse(), Ok(code));
        assert!(name == spelled || name.parse::<TeamErrorCode>().is_err(), "{name}");
        let url = format!("https://team.example.com/errors#{name}");
        assert_eq!(code.docs_url(), Some(url));
    }
}

/// The code in the header tells errors with the same message apart.
#[test]
fn codes_travel_in_the_header() {
    let response = TeamError::StreamNotFound.response().with_error_code();
    let mut headers = response.headers();
    assert!(headers.any(|field| field == ("x-error-code", "10059".into())));
    let body = TeamError::StreamNotFound.body();
    for (code, error) in [("10059", TeamError::StreamNotFound), ("08001", TeamError::Code08001)] {
        let read = TeamError::decoder().error_code(Some(code)).decode(409, &body[..]);
        assert_eq!(read.known(), Some(&error), "{code}");
    }
}
