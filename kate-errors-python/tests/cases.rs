//! The cases are Python files below `tests/cases`, with one package per folder. A comment `#=` at the end of a line
//! states what is found there: `#= 404 "text {value:Int}" code=… body=… | part of a reason`.
//! With `from=`, it also states that.

use std::path::Path;

use kate_errors_python::{Json, Piece, Raised, Site, read};

fn files(folder: &Path) -> Vec<(String, String)> {
    let (mut files, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(folder.parent().unwrap()).unwrap();
            files
                .push((name.to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

fn shown(raised: &Raised, expected: &str) -> String {
    let pieces = raised.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value { name, type_guess: None, .. } => format!("{{{name}}}"),
        Piece::Value { name, type_guess: Some(guess), .. } => format!("{{{name}:{guess:?}}}"),
    });
    let mut words = vec![format!("{} {:?}", raised.status, pieces.collect::<Vec<_>>().concat())];
    words.extend(raised.code.iter().map(|code| format!("code={code}")));
    words.extend(raised.headers.iter().map(|(name, value)| match value {
        Some(value) => format!("headers={name}:{value}"),
        None => format!("headers={name}"),
    }));
    let body = raised.body.as_ref().map_or_else(|| "page".to_owned(), json);
    if body != "{detail:*}" {
        words.push(format!("body={body}"));
    }
    if expected.contains(" from=") {
        let from = raised.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Value { from, .. } => Some(from.as_str()),
        });
        words.push(format!("from={}", from.collect::<Vec<_>>().join(",")));
    }
    words.join(" ")
}

/// Shows a body, with `*` for the message and `?` for other values that are not in the source.
fn json(body: &Json) -> String {
    let member = |(name, part): &(String, Json)| format!("{name}:{}", json(part));
    match body {
        Json::Message => "*".to_owned(),
        Json::Text(text) => format!("{text:?}"),
        Json::Number(number) => number.to_string(),
        Json::Bool(flag) => flag.to_string(),
        Json::Null => "null".to_owned(),
        Json::Object(members) => {
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
        Json::Any => "?".to_owned(),
    }
}

/// Returns the difference at one line, if there is one.
fn difference(found: &[&Site], expected: &[&str]) -> Option<String> {
    let fits = |site: &Site, expected: &str| match &site.found {
        Ok(raised) => shown(raised, expected) == expected,
        Err(reason) => {
            !expected.starts_with(|first: char| first.is_ascii_digit()) && reason.contains(expected)
        }
    };
    let all = found.len() == expected.len()
        && expected.iter().all(|expected| found.iter().any(|site| fits(site, expected)));
    let list = |site: &&Site| match &site.found {
        Ok(raised) => shown(raised, ""),
        Err(reason) => reason.clone(),
    };
    (!all).then(|| {
        format!("expected {expected:?}\n   found {:?}", found.iter().map(list).collect::<Vec<_>>())
    })
}

#[test]
fn every_line_of_the_cases_is_found_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut wrong = Vec::new();
    for folder in std::fs::read_dir(root).unwrap() {
        let files = files(&folder.unwrap().path());
        let sites = read(&files, &["detail", "message", "error"]);
        assert!(sites.is_sorted_by(|one, next| one.file != next.file || one.line <= next.line));
        for (file, text) in &files {
            let mut expected = vec![Vec::new(); text.lines().count() + 1];
            for (index, line) in text.lines().enumerate() {
                let Some((_, says)) = line.split_once("#= ") else { continue };
                let (says, at) = says.split_once(" line=").unwrap_or((says, ""));
                expected[at.parse().unwrap_or(index + 1)] = says.split(" | ").collect();
            }
            for (line, expected) in expected.iter().enumerate() {
                let found: Vec<_> =
                    sites.iter().filter(|site| site.file == *file && site.line == line).collect();
                if let Some(difference) = difference(&found, expected) {
                    wrong.push(format!("{file}:{line}\n{difference}\n"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}
