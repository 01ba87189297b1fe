//! Mistakes whose catalogs are generated: as files they would be too large, too many, or in another encoding.

use kate_errors_codegen::report::{Style, render};
use kate_errors_codegen::source::MAX_BYTES;
use kate_errors_codegen::{Compilation, compile};

const SMALL: &str = "\
catalog: Jobs
statuses:
  404: { name: Not Found, description: There is no such job }
sections:
  - name: Jobs
    errors:
      - code: job_not_found
        status: 404
        detail: Job not found
        cause: No job has this id
        fix: List the jobs
";

/// Returns the rules of the diagnostics, and the first message.
fn found(catalog: &[u8]) -> (Vec<&'static str>, String) {
    let Compilation { diagnostics, .. } = compile("errors.yaml", catalog);
    let message = diagnostics.first().map(|diagnostic| diagnostic.message.clone());
    let rules = diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
    (rules, message.unwrap_or_default())
}

fn rules(catalog: &[u8]) -> Vec<&'static str> {
    found(catalog).0
}

#[test]
fn other_encodings() {
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(SMALL.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let latin1: Vec<u8> = SMALL.replace("No job", "Kein Auftrag geh~rt").into_bytes();
    let latin1: Vec<u8> =
        latin1.iter().map(|byte| if *byte == b'~' { 0xF6 } else { *byte }).collect();
    let cut = [SMALL.as_bytes(), b"# \xC3\n"].concat();
    for catalog in [
        utf16([0xFF, 0xFE], u16::to_le_bytes),
        utf16([0xFE, 0xFF], u16::to_be_bytes),
        latin1.clone(),
        cut,
    ] {
        assert_eq!(rules(&catalog), ["not-utf8"]);
    }
    assert_eq!(found(&latin1).1, "the file is not UTF-8: 0xF6 is not a character");
    let help =
        compile("errors.yaml", &utf16([0xFF, 0xFE], u16::to_le_bytes)).diagnostics[0].help.clone();
    assert_eq!(help, "the file looks like UTF-16; save it as UTF-8");
}

#[test]
fn byte_order_marks() {
    let with_marks = |marks: usize| "\u{FEFF}".repeat(marks) + SMALL;
    assert_eq!(rules(with_marks(1).as_bytes()), [""; 0]);
    assert_eq!(rules(with_marks(2).as_bytes()), ["control-character"]);
}

#[test]
fn sizes() {
    let padded = |length: usize| {
        let comment = "# padding padding padding padding padding padding padding padding\n";
        let mut bytes = SMALL.as_bytes().to_vec();
        bytes.extend(comment.bytes().cycle().take(length - SMALL.len() - 1));
        bytes.push(b'\n');
        bytes
    };
    assert_eq!(rules(&padded(MAX_BYTES)), [""; 0]);
    assert_eq!(rules(&padded(MAX_BYTES + 1)), ["too-large"]);
}

#[test]
fn brackets_without_end() {
    assert_eq!(rules("[".repeat(100_000).as_bytes()), ["too-deep"]);
    let nested = format!("{SMALL}operations: {}\n", "[".repeat(100_000));
    assert_eq!(rules(nested.as_bytes()), ["too-deep"]);
}

#[test]
fn a_report_has_an_end() {
    let unknown = |fields: usize| {
        let fields: Vec<String> = (0..fields).map(|field| format!("field_{field}: 1\n")).collect();
        SMALL.to_owned() + &fields.concat()
    };
    assert_eq!(rules(unknown(100).as_bytes()), ["unknown-field"; 100]);
    let compilation = compile("errors.yaml", unknown(1_234).as_bytes());
    assert_eq!(compilation.diagnostics.len(), 101);
    let last = &compilation.diagnostics[100];
    assert_eq!((last.rule.id, last.omitted), ("too-many-diagnostics", 1_134));
    assert_eq!(last.message, "1134 more errors are not shown");
}

#[test]
fn a_report_of_an_enormous_text_is_short() {
    let word = "w".repeat(200_000);
    let text = SMALL.to_owned() + &format!("x-a: {word} # x\nx-b: 'a' {word}\n");
    for text in [text.clone(), text.replace("'a'", "a")] {
        let compilation = compile("errors.yaml", text.as_bytes());
        for style in [Style::Plain, Style::Terminal { width: 80 }] {
            let report = render(&compilation.source, &compilation.diagnostics, style);
            assert!(report.contains("www") && report.len() < 4_000, "{}", report.len());
        }
    }
}

#[test]
fn keys_that_are_too_long() {
    let key = format!("x-{}", "k".repeat(1_023));
    let (fits, long) = (&key[..1_024], &key);
    for entry in ["KEY: 1", "x-a:\n  KEY: 1", "x-a:\n  b: 1\n  KEY: 1", "x-a: { b: 1, KEY: 1 }"] {
        let text = |key: &str| format!("{SMALL}{}\n", entry.replace("KEY", key));
        assert_eq!(rules(text(fits).as_bytes()), [""; 0], "{entry}");
        let (rules, message) = found(text(long).as_bytes());
        assert_eq!(rules, ["yaml-syntax"], "{entry}");
        assert!(message.ends_with("kk…` is longer than 1024 characters"), "{message}");
    }
}

#[test]
fn clashes_that_cannot_all_be_shown() {
    let error = |code: &str, detail: &str, params: &str| {
        format!(
            "      - {{ code: {code}, status: 404, detail: \"{detail}\", cause: See {code}, fix: None{params} }}\n"
        )
    };
    let text = |at: usize| {
        error(&format!("text_{at}"), &format!("Job {at} {{x}} gone"), ", params: { x: text }")
    };
    let other = |at: usize| {
        let one = |n| error(&format!("job_{at}_{n}"), &format!("Job {at} n{n} gone"), "");
        (0..4).map(one).collect::<String>()
    };
    let errors = (0..60).map(text).chain((0..60).map(other));
    let catalog = SMALL.to_owned() + &errors.collect::<String>();
    let rest = &compile("errors.yaml", catalog.as_bytes()).diagnostics[0];
    assert_eq!(rest.message, "40 more pairs of messages clash: too many to show all");
    let codes: Vec<_> = rest.not_shown.iter().map(|it| it.code.as_str()).collect();
    assert_eq!((codes[0], codes.len()), ("text_50", 10));
    assert_eq!(rest.not_shown[0].with, ["job_50_0", "job_50_1", "job_50_2", "job_50_3"]);
}

#[test]
fn details_that_cannot_all_be_compared() {
    // Each error can be `any` or one other word, so no two have the same choices.
    let overlapping = |errors: usize| {
        let error = |error: usize| {
            format!(
                "      - code: state_{error}\n        status: 404\n        detail: \"{{state}}\"\n        params:\n          \
                 state: {{ one_of: [any, of_{error}] }}\n        cause: See error {error}\n        fix: None\n"
            )
        };
        SMALL.to_owned() + &(0..errors).map(error).collect::<Vec<_>>().concat()
    };
    assert!(rules(overlapping(800).as_bytes()).contains(&"too-many-overlaps"));
    assert!(!rules(overlapping(400).as_bytes()).contains(&"too-many-overlaps"));
}
