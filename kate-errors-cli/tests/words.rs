//! What users read is in plain, idiomatic technical English, without the project's former jargon.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::Sandbox;

/// Words and phrases to avoid, and what to write instead. Those that have another meaning in plain English are listed
/// together with the words around them.
const AVOIDED: &[(&str, &str)] = &[
    ("door", "front end"),
    ("doors", "front ends"),
    ("homonym", "alias"),
    ("homonyms", "aliases"),
    ("truth value", "boolean"),
    ("finding", "diagnostic, change or note"),
    ("findings", "diagnostics, changes or notes"),
    ("an answer", "a response"),
    ("answers with", "responds with"),
    ("answer with", "respond with"),
    ("answers by itself", "responds itself"),
    ("answer by themselves", "respond themselves"),
    ("a blank or", "a space or"),
    ("at a blank", "at a space"),
    ("no blank", "no space"),
    ("without blanks", "without spaces"),
    ("former text", "former message"),
    ("wording", "message"),
    ("wordings", "messages"),
    ("is none of", "is not one of"),
    ("and is none", "but is not one"),
    ("is no u64", "is not a valid u64"),
    ("is no json", "is not JSON"),
    ("has not got", "does not have"),
    ("closes nothing", "is unmatched"),
    ("file away", "omit the file"),
    ("leave away", "omit"),
    ("of one's own", "your own"),
    ("by oneself", "yourself"),
    ("has no business", "say the thing itself"),
    ("stands in", "is in"),
    ("stand in", "be in"),
    ("stands on", "is on"),
    ("stands at", "is at"),
    ("stands there", "is there"),
    ("stands here", "is here"),
    ("stands under", "is under"),
    ("stands beside", "is beside"),
    ("stand beside", "be beside"),
    ("stands behind", "follows"),
    ("stand behind", "follow"),
    ("stands nowhere", "is not used"),
    ("stands twice", "is used twice"),
    ("stands among", "is among"),
    ("where values stand", "for values"),
    ("behind it", "after it"),
    ("behind the", "after the"),
    ("behind others", "after others"),
    ("is said of", "is said about"),
    ("says of", "says about"),
    ("say of an error", "mark an error"),
    ("is told of", "is called for"),
    ("as a whole", "completely"),
    ("did not come whole", "is incomplete"),
    ("not come whole", "be incomplete"),
    ("letter by letter", "exactly"),
    ("goes by", "is identified by"),
    ("go by codes", "identify errors by code"),
    ("go on reading", "still read"),
    ("goes on reading", "still reads"),
    ("can go on no more", "ends"),
    ("what is there already", "what exists"),
    ("is left as it is", "is not changed"),
    ("not to be trusted", "damaged, or untrusted"),
    ("laid out", "formatted"),
    ("lays out", "formats"),
    ("lay out", "format"),
    ("brings along", "has"),
    ("bring along", "have"),
    ("of ours", "of this library"),
    ("of yours", "your own"),
    ("at the most", "at most"),
    ("at the least", "at least"),
    ("nothing but", "only"),
    ("a word more", "more"),
    ("without a word", "silently"),
    ("hands on", "returns"),
    ("is handed on", "is returned"),
    ("the same with a", "say what it adds"),
    ("readers of yaml", "YAML parsers"),
    ("throws away", "discards"),
];

/// A page that is not checked, since its texts are those of the Kate API.
const EXCEPT: &[&str] = &["error-codes.md"];

/// A word in lower case, and its line.
type Word = (String, usize);

/// Returns the words of a page without its code, which has the words of catalogs and programs.
fn prose(page: &str) -> Vec<Word> {
    let mut is_code = false;
    let lines = page.lines().enumerate().filter(|(_, line)| {
        let fence = line.trim_start().strip_prefix("```");
        let is_fence = fence.is_some();
        if let Some(language) = fence {
            is_code =
                ["yaml", "rust", "toml", "markdown"].iter().any(|it| language.starts_with(it));
        }
        !is_code && !is_fence
    });
    words(lines)
}

/// Returns the words of the documentation comments of public items.
fn rustdoc(source: &str) -> Vec<Word> {
    let lines: Vec<&str> = source.lines().map(str::trim_start).collect();
    let is_doc = |line: &str| line.starts_with("///") || line.starts_with("//!");
    let is_public = |at: usize| {
        let item = lines[at..].iter().find(|line| !is_doc(line) && !line.starts_with("#["));
        lines[at].starts_with("//!") || item.is_some_and(|item| item.starts_with("pub "))
    };
    let docs = (0..lines.len()).filter(|at| is_doc(lines[*at]) && is_public(*at));
    let docs: Vec<(usize, &str)> = docs.map(|at| (at, &lines[at][3..])).collect();
    words(docs.into_iter().filter(|(_, line)| !line.contains('"')))
}

fn words<'l>(lines: impl Iterator<Item = (usize, &'l str)>) -> Vec<Word> {
    let of_line = |(at, line): (usize, &'l str)| {
        let words = line.split(|c: char| !c.is_alphanumeric() && !"'_-".contains(c));
        let words = words.filter(|word| !word.is_empty());
        words.map(move |word| (word.to_lowercase(), at + 1)).collect::<Vec<_>>()
    };
    lines.flat_map(of_line).collect()
}

/// Returns the phrases to avoid in `text`, each with its place.
fn found(name: &str, text: &[Word]) -> Vec<String> {
    let mut found = Vec::new();
    for (avoided, better) in AVOIDED {
        let phrase: Vec<&str> = avoided.split(' ').collect();
        for words in text.windows(phrase.len()) {
            if words.iter().map(|(word, _)| word.as_str()).eq(phrase.iter().copied()) {
                found.push(format!("{name}:{}: `{avoided}`, write: {better}", words[0].1));
            }
        }
    }
    found
}

/// Returns the files below a folder whose names end with `ending`.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut files: Vec<_> =
        files.into_iter().filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.extend(folders.iter().flat_map(|folder| self::files(folder, ending)));
    files.sort();
    files
}

#[test]
fn phrases_are_found_across_lines() {
    let page = "It is what\nstands in\nthe file.\n\n```yaml\ndetail: It stands in\n```\n";
    let expected = ["page.md:2: `stands in`, write: is in"];
    assert_eq!(found("page.md", &prose(page)), expected);
    let source = "/// Stands in.\npub fn f() {}\n/// Stands in.\nfn g() {}\n";
    assert_eq!(found("lib.rs", &rustdoc(source)), ["lib.rs:1: `stands in`, write: is in"]);
}

#[test]
fn what_users_read_is_plain_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    // Editors show the descriptions of the schema.
    let mut pages = vec![root.join("README.md"), root.join("docs/errors.schema.json")];
    for folder in ["docs", "kate-errors-codegen/rules", "kate-errors-cli/rules"] {
        pages.extend(files(&root.join(folder), ".md"));
    }
    // `tests/help.rs` compares these files with what the command prints.
    pages.extend(files(&root.join("kate-errors-cli/tests/help"), ".txt"));
    pages.retain(|page| !EXCEPT.iter().any(|except| page.ends_with(except)));
    assert!(pages.len() > 200, "{}", pages.len());
    let sources = files(&root.join("kate-errors"), ".rs");
    assert!(sources.len() > 50, "{}", sources.len());

    let mut all = Vec::new();
    for (paths, read) in [(pages, prose as fn(&str) -> Vec<Word>), (sources, rustdoc)] {
        for path in paths {
            let text = fs::read_to_string(&path).expect("a text");
            let name = path.strip_prefix(root).expect("a file of the workspace");
            all.extend(found(&name.display().to_string(), &read(&text)));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_readme_is_short_and_begins_with_the_commands() {
    let readme = include_str!("../../README.md");
    let lines = readme.lines().count();
    assert!(lines <= 200, "README.md has {lines} lines; shorten it to 200");
    let first_screen: Vec<&str> = readme.lines().take(30).collect();
    for command in ["cargo run -- generate rust", "cargo test --workspace"] {
        assert!(first_screen.iter().any(|line| line.starts_with(command)), "{command}");
    }
}

/// Returns a text without the parts between two marks.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut parts = text.split(begin);
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once(end).map_or("", |(_, rest)| rest));
    std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" ")
}

/// The generated pages in both formats, without their scripts and styles.
#[test]
fn what_is_generated_is_plain_english() {
    let sandbox = Sandbox::with(include_bytes!("../../tests/catalogs/types.yaml"));
    let mut all = Vec::new();
    for target in ["html", "markdown"] {
        let mut page = sandbox.run(&["generate", target]).exits(0).stdout;
        for (begin, end) in [("<style", "</style>"), ("<script", "</script>"), ("<", ">")] {
            page = without(&page, begin, end);
        }
        assert!(page.contains("Bad Request"), "{page}");
        all.extend(found(target, &prose(&page)));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
