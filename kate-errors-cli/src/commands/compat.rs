//! `compat`: shows which clients read the errors of which servers.

use serde_json::{Value, json};

use super::diff::all_versions;
use crate::cli::{CompatArguments, CompatFormat};
use crate::diff::matrix::{Cell, Missed};
use crate::diff::show::markdown;
use crate::diff::versions::{KINDS, Matrix, Place, kind};
use crate::failure::{Failure, Verdict};
use crate::formats::to_json;
use crate::output::{HEADING, Terminal};
use crate::table;
use crate::visible::visible;

pub(crate) fn run(
    arguments: &CompatArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let files = all_versions(&arguments.files, terminal)?;
    let progress = terminal.progress("decoding the responses of all versions");
    let versions: Vec<_> = files.iter().map(|file| &file.compilation).collect();
    let matrix = Matrix::of(&versions);
    drop(progress);
    terminal.out.print(&match arguments.format {
        CompatFormat::Text => as_text(&matrix),
        CompatFormat::Json => to_json(&as_json(&matrix)),
        CompatFormat::Markdown => as_markdown(&matrix),
    })?;
    let is_safe = matrix.cells.iter().all(|(_, cell)| cell.is_safe());
    Ok(if is_safe { Verdict::Clean } else { Verdict::Findings })
}

fn as_text(matrix: &Matrix<'_>) -> String {
    let cell = |(at, text): (usize, &String)| {
        if at == 0 { table::Cell::new(text, HEADING) } else { table::Cell::plain(text) }
    };
    let line = |line: &Vec<String>| line.iter().enumerate().map(cell).collect();
    let mut text = table::render(&matrix.lines().iter().map(line).collect::<Vec<_>>());
    let (described, more) = matrix.described();
    for (response, readings) in described {
        text = format!("{text}\n{}\n", visible(&response));
        text.extend(readings.iter().map(|reading| format!("  {}\n", visible(reading))));
    }
    if more > 0 {
        text = format!("{text}\n{more} more; `--format json` has all\n");
    }
    text
}

fn as_markdown(matrix: &Matrix<'_>) -> String {
    let line = |line: &Vec<String>| {
        let cells: Vec<String> = line.iter().map(|cell| markdown(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut lines = matrix.lines().iter().map(line).collect::<Vec<_>>();
    lines.insert(1, format!("|{}\n", "---|".repeat(matrix.versions.len() + 1)));
    let mut text = lines.concat();
    let (described, more) = matrix.described();
    for (at, (response, readings)) in described.iter().enumerate() {
        text = format!("{text}{}- {}\n", if at == 0 { "\n" } else { "" }, markdown(response));
        text.extend(readings.iter().map(|reading| format!("  - {}\n", markdown(reading))));
    }
    if more > 0 {
        text = format!("{text}- {more} more\n");
    }
    text
}

fn as_json(matrix: &Matrix<'_>) -> Value {
    let cell = |((server, client), cell): &(Place, Cell)| {
        let count = |of: usize| cell.missed.iter().filter(|it| kind(it) == of).count();
        json!({
            "server": matrix.versions[*server],
            "client": matrix.versions[*client],
            "errors": cell.errors,
            "itself": cell.errors - cell.missed.len(),
            "by_code": count(0),
            "unknown": count(1),
            "with_other_values": count(2),
            "as_another": count(3),
            "all_compared": cell.is_proved,
            "otherwise": cell.missed.iter().map(missed_json).collect::<Vec<_>>(),
        })
    };
    json!({ "versions": matrix.versions, "cells": matrix.cells.iter().map(cell).collect::<Vec<_>>() })
}

fn missed_json(missed: &Missed) -> Value {
    let witness = &missed.witness;
    let header = witness.header.as_ref().map(|(name, code)| json!({ "name": name, "value": code }));
    json!({
        "error": missed.name,
        "read": KINDS[kind(missed)].0.replace(' ', "_"),
        "status": witness.status,
        "header": header,
        "body": witness.body,
        "reading": witness.old,
    })
}
