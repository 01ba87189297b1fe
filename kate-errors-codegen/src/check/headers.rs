//! Rules about the header fields of statuses and errors, and about the fallbacks of statuses.

use std::collections::BTreeMap;

use kate_errors_model::status::{HEADER_FIELDS, HeaderField};

use super::{Checker, row_name};
use crate::challenge::{self, is_token_character};
use crate::diagnostic::list;
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Headers, Row, Spanned, Status, Text};

impl<'d> Checker<'d> {
    pub(super) fn headers(&mut self) {
        for status in &self.document.statuses {
            self.header_fields(&status.headers, &[status.code.value]);
            if let Some(fallback) = &status.fallback {
                self.fallback(status, fallback);
            }
        }
        for row in self.document.rows() {
            let statuses = self.statuses_of(row);
            self.header_fields(&row.headers, &statuses);
        }
        if self.whole {
            self.missing_challenges();
        }
    }

    fn statuses_of(&self, row: &'d Row) -> Vec<u16> {
        let base = self.bases.of(row);
        base.into_iter().flat_map(|base| &base.status).map(|status| status.value).collect()
    }

    fn header_fields(&mut self, headers: &'d Headers, of: &[u16]) {
        for text in headers.www_authenticate.iter().chain(&headers.proxy_authenticate) {
            self.challenge(text);
        }
        if let Some(methods) = &headers.allow {
            self.methods(&methods.value, methods.span);
        }
        let Some(status) = of.first() else { return };
        for (key, span) in &headers.fields {
            let field = HEADER_FIELDS.iter().find(|field| field.key == *key);
            let Some(HeaderField { name, statuses, reference, .. }) = field else { continue };
            if !of.iter().any(|status| statuses.contains(status)) {
                let meant = list(statuses.iter().map(u16::to_string), "and");
                let message = format!("`{key}` has no meaning under the status {status}");
                let label = (*span, format!("{name} belongs to {meant}"));
                let help =
                    format!("delete it: HTTP gives {name} its meaning under {meant} ({reference})");
                self.report(&rule::MISPLACED_HEADER, message, label).set_help(help);
            }
        }
    }

    fn challenge(&mut self, text: &Text) {
        let Err(fault) = challenge::check(&text.value) else { return };
        let message = format!("`{text}` is not a challenge");
        let label = (text.part(&fault.place), fault.what);
        self.report(&rule::INVALID_CHALLENGE, message, label);
    }

    fn methods(&mut self, methods: &'d [Text], list: Span) {
        if methods.is_empty() {
            self.report(&rule::INVALID_METHOD, "`allow` is empty", (list, "no method"));
        }
        let is_method = |method: &str| {
            method.bytes().all(|byte| is_token_character(byte) && !byte.is_ascii_lowercase())
        };
        for method in methods.iter().filter(|method| !is_method(&method.value)) {
            let message = format!("`{method}` is not a method");
            let is_lower = method.value.bytes().all(is_token_character);
            let upper = method.value.to_ascii_uppercase();
            self.report(&rule::INVALID_METHOD, message, (method.span, "not a method"))
                .help_if(is_lower.then(|| format!("methods are in upper case: `{upper}`")));
        }
        let methods = methods.iter().map(|method| (method.value.as_str(), method.span));
        let methods = methods.filter(|(method, _)| is_method(method));
        self.repeated(&rule::INVALID_METHOD, methods, |method, _| {
            format!("`allow` lists `{method}` twice")
        });
    }

    /// Reports each status with errors that lack a challenge, once for all of them.
    fn missing_challenges(&mut self) {
        let mut lacking: BTreeMap<u16, Vec<Span>> = BTreeMap::new();
        let current = self.document.rows().filter(|row| row.retired.is_none());
        for (row, status) in current
            .flat_map(|row| self.statuses_of(row).into_iter().map(move |status| (row, status)))
        {
            let Some(field) = challenge_field(status) else { continue };
            let beside = [Some(&row.headers), self.bases.of(row).map(|base| &base.headers)];
            let mut written =
                beside.into_iter().flatten().chain(self.statuses.get(&status).map(|s| &s.headers));
            if !written.any(|headers| headers.field(field.key).is_some()) {
                lacking.entry(status).or_default().push(row_name(row).1);
            }
        }
        for (status, places) in lacking {
            let (Some(entry), Some(HeaderField { key, name, .. })) =
                (self.statuses.get(&status), challenge_field(status))
            else {
                continue;
            };
            let message = format!("errors under {status} have no challenge");
            let label = (entry.code.span, format!("no `{key}` here"));
            let example = self.document.catalog.as_ref().map_or("…", |catalog| &catalog.value);
            let scheme = if status == 407 { "Basic" } else { "Bearer" };
            let help = format!(
                "HTTP demands {name} in every response with {status}: add \
                 `{key}: '{scheme} realm=\"{}\"'` to the status, or a challenge of your own",
                example.to_lowercase()
            );
            let diagnostic = self.report(&rule::MISSING_CHALLENGE, message, label);
            diagnostic.set_help(help).also_at(places.into_iter().map(|it| (it, "nor here")));
        }
    }

    fn fallback(&mut self, status: &'d Status, fallback: &'d Text) {
        let Some(row) = self.row_called(fallback, &rule::INVALID_FALLBACK) else { return };
        let Some(base) = self.bases.of(row) else { return };
        let (name, place) = row_name(row);
        let code = status.code.value;
        // A status that errors cannot have was already reported, and the intended one is unknown.
        let differs = |other: &&Spanned<u16>| other.value != code && self.is_of_errors(other.value);
        let (message, label) = if let Some(other) = base.status.first().filter(differs) {
            let message = format!("{name} cannot be the fallback of {code}");
            (message, (other.span, format!("its status is {}", other.value)))
        } else if let Some(param) = base.params.first() {
            let message = format!("{name} cannot be a fallback: its detail needs values");
            (message, (param.name.span, "needs a value".to_owned()))
        } else if row.retired.is_some() {
            (format!("{name} cannot be a fallback: it is retired"), (place, "retired".to_owned()))
        } else {
            return;
        };
        let first = (fallback.span, "named as fallback here");
        self.report(&rule::INVALID_FALLBACK, message, first).also(label);
    }
}

/// Returns the header field that every error with this status must have.
fn challenge_field(status: u16) -> Option<&'static HeaderField> {
    HEADER_FIELDS.iter().find(|field| field.is_required && field.statuses.contains(&status))
}
