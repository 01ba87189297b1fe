//! Compiling a catalog.

use std::collections::BTreeMap;
use std::hint::black_box;

use kate_errors_codegen::emit::rust::{Shell, emit};
use serde::Deserialize;

use super::{Goals, Pair, pair};

/// A catalog as serde reads it, and nothing else.
#[derive(Deserialize)]
struct Catalog {
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    errors: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    status: u16,
    detail: String,
    #[serde(default)]
    params: BTreeMap<String, Param>,
    cause: String,
    fix: String,
}

#[derive(Deserialize)]
struct Param {
    r#type: String,
}

const YAML: &str = include_str!(concat!(env!("OUT_DIR"), "/rows_10000.yaml"));

pub(super) fn pairs() -> Vec<Pair> {
    let pair = pair(
        "catalog of 10,000 rows to tokens / serde_yaml reading it",
        Goals { instructions: None, times: Some(2.5) },
        || {
            Box::new(|_| {
                let compiled =
                    kate_errors_codegen::compile("rows.yaml", black_box(YAML.as_bytes()));
                let tokens = emit(compiled.catalog().expect("a catalog"), &Shell::default());
                tokens.into_iter().count()
            })
        },
        || {
            Box::new(|_| {
                let catalog: Catalog = serde_yaml::from_str(black_box(YAML)).expect("a catalog");
                catalog.sections.iter().flat_map(|section| &section.errors).map(size).sum()
            })
        },
    );
    vec![Pair { round: 1, ..pair }]
}

fn size(row: &Row) -> usize {
    let params = row.params.values().map(|param| param.r#type.len()).sum::<usize>();
    let texts = [&row.code, &row.detail, &row.cause, &row.fix].map(String::len);
    usize::from(row.status) + params + texts.iter().sum::<usize>()
}
