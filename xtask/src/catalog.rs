//! Generated catalogs: messages that share a vocabulary, one in ten with values.

use std::fmt::Write as _;

// 40 nouns, 25 predicates and 50 tails.
const NOUNS: &str = "Account, Agent, Alert, Artifact, Backup, Branch, Bucket, Build, Certificate, Cluster, \
    Contract, Database, Deployment, Device, Domain, Draft, Endpoint, Export, Gateway, Image, \
    Invoice, Job, Ledger, License, Mailbox, Order, Payment, Pipeline, Project, Queue, Report, \
    Run, Schedule, Secret, Session, Snapshot, Subscription, Token, Webhook, Workspace";

const PREDICATES: &str = "already exists, belongs to another owner, cannot be changed, cannot be deleted, does not \
    exist, has expired, has no owner, is archived, is being moved, is disabled, is locked, is \
    not available, is not complete, is not listed, is not ready, is not shared, is not verified, \
    is out of date, is over its limit, is still in use, is too large, must be confirmed, needs a \
    newer version, was cancelled, was rejected";

const TAILS: &str = "after the last change, as the plan says, at this endpoint, before the upload, by the new \
    rules, during maintenance, for all members, for guests, for new accounts, for the whole \
    team, for this account, for this client, for this month, for this region, from outside, in \
    another region, in the archive, in the audit log, in the background, in the catalog, in the \
    folder, in the history, in the inbox, in the mirror, in the new billing, in the old billing, \
    in the queue, in the sandbox, in the trial, in this project, in this region, in this tenant, \
    in version two, of the first import, of the last import, of the parent, on the first server, \
    on the second server, on the test system, on this device, outside of the window, since the \
    migration, under its old name, until it is paid, until the next release, when it is shared, \
    while it is moved, with this key, with this role, without a subscription";

/// An error of a generated catalog.
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) variant: String,
    pub(crate) status: u16,
    /// The message as a template.
    pub(crate) detail: String,
    pub(crate) has_values: bool,
    cause: String,
    fix: String,
}

/// Returns the errors of a catalog of `count` errors, at most 50,000. The result is always the same.
pub(crate) fn rows(count: usize) -> Vec<Row> {
    (0..count).map(row).collect()
}

fn row(index: usize) -> Row {
    let lists = [NOUNS, PREDICATES, TAILS].map(|list| list.split(", ").collect::<Vec<_>>());
    // The step is coprime to the number of messages, so each message occurs once.
    let mut at = index * 7919;
    let [noun, predicate, tail] = lists.map(|list| {
        let word = list[at % list.len()];
        at /= list.len();
        word
    });
    let has_values = index % 10 == 9;
    let detail = if has_values {
        format!("{noun} {{id}} {predicate} {tail}: {{count}} left")
    } else {
        format!("{noun} {predicate} {tail}")
    };
    Row {
        code: format!("row_{index}"),
        variant: format!("Row{index}"),
        status: [400, 404, 409, 422][index % 4],
        detail,
        has_values,
        cause: format!("Somebody has changed the thing of row_{index} before"),
        fix: format!("Look at the thing of row_{index} and try again"),
    }
}

impl Row {
    /// Returns a message of the error.
    pub(crate) fn message(&self) -> String {
        self.detail.replace("{id}", "a-7").replace("{count}", "42")
    }

    /// Returns the number of bytes of its texts: body, code, cause and fix.
    #[allow(dead_code, reason = "the benchmarks do not use it")]
    pub(crate) fn texts(&self) -> usize {
        let body = r#"{"detail":""}"#.len() + self.detail.len();
        body + self.code.len() + self.cause.len() + self.fix.len()
    }
}

/// Returns the catalog as YAML.
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
        let Row { code, status, detail, cause, fix, .. } = row;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "      - code: {code}\n        status: {status}\n        detail: \"{detail}\"\n"
        );
        if row.has_values {
            text.push_str("        params: { id: { type: word }, count: { type: u64 } }\n");
        }
        let _ = write!(text, "        cause: {cause}\n        fix: {fix}\n");
    }
    text
}

/// Returns the same errors as an enum with derives of thiserror and serde: what the catalog replaces, without
/// status, cause and fix.
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
