//! A Python package for servers and clients: exceptions, a decoder, and support for FastAPI.
//!
//! The decoder is the same for every catalog and is in `decoder.py`. Only the exceptions and the tables of the
//! decoder are generated.

mod errors;
mod names;

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;
use serde_json::json;

use super::openapi::Version;
use super::{body_schema, string};
use names::Names;

const DECODER: &str = include_str!("decoder.py");
const FASTAPI: &str = include_str!("fastapi.py");

/// Uses FastAPI's own exception. For catalogs whose bodies have FastAPI's format.
const FASTAPI_EXCEPTION: &str = include_str!("fastapi_exception.py");

/// Keeps linters and formatters from changing the files, which would make them stale.
const NOT_FOR_LINTERS: &str = "# ruff: noqa\n# fmt: off\n";

pub(crate) fn package(catalog: &Catalog, mark: &str) -> Vec<(String, String)> {
    let names = Names::of(catalog);
    let marked = |text: &str| format!("# {mark}\n{NOT_FOR_LINTERS}{text}");
    let [stub, init] = init(catalog, &names);
    let files = [
        // Names are resolved on first use, so type checkers cannot verify `__all__`.
        ("__init__.py", marked(&format!("# pyright: reportUnsupportedDunderAll=false\n{init}"))),
        ("__init__.pyi", marked(&stub)),
        ("decoder.py", marked(DECODER)),
        ("errors.py", marked(&errors::module(catalog, &names))),
        ("errors.pyi", marked(&errors::stub(catalog, &names))),
        ("fastapi.py", marked(&fastapi(catalog, &names))),
        // Marks the package as typed (PEP 561).
        ("py.typed", String::new()),
    ];
    files.map(|(name, text)| (name.to_owned(), text)).into()
}

fn fastapi(catalog: &Catalog, names: &Names) -> String {
    let rows: Vec<&Row> = crate::messages::current(catalog).collect();
    let schema = body_schema::schema(catalog, Version::V3_1, &rows, &json!("$Detail"));
    let fallbacks = catalog.statuses.iter().filter_map(|it| it.fallback.map(|row| (it.code, row)));
    let fallbacks: Vec<(u16, &String)> =
        fallbacks.map(|(status, row)| (status, &names.errors[row])).collect();
    let imported: BTreeSet<&String> = fallbacks.iter().map(|(_, name)| *name).collect();
    let listed = |items: Vec<String>| items.join(", ");
    let error = &names.error;
    // The documentation shows the first error that needs no values.
    let is_plain = |row: &Row| row.params.is_empty();
    let example = catalog.rows.iter().position(is_plain).and_then(|at| names.errors.get(at));
    let example = example.unwrap_or(error);
    let module = [
        ("$Schema", string(&schema.to_string())),
        (
            "$Fallbacks",
            listed(fallbacks.iter().map(|(status, name)| format!("{status}: {name}")).collect()),
        ),
        ("$Imported", imported.iter().map(|name| format!("{name}, ")).collect::<Vec<_>>().concat()),
        ("$Call", format!("{example}()")),
        ("$Example", example.clone()),
        ("$Error", error.clone()),
    ];
    let module = module.iter().fold(FASTAPI.to_owned(), |text, (from, to)| text.replace(from, to));
    let is_its_own = catalog.envelope().envelope().is_detail();
    let exception = if is_its_own { FASTAPI_EXCEPTION } else { "" };
    format!("{module}{}", exception.replace("$Error", error))
}

/// The names of the decoder that the package exports.
const OF_DECODER: &[&str] = &[
    "FieldError",
    "Known",
    "NotAnError",
    "Note",
    "OutOfScope",
    "ResponseError",
    "Retry",
    "Unknown",
    "UnknownReason",
    "Validation",
];

/// Renders `__init__.pyi` and `__init__.py`. At runtime, classes are created on first use.
fn init(catalog: &Catalog, names: &Names) -> [String; 2] {
    let error = &names.error;
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    let mut made = vec![error.clone(), format!("{error}Code")];
    made.extend(names.contexts.iter().cloned());
    made.extend(["STATUSES", "decode", "error_of", "raise_for_error"].map(str::to_owned));
    let mut all = made.clone();
    all.extend([format!("Any{error}"), "OPERATIONS".to_owned()]);
    all.extend(names.errors.iter().chain(&names.operations).cloned());
    let head = format!("{}\n\n", string(&format!("{title}.")));
    let of_decoder = OF_DECODER.iter().map(|name| (*name).to_owned());
    let exported = of_decoder.clone().chain(all.iter().cloned());
    let exported = exported.map(|name| format!("    \"{name}\",\n")).collect::<Vec<_>>().concat();
    let of_decoder = import("decoder", &of_decoder.collect::<Vec<_>>());
    let stub = format!("{head}{of_decoder}{}\n__all__ = [\n{exported}]\n", import("errors", &all));
    let made = import("errors", &made);
    let init = format!(
        "{head}from typing import Any as _Any\n\nfrom . import errors as _errors\n{of_decoder}{made}\n\
         __all__ = [\n{exported}]\n{LAZY}"
    );
    [stub, init]
}

const LAZY: &str = "

def __getattr__(name: str) -> _Any:
    if name not in __all__:
        raise AttributeError(f\"module {__name__!r} has no attribute {name!r}\")
    value = globals()[name] = getattr(_errors, name)
    return value


def __dir__() -> list[str]:
    return [*{*globals(), *__all__}]
";

fn import(module: &str, names: &[String]) -> String {
    let names = names.iter().map(|name| format!("    {name},\n")).collect::<Vec<_>>().concat();
    format!("from .{module} import (\n{names})\n")
}
