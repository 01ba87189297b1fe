//! The patterns of statuses, codes and other text around bodies. They are taken from the script of the HTML page.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex, RegexBuilder};

const SCRIPT: &str = include_str!("../publish/html/passages.js");

static PATTERNS: LazyLock<HashMap<String, Vec<Regex>>> = LazyLock::new(|| {
    let (_, rest) = SCRIPT.split_once("const PATTERNS = ").unwrap_or_default();
    let table = rest.split_once("\n};").map(|(table, _)| format!("{table}\n}}"));
    let table: HashMap<String, Vec<String>> =
        table.and_then(|table| serde_json::from_str(&table).ok()).unwrap_or_default();
    let expression = |text: &String| built(text);
    table
        .into_iter()
        .map(|(kind, all)| (kind, all.iter().filter_map(expression).collect()))
        .collect()
});

fn built(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(true).build().ok()
}

/// Returns the patterns of a kind.
pub(super) fn of(kind: &str) -> &'static [Regex] {
    PATTERNS.get(kind).map(Vec::as_slice).unwrap_or_default()
}

/// Returns the match that begins first in a line. Of several, the one of the first pattern wins.
pub(super) fn first<'l>(kind: &str, line: &'l str) -> Option<Captures<'l>> {
    let matches = of(kind).iter().filter_map(|pattern| pattern.captures(line));
    matches.min_by_key(|found| found.get_match().start())
}

pub(super) fn is_in(kind: &str, line: &str) -> bool {
    of(kind).iter().any(|pattern| pattern.is_match(line))
}

/// Returns the pattern of the header field with the code, anywhere in a line.
pub(super) fn code_field(name: &str) -> Option<Regex> {
    built(&format!(r#"{}["']?[ \t]*[:=][ \t]*["']?([^ "',;}}\]\\]+)"#, regex::escape(name)))
}

/// Returns the number that a match captured.
pub(super) fn number(found: &Captures<'_>) -> Option<u16> {
    found.get(1).and_then(|number| number.as_str().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_there() {
        let (_, rest) = SCRIPT.split_once("const PATTERNS = ").unwrap();
        let (table, _) = rest.split_once("\n};").unwrap();
        let table: HashMap<String, Vec<String>> =
            serde_json::from_str(&format!("{table}\n}}")).unwrap();
        assert!(table.len() >= 7, "{table:?}");
        for (kind, patterns) in &table {
            assert_eq!(of(kind).len(), patterns.len(), "{kind}");
        }
    }

    #[test]
    fn the_page_reads_as_much_as_the_command() {
        let limit = format!("\nconst MOST_CHARACTERS = {};\n", crate::pasted::BLOCK);
        assert!(SCRIPT.contains(&limit), "passages.js lacks:{limit}");
    }

    #[test]
    fn statuses_that_clients_print() {
        for (line, status) in [
            ("Request failed with status code 404", Some(404)),
            (
                "HTTP status client error (404 Not Found) for url (http://localhost:8000/runs/7)",
                Some(404),
            ),
            (
                "requests.exceptions.HTTPError: 402 Client Error: Payment Required for url: http://x/",
                Some(402),
            ),
            ("httpx.HTTPStatusError: Client error '404 Not Found' for url 'http://x/'", Some(404)),
            ("urllib.error.HTTPError: HTTP Error 404: Not Found", Some(404)),
            ("curl: (22) The requested URL returned error: 503", Some(503)),
            ("http status: 404", Some(404)),
            ("unexpected status code: 500", Some(500)),
            (
                "Failed to load resource: the server responded with a status of 429 (Too Many Requests)",
                Some(429),
            ),
            (
                "aiohttp.client_exceptions.ClientResponseError: 404, message='Not Found', url='http://x'",
                Some(404),
            ),
            ("ERROR 404: Not Found.", Some(404)),
            ("status 404", Some(404)),
            ("gh: Not Found (HTTP 404)", Some(404)),
            ("Response code 502 (Bad Gateway)", Some(502)),
            ("[404 Not Found] during [GET] to [http://x/]", Some(404)),
            ("<title>502 Bad Gateway</title>", Some(502)),
            (
                r#"10.0.0.1 - - [27/Nov/2026:04:00:00 +0000] "GET /runs/7 HTTP/1.1" 404 153"#,
                Some(404),
            ),
            ("GET /runs/7 404 12.3 ms - 153", Some(404)),
            ("Completed 404 Not Found in 3ms", Some(404)),
            ("status=5034", None),
            ("took 404 ms", None),
            ("order 404", None),
        ] {
            assert_eq!(first("status", line).and_then(|it| number(&it)), status, "{line}");
        }
    }
}
