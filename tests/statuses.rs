//! What follows from a status: its name, and the retry advice. That is one table, for errors whose catalog has no
//! `retry`, for responses that are in no catalog, and for the page about catalogs.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use http::StatusCode;
use kate_errors::Retry;
use kate_errors_model::status::{HEADER_FIELDS, is_assigned, name};

const STATUSES: RangeInclusive<u16> = 400..=599;

/// The statuses for which waiting helps, and below, those for which nothing helps.
const LATER: &[RangeInclusive<u16>] =
    &[408..=408, 425..=425, 429..=429, 500..=500, 502..=504, 509..=509, 512..=599];
const NEVER: &[RangeInclusive<u16>] = &[405..=405, 410..=410, 501..=501, 505..=505];

fn expected(status: u16) -> Retry {
    let is_in = |ranges: &[RangeInclusive<u16>]| ranges.iter().any(|range| range.contains(&status));
    match (is_in(LATER), is_in(NEVER)) {
        (true, _) => Retry::Later,
        (_, true) => Retry::Never,
        _ => Retry::AfterFix,
    }
}

#[test]
fn every_status_says_what_it_should() {
    for status in STATUSES {
        assert_eq!(Retry::of_status(status), expected(status), "{status}");
    }
    // Like 500 (RFC 9110, section 15).
    assert_eq!(Retry::of_status(999), Retry::Later);
}

#[test]
fn statuses_have_the_names_of_the_registry() {
    for status in STATUSES {
        let known = StatusCode::from_u16(status).unwrap().canonical_reason();
        let registered = match status {
            // Names that RFC 9110 changed, and a status that is only reserved.
            413 => Some("Content Too Large"),
            422 => Some("Unprocessable Content"),
            418 => None,
            _ => known,
        };
        let of_class = if status < 500 { "Client Error" } else { "Server Error" };
        let expected = (registered.unwrap_or(of_class), registered.is_some());
        assert_eq!((name(status), is_assigned(status)), expected, "{status}");
    }
}

#[test]
fn errors_whose_catalog_says_nothing_follow_their_status() {
    let mut catalog = String::from("catalog: All\nstatuses:\n");
    for status in STATUSES {
        let _ =
            writeln!(catalog, "  {status}: {{ name: Status {status}, description: it happens }}");
    }
    catalog.push_str("sections:\n  - name: All\n    errors:\n");
    for status in STATUSES {
        let _ = writeln!(
            catalog,
            "      - {{ code: e{status}, status: {status}, detail: Status {status}, cause: A, fix: B }}"
        );
    }
    let compilation = kate_errors_codegen::compile("errors.yaml", catalog.as_bytes());
    let compiled = compilation.catalog().expect("the catalog is valid");
    assert_eq!(compiled.rows.len(), STATUSES.count());
    for (row, status) in compiled.rows.iter().zip(STATUSES) {
        assert_eq!((&*row.code, row.retry), (&*format!("e{status}"), expected(status)));
    }
}

/// Returns the statuses with this advice, in words: `408, 425 and 502 to 504`.
fn in_words(retry: Retry) -> String {
    let mut ranges: Vec<RangeInclusive<u16>> = Vec::new();
    for status in STATUSES.filter(|status| Retry::of_status(*status) == retry) {
        match ranges.last_mut() {
            Some(range) if range.end() + 1 == status => *range = *range.start()..=status,
            _ => ranges.push(status..=status),
        }
    }
    let mut words = ranges.iter().map(|range| match (range.start(), range.end()) {
        (start, end) if start == end => start.to_string(),
        (start, end) => format!("{start} to {end}"),
    });
    let last = words.next_back().unwrap();
    format!("{} and {last}", words.collect::<Vec<_>>().join(", "))
}

#[test]
fn the_page_about_catalogs_says_the_same() {
    let page = include_str!("../docs/catalog.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let line = format!(
        "Without `retry`, trying again helps `later` under {}, `never` under {}, and `after_fix` under all other statuses.",
        in_words(Retry::Later),
        in_words(Retry::Never),
    );
    assert!(page.contains(&line), "docs/catalog.md does not say: {line}");
}

#[test]
fn the_documentation_says_with_which_statuses_retry_after_is_allowed() {
    const SCHEMA: &str =
        include_str!("../kate-errors-cli/src/publish/json_schema/catalog.schema.json");
    let field = HEADER_FIELDS.iter().find(|field| field.key == "retry_after").unwrap();
    let statuses: Vec<String> = field.statuses.iter().map(ToString::to_string).collect();
    let (last, others) = statuses.split_last().unwrap();
    let statuses = format!("ith {} and {last}", others.join(", "));
    assert!(include_str!("../docs/catalog.md").contains(&format!("w{statuses}: the number")));
    assert!(include_str!("../docs/servers.md").contains(&format!("`Retry-After` w{statuses}.")));
    let described = SCHEMA.matches(&format!("W{statuses}: the number")).count();
    assert_eq!(described, SCHEMA.matches("\"retry_after\": {").count());
}
