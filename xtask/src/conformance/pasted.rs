//! Pasted texts: the box of the page (in Node.js) and `explain` (the command) read thousands of texts alike.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use super::CATALOGS;
use super::tools::{Tools, folder};
use crate::workspace::{Error, capture, read, root, write};

/// The number of texts for each catalog.
const TEXTS: usize = 1_000;

/// The maximum number of differences that are shown.
const SHOWN: usize = 10;

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("pasted", &[])?;
    let (mut count, mut differences) = (0, Vec::new());
    for (name, catalog) in CATALOGS {
        let path = |ending: &str| folder.join(format!("{name}.{ending}"));
        write(&path("mjs"), module(&tools.generate(&["html", catalog])?)?)?;
        tools.generate_into(&path("json"), &["vectors", catalog])?;
        let pasted = root().join("kate-errors-cli/tests/pasted.json");
        let mut make = node("make");
        let texts = capture(make.arg(path("json")).arg(pasted).arg(TEXTS.to_string()))?;
        write(&path("txt"), &texts)?;
        let page = asked(node("read").arg(path("mjs")), &path("txt"))?;
        let arguments = ["explain", "--each", "--file", catalog];
        let explain = asked(&mut tools.command(&arguments), &path("txt"))?;
        let both = page.lines().zip(explain.lines());
        for (text, (page, explain)) in texts.lines().zip(both) {
            count += 1;
            if json(page)? != json(explain)? {
                differences
                    .push(format!("{name}: {text}\n  page:    {page}\n  explain: {explain}"));
            }
        }
    }
    if differences.is_empty() && count == TEXTS * CATALOGS.len() {
        println!("{count} texts are read alike");
        return Ok(());
    }
    let shown: Vec<&str> = differences.iter().take(SHOWN).map(String::as_str).collect();
    let (count, of) = (differences.len(), count);
    Err(Error(format!("{count} of {of} texts are read differently:\n{}", shown.join("\n"))))
}

fn node(command: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(root().join("conformance/html/pasted.mjs")).arg(command);
    node
}

fn asked(command: &mut Command, input: &Path) -> Result<String, Error> {
    capture(command.stdin(File::open(input).map_err(Error::at(input))?))
}

fn json(line: &str) -> Result<serde_json::Value, Error> {
    serde_json::from_str(line).map_err(|error| Error(format!("{error}: {line}")))
}

/// Returns the script of a page as a module, with its data, up to the part that changes the page.
fn module(page: &str) -> Result<String, Error> {
    let script = read(&root().join("kate-errors-cli/src/publish/html/search.js"))?;
    let missing = || Error("a page without data or script".to_owned());
    let between = |start: &str| {
        let (_, rest) = page.split_once(start)?;
        rest.split_once("</script>").map(|(text, _)| text.to_owned())
    };
    let data = between("id=\"catalog-data\">").ok_or_else(missing)?;
    let whole = between("<script type=\"module\">").ok_or_else(missing)?;
    let (reader, _) = whole.split_once(script.as_str()).ok_or_else(missing)?;
    let (_, reader) = reader.split_once(".textContent);").ok_or_else(missing)?;
    let tables = "const { STATUSES, ROUTES, ...TABLES } = DATA;";
    Ok(format!(
        "const DATA = {data};\n{tables}\n{reader}\nexport {{ readPasted, readAll, nameOf }};\n"
    ))
}
