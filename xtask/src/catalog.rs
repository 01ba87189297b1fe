//! Generated catalogs: realistic sentences, one row in ten with parameters.

use std::fmt::Write as _;

const SUBJECTS: &[&str] =
    &["Artifact", "Invoice", "Session", "Subscription", "Webhook", "Workspace", "Project", "Run"];
const STATES: &[&str] =
    &["available", "complete", "enabled", "listed", "open", "ready", "shared", "verified"];
const PLACES: &[&str] = &["archive", "cluster", "folder", "queue", "region", "tenant", "wallet"];

/// A row of a generated catalog.
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) variant: String,
    pub(crate) status: u16,
    /// The sentence as a template.
    pub(crate) detail: String,
    pub(crate) has_values: bool,
}

/// The rows of a catalog of `count` rows; always the same.
pub(crate) fn rows(count: usize) -> Vec<Row> {
    (0..count).map(row).collect()
}

fn row(index: usize) -> Row {
    let subject = SUBJECTS[index % SUBJECTS.len()];
    let state = STATES[index / 3 % STATES.len()];
    let place = PLACES[index / 7 % PLACES.len()];
    let has_values = index % 10 == 9;
    let detail = if has_values {
        format!("{subject} {{id}} is not {state} in {place} {index}: {{count}} left")
    } else {
        format!("{subject} is not {state} in the {place} {index}")
    };
    Row {
        code: format!("row_{index}"),
        variant: format!("Row{index}"),
        status: [400, 404, 409, 422][index % 4],
        detail,
        has_values,
    }
}

impl Row {
    /// A sentence of the row.
    pub(crate) fn sentence(&self) -> String {
        self.detail.replace("{id}", "a-7").replace("{count}", "42")
    }
}

/// The catalog as YAML.
pub(crate) fn yaml(rows: &[Row]) -> String {
    let mut text = String::from(
        "catalog: Scale\nreference: https://scale.example.com/errors\nstatuses:\n\
         \x20 400: { name: Bad Request, description: The request makes no sense }\n\
         \x20 404: { name: Not Found, description: There is no such thing }\n\
         \x20 409: { name: Conflict, description: The state forbids it }\n\
         \x20 422: { name: Unprocessable Entity, description: The values are wrong }\n\
         sections:\n\x20 - name: Everything\n\x20   errors:\n",
    );
    for row in rows {
        let Row { code, status, detail, .. } = row;
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "      - code: {code}\n        status: {status}\n        detail: \"{detail}\"\n"
        );
        if row.has_values {
            text.push_str("        params: { id: { type: word }, count: { type: u64 } }\n");
        }
        let _ = write!(
            text,
            "        cause: Somebody has changed the thing of {code} before\n        \
             fix: Look at the thing of {code} and try again\n"
        );
    }
    text
}

/// The same rows as an enum on thiserror and serde derives: what the catalog replaces, without the
/// tables of status, cause and fix.
pub(crate) fn peer(rows: &[Row]) -> String {
    let mut text = String::from(
        "#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize, serde::Deserialize)]\n\
         pub enum ScaleError {\n",
    );
    for Row { variant, detail, has_values, .. } in rows {
        let fields = if *has_values { " { id: String, count: u64 }" } else { "" };
        let _ = writeln!(text, "    #[error(\"{detail}\")]\n    {variant}{fields},");
    }
    text + "}\n"
}
