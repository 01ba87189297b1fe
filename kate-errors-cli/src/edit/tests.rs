//! Editing commands change only what they should, in every catalog of the repository.

use kate_errors_codegen::catalog::Row;
use kate_errors_codegen::names::upper_camel_case;
use kate_errors_codegen::{Compilation, compile};
use serde_json::{Map, Value, json};

use super::*;
use crate::diff::tests::yaml_files;

/// Ends of texts that mean something else in YAML unless they are quoted.
const ENDS: &[&str] = &[
    "",
    ": x",
    " #y",
    ", z",
    "]",
    "}}",
    "{{",
    " 'a'",
    " \"b\"",
    "\\",
    " null",
    "?",
    " é",
    "\u{1F600}",
    " - ",
    "!",
    "'",
    "\"",
    ":",
    "%",
    "&a",
    " *b",
    "|",
    "> ",
    "`",
    "@",
];

fn catalogs() -> Vec<Compilation> {
    let texts = yaml_files(&["tests/catalogs", "kate-errors-cli/tests"]).into_iter();
    let small = texts.filter(|(_, text)| text.len() < 8_000);
    small.map(|(_, text)| compile("", &text)).filter(|it| it.catalog().is_some()).collect()
}

/// Edits each error of each catalog, and calls `check` with the index of the error and the catalogs before and after.
/// Returns the number of successful edits.
fn each(
    change: impl Fn(Editor<'_>, &Row) -> Result<String, String>,
    mut check: impl FnMut(usize, &Catalog, &Catalog),
) -> usize {
    let mut count = 0;
    for old in catalogs() {
        let catalog = old.catalog().unwrap();
        for (at, row) in catalog.rows.iter().enumerate() {
            let Ok(text) = change(Editor::of(&old).unwrap(), row) else { continue };
            let new = compile("", text.as_bytes());
            // All references to a renamed error are updated, so the catalog still compiles.
            let is_renamed = text.contains("zzz_renamed");
            assert!(!is_renamed || new.catalog().is_some(), "{text}\n{:?}", new.diagnostics);
            if let Some(new) = new.catalog() {
                check(at, catalog, new);
                count += 1;
            }
        }
    }
    count
}

fn shown(catalog: &Catalog) -> String {
    format!("{catalog:?}")
}

#[test]
fn rewording_changes_a_message() {
    let mut count = 0;
    for (number, end) in ENDS.iter().enumerate() {
        let reworded = |row: &Row| format!("{}{end}!", row.detail.source);
        count += each(
            |editor, row| {
                // Tests every end with some errors, and every error with some ends.
                let is_next = (row.name.len() + number) % 8 == 0;
                if is_next {
                    editor.reword(&row.name, &reworded(row))
                } else {
                    Err(SAME.to_owned())
                }
            },
            |at, old, new| {
                let was = &old.rows[at];
                let mut back = new.clone();
                assert_eq!(back.rows[at].detail.source, reworded(was), "{end}");
                let former = back.rows[at].former.pop().unwrap();
                assert_eq!(former.source, was.detail.source);
                for (row, old) in back.rows.iter_mut().zip(&old.rows) {
                    row.detail = old.detail.clone();
                    row.with_context = old.with_context.clone();
                }
                assert_eq!(shown(&back), shown(old));
            },
        );
    }
    assert!(count > 400, "{count}");
}

#[test]
fn renaming_changes_a_name() {
    let renamed = each(
        |editor, row| editor.rename(&row.name, "zzz_renamed", None),
        |at, old, new| {
            let name = &old.rows[at].name;
            let mut new = new.clone();
            let codes = old.rows.iter().filter(|row| row.code == *name);
            let is_gone = codes.count() == 1 && old.rows[at].sent_code() == Some(name);
            if is_gone && old.identity != Identity::Detail {
                assert_eq!(new.reserved.codes.pop().as_deref(), Some(name.as_str()));
            }
            let back = shown(&new).replace("zzz_renamed", name);
            let variant = upper_camel_case("zzz_renamed");
            assert_eq!(back.replace(&variant, &old.rows[at].variant), shown(old));
        },
    );
    assert!(renamed > 150, "{renamed}");
}

#[test]
fn retiring_takes_an_error_from_the_lists() {
    let reason = json!({ "reason": "it is: over" });
    let retired = each(
        |editor, row| editor.retire(&row.name, reason.as_object().unwrap()),
        |at, old, new| {
            let mut back = new.clone();
            assert_eq!(back.rows[at].retired.take().unwrap().reason, "it is: over");
            let mut old = old.clone();
            old.common.retain(|row| *row != at);
            old.operations.iter_mut().for_each(|it| it.rows.retain(|row| *row != at));
            assert_eq!(shown(&back), shown(&old));
        },
    );
    assert!(retired > 150, "{retired}");
}

#[test]
fn adding_leaves_the_other_errors_alone() {
    let text = "It is new: \"so\" #1";
    let fields = |row: &Row| -> Map<String, Value> {
        let fields = json!({ "code": "zzz_new", "status": 404, "detail": text, "cause": text, "fix": row.fix });
        fields.as_object().unwrap().clone()
    };
    let added = each(
        |editor, row| {
            let section = editor.catalog.sections[row.section].name.clone();
            editor.add(Some(&section), false, &fields(row))
        },
        |at, old, new| {
            let section = old.rows[at].section;
            let added = new.rows.iter().position(|row| row.code == "zzz_new").unwrap();
            assert_eq!(new.rows[added].section, section);
            assert_eq!(
                (new.rows[added].detail.source.as_str(), &*new.rows[added].cause),
                (text, text)
            );
            assert_eq!(new.rows.len(), old.rows.len() + 1);
            assert!(new.rows[added + 1..].iter().all(|row| row.section > section));
        },
    );
    assert!(added > 100, "{added}");
}
