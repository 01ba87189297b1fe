//! Code generated for other languages reads and writes what the library does: the vectors of every catalog, in Python
//! and JavaScript, if they are installed. `cargo xtask conformance` tests types, linters and servers as well.

mod common;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Sandbox;
use kate_errors_codegen::Catalog;
use kate_errors_model::envelope::profiles::PROFILES;
use kate_errors_model::types::TYPES;

/// The decoder of the TypeScript module, without its types.
const DECODER: &str = include_str!("../src/publish/typescript/decoder.js");

/// The page's code that finds messages in pasted texts.
const PASSAGES: &str = concat!(
    include_str!("../src/publish/html/passages.js"),
    include_str!("../src/publish/html/messages.js"),
    include_str!("../src/publish/html/pasted.js")
);

/// Catalogs, each with its vectors.
const CATALOGS: &[(&str, &str)] = include!("../../conformance/catalogs.rs");

/// Codes that would shadow names of the languages.
const NAMES: &str = "\
catalog: Value
statuses:
  504: { name: Gateway Timeout, description: It took too long }
contexts:
  warning: { text: \"Take {care}\", params: { care: word } }
sections:
  - name: All
    errors:
      - { code: timeout, status: 504, detail: Timed out, cause: It is slow, fix: Wait }
      - { code: value, status: 504, detail: \"Bad {values}\", params: { values: word }, cause: It is bad, fix: Ask }
      - { code: not_implemented, status: 504, detail: Not there, context: warning, cause: Nobody made it, fix: Make it }
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// Returns a program if it is installed in a version that the generated code supports.
fn installed(program: &str, test: [&str; 2]) -> Option<Command> {
    if Command::new(program).args(test).output().is_ok_and(|run| run.status.success()) {
        return Some(Command::new(program));
    }
    eprintln!("note: skipped, `{program}` is not installed, or too old");
    None
}

fn python() -> Option<Command> {
    installed("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"])
}

fn node() -> Option<Command> {
    installed("node", ["--eval", "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"])
}

#[track_caller]
fn succeeds(command: &mut Command) {
    let run = command.output().expect("it runs");
    let [out, err] =
        [run.stdout, run.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(run.status.success(), "{out}{err}");
}

fn package(sandbox: &Sandbox, name: &str, catalog: &str) -> PathBuf {
    let out = sandbox.path(name);
    let arguments = ["generate", "python", catalog, "--out", &out.display().to_string()];
    sandbox.run(&arguments).exits(0);
    out
}

/// Writes the module as the TypeScript compiler would emit it.
fn module(sandbox: &Sandbox, name: &str, catalog: &str) -> PathBuf {
    let source = sandbox.run(&["generate", "typescript", catalog]).exits(0).stdout;
    let (_, tables) = source.split_once("const TABLES: Tables = ").expect("the tables");
    let name = format!("{name}.mjs");
    let more = format!("{PASSAGES}\nexport {{ readPasted, readAll, nameOf }};\n");
    let html = sandbox.run(&["generate", "html", catalog]).exits(0).stdout;
    let constant = |name: &str| {
        let (_, data) = html.split_once(&format!("\"{name}\":")).expect("it is in the data");
        let value = data.lines().next().expect("a line").trim_end_matches(',');
        format!("const {name} = {value};\n")
    };
    let constants = constant("ROUTES") + &constant("STATUSES");
    sandbox.write(&name, format!("{constants}const TABLES = {tables}\n{DECODER}{more}"));
    sandbox.path(name)
}

/// Reads and writes vectors with the Python package of a catalog.
fn read_in_python(sandbox: &Sandbox, catalog: &str, vectors: impl AsRef<OsStr>) {
    let Some(mut python) = python() else { return };
    python.arg(root().join("conformance/python/vectors.py"));
    succeeds(python.arg(package(sandbox, "its_errors", catalog)).arg(vectors));
}

/// Reads and writes vectors with the JavaScript module of a catalog.
fn read_in_javascript(sandbox: &Sandbox, catalog: &str, vectors: impl AsRef<OsStr>) {
    let Some(mut node) = node() else { return };
    node.arg(root().join("conformance/typescript/vectors.mjs"));
    succeeds(node.arg(module(sandbox, "its", catalog)).arg(vectors));
}

/// Generates the vectors of a catalog.
fn generated_vectors(sandbox: &Sandbox, catalog: &str) -> PathBuf {
    let vectors = sandbox.run(&["generate", "vectors", catalog]).exits(0).stdout;
    sandbox.write("vectors.json", vectors);
    sandbox.path("vectors.json")
}

/// Returns the catalogs of the shared cases, each with its vectors.
fn shared() -> impl Iterator<Item = (String, PathBuf)> {
    let file = |path: &str| root().join(path);
    CATALOGS.iter().map(move |(name, catalog)| {
        (file(catalog).display().to_string(), file(&format!("tests/vectors/{name}.json")))
    })
}

#[test]
fn every_vector_is_read_and_written_in_python() {
    for (catalog, vectors) in shared() {
        read_in_python(&Sandbox::new(), &catalog, vectors);
    }
}

#[test]
fn every_vector_is_read_and_written_in_javascript() {
    for (catalog, vectors) in shared() {
        read_in_javascript(&Sandbox::new(), &catalog, vectors);
    }
}

/// Returns variants of `wire`, each in one line: every named envelope, with errors identified by their codes, which are
/// in a header field too, or only there; and, for both identities, bodies with text around code and message.
fn wires() -> impl Iterator<Item = String> {
    const BY_CODE: &str = "identity: code, header: { x-shop-error: \"{code}\" }";
    const BY_CODE_IN_TEXT: &str = "identity: code, header: { x-shop-error: \"urn:{code};{any}\" }";
    // Bodies of JSON-RPC have an id, which has no value yet.
    let profiles = PROFILES.iter().map(|profile| profile.name);
    let profiles = profiles
        .map(|name| format!("use: {name}, with: {{ domain: shop.example.com }}, {BY_CODE}"));
    let bodies = BODIES.iter().map(|body| format!("body: {body}"));
    profiles.chain(bodies.flat_map(|body| [format!("{body}, {BY_CODE_IN_TEXT}"), body]))
}

const BODIES: &[&str] = &[
    r#"{ type: "https://shop.example.com/?code={code}", e: { codes: ["{any}#{code}:{any}"], m: "Error: {detail}!" } }"#,
    r#"{ errors: [{ kind: e, is: { n: 3, ok: true }, code: "{code:string}", text: "{any}] {detail}" }], left: "{left?}" }"#,
    r#"{ e: { texts: ["[{code}] {detail}"] }, n: "urn:{any}:{code}" }"#,
    r#"{ e: "{detail} ({code})" }"#,
    r#"{ errorMessages: ["{detail}"], status: "{status}" }"#,
    r#"{ codes: ["{code}"], message: "{detail}" }"#,
    r#"{ a: { b: "{detail}", "c d": "{code}" }, "é": { b: "{detail}", "c d": "{code?}" }, more: { params: "{params}" } }"#,
];

const WIRE: &str = "\
catalog: Shop
reference: https://shop.example.com/errors
wire: { $WIRE }
statuses:
  404: { name: Not Found, description: There is no such thing }
  503: { name: Service Unavailable, description: Wait, retry_after: 5 }
contexts:
  stock: { text: \"{left} left\", params: { left: u64 } }
sections:
  - name: Orders
    errors:
      - { code: order_missing, status: 404, detail: No order, former: [Order gone], cause: It was never made, fix: Look }
      - { code: cart_missing, same_as: order_missing, former: [Cart lost], cause: It has expired, fix: Make one }
      - { code: gone, status: 404, detail: It is gone, retired: { reason: It is old }, cause: It was sold, fix: Look }
      - code: sold_out
        status: 503
        detail: \"The item {item} is sold out\"
        former: [\"Sold out: {item}\"]
        params: { item: text }
        context: stock
        cause: \"All of {item} are sold\"
        fix: Wait
";

#[test]
fn every_envelope_is_read_and_written_in_python() {
    for wire in wires() {
        let sandbox = Sandbox::with(WIRE.replace("$WIRE", &wire));
        read_in_python(&sandbox, "errors.yaml", generated_vectors(&sandbox, "errors.yaml"));
    }
}

#[test]
fn every_envelope_is_read_in_javascript() {
    for wire in wires() {
        let sandbox = Sandbox::with(WIRE.replace("$WIRE", &wire));
        read_in_javascript(&sandbox, "errors.yaml", generated_vectors(&sandbox, "errors.yaml"));
    }
}

/// Returns the catalogs in the style of well-known families of APIs.
fn families() -> impl Iterator<Item = (String, String)> {
    let folder = root().join("tests/catalogs/families");
    let files = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file"));
    let catalogs = files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"));
    let catalogs: BTreeSet<PathBuf> = catalogs.collect();
    assert!(catalogs.len() > 10);
    let names = |path: PathBuf| {
        let text = |path: PathBuf| path.display().to_string();
        (text(path.with_extension("json")), text(path))
    };
    catalogs.into_iter().map(names)
}

/// Both the handwritten vectors, and those that are generated for a user's catalog.
#[test]
fn bodies_of_families_are_read_and_written_in_python() {
    for catalog in [OVERLAPPING, PREFIXED] {
        let sandbox = Sandbox::new();
        read_in_python(&sandbox, catalog, generated_vectors(&sandbox, catalog));
    }
    read_in_python(&Sandbox::new(), OVERLAPPING, ORDER);
    for (vectors, catalog) in families() {
        let sandbox = Sandbox::new();
        read_in_python(&sandbox, &catalog, vectors);
        read_in_python(&sandbox, &catalog, generated_vectors(&sandbox, &catalog));
    }
}

/// Generated vectors are right also if an envelope or a message contains what they add to bodies.
#[test]
fn generated_vectors_of_unusual_catalogs_are_right() {
    for (body, detail) in [
        (r#"{ detail: "{detail}", x: "{code}", xx: "{request.id}" }"#, "Job {id} is gone"),
        (r#"{ detail: "{detail}", errors: [{ kind: a, code: "{code}" }] }"#, "[It] is gone"),
        (r#"{ detail: "{detail}" }"#, "{id}"),
        (r#"{ code: "{code}", detail: "{detail}" }, identity: code"#, "{id}"),
    ] {
        let params = if detail.contains("{id}") { "params: { id: word }," } else { "" };
        let sandbox = Sandbox::with(format!(
            "catalog: A\nwire: {{ body: {body} }}\nstatuses: {{ 404: {{ name: N, description: d }} }}\n\
             sections:\n  - name: S\n    errors:\n      \
             - {{ code: gone, status: 404, detail: \"{detail}\", {params} cause: c, fix: f }}\n"
        ));
        let vectors = generated_vectors(&sandbox, "errors.yaml");
        read_in_python(&sandbox, "errors.yaml", &vectors);
        read_in_javascript(&sandbox, "errors.yaml", &vectors);
    }
}

/// Messages that more than one error can have.
const OVERLAPPING: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/catalogs/overlapping.yaml");

/// Which of the errors with such a message counts. The library reads the same messages, see `tests/twins.rs` of the root
/// package.
const ORDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/catalogs/overlapping.json");

/// Messages with text before them, which values can contain.
const PREFIXED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/catalogs/prefixed.yaml");

#[test]
fn bodies_of_families_are_read_in_javascript() {
    for catalog in [OVERLAPPING, PREFIXED] {
        let sandbox = Sandbox::new();
        read_in_javascript(&sandbox, catalog, generated_vectors(&sandbox, catalog));
    }
    read_in_javascript(&Sandbox::new(), OVERLAPPING, ORDER);
    for (vectors, catalog) in families() {
        let sandbox = Sandbox::new();
        read_in_javascript(&sandbox, &catalog, vectors);
        read_in_javascript(&sandbox, &catalog, generated_vectors(&sandbox, &catalog));
    }
}

/// Returns catalogs whose bodies list fields of requests and further errors. The library reads the same cases, see
/// `tests/fields.rs` of the root package.
fn cases() -> (PathBuf, Vec<(String, String)>) {
    let path = root().join("tests/catalogs/fields/cases.json");
    let cases = std::fs::read(&path).expect("the cases");
    let cases: serde_json::Value = serde_json::from_slice(&cases).expect("a list");
    let names = cases.as_array().expect("a list").iter().map(|case| case["catalog"].as_str());
    let names: BTreeSet<&str> = names.map(|name| name.expect("a catalog")).collect();
    let catalog = |name: &str| match name {
        "kate" => "errors.yaml".to_owned(),
        name => format!("tests/catalogs/fields/{name}.yaml"),
    };
    let file = |name: &str| root().join(catalog(name)).display().to_string();
    (path, names.into_iter().map(|name| (name.to_owned(), file(name))).collect())
}

#[test]
fn fields_and_further_errors_are_read_in_python() {
    let (cases, catalogs) = cases();
    for (name, catalog) in catalogs {
        let Some(mut python) = python() else { return };
        let sandbox = Sandbox::new();
        let package = package(&sandbox, "listed_errors", &catalog);
        python.arg(root().join("conformance/python/fields.py")).arg(package);
        succeeds(python.arg(&cases).arg(name));
    }
}

#[test]
fn fields_and_further_errors_are_read_in_javascript() {
    let (cases, catalogs) = cases();
    for (name, catalog) in catalogs {
        let Some(mut node) = node() else { return };
        let sandbox = Sandbox::new();
        node.arg(root().join("conformance/typescript/fields.mjs"));
        succeeds(node.arg(module(&sandbox, "listed", &catalog)).arg(&cases).arg(name));
    }
}

/// The page reads what the command `explain` reads, see `tests/explain.rs`.
#[test]
fn pasted_texts_are_read_in_javascript() {
    let sandbox = Sandbox::new();
    let pasted: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(include_str!("pasted.json")).expect("texts by catalog");
    for catalog in pasted.keys() {
        let Some(mut node) = node() else { return };
        let path = root().join(catalog).display().to_string();
        node.arg(root().join("conformance/html/pasted.mjs"))
            .arg("cases")
            .arg(module(&sandbox, "page", &path));
        succeeds(node.arg(root().join("kate-errors-cli/tests/pasted.json")).arg(catalog));
    }
}

/// All parts of the page's script together form a module.
#[test]
fn the_script_of_the_page_is_javascript() {
    let Some(mut node) = node() else { return };
    let sandbox = Sandbox::with(std::fs::read(root().join("errors.yaml")).expect("the catalog"));
    let page = sandbox.run(&["generate", "html"]).exits(0).stdout;
    let (_, script) = page.split_once("<script type=\"module\">").expect("the script");
    let (script, _) = script.split_once("</script>").expect("its end");
    sandbox.write("page.mjs", script);
    succeeds(node.arg("--check").arg(sandbox.path("page.mjs")));
}

/// Catalogs whose decoders are given arbitrary values: with only messages in bodies, and with values in members.
const GIVEN_ANYTHING: &[&str] = &["errors.yaml", "tests/catalogs/members.yaml"];

#[test]
fn decoders_in_python_never_raise() {
    for catalog in GIVEN_ANYTHING {
        let Some(mut python) = python() else { return };
        let sandbox = Sandbox::new();
        let package = package(&sandbox, "any_errors", &root().join(catalog).display().to_string());
        succeeds(python.arg(root().join("conformance/python/never_raises.py")).arg(package));
    }
}

#[test]
fn decoders_in_javascript_never_throw() {
    for catalog in GIVEN_ANYTHING {
        let Some(mut node) = node() else { return };
        let sandbox = Sandbox::new();
        let module = module(&sandbox, "any", &root().join(catalog).display().to_string());
        succeeds(node.arg(root().join("conformance/typescript/never_throws.mjs")).arg(module));
    }
}

/// Importing a package creates no error classes, which would take long if there are thousands. A class is created on
/// first use, and only once.
#[test]
fn classes_of_python_are_made_when_they_are_asked_for() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::with(NAMES);
    package(&sandbox, "value_errors", "errors.yaml");
    let script = "import ast, pickle, sys, threading\n\
        import value_errors as it\n\
        kinds = it.errors._CATALOG._kinds\n\
        assert kinds == [None] * 3, kinds\n\
        found = []\n\
        get = lambda: found.append(it.ValueTimeoutError)\n\
        threads = [threading.Thread(target=get) for _ in range(8)]\n\
        [thread.start() for thread in threads], [thread.join() for thread in threads]\n\
        assert len(found) == 8 and len(set(found)) == 1, found\n\
        assert [kind is None for kind in kinds] == [False, True, True], kinds\n\
        error = it.decode(504, b'{\"detail\":\"Timed out\"}').error\n\
        assert type(error) is it.ValueTimeoutError is it.errors.ValueTimeoutError\n\
        assert pickle.loads(pickle.dumps(error)) == error\n\
        assert '504 Gateway Timeout: Timed out' in it.ValueTimeoutError.__doc__\n\
        assert set(it.__all__) <= set(dir(it)) and not hasattr(it, 'nothing')\n\
        assert all(len(dir(of)) == len(set(dir(of))) for of in (it, it.errors)), dir(it)\n\
        # What type checkers see is what is there.\n\
        stub = ast.parse(open('value_errors/errors.pyi', encoding='utf-8').read())\n\
        classes = [node for node in stub.body if isinstance(node, ast.ClassDef)]\n\
        assert {node.name for node in classes} >= set(it.errors._NAMES)\n\
        for node in classes:\n    \
            kind = getattr(it, node.name)\n    \
            inits = [each for each in node.body if isinstance(each, ast.FunctionDef)]\n    \
            names = tuple(each.arg for init in inits for each in init.args.kwonlyargs)\n    \
            assert names == getattr(kind, '__match_args__', ()), (kind, names)\n";
    succeeds(python.args(["-c", script]).current_dir(sandbox.path("")));
}

#[test]
fn names_of_python_stay_what_they_are() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::with(NAMES);
    package(&sandbox, "value_errors", "errors.yaml");
    let script = "import builtins\n\
        before = {name: getattr(builtins, name) for name in dir(builtins) if name[0] != '_'}\n\
        from value_errors import *\n\
        assert all(eval(name) is it for name, it in before.items())\n\
        error = decode(504, {'detail': 'Bad apple'}).error\n\
        assert (error.values, error.values_) == ({'values': 'apple'}, 'apple'), error\n\
        assert {it.__name__ for it in ValueValueError.__subclasses__()} == \\\n    \
            {'ValueTimeoutError', 'ValueValueError_', 'ValueNotImplementedError'}\n";
    succeeds(python.args(["-c", script]).current_dir(sandbox.path("")));
}

/// Errors whose parameters differ only in whether they are sensitive.
const SECRETS: &str = "\
catalog: Secret
reference: https://secret.example.com/errors
statuses:
  403: { name: Forbidden, description: It is refused, cause: It is wrong, fix: Correct it }
sections:
  - name: Keys
    status: 403
    errors:
      - { code: first, detail: \"The key {key} is public\", params: { key: word } }
      - { code: second, detail: \"The key {key} is secret\", params: { key: { type: word, sensitive: true } } }
      - { code: third, detail: \"The key {key} is known\", params: { key: word } }
";

#[test]
fn words_of_comments_are_free_for_types_in_typescript() {
    let sandbox = Sandbox::new();
    let names =
        NAMES.replace("code: timeout", "code: returns").replace("code: value", "code: note");
    sandbox.write("errors.yaml", &names);
    let module = sandbox.run(&["generate", "typescript"]).exits(0).stdout;
    // The decoder declares `Note`, and many comments begin with `Returns`.
    for expected in ["export interface Returns {", "export interface NoteError {"] {
        assert!(module.contains(expected), "{expected}");
    }
}

#[test]
fn only_sensitive_values_are_hidden_in_python() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::with(SECRETS);
    package(&sandbox, "secret_errors", "errors.yaml");
    let script = "from secret_errors import decode\n\
        for word, is_shown in {'public': True, 'secret': False, 'known': True}.items():\n    \
            error = decode(403, {'detail': f'The key k7 is {word}'}).error\n    \
            assert error.key == 'k7'\n    \
            assert ('k7' in str(error), 'k7' in repr(error)) == (is_shown, is_shown), error\n";
    succeeds(python.args(["-c", script]).current_dir(sandbox.path("")));
}

#[test]
fn values_of_the_request_without_a_place_are_named_in_python() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::new();
    let catalog = root().join("tests/catalogs/requests.yaml");
    package(&sandbox, "requests_errors", &catalog.display().to_string());
    let script = "import warnings\n\
        from requests_errors import errors\n\
        for kind in errors._KINDS:\n    \
            error = kind(**{param.attribute: 'x' for param in kind.row.params})\n    \
            with warnings.catch_warnings(record=True) as said:\n        \
                warnings.simplefilter('always')\n        \
                assert b'7f3a' in error.body_with({'request_id': '7f3a'}) and not said, said\n        \
                assert error.body_with({'reqest_id': '7f3a'}) == error.body\n    \
            assert [str(it.message) for it in said] == \\\n        \
                ['`wire.body` of the catalog has no `{request.reqest_id}`'], said\n    \
            assert said[0].filename == '<string>', said[0]\n";
    succeeds(python.args(["-c", script]).current_dir(sandbox.path("")));
}

#[test]
fn long_values_of_the_request_are_cut_where_the_library_cuts_them() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::new();
    let catalog = root().join("tests/catalogs/requests.yaml");
    package(&sandbox, "requests_errors", &catalog.display().to_string());
    let sent = kate_errors::RequestValue::from("é".repeat(9000));
    let script = format!(
        "from requests_errors import NoOrderError\n\
        body = NoOrderError().body_with({{'request_id': 'é' * 9000}}).decode()\n\
        assert '{}' in body, body.count('é')\n",
        sent.as_json()
    );
    succeeds(python.args(["-c", &script]).current_dir(sandbox.path("")));
}

/// Clients read what a server has set for a response, a text or a number, as those in Rust do.
#[test]
fn values_of_the_request_are_read() {
    let cases = r#"[
        ["{\"error\":{\"code\":\"no_order\",\"message\":\"No such order\",\"request_id\":\"7f3a\"}}", "7f3a"],
        ["{\"error\":{\"code\":\"unknown\",\"request_id\":-7}}", "-7"],
        ["{\"error\":{\"code\":\"no_order\",\"request_id\":null}}", null],
        ["{\"error\":{\"code\":\"no_order\",\"request_id\":\"\"}}", null],
        ["{\"error\":{\"request_id\":\"a\",\"request_id\":\"b\"}}", null],
        ["{\"request_id\":\"7f3a\"}", null],
        ["<html>", null]
    ]"#;
    // A success has no older format.
    let older = r#"{"message":[{"loc":["name"]}],"id":"7"}"#;
    let [catalog, traces] = ["requests", "traces"]
        .map(|name| root().join(format!("tests/catalogs/{name}.yaml")).display().to_string());
    let sandbox = Sandbox::new();
    if let Some(mut node) = node() {
        module(&sandbox, "requests", &catalog);
        module(&sandbox, "traces", &traces);
        let script = format!(
            r#"import {{ decode, requestValue }} from "./requests.mjs";
            import * as traces from "./traces.mjs";
            const ids = [404, 200].map((status) => traces.requestValue(traces.decode(status, '{older}'), "id"));
            if (ids.join() !== "7,") throw new Error(ids.join());
            for (const [body, id] of {cases}) {{
              for (const status of [404, 200]) {{
                const [found, other] = ["request_id", "id"].map((name) => requestValue(decode(status, body), name));
                if (found !== id || other !== null) throw new Error(`${{status}} ${{body}}: ${{found}}`);
              }}
            }}"#
        );
        node.args(["--input-type=module", "--eval", &script]).current_dir(sandbox.path(""));
        succeeds(&mut node);
    }
    let Some(mut python) = python() else { return };
    package(&sandbox, "requests_errors", &catalog);
    package(&sandbox, "traces", &traces);
    let script = format!(
        "import json, traces\nfrom requests_errors import decode\n\
        ids = [traces.decode(status, '{older}').request_value('id') for status in (404, 200)]\n\
        assert ids == ['7', None], ids\n\
        for body, id in json.loads(r'''{cases}'''):\n    \
            for found in decode(404, body), decode(200, body):\n        \
                assert (found.request_value('request_id'), found.request_value('id')) == (id, None), body\n        \
                assert found.status != 200 or (found.fields, found.others) == ((), ())\n"
    );
    succeeds(python.args(["-c", &script]).current_dir(sandbox.path("")));
}

#[test]
fn errors_without_a_code_have_no_header_in_python() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::new();
    let catalog = root().join("tests/catalogs/families/harbour.yaml");
    package(&sandbox, "harbour_errors", &catalog.display().to_string());
    let script = "from harbour_errors import decode\n\
        for body, sent in [({'error': {'code': 'no_berth'}}, 'harbour:no_berth'), ({'message': 'Berth 4 is taken'}, None)]:\n    \
            headers = dict(decode(409, body).error.row.headers)\n    \
            assert headers.get('x-harbour-code') == sent, headers\n";
    succeeds(python.args(["-c", script]).current_dir(sandbox.path("")));
}

/// JavaScript loses digits of large numbers, unless the runtime provides their text: a value without all its digits is
/// neither missing nor another one.
#[test]
fn numbers_have_all_their_digits_or_are_no_values() {
    let catalog = root().join("tests/catalogs/families/cards.yaml");
    let sandbox = Sandbox::new();
    module(&sandbox, "cards", &catalog.display().to_string());
    let script = r#"import { decode } from "./cards.mjs";
        const isExact = JSON.parse("1", (_, it, context) => context?.source ?? it) === "1";
        const check = (isRight, found) => { if (!isRight) throw new Error(JSON.stringify(found)); };
        const isUnknown = ({ outcome, code, reason }, expected) => outcome === "unknown" && code === expected;
        const read = (count) => decode(402, `{"error":{"code":"card_declined","details":{"attemptCount":${count}}}}`);
        check(read("9007199254740991").error.values.attempts === 9007199254740991, read("9007199254740991"));
        for (const digits of ["9007199254740993", "18446744073709551615"]) {
          const large = read(digits);
          check(isExact ? large.error?.values.attempts === digits : isUnknown(large, "card_declined"), large);
          check(JSON.parse(JSON.stringify(large)).outcome === large.outcome, large);
        }
        check(isUnknown(read("18446744073709551616"), "card_declined"), read("18446744073709551616"));
        const details = `"details":{"amount":"1","left":9007199254740993}`;
        const left = (message) => `{"error":{"code":"over_limit","message":"${message}",${details}}}`;
        const [both, alone] = ["1 is over the limit. 9007199254740993 left", "Zu viel"].map(left);
        for (const body of [both, JSON.parse(both)]) {
          check(decode(402, body).error?.context.left === "9007199254740993", decode(402, body));
        }
        check(isUnknown(decode(402, JSON.parse(alone)), "over_limit"), decode(402, JSON.parse(alone)));
        check(isExact || isUnknown(decode(402, alone), "over_limit"), decode(402, alone));"#;
    // Versions of Node.js before 21 need a flag, which later ones do not know.
    for flag in [None, Some("--harmony-json-parse-with-source")] {
        let Some(mut node) = node() else { return };
        let arguments = ["--input-type=module", "--eval", script];
        let is_known = flag.is_none_or(|flag| {
            Command::new("node")
                .args([flag, "--eval", ""])
                .output()
                .is_ok_and(|it| it.status.success())
        });
        if is_known {
            succeeds(node.args(flag).args(arguments).current_dir(sandbox.path("")));
        }
    }
}

/// A value that is too long for a body is cut at the same place in all languages, between characters.
#[test]
fn long_values_are_cut_where_the_library_cuts_them() {
    let catalog = std::fs::read(root().join("tests/catalogs/types.yaml")).expect("the catalog");
    let compiled = kate_errors_codegen::compile("types.yaml", &catalog);
    let rows = &compiled.catalog().expect("it is sound").rows;
    let row = rows.iter().find(|row| row.code == "text_last").expect("an error");
    let longest = row.detail.parsed.longest_value();
    let sandbox = Sandbox::with(&catalog);
    if let Some(mut python) = python() {
        package(&sandbox, "types_errors", "errors.yaml");
        let script = format!(
            "import types_errors as it\n\
             error = it.TextLastError(value='\\U0001F600' * 60000)\n\
             assert error.detail == 'Bad text: ' + '\\U0001F600' * {longest}, len(error.detail)\n\
             assert error.sanitized_parameters == ('value',)\n"
        );
        succeeds(python.args(["-c", &script]).current_dir(sandbox.path("")));
    }
    if let Some(mut node) = node() {
        module(&sandbox, "types", "errors.yaml");
        let script = format!(
            "import {{ detail }} from './types.mjs';\n\
             const error = {{ code: 'text_last', values: {{ value: '\\u{{1F600}}'.repeat(60000) }} }};\n\
             const expected = 'Bad text: ' + '\\u{{1F600}}'.repeat({longest});\n\
             if (detail(error) !== expected) throw new Error(String(detail(error).length));\n"
        );
        let arguments = ["--input-type=module", "--eval", &script];
        succeeds(node.args(arguments).current_dir(sandbox.path("")));
    }
}

/// Clients read what servers send of long values: they are cut alike in the message and beside it.
#[test]
fn bodies_with_long_values_can_be_read_in_python() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::new();
    for name in ["members", "fields/two_places"] {
        let catalog = root().join(format!("tests/catalogs/{name}.yaml"));
        package(&sandbox, &name.replace("fields/", ""), &catalog.display().to_string());
    }
    let script = "import members, two_places\n\
        text = '\\U0001F600\"' * 30000\n\
        own = members.SoldOutError(item=text, context=members.Stock(left=7))\n\
        for it, error in (two_places, two_places.NameTakenError(name=text)), (members, own):\n    \
            found = it.decode(error.status, error.body)\n    \
            assert found.code == error.code and len(error.body) <= 65536, found\n    \
            assert found.notes == () and len(found.error.detail) > 500, found.notes\n    \
            assert error.sanitized_parameters == (next(iter(error.values)),), error.sanitized_parameters\n\
        for note, altered in {'a' * 70000: ('note',), '\\ud800': ('note',), 'a': ()}.items():\n    \
            error = members.TooManyError(wanted=7, note=note)\n    \
            assert error.sanitized_parameters == altered, (note[:9], error.sanitized_parameters)\n    \
            found = members.decode(409, error.body).error\n    \
            assert (found != error) == bool(altered), found\n    \
            assert len(found.note) == (16384 if len(note) > 9 else 1), len(found.note)\n";
    succeeds(python.args(["-c", script]).current_dir(sandbox.path("")));
}

/// A part of a choice is no choice, however long it is. What has no place is said once, also if a body is cut.
#[test]
fn choices_are_never_cut_in_python() {
    let Some(mut python) = python() else { return };
    let sandbox = Sandbox::new();
    let catalog = root().join("tests/catalogs/fields/long_choice.yaml");
    package(&sandbox, "jobs", &catalog.display().to_string());
    let script = "import warnings, jobs\n\
        state = next(it for it in jobs.StuckError.row.params if it.name == 'state').type.choices[0]\n\
        error = jobs.StuckError(**dict.fromkeys('abcdef', '\\1' * 2000), state=state)\n\
        found = jobs.decode(409, error.body)\n\
        assert found.error.state == state and len(error.body) <= 65536, found\n\
        assert error.sanitized_parameters == tuple('abcdef'), error.sanitized_parameters\n\
        with warnings.catch_warnings(record=True) as said:\n    \
            warnings.simplefilter('always')\n    \
            error.body_with({'id': 'r-7', 'trace': 'a'})\n\
        assert [it.filename for it in said] == ['<string>'], [str(it) for it in said]\n";
    succeeds(python.args(["-c", script]).current_dir(sandbox.path("")));
}

/// Duplicate members are found in texts of any length, for which a regular expression would overflow the stack.
#[test]
fn long_texts_are_read_in_javascript() {
    let Some(mut node) = node() else { return };
    let catalog = std::fs::read(root().join("tests/catalogs/azure.yaml")).expect("the catalog");
    let sandbox = Sandbox::with(catalog);
    module(&sandbox, "azure", "errors.yaml");
    let script = "import { decode } from './azure.mjs';\n\
         const more = '\\\\n'.repeat(5_000_000);\n\
         const body = `{\"error\":{\"code\":\"no_disk\",\"message\":\"No such disk\",\"more\":\"${more}\"}}`;\n\
         if (decode(404, body).code !== 'no_disk') throw new Error(decode(404, body).reason);\n";
    let arguments = ["--input-type=module", "--eval", script];
    succeeds(node.args(arguments).current_dir(sandbox.path("")));
}

/// Returns the types of a catalog's parameters.
fn types(catalog: &Catalog) -> BTreeSet<&'static str> {
    let params = catalog.rows.iter().flat_map(|row| catalog.params(row));
    params.map(|param| param.ty.info().name).collect()
}

/// A new type must be added to the catalog that is tested in all languages.
#[test]
fn every_type_goes_round() {
    let catalog = std::fs::read(root().join("tests/catalogs/types.yaml")).expect("the catalog");
    let compiled = kate_errors_codegen::compile("types.yaml", &catalog);
    let all: BTreeSet<&str> = TYPES.iter().map(|ty| ty.name).collect();
    assert_eq!(types(compiled.catalog().expect("it is sound")), all);
}
