//! Explanations as text for people.

use kate_errors_codegen::catalog::{Operation, Param, Retry, Row, StatusBasis};
use kate_errors_model::status::{self, may_be_error};

use super::answer::{Answer, Explained, Rule};

use crate::messages::{self, OPTIONAL};
use crate::output::{ASIDE, ERROR, HEADING, painted, width};
use crate::pasted::Kind;
use crate::table::{self, Cell};
use crate::visible::visible;

/// Renders an answer, with escape sequences.
pub(super) fn render(answer: &Answer<'_>) -> String {
    let Answer { finding, errors, .. } = answer;
    match finding.kind {
        Kind::Code => errors_text(errors, None),
        Kind::Status => status_text(answer),
        Kind::Error => {
            let text = errors_text(errors, finding.status);
            let operation = answer.operation().map(|operation| operation_text(operation, errors));
            text + &operation.unwrap_or_default()
        }
        Kind::Operation => {
            let route = answer.operation().map(route).unwrap_or_default();
            title(&visible(&route)) + &listed(errors, "The operation has no errors of the catalog.")
        }
        Kind::Cut => {
            let which = if errors.len() == 1 { "this one" } else { "one of these" };
            let what = format!("The message is cut off; it may be {which}.");
            format!("{what}\n\n{}", errors.iter().map(error_text).collect::<Vec<_>>().join("\n"))
        }
        Kind::Validation => validation_text(&finding.fields),
        Kind::Success => {
            let status = finding.status.map_or_else(String::new, |it| format!(" with status {it}"));
            format!("A response{status} is not an error.\n")
        }
        Kind::Page => {
            let status = finding.status.map_or_else(String::new, |it| format!("{}: ", named(it)));
            format!("{status}an HTML page, from a proxy or a server in front of the API.\n")
        }
        Kind::Unknown => nothing_text(answer),
    }
}

/// The method, the path and the name of an operation.
pub(super) fn route(operation: &Operation) -> String {
    format!("{} {} ({})", operation.method, operation.path, operation.name)
}

/// Says whether the operation lists the errors.
fn operation_text(operation: &Operation, errors: &[Explained<'_>]) -> String {
    let route = route(operation);
    let names: Vec<&str> = errors.iter().map(|error| error.row.name.as_str()).collect();
    let is_listed =
        |row: &usize| errors.iter().any(|it| names.contains(&it.catalog.rows[*row].name.as_str()));
    let listed = if operation.rows.iter().any(is_listed) { "lists" } else { "does not list" };
    format!("\nThe operation {} {listed} this error.\n", visible(&route))
}

fn validation_text(fields: &[(String, String)]) -> String {
    let lines: Vec<_> = fields.iter().map(|(place, message)| line(place, message)).collect();
    let what = "The request was invalid: the response lists the fields that are wrong.\n";
    format!("{what}{}", table::render_within(&lines, width()))
}

pub(super) fn rule(rule: &Rule) -> String {
    let page = rule.page;
    let weight: Vec<&str> = rule.weight.iter().map(|(_, value)| *value).collect();
    let summary = format!("{} ({})", page.summary(), weight.join(", "));
    let lines = [line("Rule", &summary), line("Fix", page.help())];
    let mut text =
        format!("{}{}\n{}\n", title(rule.id), table::render_within(&lines, width()), page.why());
    let examples = page.examples();
    let found = if rule.catalogs == 1 { "Fails" } else { "Found" };
    for (heading, fails) in [(found, true), ("Passes", false)] {
        let examples = examples.iter().filter(|example| example.fails == fails);
        for (at, example) in examples.take(rule.catalogs).enumerate() {
            let heading = if at == 0 { ["\n", heading, ":\n\n"] } else { ["\n", "", ""] };
            text.extend(heading);
            text.push_str(&indented(example.shown));
            if fails && !example.report.is_empty() {
                text.push('\n');
                text.push_str(&indented(example.report));
            }
        }
    }
    text
}

fn indented(text: &str) -> String {
    let line = |line: &str| format!("    {line}").trim_end().to_owned() + "\n";
    text.lines().map(line).collect()
}

/// A status with its name, if it has one as an error.
pub(super) fn named(number: u16) -> String {
    if may_be_error(number) {
        format!("{number} {}", status::name(number))
    } else {
        number.to_string()
    }
}

fn status_text(answer: &Answer<'_>) -> String {
    let (number, status) = (answer.finding.status.unwrap_or_default(), answer.listed());
    let assigned = if status::is_assigned(number) { status::name(number) } else { "" };
    let name = status.map_or(assigned, |status| status.name.as_str());
    let mut text = title(format!("{number} {name}").trim_end());
    let Some(status) = status else {
        return text + "The catalog has no error with this status.\n";
    };
    text.push_str(&table::render_within(&[line("Meaning", &status.description)], width()));
    text + "\n" + &listed(&answer.errors, "No error of the catalog has this status.")
}

/// Renders one line for each error, or says that there are none.
fn listed(errors: &[Explained<'_>], none: &str) -> String {
    if errors.is_empty() {
        return format!("{none}\n");
    }
    let rows = errors.iter().map(|error| {
        vec![
            Cell::plain(""),
            Cell::new(&error.row.code, HEADING),
            Cell::plain(&error.catalog.sections[error.row.section].name),
            Cell::plain(&messages::message(&error.row.detail.source)),
        ]
    });
    table::render_within(&rows.collect::<Vec<_>>(), width())
}

/// Renders errors with the same message or the same code.
fn errors_text(errors: &[Explained<'_>], status: Option<u16>) -> String {
    let mut paragraphs = Vec::new();
    if errors.len() > 1 {
        let is_one_code = errors.iter().all(|error| error.row.code == errors[0].row.code);
        let what = if is_one_code { "code" } else { "message" };
        paragraphs.push(format!("{} errors have this {what}.\n", errors.len()));
    }
    paragraphs.extend(errors.iter().map(error_text));
    let is_expected = |status: &u16| {
        errors.iter().any(|error| messages::has_status(error.catalog, error.row, *status))
    };
    if let Some(status) = status.filter(|status| !is_expected(status)) {
        paragraphs
            .push(format!("The catalog does not list the status {status} for this message.\n"));
    }
    paragraphs.join("\n")
}

fn nothing_text(Answer { finding, errors: named, suggestions, .. }: &Answer<'_>) -> String {
    let mut lines = vec![format!("{}: nothing in the catalog fits", painted(ERROR, "error"))];
    let reason = finding.reason.as_ref();
    lines.extend(reason.map(|reason| format!("  read as a response body: {}", visible(reason))));
    if let [first, ..] = &named[..] {
        let all: Vec<_> = named.iter().map(|it| format!("`{}`", it.row.name)).collect();
        let code = &first.row.code;
        lines.push(format!("  its code `{code}` is that of {}", all.join(" and ")));
    }
    let shown = suggestions.iter().map(|text| format!("  did you mean `{}`?", visible(text)));
    lines.extend(shown);
    if suggestions.is_empty() {
        lines.push("  `kate-errors list` shows all errors".to_owned());
    }
    lines.join("\n") + "\n"
}

fn error_text(error: &Explained<'_>) -> String {
    let Explained { catalog, row, .. } = error;
    let mut lines = Vec::new();
    if row.name != row.code {
        lines.push(line("Name", &row.name));
    }
    lines.extend([
        line("Status", &status_name(error)),
        line("Section", &catalog.sections[row.section].name),
        line("Message", &messages::message(&row.detail.source)),
    ]);
    lines.extend(row.origin.as_deref().map(|origin| line("Imported from", origin)));
    if let Some(context) = row.context.map(|context| &catalog.contexts[context]) {
        lines.push(line(
            "Context",
            &format!("{} (may follow)", messages::shown(&context.text.source)),
        ));
    }
    if error.values.is_empty() {
        lines.extend(labelled("Parameters", catalog.params(row).map(param)));
    }
    let values = error.values.iter().map(|(param, value)| format!("{} = {value}", param.name));
    lines.extend(labelled("Values", values));
    let field = |(place, message): &(String, String)| match place.as_str() {
        "" => message.clone(),
        place => format!("{place}: {message}"),
    };
    lines.extend(labelled("Fields", error.fields.iter().map(field)));
    let advice = messages::advice(row);
    lines.extend(advice.map(|(name, text)| line(name, &error.fill(text))));
    lines.push(line("Retry", retry(row.retry)));
    let headers = row.headers.fields().into_iter();
    lines.extend(labelled("Headers", headers.map(|(name, value)| format!("{name}: {value}"))));
    lines.extend(remarks(error));
    title(&row.code) + &table::render_within(&lines, width())
}

fn status_name(error: &Explained<'_>) -> String {
    let basis = match error.row.status_basis {
        StatusBasis::Documented => "",
        StatusBasis::Inferred => " (inferred)",
    };
    messages::status_names(error.catalog, error.row) + basis
}

fn param(param: &Param) -> String {
    let choices = messages::choices(param).map(|texts| format!("one of {}", texts.join(" | ")));
    let ty = choices.unwrap_or_else(|| param.ty.info().name.to_owned());
    let mut text = format!("{}: {ty}", param.name);
    if let Some(description) = &param.description {
        text = format!("{text}, {description}");
    }
    if let Some(example) = &param.example {
        text = format!("{text}, such as {example}");
    }
    if param.member != param.name {
        text = format!("{text}, `{}` in bodies", param.member);
    }
    if param.optional {
        text += OPTIONAL;
    }
    if param.sensitive { text + " (sensitive)" } else { text }
}

fn remarks(error: &Explained<'_>) -> Vec<Vec<Cell>> {
    let Explained { catalog, row, .. } = error;
    let mut lines = Vec::new();
    lines.extend(labelled("Note", error.notes.iter().cloned()));
    let extensions = catalog.extensions.iter().chain(&row.extensions);
    let extensions = extensions.map(|it| (it.name.as_str(), messages::extension(it)));
    let remarks = extensions.chain(messages::remarks(row));
    lines.extend(remarks.map(|(label, value)| line(label, &messages::text_of(&value))));
    lines.extend(retired(error).map(|text| line("Retired", &text)));
    let aliases = error
        .aliases()
        .into_iter()
        .map(|row: &Row| format!("{} ({})", row.code, catalog.sections[row.section].name));
    lines.extend(labelled("Same message", aliases));
    lines.extend(catalog.docs_url(row).map(|url| line("Docs", &url)));
    lines
}

fn retired(error: &Explained<'_>) -> Option<String> {
    let retired = error.row.retired.as_ref()?;
    let since = retired.since.as_ref().map(|since| format!("since {since}: "));
    let row = retired.replaced_by.map(|row| &error.catalog.rows[row].code);
    let replaced = row.map(|code| format!("; replaced by {code}"));
    Some(since.unwrap_or_default() + &retired.reason + &replaced.unwrap_or_default())
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "no: the response would be the same",
        Retry::Later => "later: the same request may succeed",
        Retry::AfterFix => "after the fix",
    }
}

fn title(text: &str) -> String {
    format!("{}\n", painted(HEADING, visible(text)))
}

fn line(label: &str, text: &str) -> Vec<Cell> {
    vec![Cell::plain(""), Cell::new(label, ASIDE), Cell::plain(text)]
}

/// Returns lines of which only the first has the label.
fn labelled(label: &str, texts: impl IntoIterator<Item = String>) -> Vec<Vec<Cell>> {
    let lines = texts.into_iter().enumerate();
    lines.map(|(index, text)| line(if index == 0 { label } else { "" }, &text)).collect()
}
