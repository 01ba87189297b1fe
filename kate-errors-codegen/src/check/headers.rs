//! Rules about the header fields of statuses and rows, and about the fallbacks of statuses.

use std::collections::{BTreeMap, HashMap};

use super::statuses::is_of_an_error;
use super::{Checker, row_name};
use crate::challenge::{self, is_token_character};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Headers, Row, Spanned, Status, Text};

/// How many further errors without a challenge are shown.
const MAX_PLACES: usize = 4;

impl<'d> Checker<'d> {
    pub(super) fn headers(&mut self) {
        for status in &self.document.statuses {
            self.header_fields(&status.headers, Some(status.code.value));
            if let Some(fallback) = &status.fallback {
                self.fallback(status, fallback);
            }
        }
        for row in self.all_rows() {
            self.header_fields(&row.headers, self.status_of(row));
        }
        if self.whole {
            self.missing_challenges();
        }
    }

    fn status_of(&self, row: &'d Row) -> Option<u16> {
        self.base(row)?.status.as_ref().map(|status| status.value)
    }

    fn header_fields(&mut self, headers: &'d Headers, status: Option<u16>) {
        for text in headers.www_authenticate.iter().chain(&headers.proxy_authenticate) {
            self.challenge(text);
        }
        if let Some(methods) = &headers.allow {
            self.methods(&methods.value, methods.span);
        }
        let Some(status) = status else { return };
        for (field, span) in &headers.fields {
            if let Some((name, meant, reference)) = misplaced(field, status) {
                let message = format!("`{field}` has no meaning under the status {status}");
                let label = Label::new(*span, format!("{name} belongs to {meant}"));
                let help =
                    format!("delete it: HTTP gives {name} its meaning under {meant} ({reference})");
                let diagnostic = Diagnostic::new(&rule::MISPLACED_HEADER, message, label);
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }

    fn challenge(&mut self, text: &Text) {
        let Err(fault) = challenge::check(&text.value) else { return };
        let message = format!("`{}` is not a challenge", text.value);
        let label = Label::new(text.part(fault.place.start, fault.place.end), fault.what);
        self.report(&rule::INVALID_CHALLENGE, message, label);
    }

    fn methods(&mut self, methods: &'d [Text], list: Span) {
        if methods.is_empty() {
            let label = Label::new(list, "no method");
            self.report(&rule::INVALID_METHOD, "`allow` is empty", label);
        }
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for method in methods {
            let value = method.value.as_str();
            let is_token = value.bytes().all(is_token_character);
            if !is_token || value.bytes().any(|byte| byte.is_ascii_lowercase()) {
                let message = format!("`{value}` is not a method");
                let diagnostic = Diagnostic::new(
                    &rule::INVALID_METHOD,
                    message,
                    Label::new(method.span, "not a method"),
                );
                let upper = value.to_ascii_uppercase();
                self.diagnostics.push(if is_token {
                    diagnostic.help(format!("methods are in upper case: `{upper}`"))
                } else {
                    diagnostic
                });
            } else if let Some(first) = seen.insert(value, method.span) {
                let message = format!("`allow` lists `{value}` twice");
                let second = Label::new(method.span, "again here");
                let first = Label::new(first, "first here");
                self.report_clash(&rule::INVALID_METHOD, message, second, first);
            }
        }
    }

    /// One diagnostic for each status, however many errors under it have no challenge.
    fn missing_challenges(&mut self) {
        let mut lacking: BTreeMap<u16, Vec<&Row>> = BTreeMap::new();
        for row in self.all_rows().filter(|row| row.retired.is_none()) {
            let Some(status) = self.status_of(row) else { continue };
            let Some((field, _)) = challenge_field(status) else { continue };
            let beside = [Some(&row.headers), self.base(row).map(|base| &base.headers)];
            let mut written =
                beside.into_iter().flatten().chain(self.statuses.get(&status).map(|s| &s.headers));
            if !written.any(|headers| headers.field(field).is_some()) {
                lacking.entry(status).or_default().push(row);
            }
        }
        for (status, rows) in lacking {
            let (Some(entry), Some((field, name))) =
                (self.statuses.get(&status), challenge_field(status))
            else {
                continue;
            };
            let message = format!("errors under {status} have no challenge");
            let label = Label::new(entry.code.span, format!("no `{field}` here"));
            let places = rows.iter().map(|row| Label::new(row_name(row).1, "nor here"));
            let example = self.document.catalog.as_ref().map_or("…", |catalog| &catalog.value);
            let scheme = if status == 407 { "Basic" } else { "Bearer" };
            let help = format!(
                "HTTP demands {name} in every response with {status}: add \
                 `{field}: '{scheme} realm=\"{}\"'` to the status, or a challenge of your own",
                example.to_lowercase()
            );
            let diagnostic = Diagnostic::new(&rule::MISSING_CHALLENGE, message, label).help(help);
            self.diagnostics.push(places.take(MAX_PLACES).fold(diagnostic, Diagnostic::related));
        }
    }

    fn fallback(&mut self, status: &'d Status, fallback: &'d Text) {
        let Some(row) = self.rows.get(fallback.value.as_str()).copied() else {
            let message = format!("there is no error `{}`", fallback.value);
            let codes = self.codes();
            return self.report_unknown(&rule::INVALID_FALLBACK, message, fallback, codes);
        };
        let Some(base) = self.base(row) else { return };
        let (name, place) = row_name(row);
        let code = status.code.value;
        // One that no error can have is found already, and nobody knows which one is meant.
        let differs = |other: &&Spanned<u16>| other.value != code && is_of_an_error(other.value);
        let (message, label) = if let Some(other) = base.status.as_ref().filter(differs) {
            let message = format!("{name} cannot be the fallback of {code}");
            (message, Label::new(other.span, format!("its status is {}", other.value)))
        } else if let Some(param) = base.params.first() {
            let message = format!("{name} cannot be a fallback: its detail needs values");
            (message, Label::new(param.name.span, "needs a value"))
        } else if row.retired.is_some() {
            (format!("{name} cannot be a fallback: it is retired"), Label::new(place, "retired"))
        } else {
            return;
        };
        let first = Label::new(fallback.span, "named as fallback here");
        self.report_clash(&rule::INVALID_FALLBACK, message, first, label);
    }
}

/// The field that answers with this status must have, and its name in HTTP.
fn challenge_field(status: u16) -> Option<(&'static str, &'static str)> {
    match status {
        401 => Some(("www_authenticate", "WWW-Authenticate")),
        407 => Some(("proxy_authenticate", "Proxy-Authenticate")),
        _ => None,
    }
}

/// The name of a field, the statuses it belongs to and where that stands, unless `status` is one.
fn misplaced(field: &str, status: u16) -> Option<(&'static str, &'static str, &'static str)> {
    let (name, statuses, shown, reference): (_, &[u16], _, _) = match field {
        "www_authenticate" => ("WWW-Authenticate", &[401], "401", "RFC 9110, section 11.6.1"),
        "proxy_authenticate" => ("Proxy-Authenticate", &[407], "407", "RFC 9110, section 11.7.1"),
        "allow" => ("Allow", &[405], "405", "RFC 9110, section 10.2.1"),
        "retry_after" => (
            "Retry-After",
            &[413, 429, 503],
            "413, 429 and 503",
            "RFC 9110, section 10.2.3, and RFC 6585",
        ),
        _ => return None,
    };
    (!statuses.contains(&status)).then_some((name, shown, reference))
}
