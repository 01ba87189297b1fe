//! Explains one text per line of standard input, for the test that compares the command with the HTML page.

use std::io::{self, BufRead};

use kate_errors_codegen::Catalog;
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::output::Terminal;
use crate::pasted::{Finding, Reader};

/// Reads each line as a JSON string, and prints what is found in it as a line of JSON.
pub(super) fn run(catalog: &Catalog, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut reader = Reader::of(catalog);
    for line in io::stdin().lock().lines() {
        let unreadable = |reason| Failure::Unreadable { name: "<stdin>".to_owned(), reason };
        let text: String = serde_json::from_str(&line.map_err(unreadable)?).unwrap_or_default();
        let findings = reader.read_all(&text);
        let shown: Value = findings.iter().map(|it| shown(catalog, it)).collect();
        terminal.print_file(&format!("{shown}\n"))?;
    }
    Ok(())
}

fn shown(catalog: &Catalog, finding: &Finding) -> Value {
    let names: Vec<&str> =
        finding.rows.iter().map(|row| catalog.rows[*row].name.as_str()).collect();
    let known = finding.known.as_ref();
    let values: Option<Map<String, Value>> = known.map(|known| {
        let params = catalog.params(&catalog.rows[known.row]);
        let values = known.values_of(params);
        values.map(|(param, value)| (param.name.clone(), json!(value))).collect()
    });
    json!({
        "kind": finding.kind,
        "rows": names,
        "values": values,
        "status": finding.status,
        "operation": finding.operation.map(|it| &catalog.operations[it].name),
        "line": finding.line,
    })
}
