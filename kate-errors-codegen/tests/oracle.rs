//! Two YAML parsers agree: `serde_yaml` reads the same values from every catalog that we accept.
//!
//! The catalogs are the examples on the pages of the rules, and the catalog of the library itself.

use std::fs;
use std::path::Path;

use kate_errors_codegen::catalog::{
    Catalog, Choices, Context, Extension, Headers, Operation, Param, Retired, Retry, Row, Section,
    Status,
};
use kate_errors_codegen::compile;
use kate_errors_codegen::rule::RULES;
use serde_yaml::Value;

/// Returns the texts that are valid catalogs, each with a name and the compiled catalog.
fn accepted() -> Vec<(String, String, Catalog)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../errors.yaml");
    let mut texts = vec![("errors.yaml".to_owned(), fs::read_to_string(path).unwrap())];
    for rule in RULES {
        let examples = rule.page.examples().into_iter().enumerate();
        texts.extend(examples.map(|(index, it)| (format!("{}, {index}", rule.id), it.catalog())));
    }
    let read = |(name, text): (String, String)| {
        let catalog = compile("oracle.yaml", text.as_bytes()).catalog()?.clone();
        Some((name, text, catalog))
    };
    texts.into_iter().filter_map(read).collect()
}

#[test]
fn both_readers_read_the_same() {
    let accepted = accepted();
    assert!(accepted.len() > 70, "only {} catalogs are accepted", accepted.len());
    for (name, text, catalog) in accepted {
        let value: Value =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        let (mut made, read) = (as_value(&catalog), normal(&value));
        // If an error has no name, the compiler derives it from the code.
        made.retain(|(path, _)| {
            let is_row = path.contains("/errors/") && path.matches('/').count() == 4;
            !(is_row && path.ends_with("/name")) || get(&read, path).is_some()
        });
        // If an error has no message, the compiler makes it the code, or any text with a parameter for it.
        let free: Vec<String> = made
            .iter()
            .filter(|(path, _)| path.ends_with("/detail") && get(&read, path).is_none())
            .map(|(path, _)| path.clone())
            .collect();
        for path in free {
            let param = path.replace("/detail", "/params/detail/");
            made.retain(|(it, _)| *it != path && !it.starts_with(&param));
        }
        assert_eq!(made, read, "{name}");
    }
}

/// The content of a catalog, as pairs of a path and a text.
type Values = Vec<(String, String)>;

#[derive(Default)]
struct Writer {
    values: Values,
}

impl Writer {
    fn put(&mut self, path: impl Into<String>, value: impl Into<String>) {
        self.values.push((path.into(), value.into()));
    }

    fn put_some(&mut self, path: impl Into<String>, value: Option<&String>) {
        if let Some(value) = value {
            self.put(path, value);
        }
    }
}

fn as_value(catalog: &Catalog) -> Values {
    let mut out = Writer::default();
    out.put("catalog", &catalog.name);
    out.put_some("title", catalog.title.as_ref());
    out.put_some("summary", catalog.summary.as_ref());
    out.put_some("reference", catalog.reference.as_ref());
    write_extensions(&mut out, "", &catalog.extensions);
    out.put("non_exhaustive", catalog.non_exhaustive.to_string());
    if !catalog.common.is_empty() {
        out.put("common", names(catalog, catalog.common.iter()));
    }
    for Status { code, name, description, headers, fallback, .. } in &catalog.statuses {
        out.put(format!("statuses/{code}/name"), name);
        out.put(format!("statuses/{code}/description"), description);
        write_headers(&mut out, &format!("statuses/{code}"), headers);
        let fallback = fallback.map(|row| &catalog.rows[row].name);
        out.put_some(format!("statuses/{code}/fallback"), fallback);
    }
    for Context { name, text, params, .. } in &catalog.contexts {
        out.put(format!("contexts/{name}/text"), &text.source);
        write_params(&mut out, &format!("contexts/{name}"), params);
    }
    for (index, Section { name, .. }) in catalog.sections.iter().enumerate() {
        out.put(format!("sections/{index}/name"), name);
        let rows = catalog.rows.iter().filter(|row| row.section == index);
        for (number, row) in rows.enumerate() {
            write_row(&mut out, &format!("sections/{index}/errors/{number}"), catalog, row);
        }
    }
    for Operation { name, method, path, summary, rows, .. } in &catalog.operations {
        let at = format!("operations/{name}");
        out.put(format!("{at}/route"), format!("{method} {path}"));
        out.put_some(format!("{at}/summary"), summary.as_ref());
        let own = rows.iter().filter(|row| !catalog.common.contains(row));
        out.put(format!("{at}/errors"), names(catalog, own));
    }
    for (index, code) in catalog.reserved.codes.iter().enumerate() {
        out.put(format!("reserved/codes/{index}"), code);
    }
    for (index, detail) in catalog.reserved.details.iter().enumerate() {
        out.put(format!("reserved/details/{index}"), detail);
    }
    out.values.sort();
    out.values
}

/// Returns the names of some errors in alphabetical order.
fn names<'r>(catalog: &Catalog, rows: impl Iterator<Item = &'r usize>) -> String {
    let mut names: Vec<&str> = rows.map(|row| catalog.rows[*row].name.as_str()).collect();
    names.sort_unstable();
    names.join(" ")
}

fn write_row(out: &mut Writer, at: &str, catalog: &Catalog, row: &Row) {
    out.put(format!("{at}/code"), row.sent_code().unwrap_or("none"));
    out.put(format!("{at}/name"), &row.name);
    for (name, text) in [("cause", &row.cause), ("fix", &row.fix)] {
        if !text.is_empty() {
            out.put(format!("{at}/{name}"), text);
        }
    }
    out.put_some(format!("{at}/since"), row.since.as_ref());
    out.put_some(format!("{at}/explanation"), row.explanation.as_ref());
    out.put(format!("{at}/retry"), row.retry.as_str());
    write_extensions(out, &format!("{at}/"), &row.extensions);
    for (index, former) in row.former.iter().enumerate() {
        out.put(format!("{at}/former/{index}"), &former.source);
    }
    if let Some(Retired { since, reason, replaced_by, .. }) = &row.retired {
        out.put_some(format!("{at}/retired/since"), since.as_ref());
        out.put(format!("{at}/retired/reason"), reason);
        let code = replaced_by.map(|row| &catalog.rows[row].name);
        out.put_some(format!("{at}/retired/replaced_by"), code);
    }
    write_headers(out, at, &row.headers);
    for (name, json) in &row.wire {
        write_json(out, format!("{at}/wire/{name}"), json);
    }
    if row.same_as.is_some() {
        // The compiler resolves the reference. Status and message are those of the other error.
        return;
    }
    out.put(format!("{at}/status"), catalog.statuses[row.status].code.to_string());
    out.put(format!("{at}/status_basis"), row.status_basis.as_str());
    out.put(format!("{at}/detail"), &row.detail.source);
    let context = row.context.map(|context| &catalog.contexts[context].name);
    out.put_some(format!("{at}/context"), context);
    write_params(out, at, &row.params);
}

/// The fields of a catalog that become header fields.
const HEADERS: &[&str] = &["www_authenticate", "proxy_authenticate", "allow", "retry_after"];

fn write_headers(out: &mut Writer, at: &str, headers: &Headers) {
    out.put_some(format!("{at}/www_authenticate"), headers.www_authenticate.as_ref());
    out.put_some(format!("{at}/proxy_authenticate"), headers.proxy_authenticate.as_ref());
    for (index, method) in headers.allow.iter().flatten().enumerate() {
        out.put(format!("{at}/allow/{index}"), method);
    }
    let seconds = headers.retry_after.map(|seconds| seconds.to_string());
    out.put_some(format!("{at}/retry_after"), seconds.as_ref());
}

/// Writes the user's own fields.
fn write_extensions(out: &mut Writer, at: &str, extensions: &[Extension]) {
    for Extension { name, json, .. } in extensions {
        write_json(out, format!("{at}{name}"), json);
    }
}

/// Writes a value that the compiler keeps as JSON, which is YAML too.
fn write_json(out: &mut Writer, at: String, json: &str) {
    let value = serde_yaml::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    flatten(out, at, &value);
}

fn write_params(out: &mut Writer, at: &str, params: &[Param]) {
    for param in params {
        let Param { name, member, description, example, sensitive, optional, .. } = param;
        let at = format!("{at}/params/{name}");
        if let Some(Choices { choices, .. }) = param.choices() {
            for (index, choice) in choices.iter().enumerate() {
                out.put(format!("{at}/one_of/{index}"), &choice.text);
            }
        } else {
            out.put(format!("{at}/type"), param.ty.info().name);
        }
        out.put_some(format!("{at}/description"), description.as_ref());
        out.put_some(format!("{at}/example"), example.as_ref());
        out.put(format!("{at}/member"), member);
        out.put(format!("{at}/sensitive"), sensitive.to_string());
        if *optional {
            out.put(format!("{at}/optional"), "true");
        }
    }
}

/// Returns what `serde_yaml` has read in the form of a [`Catalog`]: short forms are expanded, and defaults
/// are filled in.
fn normal(value: &Value) -> Values {
    let mut out = Writer::default();
    flatten(&mut out, String::new(), value);
    let has = |values: &Values, path: &str| values.iter().any(|(known, _)| known == path);
    let mut values = std::mem::take(&mut out.values);
    if !has(&values, "status") {
        let of_wire = get(&values, "wire/status").map(str::to_owned);
        values.extend(of_wire.map(|status| ("status".to_owned(), status)));
    }
    // The envelope is JSON in YAML, which is tested with bodies.
    values.retain(|(path, _)| !path.starts_with("wire/"));
    for (path, value) in &mut values {
        if let Some(param) = path.strip_suffix("/type/one_of").or(path.strip_suffix("/type")) {
            if path.ends_with("one_of") {
                *path = format!("{param}/one_of");
            }
        }
        *path = path.replace("/type/one_of/", "/one_of/");
        if is_param(path) {
            // `id: u64` is short for `id: { type: u64 }`.
            path.push_str("/type");
        }
        if path.ends_with("/errors") || path == "common" {
            let mut codes: Vec<&str> = value.split(' ').collect();
            codes.sort_unstable();
            *value = codes.join(" ");
        }
    }
    let mut defaults = Values::new();
    if !has(&values, "non_exhaustive") {
        defaults.push(("non_exhaustive".to_owned(), "false".to_owned()));
    }
    for (path, _) in &values {
        if let Some(row) = path.strip_suffix("/code") {
            let inherits = has(&values, &format!("{row}/same_as"));
            let (base, status) = base(&values, row);
            if !inherits && !has(&values, &format!("{row}/status")) {
                defaults.push((format!("{row}/status"), status.clone()));
            }
            let section = section(row);
            for name in
                ["cause", "fix"].into_iter().filter(|name| !has(&values, &format!("{row}/{name}")))
            {
                let text = get(&values, &format!("{section}/{name}"));
                let text = text.or(get(&values, &format!("statuses/{status}/{name}")));
                defaults.extend(text.map(|text| (format!("{row}/{name}"), text.to_owned())));
            }
            for field in HEADERS {
                defaults.extend(inherited(&values, row, &base, &status, field));
            }
            if !has(&values, &format!("{row}/retry")) {
                let retry = Retry::of_status(status.parse().unwrap());
                defaults.push((format!("{row}/retry"), retry.as_str().to_owned()));
            }
            if !inherits && !has(&values, &format!("{row}/status_basis")) {
                defaults.push((format!("{row}/status_basis"), "documented".to_owned()));
            }
        }
        let param = path.strip_suffix("/type").or_else(|| path.strip_suffix("/one_of/0"));
        if let Some(param) = param.filter(|param| is_param(param)) {
            if !has(&values, &format!("{param}/member")) {
                let name = param.rsplit('/').next().unwrap_or_default();
                defaults.push((format!("{param}/member"), name.to_owned()));
            }
            if !has(&values, &format!("{param}/sensitive")) {
                defaults.push((format!("{param}/sensitive"), "false".to_owned()));
            }
        }
    }
    values.extend(defaults);
    values.retain(|(path, _)| !path.ends_with("/same_as") && !is_inherited(path));
    values.sort();
    values
}

/// Whether errors inherit the value at this path.
fn is_inherited(path: &str) -> bool {
    let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
    path.starts_with("allow_warnings/")
        || path == "status"
        || matches!(name, "status" | "cause" | "fix")
            && (parent.starts_with("sections/") || parent.starts_with("statuses/"))
            && parent.matches('/').count() == 1
}

/// Returns the path of the section of an error.
fn section(row: &str) -> &str {
    row.split_once("/errors/").map_or("", |(section, _)| section)
}

fn get<'v>(values: &'v Values, path: &str) -> Option<&'v str> {
    values.iter().find(|(known, _)| known == path).map(|(_, value)| value.as_str())
}

fn is_param(path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(parent, _)| parent.ends_with("/params"))
}

fn flatten(out: &mut Writer, path: String, value: &Value) {
    match value {
        Value::Mapping(mapping) => {
            for (key, value) in mapping {
                let at =
                    if path.is_empty() { scalar(key) } else { format!("{path}/{}", scalar(key)) };
                flatten(out, at, value);
            }
        }
        Value::Sequence(items) if path.starts_with("operations/") || path == "common" => {
            let codes: Vec<String> = items.iter().map(scalar).collect();
            out.put(path, codes.join(" "));
        }
        // Further statuses are tested with bodies too.
        Value::Sequence(items) if path == "status" || path.ends_with("/status") => {
            out.put(path, items.first().map(scalar).unwrap_or_default());
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(out, format!("{path}/{index}"), item);
            }
        }
        _ => out.put(path, scalar(value)),
    }
}

/// Returns a scalar as text. Only numbers and booleans may be anything other than a string.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        other => panic!("{other:?} stands where a catalog has a scalar"),
    }
}

/// Returns the header field of an error that has none itself: that of its base, or else that of its status.
fn inherited(values: &Values, row: &str, base: &str, status: &str, field: &str) -> Values {
    let beside = |at: &str| {
        let at = format!("{at}/{field}");
        let is_part = |path: &str| {
            path.strip_prefix(&at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let parts = values.iter().filter(|(path, _)| is_part(path));
        parts.map(|(path, value)| (path[at.len()..].to_owned(), value.clone())).collect::<Values>()
    };
    if !beside(row).is_empty() {
        return Values::new();
    }
    let of_base = beside(base);
    let found = if of_base.is_empty() { beside(&format!("statuses/{status}")) } else { of_base };
    found.into_iter().map(|(rest, value)| (format!("{row}/{field}{rest}"), value)).collect()
}

/// Returns the path of the error whose message an error has, and its status.
fn base(values: &Values, row: &str) -> (String, String) {
    let mut row = row.to_owned();
    while let Some(code) = get(values, &format!("{row}/same_as")) {
        let is_it = |(path, value): &&(String, String)| {
            (path.ends_with("/code") || path.ends_with("/name")) && value == code
        };
        let (path, _) = values.iter().find(is_it).unwrap();
        row = path.replace("/code", "").replace("/name", "");
    }
    let status = get(values, &format!("{row}/status"));
    let status = status.or(get(values, &format!("{}/status", section(&row))));
    let status = status.or(get(values, "status")).unwrap().to_owned();
    (row, status)
}
