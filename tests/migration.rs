//! The migration steps of docs/changing.md, with the servers and clients of all steps.

use std::fmt::Debug;

use kate_errors::{CatalogCode, CatalogError, Decoder};

mod text {
    #[kate_errors::catalog("tests/catalogs/migration/1_text.yaml")]
    pub enum JobsError {}
}

mod text_and_code {
    #[kate_errors::catalog("tests/catalogs/migration/2_text_and_code.yaml")]
    pub enum JobsError {}
}

mod either {
    #[kate_errors::catalog("tests/catalogs/migration/3_either.yaml")]
    pub enum JobsError {}
}

mod code {
    #[kate_errors::catalog("tests/catalogs/migration/4_code.yaml")]
    pub enum JobsError {}
}

mod code_and_older {
    #[kate_errors::catalog("tests/catalogs/migration/4_code_and_older.yaml")]
    pub enum JobsError {}
}

/// Returns what a client reads from the response for the error `sent`.
fn read<E: CatalogError + Debug>(sent: &str, status: u16, body: &[u8]) -> String {
    let decoded = Decoder::<E>::new().decode(status, body);
    let named = decoded.unknown().and_then(kate_errors::Unknown::named).map(CatalogCode::as_str);
    match (decoded.known(), decoded.code()) {
        (Some(error), _) => {
            assert_eq!(format!("{error:?}"), sent, "another error, or other values");
            let notes = decoded.notes().iter().map(|note| format!(", {note}"));
            format!("known{}", notes.collect::<String>())
        }
        (None, Some(code)) => format!("code {code}"),
        (None, None) => named.map_or("unknown".to_owned(), |code| format!("unknown, named {code}")),
    }
}

/// Returns what the clients of all steps read from the response of one step's server.
fn all_read<E: CatalogError + Debug>(error: &E) -> [String; 4] {
    let (sent, response) = (format!("{error:?}"), error.response());
    let (status, body) = (response.status(), response.body());
    [
        read::<text::JobsError>(&sent, status, &body),
        read::<text_and_code::JobsError>(&sent, status, &body),
        read::<either::JobsError>(&sent, status, &body),
        read::<code::JobsError>(&sent, status, &body),
    ]
}

const KNOWN: &str = "known";

#[test]
fn servers_send_the_text() {
    let read = all_read(&text::JobsError::JobMissing { job: 7 });
    assert_eq!(read, [KNOWN, KNOWN, "known, the response has no code", "unknown"]);
    let read = all_read(&text::JobsError::JobDone);
    assert_eq!(read, [KNOWN, KNOWN, "known, the response has no code", "unknown"]);
}

/// A client of codes that also reads older bodies.
#[test]
fn clients_of_codes_read_the_text_of_older_servers() {
    let error = text::JobsError::JobMissing { job: 7 };
    let (sent, response) = (format!("{error:?}"), error.response());
    let read = read::<code_and_older::JobsError>(&sent, response.status(), &response.body());
    let former = "known, this is a former message; now it is “Job {job} does not exist”, the response has no code";
    assert_eq!(read, former);
}

#[test]
fn servers_send_text_and_code() {
    let former = "known, this is a former message; now it is “Job {job} does not exist”";
    for read in [
        all_read(&text_and_code::JobsError::JobMissing { job: 7 }),
        all_read(&either::JobsError::JobMissing { job: 7 }),
    ] {
        assert_eq!(read, [KNOWN, KNOWN, KNOWN, former]);
    }
    let former = "known, this is a former message; now it is “The job has ended”";
    for read in
        [all_read(&text_and_code::JobsError::JobDone), all_read(&either::JobsError::JobDone)]
    {
        assert_eq!(read, [KNOWN, KNOWN, KNOWN, former]);
    }
}

#[test]
fn servers_send_the_code_with_any_text() {
    let read = all_read(&code::JobsError::JobMissing { job: 7 });
    assert_eq!(read, ["unknown", "unknown, named job_missing", "code job_missing", KNOWN]);
    let read = all_read(&code::JobsError::JobDone);
    let other = "known, the message is another one than “The job is done”";
    assert_eq!(read, ["unknown", "unknown, named job_done", other, KNOWN]);
}

/// With codes as identity, a value in quotes may contain one.
#[test]
fn servers_of_codes_send_values_unchanged() {
    let queue = || String::from("O'Brien");
    let read = all_read(&code::JobsError::QueueFull { queue: queue() });
    assert_eq!(read, ["unknown", "unknown, named queue_full", "code queue_full", KNOWN]);
    let altered = either::JobsError::QueueFull { queue: queue() };
    assert_eq!(altered.sanitized_parameters(), ["queue"]);
}
