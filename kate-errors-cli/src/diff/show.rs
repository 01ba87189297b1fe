//! Renders changes in the output formats of the command.

use std::fmt::Write as _;

use kate_errors_codegen::Source;
use kate_errors_codegen::diagnostic::Label;
use kate_errors_codegen::names::capitalize;
use kate_errors_codegen::report::{Remark, Style, render_remark};
use kate_errors_codegen::rule::Severity;
use serde_json::{Value, json};

use super::rule::RULES;
use super::{Finding, Level, Which, Witness, verdict};
use crate::catalog_file::CatalogFile;
use crate::formats::{github, joined, place_json, sarif};
use crate::messages::counted;
use crate::visible::visible;

/// Two files, and the changes from one to the other.
pub(crate) struct Compared<'f> {
    pub(crate) old: &'f CatalogFile,
    pub(crate) new: &'f CatalogFile,
    pub(crate) findings: Vec<Finding>,
}

impl Compared<'_> {
    fn file(&self, which: Which) -> &CatalogFile {
        match which {
            Which::Old => self.old,
            Which::New => self.new,
        }
    }

    fn source(&self, which: Which) -> &Source {
        &self.file(which).compilation.source
    }

    /// Returns the required version bump, and the number of changes for each level.
    pub(crate) fn verdict(&self) -> String {
        let Some(verdict) = verdict(&self.findings) else { return "no change".to_owned() };
        let levels = [Level::Major, Level::Minor, Level::Patch];
        let count = |level: &Level| self.findings.iter().filter(|it| it.level() == *level).count();
        let counts = levels.iter().map(|level| (count(level), level.name()));
        let counts: Vec<String> = counts
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| format!("{count} {name}"))
            .collect();
        format!("{} ({})", verdict.name(), counts.join(", "))
    }

    /// Renders excerpts of both files, and what each client reads, for people.
    pub(crate) fn text(&self, style: Style) -> String {
        let findings = self.findings.iter().map(|finding| self.remark(finding, style));
        format!("{}verdict: {}\n", findings.collect::<String>(), self.verdict())
    }

    fn remark(&self, finding: &Finding, style: Style) -> String {
        let places: Vec<(&Source, Label)> = finding
            .places
            .iter()
            .map(|(which, label)| (self.source(*which), label.clone()))
            .collect();
        let severity =
            if finding.level() == Level::Major { Severity::Error } else { Severity::Warning };
        render_remark(
            &Remark {
                weight: (finding.level().name(), severity),
                id: finding.rule.id,
                message: &finding.message,
                places: &places,
                notes: &notes(finding),
                help: &finding.help,
            },
            style,
        )
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "verdict": verdict(&self.findings).map(Level::name),
            "findings": self.findings.iter().map(|it| self.entry(it)).collect::<Vec<_>>(),
        })
    }

    fn entry(&self, finding: &Finding) -> Value {
        let place = |(which, label): &(Which, Label)| {
            let source = self.source(*which);
            let place = place_json(source, source.name_at(label.span.start), label);
            joined(json!({ "catalog": which.name() }), place)
        };
        json!({
            "rule": finding.rule.id,
            "class": finding.rule.class.name(),
            "level": finding.level().name(),
            "message": finding.message,
            "reason": finding.rule.page.summary(),
            "help": finding.help,
            "places": finding.places.iter().map(place).collect::<Vec<_>>(),
            "witnesses": finding.witnesses.iter().map(witness_json).collect::<Vec<_>>(),
            "rollout": finding.order.map(super::order::Order::name),
            "allowed": finding.allowed,
        })
    }

    /// Renders workflow commands, which GitHub shows at the lines of a pull request.
    pub(crate) fn github(&self) -> String {
        let mut commands = String::new();
        for finding in &self.findings {
            let Some((which, label)) = finding.places.first() else { continue };
            let kind = match finding.level() {
                Level::Major => "error",
                Level::Minor => "warning",
                Level::Patch => "notice",
            };
            let (file, message) = (self.file(*which), in_words(finding, "\n"));
            commands += &github::line(kind, file, label.span, finding.rule.id, &message);
        }
        let verdict = format!("kate-errors diff: {}", self.verdict());
        commands + "::notice::" + &github::data(&verdict) + "\n"
    }

    /// Returns the rules and results of a SARIF log.
    pub(crate) fn sarif(&self) -> (Vec<Value>, Vec<Value>) {
        let level = |level: Level| match level {
            Level::Major => "error",
            Level::Minor => "warning",
            Level::Patch => "note",
        };
        let rules = RULES.iter().map(|rule| sarif::rule(rule.id, rule.page, level(rule.level)));
        let result = |finding: &Finding| {
            let labelled =
                |(which, label): &(Which, Label)| sarif::labelled(self.file(*which), label);
            let mut result = json!({
                "ruleId": finding.rule.id,
                "level": level(finding.level()),
                "message": { "text": in_words(finding, "; ") },
                "locations": finding.places.first().map(labelled).into_iter().collect::<Vec<_>>(),
                "relatedLocations": finding.places.iter().skip(1).map(labelled).collect::<Vec<_>>(),
            });
            if let Some(reason) = &finding.allowed {
                result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
            }
            result
        };
        (rules.collect(), self.findings.iter().map(result).collect())
    }

    /// Renders an entry of a changelog.
    pub(crate) fn markdown(&self) -> String {
        let mut text = String::new();
        let levels = [
            (Level::Major, "Breaking changes"),
            (Level::Minor, "Changes"),
            (Level::Patch, "Small changes"),
        ];
        for (level, title) in levels {
            let findings: Vec<_> = self.findings.iter().filter(|it| it.level() == level).collect();
            if findings.is_empty() {
                continue;
            }
            // Writing to a string cannot fail.
            let _ = writeln!(text, "### {title}\n");
            for finding in findings {
                let _ = write!(text, "- {}", markdown(&capitalize(&finding.message)));
                let _ = match (&finding.allowed, finding.order) {
                    (Some(reason), _) => writeln!(text, ". Allowed: {}.", markdown(reason)),
                    (None, Some(order)) => writeln!(text, ". Rollout: {}.", order.in_words()),
                    (None, None) => writeln!(text, "."),
                };
            }
            text.push('\n');
        }
        text + "Version: " + &self.verdict() + "\n"
    }

    /// Returns a summary of what was compared.
    pub(crate) fn summary(&self) -> String {
        let count = |file: &CatalogFile| {
            counted(file.compilation.catalog().map_or(0, |catalog| catalog.rows.len()), "error")
        };
        let name = |which| visible(self.source(which).name()).into_owned();
        format!(
            "{} ({}) and {} ({}) were compared",
            name(Which::Old),
            count(self.old),
            name(Which::New),
            count(self.new)
        )
    }
}

/// Returns the notes of a change, each with its label.
fn notes(finding: &Finding) -> Vec<(&'static str, String)> {
    let mut notes = vec![("reason", finding.rule.page.summary().to_owned())];
    for witness in &finding.witnesses {
        notes.push(("witness", sent(witness)));
        notes.push(("old client", witness.old.clone()));
        notes.push(("new client", witness.new.clone()));
    }
    notes.extend(finding.order.map(|order| ("rollout", order.in_words().to_owned())));
    notes.extend(finding.allowed.clone().map(|reason| ("allowed", reason)));
    notes
}

/// Describes who sends a response, and the response.
fn sent(witness: &Witness) -> String {
    let server = match (witness.is_older, witness.from) {
        (true, _) => "an older server",
        (false, Which::Old) => "a server of the old catalog",
        (false, Which::New) => "a server of the new catalog",
    };
    format!("{server} sends {}", response(witness))
}

/// Formats status, header field and body.
pub(crate) fn response(witness: &Witness) -> String {
    let header =
        witness.header.as_ref().map_or(String::new(), |(name, code)| format!(", {name}: {code}"));
    format!("{}{header} {}", witness.status, witness.body)
}

fn in_words(finding: &Finding, separator: &str) -> String {
    let mut words = finding.message.clone();
    for (name, note) in notes(finding) {
        words = format!("{words}{separator}{name}: {note}");
    }
    format!("{words}{separator}help: {}", finding.help)
}

fn witness_json(witness: &Witness) -> Value {
    let header = witness.header.as_ref().map(|(name, code)| json!({ "name": name, "value": code }));
    json!({
        "from": witness.from.name(),
        "status": witness.status,
        "header": header,
        "body": witness.body,
        "old_client": witness.old,
        "new_client": witness.new,
    })
}

/// Escapes a text for Markdown. Text in backticks stays code: names in messages cannot contain backticks.
pub(crate) fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for (at, part) in visible(text).split('`').enumerate() {
        if at % 2 == 1 {
            let _ = write!(escaped, "`{part}`");
            continue;
        }
        for character in part.chars() {
            if character.is_ascii_punctuation() && !".,:;()-".contains(character) {
                escaped.push('\\');
            }
            escaped.push(character);
        }
    }
    escaped
}
