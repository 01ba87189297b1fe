//! What holds for any bytes, and for catalogs with mistakes that people make.
//!
//! `PROPTEST_CASES=20000 cargo test --release -p kate-errors-codegen --test properties` tries more cases.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use kate_errors_codegen::report::{self, Style};
use kate_errors_codegen::{Compilation, compile, rule};
use proptest::prelude::*;

fn real_catalog() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../errors.yaml");
        fs::read_to_string(path).unwrap()
    })
}

/// Returns a catalog that uses every field.
fn full_catalog() -> String {
    let examples = rule::UNKNOWN_FIELD.page.examples();
    examples.iter().find(|example| !example.fails).unwrap().catalog()
}

/// Checks what holds for every input.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let compilation = compile("errors.yaml", bytes);
    let Compilation { source, diagnostics, .. } = &compilation;
    for diagnostic in diagnostics {
        for label in diagnostic.related.iter().chain([&diagnostic.primary]) {
            let inside = source.text().get(label.span.range()).is_some();
            prop_assert!(inside, "{:?} is no place of the text: {diagnostic:?}", label.span);
        }
        let texts = diagnostic.related.iter().chain([&diagnostic.primary]).map(|label| &label.text);
        for text in texts.chain([&diagnostic.message, &diagnostic.help]) {
            prop_assert!(!text.trim().is_empty() && !text.ends_with('.'), "{text:?}");
        }
    }
    let shown = diagnostics.iter().filter(|diagnostic| diagnostic.omitted == 0);
    let places: Vec<_> = shown.map(|diagnostic| diagnostic.primary.span).collect();
    prop_assert!(places.is_sorted(), "{places:?}");
    prop_assert_eq!(compilation.catalog().is_some(), !compilation.has_errors());
    let report = report::render(source, diagnostics, Style::Plain);
    let raw = report.chars().find(|character| character.is_control() && *character != '\n');
    prop_assert_eq!(raw, None, "{}", &report);
    let headings = report
        .lines()
        .filter(|line| ["error[", "warning["].iter().any(|heading| line.starts_with(heading)));
    prop_assert_eq!(headings.count(), diagnostics.len(), "{}", &report);
    let again = compile("errors.yaml", bytes);
    prop_assert_eq!(&again.diagnostics, diagnostics);
    prop_assert_eq!(report::render(&again.source, &again.diagnostics, Style::Plain), report);
    Ok(())
}

/// A way to break a file. The numbers select the place.
#[derive(Clone, Debug)]
enum Change {
    DeleteBytes(usize, usize),
    Insert(usize, &'static str),
    SwapLines(usize, usize),
    DeleteLine(usize),
    RepeatLine(usize),
    Indent(usize, usize),
    Unindent(usize, usize),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let place = 0..usize::MAX;
    let inserted = proptest::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "#",
        " #",
        "\"",
        "'",
        "-",
        "- ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        " ",
        "|",
        ">",
        "&a ",
        "*a",
        "!t ",
        "%",
        "@",
        "`",
        ",",
        "?",
        "? ",
        "---\n",
        "...\n",
        "<<<<<<< x\n",
        "=======\n",
        "\\",
        "\u{7}",
        "\u{202E}",
        "\u{FEFF}",
        "\u{A0}",
        "ä",
        "🚧",
        "null",
        "{{",
        "}}",
        "{x}",
        "code: x\n",
    ]);
    prop_oneof![
        (place.clone(), 1..20_usize).prop_map(|(at, length)| Change::DeleteBytes(at, length)),
        (place.clone(), inserted).prop_map(|(at, text)| Change::Insert(at, text)),
        (place.clone(), place.clone()).prop_map(|(a, b)| Change::SwapLines(a, b)),
        place.clone().prop_map(Change::DeleteLine),
        place.clone().prop_map(Change::RepeatLine),
        (place.clone(), 1..5_usize).prop_map(|(line, columns)| Change::Indent(line, columns)),
        (place.clone(), 1..5_usize).prop_map(|(line, columns)| Change::Unindent(line, columns)),
        place.prop_map(Change::Cut),
    ]
}

fn apply(bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    let mut bytes = bytes;
    let at = |place: usize, bytes: &[u8]| place % (bytes.len() + 1);
    match change {
        Change::DeleteBytes(place, length) => {
            let start = at(*place, &bytes);
            let end = (start + length).min(bytes.len());
            bytes.drain(start..end);
        }
        Change::Insert(place, text) => {
            let start = at(*place, &bytes);
            bytes.splice(start..start, text.bytes());
        }
        Change::Cut(place) => bytes.truncate(at(*place, &bytes)),
        lines => {
            let mut parts: Vec<Vec<u8>> =
                bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            if !parts.is_empty() {
                apply_to_lines(&mut parts, lines);
            }
            bytes = parts.concat();
        }
    }
    bytes
}

fn apply_to_lines(lines: &mut Vec<Vec<u8>>, change: &Change) {
    let count = lines.len();
    match *change {
        Change::SwapLines(a, b) => lines.swap(a % count, b % count),
        Change::DeleteLine(line) => drop(lines.remove(line % count)),
        Change::RepeatLine(line) => lines.insert(line % count, lines[line % count].clone()),
        Change::Indent(line, columns) => {
            lines[line % count].splice(0..0, std::iter::repeat_n(b' ', columns));
        }
        Change::Unindent(line, columns) => {
            let line = &mut lines[line % count];
            let blanks = line.iter().take_while(|byte| **byte == b' ').count();
            line.drain(..columns.min(blanks));
        }
        _ => {}
    }
}

/// Runs one in `share` of the usual number of cases, for inputs that take longer.
fn config(share: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    ProptestConfig { cases: config.cases.div_ceil(share), ..config }
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn real_catalog_broken(changes in proptest::collection::vec(change(), 1..6)) {
        let bytes = changes.iter().fold(real_catalog().as_bytes().to_vec(), apply);
        check(&bytes)?;
    }
}

proptest! {
    #![proptest_config(config(1))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes)?;
    }

    #[test]
    fn any_text(text in "[ -~\n\t{}\\[\\]:#\"'|>&*!%@äé\u{202E}]{0,300}") {
        check(text.as_bytes())?;
    }

    #[test]
    fn text_of_yaml_words(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..80)
    ) {
        check(words.concat().as_bytes())?;
    }

    #[test]
    fn full_catalog_broken(changes in proptest::collection::vec(change(), 1..4)) {
        let bytes = changes.iter().fold(full_catalog().into_bytes(), apply);
        check(&bytes)?;
    }

    #[test]
    fn catalog_with_crlf_broken(changes in proptest::collection::vec(change(), 1..4)) {
        let text = full_catalog().replace('\n', "\r\n");
        let bytes = changes.iter().fold(text.into_bytes(), apply);
        check(&bytes)?;
    }
}

/// The parts of a catalog.
const WORDS: &[&str] = &[
    "catalog: ",
    "Jobs",
    "statuses:",
    "404: ",
    "{ name: A, description: B }",
    "sections:",
    "- ",
    "name: ",
    "errors:",
    "code: ",
    "status: ",
    "detail: ",
    "params: ",
    "{ id: u64 }",
    "cause: ",
    "fix: ",
    "former: ",
    "same_as: ",
    "retired: ",
    "operations:",
    "contexts:",
    "text: ",
    "one_of: ",
    "[a, b]",
    "\n",
    "\n  ",
    "\n    ",
    "\n      ",
    "\n        ",
    "\n- ",
    "\n  - ",
    "\n      - ",
    "\"",
    "'",
    "{id}",
    "{",
    "}",
    "[",
    "]",
    ",",
    ": ",
    " #",
    "|",
    ">-",
    "\t",
    "a",
    "null",
    "x_y",
    "ü",
    "\r\n",
];
