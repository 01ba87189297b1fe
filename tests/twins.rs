//! Messages that several errors have or had, and messages in which values end at different places.

use kate_errors::{CatalogError, Note};

/// Errors that are hard to tell apart.
#[kate_errors::catalog("tests/catalogs/twins.yaml")]
pub enum TwinsError {}

fn decode(status: u16, detail: &str) -> kate_errors::Decoded<'static, TwinsError> {
    let body = serde_json::json!({ "detail": detail }).to_string();
    TwinsError::decode(status, body.into_bytes())
}

#[test]
fn the_status_tells_rows_with_one_sentence_apart() {
    let known = |status, detail| decode(status, detail).into_known().unwrap();
    assert_eq!(known(404, "No such file"), TwinsError::FileMissing);
    assert_eq!(known(410, "No such file"), TwinsError::FileDeleted);
    let name = || String::from("x");
    assert_eq!(known(404, "No page x"), TwinsError::PageMissing { name: name() });
    assert_eq!(known(410, "No page x"), TwinsError::PageDeleted { name: name() });
    for detail in ["No such file", "No page x"] {
        let received = decode(404, detail);
        assert!(received.alternatives().is_empty() && received.notes().is_empty());
        let other = decode(400, detail);
        assert_eq!(other.known().unwrap().status(), Status::NotFound);
        assert_eq!(other.alternatives().len(), 1, "nothing tells them apart");
        assert_eq!(other.notes(), [Note::StatusDiffers { expected: 404, received: 400 }]);
    }
}

#[test]
fn the_header_goes_before_the_status() {
    let body = br#"{"detail": "No such file"}"#;
    let received = TwinsError::decoder().error_code(Some("file_deleted")).decode(404, body);
    assert_eq!(received.known(), Some(&TwinsError::FileDeleted));
    assert_eq!(received.notes(), [Note::StatusDiffers { expected: 410, received: 404 }]);
}

#[test]
fn a_text_of_a_former_message_ends_where_that_message_says() {
    let renamed = |name| TwinsError::Renamed { name: String::from(name) };
    for (detail, name) in [
        ("The name \"it's a: b\" is taken", "it's a: b"),
        ("Taken: it's a: b", "it's a: b"),
        ("'a: b' is taken", "a: b"),
    ] {
        assert_eq!(decode(400, detail).known(), Some(&renamed(name)), "{detail}");
        let is_former = !detail.starts_with("The");
        assert_eq!(decode(400, detail).notes().len(), usize::from(is_former));
    }
    // A former message can contain values that the current message would alter.
    assert_eq!(decode(400, "Taken: a \"b\"").known(), Some(&renamed("a \"b\"")));
    assert_eq!(decode(400, "'it's' is taken").known(), None);
}

#[test]
fn former_messages_without_values() {
    let current = "The \"disk\" is full \\o/";
    let owner = || Some(Owner { owner: String::from("Ada") });
    let full = |context| TwinsError::Full { context };
    assert_eq!(decode(400, current).known(), Some(&full(None)));
    assert_eq!(decode(400, &format!("{current}. Ask Ada")).known(), Some(&full(owner())));
    for detail in ["Disk full", "A \"full\" disk"] {
        let received = decode(400, detail);
        assert_eq!(received.known(), Some(&full(None)), "{detail}");
        assert_eq!(received.notes(), [Note::FormerMessage { current }]);
        assert_eq!(received.alternatives(), [TwinsError::FolderFull { context: None }]);
    }
    // A former message of the alias alone.
    let received = decode(400, "Folder full");
    assert_eq!(received.known(), Some(&TwinsError::FolderFull { context: None }));
    assert!(received.alternatives().is_empty());
    assert_eq!(decode(400, "Shut").known(), Some(&TwinsError::Closed));
}

#[test]
fn a_value_ends_where_the_literal_behind_it_begins() {
    for (host, port) in [("example.com", 80), ("a", u64::MAX)] {
        let error = TwinsError::Address { host: String::from(host), port };
        assert_eq!(decode(400, &error.detail()).known(), Some(&error));
    }
    for message in ["example.com:080", ":80", "::1:80"] {
        assert_eq!(decode(400, &format!("Cannot reach {message}")).known(), None);
    }
    // A value that the message cannot contain is altered, and its parameter is reported.
    let error = TwinsError::Address { host: String::from("::1"), port: 80 };
    assert_eq!(error.sanitized_parameters(), ["host"]);
    assert_eq!(decode(400, &error.detail()).known(), Some(&error.sanitized()));
    let colons = ":1".repeat(30_000);
    assert_eq!(decode(400, &format!("Cannot reach {colons}x")).known(), None);
}

#[test]
fn deserialize_reads_what_decode_reads() {
    for detail in ["No such file", "No page x"] {
        let body = serde_json::json!({ "detail": detail }).to_string();
        let refused = serde_json::from_str::<TwinsError>(&body).unwrap_err();
        assert!(refused.to_string().starts_with("errors under 404 and under 410"), "{refused}");
    }
    for detail in ["Shut", "Disk full", "'a' is taken"] {
        let body = serde_json::json!({ "detail": detail }).to_string();
        let read: TwinsError = serde_json::from_str(&body).unwrap();
        let status = read.code().status();
        assert_eq!(decode(status, detail).known(), Some(&read));
        assert_eq!(CatalogError::code(&read).status(), read.status());
    }
}

#[test]
fn sentences_that_begin_alike() {
    let id = || String::from("stopped:");
    let reason = String::from("Job x stopped at 7");
    let errors = [
        TwinsError::Stopped { id: id() },
        TwinsError::StoppedAt { id: id(), step: 0 },
        TwinsError::StoppedFor { id: id(), reason },
        TwinsError::StoppedFor { id: id(), reason: String::new() },
        TwinsError::Job { id: id() },
        TwinsError::Jobs { from: i64::MIN, to: -1 },
        TwinsError::Left { count: 10 },
        TwinsError::Gone { name: String::from("Job") },
        TwinsError::Quoted { name: String::from("it:s") },
        TwinsError::QuotedText { names: String::from("a ' b stopped") },
        TwinsError::Chosen { state: ChosenState::Paused },
        TwinsError::Chosen { state: ChosenState::PausedAndSaved },
    ];
    for error in errors {
        let received = decode(400, &error.detail());
        assert_eq!(received.known(), Some(&error));
        assert!(received.alternatives().is_empty());
    }
    for detail in ["Job", "Job ", "Job a b", "Jobs 1 to 2", "x left", " left", "Task '' stopped"] {
        assert_eq!(decode(400, detail).known(), None, "{detail}");
    }
}

mod overlapping {
    #[kate_errors::catalog("tests/catalogs/overlapping.yaml")]
    pub enum OverlappingError {}
}

#[test]
fn the_status_goes_before_whether_a_message_has_values() {
    use overlapping::OverlappingError as Error;
    let decoder = || Error::decoder();
    let deleted = Error::PageDeleted { name: "index".to_owned() };
    // The same body, as this library writes it and as others do.
    for body in [r#"{"detail":"No page index"}"#, r#"{ "detail": "No page index" }"#] {
        let read =
            |status| decoder().decode(status, body.as_bytes().to_vec()).into_known().unwrap();
        assert_eq!(read(404), Error::IndexMissing, "{body}");
        assert_eq!(read(410), deleted, "{body}");
        let named = decoder().error_code(Some("page_deleted")).decode(404, body.as_bytes());
        assert_eq!(named.known(), Some(&deleted), "{body}");
    }
    // Neither is a former message settled before that.
    let former = decoder().decode(410, br#"{"detail":"No page cover"}"#);
    assert_eq!(former.known(), Some(&Error::PageDeleted { name: "cover".to_owned() }));
}

#[test]
fn under_the_status_of_none_the_first_error_counts() {
    use overlapping::{OverlappingError as Error, OverlappingErrorCode as Code};
    let read = |detail: &str| {
        let read = Error::decode(400, format!(r#"{{"detail":"{detail}"}}"#).into_bytes());
        let alternatives = read.alternatives().iter().map(kate_errors::CatalogError::code);
        let expected = CatalogError::status(read.known().unwrap());
        assert_eq!(read.notes(), [Note::StatusDiffers { expected, received: 400 }], "{detail}");
        (read.known().map(kate_errors::CatalogError::code), alternatives.collect::<Vec<_>>())
    };
    assert_eq!(read("It is on 2024-02-29"), (Some(Code::OnPlace), vec![Code::OnDay]));
    assert_eq!(read("It is at 7"), (Some(Code::AtNumber), vec![Code::AtPlace]));
    assert_eq!(read("It was at 7"), (Some(Code::WasSomewhere), vec![Code::WasAt]));
    assert_eq!(read("It ran at 7"), (Some(Code::RanAt), vec![Code::Ran]));
    // An alias goes behind the error of its message, although it precedes it in the catalog.
    assert_eq!(read("Owned by Ada"), (Some(Code::Owned), vec![Code::FileOwned]));
}
