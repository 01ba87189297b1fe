//! The page of a rule: what it demands and why, with examples that a test compiles.
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
//! Of an example that is a ```` ```yaml fragment=error ````, only the fields that matter are shown; see
//! [`Example::catalog`]. A character that nobody would see stands in it as `⟨U+200B⟩`.

use std::fmt::Write as _;
use std::ops::Range;

/// A page, as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    text: &'static str,
}

/// An example of a page.
#[derive(Clone, Debug)]
pub struct Example {
    /// Whether the rule finds something in it.
    pub fails: bool,
    /// What is shown.
    pub shown: &'static str,
    /// The whole report, as the page has it; empty where it has none.
    pub report: &'static str,
    /// The bytes of the page behind the block of the example, up to the end of that of its report.
    pub report_place: Range<usize>,
    fragment: &'static str,
}

impl Page {
    /// The page with this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text }
    }

    /// The whole page, in Markdown.
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.text
    }

    /// What is demanded, in one sentence.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.paragraph(1)
    }

    /// What to do.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.paragraph(2).strip_prefix("> ").unwrap_or_default()
    }

    /// Why it is demanded.
    #[must_use]
    pub fn why(self) -> &'static str {
        let text = self.text.split("\n## ").next().unwrap_or_default();
        let before: usize = text.split("\n\n").take(3).map(|paragraph| paragraph.len() + 2).sum();
        text.get(before..).unwrap_or_default().trim()
    }

    fn paragraph(self, index: usize) -> &'static str {
        self.text.split("\n\n").nth(index).unwrap_or_default().trim()
    }

    /// The examples, in their order.
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

    /// The first example from `start` on.
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

/// What an error has that an example does not show.
const FIELDS: &[(&str, &str)] = &[
    ("code", "error"),
    ("status", "404"),
    ("detail", "Detail"),
    ("cause", "Cause"),
    ("fix", "Fix"),
];

impl Example {
    /// The catalog that the example stands for: itself, or where it is a fragment
    ///
    /// - `fragment=error`: the fields of an error, to which those are added that must be there;
    /// - `fragment=errors`: a list of errors, to which the same is done unless they stand in braces;
    /// - `fragment=statuses`: lines of the table of statuses;
    /// - `fragment=catalog`: what stands at the end of a catalog.
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

/// A list of errors in its place, each with the fields that must be there.
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

/// Whether a line of an item holds a field, or what is meant as one.
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

/// The text with the characters that stand in it as `⟨U+200B⟩`.
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
