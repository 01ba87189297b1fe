//! What the proof takes a type to hold is what the run time reads: in a catalog that is accepted, each sentence
//! has one reading at most, and the library finds that one.

use std::collections::BTreeSet;

use kate_errors::template::{Kind as RuntimeKind, Param, Piece as RuntimePiece, Template};
use kate_errors::{CatalogCode, CatalogError, Decoded, Note, Unknown};
use kate_errors_codegen::catalog::{self, ParamKind};
use kate_errors_codegen::{Catalog as Checked, compile};

use crate::random::{Catalog, Random, Style};
use crate::reference::{Kind, Piece, Reading, Role, Wording};
use crate::sentences::sentence;

/// How many catalogs are made.
const CATALOGS: usize = 2_000;

/// How many sentences are tried with each catalog that is accepted.
const SENTENCES: usize = 40;

const STYLE: Style = Style {
    characters: &['a', 'b', 'c', '0', '-', ' ', '.', ':', '"', '\\', 'é', '“', '\'', '{', '}'],
    longest: 4,
    most: 4,
    repeats_contexts: false,
};

/// What a sentence says: whose it is, with which values, and whether with a context.
fn meanings(
    wordings: &[Wording],
    status: u16,
    sentence: &str,
) -> BTreeSet<(String, bool, Reading)> {
    let of_status = wordings.iter().filter(|wording| wording.status == status);
    let meanings = of_status.flat_map(|wording| {
        let with_context = wording.role == Role::WithContext;
        let readings = wording.readings(sentence);
        readings.into_iter().map(move |reading| (wording.code.clone(), with_context, reading))
    });
    meanings.collect()
}

/// The templates that the run time has for a row, in the order of the reference: with its context, without,
/// and former ones. A row with `same_as` has those of the row it names, which are left out here.
fn with_templates(checked: &Checked, mut each: impl FnMut(&str, Role, &Template<'_>)) {
    for row in &checked.rows {
        let context = row.context.map(|context| &checked.contexts[context]);
        let all: Vec<&catalog::Param> = row
            .params
            .iter()
            .chain(context.into_iter().flat_map(|context| &context.params))
            .collect();
        let choices: Vec<Vec<&str>> = all.iter().map(|param| choices(param)).collect();
        let params: Vec<Param<'_>> =
            all.iter().zip(&choices).map(|(param, choices)| runtime(param, choices)).collect();
        let shifted = |template: &'_ catalog::Template, by: usize| -> Vec<RuntimePiece<'static>> {
            let pieces = template.pieces.iter().map(|piece| match piece {
                catalog::Piece::Literal(text) => RuntimePiece::Literal(text.clone().leak()),
                catalog::Piece::Hole(param) => RuntimePiece::Hole(param + by),
            });
            pieces.collect()
        };
        let own = &params[..row.params.len()];
        let detail = shifted(&row.detail, 0);
        if row.same_as.is_none() {
            if let Some(context) = context {
                let second = shifted(&context.text, row.params.len());
                let separator = [RuntimePiece::Literal(". ")];
                let pieces = [detail.as_slice(), &separator, &second].concat();
                each(&row.code, Role::WithContext, &Template { pieces: &pieces, params: &params });
            }
            each(&row.code, Role::Detail, &Template { pieces: &detail, params: own });
        }
        for former in &row.former {
            let pieces = shifted(former, 0);
            each(&row.code, Role::Former, &Template { pieces: &pieces, params: own });
        }
    }
}

fn choices(param: &catalog::Param) -> Vec<&str> {
    match &param.kind {
        ParamKind::OneOf(choices) => choices.choices.iter().map(|it| it.text.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn runtime<'p>(param: &'p catalog::Param, choices: &'p [&'p str]) -> Param<'p> {
    let kind = match &param.kind {
        ParamKind::U64 => RuntimeKind::U64,
        ParamKind::I64 => RuntimeKind::I64,
        ParamKind::Word => RuntimeKind::Word,
        ParamKind::Text { ends_at } => RuntimeKind::Text(*ends_at),
        ParamKind::OneOf(_) => RuntimeKind::OneOf(choices),
    };
    Param { name: &param.name, kind, sensitive: false }
}

/// The values that the run time reads, by name.
fn read(template: &Template<'_>, sentence: &str) -> Option<Reading> {
    let values = template.read(sentence)?;
    let named = template.params.iter().zip(values);
    Some(named.map(|(param, value)| (param.name.to_owned(), value.to_string())).collect())
}

#[test]
fn what_is_proved_is_what_is_read() {
    let mut random = Random(0x7465_7374, Vec::new());
    let (mut accepted, mut known, mut unknown) = (0, 0, 0);
    for _ in 0..CATALOGS {
        let catalog = Catalog::random(&mut random, STYLE);
        let yaml = catalog.yaml();
        let compilation = compile("random.yaml", yaml.as_bytes());
        let Some(checked) = compilation.catalog() else { continue };
        accepted += 1;
        let wordings = catalog.wordings();
        for _ in 0..SENTENCES {
            let wording = random.pick(&wordings);
            let sentence = sentence(&mut random, &wording);
            let meanings = meanings(&wordings, wording.status, &sentence);
            assert!(meanings.len() <= 1, "{sentence:?}: {meanings:?}\n{yaml}");
            known += usize::from(!meanings.is_empty());
            unknown += usize::from(meanings.is_empty());
            let mut expected = wordings.iter();
            with_templates(checked, |code, role, template| {
                let wording = expected.next().unwrap();
                assert_eq!((wording.code.as_str(), wording.role), (code, role), "{yaml}");
                let readings = wording.readings(&sentence);
                assert!(readings.len() <= 1, "{sentence:?} of {code}: {readings:?}\n{yaml}");
                let found = read(template, &sentence);
                assert_eq!(found.as_ref(), readings.first(), "{sentence:?} of {code}\n{yaml}");
            });
            assert!(expected.next().is_none(), "{yaml}");
        }
    }
    assert!(accepted > 500, "only {accepted} catalogs are accepted");
    assert!(known > 10_000 && unknown > 10_000, "{known} sentences are known, {unknown} are not");
}

/// A catalog that has everything, through all of the generated code.
#[kate_errors::catalog("tests/catalogs/jobs.yaml")]
pub enum JobsError {}

/// Its wordings, for the slow reader.
fn wordings_of_jobs() -> Vec<Wording> {
    let checked = compile("jobs.yaml", include_bytes!("../catalogs/jobs.yaml"));
    let checked = checked.catalog().unwrap();
    let mut wordings = Vec::new();
    with_templates(checked, |code, role, template| {
        let piece = |(at, piece): (usize, &RuntimePiece<'_>)| match piece {
            RuntimePiece::Literal(text) => Piece::Literal((*text).to_owned()),
            RuntimePiece::Hole(param) => {
                let param = template.params[*param];
                let behind = template.pieces.get(at + 1);
                let end = behind.and_then(|piece| match piece {
                    RuntimePiece::Literal(text) => text.chars().next(),
                    RuntimePiece::Hole(_) => None,
                });
                let (kind, own) = match param.kind {
                    RuntimeKind::U64 => (Kind::U64, None),
                    RuntimeKind::I64 => (Kind::I64, None),
                    RuntimeKind::Word => (Kind::Word, None),
                    RuntimeKind::Text(own) => (Kind::Text, own),
                    RuntimeKind::OneOf(choices) => {
                        (Kind::OneOf(choices.iter().map(|c| (*c).to_owned()).collect()), None)
                    }
                };
                let excluded = end.into_iter().chain(own).collect();
                Piece::Hole { name: param.name.to_owned(), kind, excluded }
            }
        };
        let pieces = template.pieces.iter().enumerate().map(piece).collect();
        let code: JobsErrorCode = code.parse().unwrap();
        wordings.push(Wording {
            code: code.to_string(),
            status: CatalogCode::status(code),
            role,
            source: String::new(),
            pieces,
        });
    });
    wordings
}

/// Most bodies are read at once, as they are written by us; the others by way of JSON. Nobody can tell which.
fn is_the_same_in_every_spelling(
    received: &Decoded<'_, JobsError>,
    sentence: &str,
    canonical: &str,
) {
    let escaped: Vec<String> =
        sentence.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    let escaped = escaped.concat();
    let others = [
        canonical.replacen(':', ": ", 1),
        canonical.replacen(':', " :\n", 1),
        canonical.replacen('{', "{\"a\":[{\"detail\":\"x\"}],", 1),
        canonical.replacen('d', "\\u0064", 1),
        format!("{}{}", canonical.strip_suffix('}').unwrap(), ",\"z\":\"}\"}"),
        format!("{{\"detail\":\"{escaped}\"}}"),
    ];
    for body in &others {
        let other = JobsError::decode(received.status(), body.as_bytes());
        assert_eq!(other.outcome(), received.outcome(), "{body}");
    }
    let marked = format!("\u{FEFF}{canonical}");
    let marked = JobsError::decode(received.status(), marked.as_bytes());
    assert_eq!(marked.known(), received.known(), "{canonical}");
    assert_eq!(marked.alternatives(), received.alternatives(), "{canonical}");
    let mut findings = received.notes().to_vec();
    findings.extend(received.known().map(|_| Note::ByteOrderMark));
    assert_eq!(marked.notes(), findings, "{canonical}");
    let reason = |received: &Decoded<'_, JobsError>| received.unknown().map(Unknown::reason);
    assert_eq!(reason(&marked), reason(received), "{canonical}");
    let deserialized = serde_json::from_str::<JobsError>(canonical).ok();
    assert_eq!(deserialized.is_some(), received.known().is_some(), "{canonical}");
}

#[test]
fn generated_code_decodes_what_the_slow_reader_reads() {
    let wordings = wordings_of_jobs();
    let mut random = Random(0x6A6F_6273, Vec::new());
    let (mut known, mut unknown) = (0, 0);
    for _ in 0..20_000 {
        let wording = random.pick(&wordings);
        let sentence = sentence(&mut random, &wording);
        let meanings = meanings(&wordings, wording.status, &sentence);
        let body = serde_json::json!({ "detail": sentence }).to_string();
        let received = JobsError::decode(wording.status, body.as_bytes());
        is_the_same_in_every_spelling(&received, &sentence, &body);
        let code = received.known().map(|error| CatalogError::code(error).to_string());
        if let Some((expected, _, _)) = meanings.first() {
            assert_eq!(code.as_ref(), Some(expected), "{sentence:?}");
            let error = received.known().unwrap();
            let back = JobsError::decode(wording.status, error.body().into_owned());
            assert_eq!(back.known(), Some(error), "{sentence:?}");
            known += 1;
        } else {
            // Another row may have it, under its own status.
            let has_another = wordings.iter().any(|other| !other.readings(&sentence).is_empty());
            assert_eq!(code.is_some(), has_another, "{sentence:?}");
            unknown += 1;
        }
    }
    assert!(known > 5_000 && unknown > 5_000, "{known} are known, {unknown} are not");
}
