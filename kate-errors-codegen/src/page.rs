//! The page of a rule: what the rule demands and why, with examples that a test compiles.
//!
//! Every page has the same parts, in this order:
//!
//! ````md
//! # the-id (error)
//!
//! What is demanded, in one sentence.
//!
//! > What to do, in lower case, where a diagnostic has nothing better to say
//!
//! Why.
//!
//! ## Fails
//!
//! ```yaml
//! a catalog
//! ```
//!
//! ```text
//! its whole report
//! ```
//!
//! ## Passes
//!
//! ```yaml
//! a catalog in which the rule finds nothing
//! ```
//! ````
//!
//! A ```` ```yaml fragment=error ```` example only shows the fields that matter; see [`Example::catalog`].
//! An invisible character is written as `⟨U+200B⟩`.

use std::fmt::Write as _;
use std::ops::Range;

/// The text of a page.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    text: &'static str,
}

/// An example of a page.
#[derive(Clone, Debug)]
pub struct Example {
    /// Whether the rule reports something in this example.
    pub fails: bool,
    /// The text that the page shows.
    pub shown: &'static str,
    /// The whole report of the example; empty if the page has none.
    pub report: &'static str,
    /// The byte range in the page from the end of the example's block to the end of its report's block.
    pub report_place: Range<usize>,
    fragment: &'static str,
}

impl Page {
    /// Creates a page from its text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text }
    }

    /// Returns the whole page, in Markdown.
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.text
    }

    /// Returns what the rule demands, in one sentence.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.paragraph(1)
    }

    /// Returns what to do if a diagnostic has no help of its own.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.paragraph(2).strip_prefix("> ").unwrap_or_default()
    }

    /// Returns why the rule demands it.
    #[must_use]
    pub fn why(self) -> &'static str {
        let text = self.text.split("\n## ").next().unwrap_or_default();
        let before: usize = text.split("\n\n").take(3).map(|paragraph| paragraph.len() + 2).sum();
        text.get(before..).unwrap_or_default().trim()
    }

    fn paragraph(self, index: usize) -> &'static str {
        self.text.split("\n\n").nth(index).unwrap_or_default().trim()
    }

    /// Returns the examples, in the order of the page.
    #[must_use]
    pub fn examples(self) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut at = 0;
        while let Some(example) = self.example(at) {
            at = example.report_place.end;
            examples.push(example);
        }
        examples
    }

    /// Returns the first example at or after `start`.
    fn example(self, start: usize) -> Option<Example> {
        const FENCE: &str = "```yaml";
        let open = start + self.text[start..].find(FENCE)?;
        let (info, shown) = self.text[open + FENCE.len()..].split_once('\n')?;
        let shown = &shown[..shown.find("```")?];
        let end = open + FENCE.len() + info.len() + 1 + shown.len() + "```\n".len();
        let behind = &self.text[end.min(self.text.len())..];
        let report =
            behind.strip_prefix("\n```text\n").and_then(|report| report.split("```").next());
        let length = report.map_or(0, |report| "\n```text\n".len() + report.len() + "```\n".len());
        Some(Example {
            fails: !self.text[..open].contains("\n## Passes"),
            shown,
            report: report.unwrap_or_default(),
            report_place: end..end + length,
            fragment: info.trim().strip_prefix("fragment=").unwrap_or_default(),
        })
    }
}

const HEAD: &str = "\
catalog: Jobs
statuses:
  404: { name: Not Found, description: There is no such job }
  409: { name: Conflict, description: The job is in another state }
sections:
  - name: Jobs
    errors:
";

/// The fields that an example need not show, with their default values.
const FIELDS: &[(&str, &str)] = &[
    ("code", "error"),
    ("status", "404"),
    ("detail", "Detail"),
    ("cause", "Cause"),
    ("fix", "Fix"),
];

impl Example {
    /// Returns the complete catalog of the example: the text itself, or if it is a fragment
    ///
    /// - `fragment=error`: the fields of an error; required fields are added;
    /// - `fragment=errors`: a list of errors; required fields are added, except to errors in braces;
    /// - `fragment=statuses`: entries of `statuses`;
    /// - `fragment=catalog`: the end of a catalog.
    #[must_use]
    pub fn catalog(&self) -> String {
        let shown = reveal(self.shown);
        let error = "- code: job_not_found\n";
        match self.fragment {
            "error" => HEAD.to_owned() + &errors(&indent(&shown, "  ").replacen("  ", "- ", 1)),
            "errors" => HEAD.to_owned() + &errors(&shown),
            "catalog" => HEAD.to_owned() + &errors(error) + &shown,
            "statuses" => {
                let (head, rest) = HEAD.split_at(HEAD.find("  404").unwrap_or_default());
                let rest = &rest[rest.find("sections").unwrap_or_default()..];
                let usual = if shown.contains("404") {
                    ""
                } else {
                    "  404: { name: Not Found, description: There is no such job }\n"
                };
                [head, &indent(&shown, "  "), usual, rest, &errors(error)].concat()
            }
            _ => shown,
        }
    }
}

/// Returns an indented list of errors, each with all required fields.
fn errors(list: &str) -> String {
    let mut items: Vec<String> = Vec::new();
    for line in list.split_inclusive('\n') {
        match items.last_mut().filter(|_| !line.starts_with("- ")) {
            Some(item) => item.push_str(line),
            None => items.push(line.to_owned()),
        }
    }
    let items = items.iter().enumerate().map(|(number, item)| complete(item, number + 1));
    indent(&items.collect::<String>(), "      ")
}

fn complete(item: &str, number: usize) -> String {
    let mut item = item.to_owned();
    if item.starts_with("- {") {
        return item;
    }
    let inherits = item.contains("same_as:");
    for (field, value) in FIELDS {
        let is_there = item.lines().any(|line| is_field(line, field));
        if is_there || inherits && matches!(*field, "status" | "detail") {
            continue;
        }
        let _ = match *field {
            "status" => writeln!(item, "  {field}: {value}"),
            "code" => writeln!(item, "  {field}: {value}_{number}"),
            _ => writeln!(item, "  {field}: {value} {number}"),
        };
    }
    item
}

/// Whether a line of an item has a field, or what was meant as one.
fn is_field(line: &str, field: &str) -> bool {
    let line = line.get(2..).unwrap_or_default().trim_start().trim_start_matches(['"', '-', '*']);
    line.trim_start().strip_prefix(field).is_some_and(|rest| !rest.starts_with('_'))
}

fn indent(text: &str, margin: &str) -> String {
    let line = |line: &str| {
        if line.trim().is_empty() { line.to_owned() } else { margin.to_owned() + line }
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Replaces each `⟨U+200B⟩` with the character it names.
fn reveal(text: &str) -> String {
    let mut revealed = String::new();
    for part in text.split('⟨') {
        let named = part.split_once('⟩').and_then(|(name, rest)| {
            let code = u32::from_str_radix(name.strip_prefix("U+")?, 16).ok()?;
            Some((char::from_u32(code)?, rest))
        });
        match named {
            Some((character, rest)) => {
                revealed.push(character);
                revealed.push_str(rest);
            }
            None => revealed.push_str(part),
        }
    }
    revealed
}
