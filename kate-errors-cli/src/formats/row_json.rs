//! An error of a catalog as a JSON object.

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
pub(crate) struct RowJson<'c> {
    code: &'c str,
    variant: &'c str,
    section: &'c str,
    status: u16,
    status_name: &'c str,
    detail: &'c str,
    context: Option<ContextJson<'c>>,
    params: Vec<ParamJson<'c>>,
    cause: &'c str,
    fix: &'c str,
    same_as: Option<&'c str>,
    headers: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct ContextJson<'c> {
    name: &'c str,
    text: &'c str,
    params: Vec<ParamJson<'c>>,
}

#[derive(Serialize)]
struct ParamJson<'c> {
    name: &'c str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<&'c str>,
    description: Option<&'c str>,
    example: Option<Value>,
    sensitive: bool,
}

impl<'c> RowJson<'c> {
    pub(crate) fn of(catalog: &'c Catalog, row: &'c Row) -> Self {
        let status = &catalog.statuses[row.status];
        Self {
            code: &row.code,
            variant: &row.variant,
            section: &catalog.sections[row.section].name,
            status: status.code,
            status_name: &status.name,
            detail: &row.detail.source,
            context: row.context.map(|context| {
                let context = &catalog.contexts[context];
                ContextJson {
                    name: &context.name,
                    text: &context.text.source,
                    params: params(&context.params),
                }
            }),
            params: params(&row.params),
            cause: &row.cause,
            fix: &row.fix,
            same_as: row.same_as.map(|base| catalog.rows[base].code.as_str()),
            headers: row.headers.fields().into_iter().collect(),
        }
    }
}

fn params(params: &[Param]) -> Vec<ParamJson<'_>> {
    params.iter().map(param).collect()
}

fn param(param: &Param) -> ParamJson<'_> {
    let choices = param.choices().into_iter().flat_map(|it| &it.choices);
    ParamJson {
        name: &param.name,
        r#type: param.ty.info().name,
        choices: choices.map(|choice| choice.text.as_str()).collect(),
        description: param.description.as_deref(),
        example: param.example.as_deref().map(|text| value(param, text)),
        sensitive: param.sensitive,
    }
}

/// The value that is spelled `text`: a number for the types that hold numbers.
pub(crate) fn value(param: &Param, text: &str) -> Value {
    let number = serde_json::from_str(text).ok().filter(|_| param.is_integer());
    number.unwrap_or_else(|| Value::from(text))
}
