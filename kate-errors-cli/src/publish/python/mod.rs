//! A package for servers and clients in Python: exceptions, a decoder, and what FastAPI needs.
//!
//! The decoder is the same for every catalog, and stands in `decoder.py`; what is made here are the
//! exceptions, and the tables that the decoder works on.

mod errors;
mod names;

use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use serde_json::json;

use super::body_schema;
use names::Names;

const DECODER: &str = include_str!("decoder.py");
const FASTAPI: &str = include_str!("fastapi.py");

/// What FastAPI can do by itself, where bodies are its own.
const FASTAPI_EXCEPTION: &str = include_str!("fastapi_exception.py");

/// Linters and formatters of a project leave the files to us: what they changed would be stale.
const NOT_FOR_LINTERS: &str = "# ruff: noqa\n# fmt: off\n";

pub(crate) fn package(catalog: &Catalog, mark: &str) -> Vec<(&'static str, String)> {
    let names = Names::of(catalog);
    let error = &names.error;
    let example = names.errors.first().map_or(error.as_str(), String::as_str);
    let fastapi = fastapi(catalog, &names).replace("$Example", example).replace("$Error", error);
    let marked = |text: &str| format!("# {mark}\n{NOT_FOR_LINTERS}{text}");
    vec![
        ("__init__.py", marked(&init(catalog, &names))),
        ("decoder.py", marked(DECODER)),
        ("errors.py", marked(&errors::module(catalog, &names))),
        ("fastapi.py", marked(&fastapi)),
        // Says that the package has types (PEP 561).
        ("py.typed", String::new()),
    ]
}

fn fastapi(catalog: &Catalog, names: &Names) -> String {
    let schema = body_schema::schema(catalog, &json!({ "type": "string" }));
    let module = FASTAPI.replace("$Schema", &errors::string(&schema.to_string()));
    let invalid = invalid(catalog).map(|row| names.errors[row].as_str());
    let (import, made) =
        invalid.map_or_else(Default::default, |error| (format!("{error}, "), format!("{error}()")));
    let made = if made.is_empty() { "None" } else { &made };
    let module = module.replace("$Imported", &import).replace("$Invalid", made);
    let is_its_own = catalog.envelope().envelope().is_detail();
    format!("{module}{}", if is_its_own { FASTAPI_EXCEPTION } else { "" })
}

/// The error with which servers respond to requests that FastAPI refuses: the fallback of its status, where bodies have a
/// place for fields. Usual bodies are its own.
fn invalid(catalog: &Catalog) -> Option<usize> {
    let parts = catalog.envelope();
    let envelope = parts.envelope();
    let status = catalog.statuses.iter().find(|status| status.code == 422)?;
    status.fallback.filter(|_| !envelope.fields.is_empty() && !envelope.is_detail())
}

fn init(catalog: &Catalog, names: &Names) -> String {
    let error = &names.error;
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    let mut of_errors = vec![error.clone(), format!("Any{error}"), format!("{error}Code")];
    of_errors.extend(names.contexts.iter().cloned());
    of_errors.extend(names.errors.iter().cloned());
    of_errors.extend(["OPERATIONS", "STATUSES", "decode", "error_of"].map(str::to_owned));
    let of_decoder = [
        "FieldError",
        "Known",
        "NotAnError",
        "Note",
        "Retry",
        "Unknown",
        "UnknownReason",
        "Validation",
    ];
    let mut init = format!("{}\n\n", errors::string(&format!("{title}.")));
    import(&mut init, "decoder", &of_decoder);
    let listed: Vec<&str> = of_errors.iter().map(String::as_str).collect();
    import(&mut init, "errors", &listed);
    init.push_str("\n__all__ = [\n");
    for name in of_decoder.iter().chain(&listed) {
        let _ = writeln!(init, "    \"{name}\",");
    }
    init.push_str("]\n");
    init
}

fn import(out: &mut String, module: &str, names: &[&str]) {
    let _ = writeln!(out, "from .{module} import (");
    for name in names {
        let _ = writeln!(out, "    {name},");
    }
    out.push_str(")\n");
}
