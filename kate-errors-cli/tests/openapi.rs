//! `generate openapi`: complete documents, and documents that errors are merged into.

mod common;

#[path = "../../tests/hostile/catalogs.rs"]
mod hostile;

use common::{CATALOG, Sandbox};
use serde_json::{Value, json};

/// Returns a catalog with operations.
fn catalog() -> String {
    format!(
        "{CATALOG}\noperations:\n  order:\n    route: POST /orders/{{id}}\n    \
         errors: [order_not_found, order_insufficient_balance, coupon_rejected]\n  \
         refund:\n    route: POST /orders/{{id}}/refund\n    errors: [refund_insufficient_balance]\n"
    )
}

/// A user's own document.
const API: &str = "\
# Our API: this comment stays.
openapi: 3.1.0
info: {title: 'Shop', version: 2.0.1}   # quoted on purpose
paths:
  # Orders
  /orders/{order}:
    post:
      responses:
        200:
          description: ok
        404:
          description: Mine   # my own
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Mine'}
              example: {detail: nope}

        \"400\": {$ref: '#/components/responses/Shared'}
  /orders/{order}/refund:
    post:
      responses: {} # none yet
components:
  schemas:
    # The schema of mine
    Mine:
      type: object
      description: >-
        Folded
        text
  responses:
    Shared: {description: bad}

# the end
";

const MERGE: &[&str] = &["generate", "openapi", "--merge", "api.yaml", "--out", "api.yaml"];

fn document(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let text = sandbox.run(&[&["generate", "openapi"], arguments].concat()).exits(0).stdout;
    serde_yaml::from_str(&text).expect("it is YAML")
}

fn merged(sandbox: &Sandbox) -> Value {
    serde_yaml::from_str(
        &sandbox
            .read("api.yaml")
            .trim_start_matches('\u{FEFF}')
            .replace("        200:", "        \"200\":")
            .replace("        404:", "        \"404\":"),
    )
    .expect("it is YAML")
}

#[test]
fn every_row_of_a_status_survives() {
    let sandbox = Sandbox::with(catalog());
    let document = document(&sandbox, &[]);
    let response = &document["components"]["responses"]["ShopPaymentRequired"];
    let examples = response["content"]["application/json"]["examples"].as_object().unwrap();
    let names: Vec<&str> = examples.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "order_insufficient_balance",
            "order_insufficient_balance.with_context",
            "refund_insufficient_balance",
            "refund_insufficient_balance.with_context",
        ]
    );
    let full = &examples["refund_insufficient_balance.with_context"]["value"];
    assert_eq!(*full, json!({ "detail": "Insufficient balance. Required: 500, available: 120" }));
    // An operation has only its own errors.
    let order = &document["paths"]["/orders/{id}"]["post"]["responses"];
    let examples = &order["402"]["content"]["application/json"]["examples"];
    assert!(examples["order_insufficient_balance"].is_object());
    assert!(examples["refund_insufficient_balance"].is_null());
    assert_eq!(order["404"], json!({ "$ref": "#/components/responses/ShopNotFound" }));
    assert!(order.get("410").is_none(), "a retired error is no answer");
}

/// Responses have their codes in the header that the catalog names; any text can follow a code.
#[test]
fn responses_have_the_header_with_the_code() {
    let header = |family: &str, response: &str, name: &str| {
        let catalog = format!("tests/catalogs/families/{family}.yaml");
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let sandbox = Sandbox::with(std::fs::read_to_string(root.join(catalog)).unwrap());
        let document = document(&sandbox, &[]);
        document["components"]["responses"][response]["headers"][name].clone()
    };
    let any = header("vault", "VaultNotFound", "x-vault-errortype");
    assert_eq!(
        (&any["schema"], &any["example"]),
        (&json!({ "type": "string" }), &json!("VaultMissing"))
    );
    let exact = header("headers", "HeadersConflict", "x-error");
    assert_eq!(exact["schema"]["enum"], json!(["sold_out", "too_late", "closed"]), "{exact}");
}

/// Names that two parts of a document would have, and texts that must be fenced or left open.
#[test]
fn names_that_are_taken_and_texts_that_vary() {
    let catalog = r#"
catalog: Shop
x-owner: storage
wire:
  identity: code
  header: { x-shop-error: "urn:{any}:{code}" }
  body: { code: "{code}", detail: "{detail}" }
statuses:
  404: { name: Read 404, description: There is no such thing }
  426: { name: Upgrade Required, description: The protocol is too old }
contexts:
  left: { text: "{left} left", params: { left: u64 } }
sections:
  - name: All
    cause: It was
    fix: None
    errors:
      - { code: gone, status: 404, detail: Gone, context: left }
      - { code: gone.with_context, name: other, status: 404, detail: It is gone }
      - { code: "a`b", name: old, status: 426, detail: Too old }
      - { code: at, status: 404, detail: "{list}[{at}] is gone", params: { list: word, at: u64 } }
operations:
  read: { route: "GET /things/{id}", errors: [gone] }
"#;
    let components = document(&Sandbox::with(catalog), &[])["components"].take();
    let names = |it: &Value| it.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let schemas =
        ["ShopError", "ShopRead404Error", "ShopRead404XError", "ShopUpgradeRequiredError"];
    let mut found = names(&components["schemas"]);
    found.sort();
    assert_eq!(found, schemas);
    assert_eq!(components["schemas"]["ShopError"]["x-owner"], "storage");
    let detail = &components["schemas"]["ShopError"]["properties"]["detail"];
    assert!(detail["pattern"].as_str().unwrap().contains(r"[^\[ \u00a0"), "{detail}");
    let missing = &components["responses"]["ShopRead404"];
    let examples = names(&missing["content"]["application/json"]["examples"]);
    assert_eq!(examples, ["gone", "gone.with_context_", "gone.with_context", "at"]);
    let old = &components["responses"]["ShopUpgradeRequired"];
    assert!(old["description"].as_str().unwrap().ends_with("Errors: `` a`b ``"), "{old}");
    assert!(old["headers"]["Upgrade"].is_object(), "{old}");
    assert_eq!(old["headers"]["x-shop-error"]["schema"], json!({ "type": "string" }));
}

#[test]
fn versions_and_formats_say_the_same() {
    let sandbox = Sandbox::with(catalog());
    let mut old = document(&sandbox, &["--openapi-version", "3.0"]);
    let new = document(&sandbox, &[]);
    assert_eq!((old["openapi"].take(), &new["openapi"]), (json!("3.0.3"), &json!("3.1.0")));
    old["openapi"] = new["openapi"].clone();
    // Generators for 3.0 support only one type of errors, so what 3.1 has in a separate schema is beside the reference.
    for (name, response) in old["components"]["responses"].as_object_mut().unwrap() {
        let schema = response.pointer_mut("/content/application~1json/schema").unwrap();
        let mut beside = schema.take();
        let reference = beside.as_object_mut().unwrap().remove("$ref");
        assert_eq!(reference, Some(json!("#/components/schemas/ShopError")));
        beside["x-generated-by"] = json!("kate-errors");
        let name = format!("{name}Error");
        assert_eq!(beside, new["components"]["schemas"][&name]);
        *schema = json!({ "$ref": format!("#/components/schemas/{name}") });
    }
    for member in ["responses", "headers"] {
        assert_eq!(old["components"][member], new["components"][member]);
    }
    sandbox.run(&["generate", "openapi", "--out", "api.json"]).exits(0);
    let mut json: Value = serde_json::from_str(&sandbox.read("api.json")).unwrap();
    json.as_object_mut().unwrap().remove("x-generated-by");
    assert_eq!(json, new);
}

/// Text that YAML would read as something else is the same text in both formats.
#[test]
fn hostile_text_is_the_same_in_both_formats() {
    let mut tried = 0;
    for (case, text) in hostile::HOSTILE.iter().enumerate() {
        let field = ["status description", "cause", "fix", "detail", "operation summary", "title"]
            [case % 6];
        let catalog = hostile::catalog("Case", &hostile::Texts::from([(field, *text)]));
        let compilation = kate_errors_codegen::compile("errors.yaml", catalog.as_bytes());
        if compilation.catalog().is_none() {
            continue;
        }
        let sandbox = Sandbox::with(catalog);
        let json = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).stdout;
        let mut json: Value = serde_json::from_str(&json).expect("it is JSON");
        json.as_object_mut().expect("an object").remove("x-generated-by");
        assert_eq!(document(&sandbox, &[]), json, "{field}: {text:?}");
        let quoted = json!(text).to_string();
        let inside = &quoted[1..quoted.len() - 1];
        assert!(json.to_string().contains(inside), "{field}: {text:?}");
        tried += 1;
    }
    assert!(tried > 60, "only {tried} texts");
    assert!(hostile::FIELDS.len() > 10);
}

/// The body of each error is valid in its own responses, and in no others.
#[test]
fn a_message_of_another_status_is_refused() {
    let document = document(&Sandbox::with(catalog()), &[]);
    let bodies = |response: &Value| -> Vec<Value> {
        let media = &response["content"]["application/json"];
        let examples = media["examples"].as_object().unwrap().values();
        examples.map(|example| example["value"].clone()).collect()
    };
    let schemas = &document["components"]["schemas"];
    let responses = document["components"]["responses"].as_object().unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let of_operations = paths.flat_map(|path| path["post"]["responses"].as_object().unwrap());
    let of_operations = of_operations.filter(|(_, response)| response["content"].is_object());
    let mut compared = 0;
    for (name, response) in responses.iter().chain(of_operations) {
        let reference = response["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let schema = &schemas[reference.rsplit('/').next().unwrap()];
        let validator = jsonschema::validator_for(schema).unwrap();
        let own = bodies(response);
        assert!(own.iter().all(|body| validator.is_valid(body)), "{name}");
        for body in responses.values().flat_map(bodies).filter(|body| !own.contains(body)) {
            assert!(!validator.is_valid(&body), "{name}: {body}");
            compared += 1;
        }
    }
    assert!(compared > 10);
    let detail = &schemas["ShopNotFoundError"]["properties"]["detail"];
    assert_eq!(detail["enum"], json!(["Order not found"]));
}

/// Pages show the summary of an example in place of its name.
#[test]
fn examples_have_their_code_in_the_summary() {
    let document = document(&Sandbox::with(catalog()), &[]);
    // If a response has only one example, they show neither.
    let not_found = &document["components"]["responses"]["ShopNotFound"]["description"];
    assert_eq!(*not_found, "Not Found: There is no such thing\n\nErrors: `order_not_found`");
    let mut count = 0;
    for response in document["components"]["responses"].as_object().unwrap().values() {
        let examples = response["content"]["application/json"]["examples"].as_object().unwrap();
        for (name, example) in examples {
            let summary = example["summary"].as_str().unwrap();
            assert!(summary.starts_with(&format!("{name}: ")), "{name}: {summary}");
            assert!(!summary.contains('{'), "{summary}");
            count += 1;
        }
    }
    assert_eq!(count, 7);
}

#[test]
fn references_are_followed_within_the_document_alone() {
    const OLD: &str = "\
openapi: 3.1.0
info: {title: x, version: '1'}
paths:
  /orders/{id}:
    $ref: '#/components/pathItems/order'
  /orders/{id}/refund:
    post:
      responses:
        402: {$ref: 'others.yaml#/Poor'}
components:
  responses:
    Poor: {$ref: '#/components/responses/Other'}
    Other: {description: other}
  pathItems:
    order:
      post:
        responses:
          402: {$ref: '#/components/responses/Poor'}
";
    let sandbox = Sandbox::with(catalog());
    sandbox.write("api.yaml", OLD);
    let run = sandbox.run(MERGE).exits(0);
    assert_eq!(
        run.stderr,
        "note: `POST /orders/{id}/refund` has a response 402 that refers to `others.yaml#/Poor`, which is left as it \
         is\nwrote api.yaml\n"
    );
    let text = sandbox.read("api.yaml");
    let document: Value = serde_yaml::from_str::<serde_yaml::Value>(&text)
        .map(|value| serde_json::to_value(value).unwrap())
        .unwrap();
    let responses = &document["components"]["pathItems"]["order"]["post"]["responses"];
    assert_eq!(responses["402"]["description"], "other");
    let media = &responses["402"]["content"]["application/json"];
    assert_eq!(media["schema"]["$ref"], "#/components/schemas/ShopOrder402Error");
    assert!(responses["404"].is_object(), "{text}");
    sandbox.run(&[MERGE, &["--check"]].concat()).exits(0);
    // Generated parts are removed together with their errors, and no reference is left.
    sandbox.write("errors.yaml", catalog().replace("order_insufficient_balance, coupon", "coupon"));
    sandbox.run(MERGE).exits(0);
    assert!(!sandbox.read("api.yaml").contains("ShopOrder402Error"));
}

/// The Python package describes the response of any error; the catalog replaces that by the specific errors.
#[test]
fn what_fastapi_says_of_our_bodies_gives_way() {
    const OLD: &str = r#"{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {"/orders/{id}": {"post": {"responses": {
        "404": {"description": "x", "content": {"application/json": {"schema": {"type": "object", "x-generated-by": "kate-errors"}}}},
        "402": {"description": "x", "content": {"application/json": {"schema": {"anyOf": [{"type": "object", "x-generated-by": "kate-errors"}, {"type": "array"}]}}}},
        "500": {"description": "x", "content": {"application/json": {"schema": {"type": "object", "x-generated-by": "kate-errors"}}}}
    }}}}}"#;
    let sandbox = Sandbox::with(catalog());
    sandbox.write("api.json", OLD);
    sandbox.run(&["generate", "openapi", "--merge", "api.json", "--out", "api.json"]).exits(0);
    let document: Value = serde_json::from_str(&sandbox.read("api.json")).unwrap();
    let responses = &document["paths"]["/orders/{id}"]["post"]["responses"];
    let schema = |status: &str| &responses[status]["content"]["application/json"]["schema"];
    assert_eq!(schema("404")["$ref"], "#/components/schemas/ShopNotFoundError");
    assert_eq!(schema("402")["anyOf"][0]["$ref"], "#/components/schemas/ShopOrder402Error");
    assert_eq!(schema("402")["anyOf"][1], json!({ "type": "array" }));
    assert_eq!(schema("500")["type"], "object", "the catalog does not know of it");
}

#[test]
fn messages_match_the_schema_and_others_do_not() {
    let sandbox = Sandbox::with(catalog());
    let document = document(&sandbox, &[]);
    let schema = &document["components"]["schemas"]["ShopError"];
    let validator = jsonschema::validator_for(schema).unwrap();
    let fits = |detail: Value| validator.is_valid(&json!({ "detail": detail }));
    for message in [
        "Order not found",
        "Insufficient balance",
        "Insufficient balance. Required: 0, available: 18446744073709551615",
        "Coupon SPRING was rejected: expired",
    ] {
        assert!(fits(message.into()), "{message}");
    }
    for message in [
        "Order not found.",
        "order not found",
        "Insufficient balance. Required: 007, available: 1",
        "Insufficient balance. Required: -1, available: 1",
        "Coupon A B was rejected: expired",
        "Coupon SPRING was rejected: lost",
        "Order vanished: it did",
        "",
    ] {
        assert!(!fits(message.into()), "{message}");
    }
    assert!(!fits(json!(7)) && !fits(json!([])));
    assert!(!validator.is_valid(&json!({})));
}

/// The schema allows every body that servers of a family send.
#[test]
fn bodies_of_families_match_the_schema() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/catalogs/families");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let vectors: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let sandbox = Sandbox::with(std::fs::read(path.with_extension("yaml")).unwrap());
        let document = document(&sandbox, &["--format", "json"]);
        let name = format!("{}Error", vectors["catalog"].as_str().unwrap());
        let validator =
            jsonschema::validator_for(&document["components"]["schemas"][&name]).expect(&name);
        for vector in vectors["written"].as_array().unwrap() {
            let body = serde_json::from_str(vector["body"].as_str().unwrap()).unwrap();
            assert!(validator.is_valid(&body), "{name}: {body}");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

/// Members have the types of their values. The values of errors are not listed, as later errors can have others.
#[test]
fn members_have_the_types_of_their_values() {
    let sandbox = Sandbox::with(include_str!("../../tests/catalogs/every_slot.yaml"));
    let document = document(&sandbox, &["--format", "json"]);
    let schemas = &document["components"]["schemas"];
    let constant = json!({ "type": "string", "description": "The error determines it." });
    assert_eq!(schemas["EverySlotError"]["properties"]["kind"], constant);
    for name in ["EverySlotError", "EverySlotConflictError"] {
        let members = &schemas[name]["properties"];
        assert_eq!(members["item"], json!({ "type": "string" }), "{name}");
        assert_eq!(members["left"], json!({ "type": "integer", "minimum": 0 }), "{name}");
        assert_eq!(members["left_text"], json!({ "type": "string" }), "{name}");
        assert_eq!(members["docs"], json!({ "type": "string" }), "{name}");
        // No conflict has a value for `{wire.kind?}`.
        let typed = ["type", "enum", "const"];
        let is_typed =
            |name: &str| name == "kind" || typed.iter().any(|it| members[name].get(it).is_some());
        let untyped = members.as_object().unwrap().keys().find(|member| !is_typed(member));
        assert_eq!(untyped, None, "{name}");
    }
    let two = "catalog: Two\nwire: { body: { code: \"{code}\", x: \"{x?}\" }, identity: code }\nstatuses:\n  404: { name: Not Found, \
               description: It is gone }\nsections:\n  - name: All\n    status: 404\n    cause: a\n    fix: b\n    errors:\n      - { code: a, \
               detail: A, params: { x: bool } }\n      - { code: b, detail: B, params: { x: { one_of: [c, d] } } }\n      - { code: e, \
               detail: E, params: { x: bool } }\n";
    let document = self::document(&Sandbox::with(two), &["--format", "json"]);
    let choices = json!({ "type": "string", "enum": ["c", "d"] });
    let kinds = json!({ "anyOf": [{ "type": "boolean" }, choices] });
    assert_eq!(document["components"]["schemas"]["TwoError"]["properties"]["x"], kinds);
}

/// Generators of clients read constants of every type, and patterns of messages with line breaks.
#[test]
fn constants_and_line_breaks_suit_generators() {
    let sandbox = Sandbox::with(include_str!("../../conformance/clients/shop.yaml"));
    let of_version = |version| {
        let document = document(&sandbox, &["--format", "json", "--openapi-version", version]);
        document["components"]["schemas"]["ShopError"]["properties"].clone()
    };
    let [newer, older] = ["3.1", "3.0"].map(of_version);
    let constants = [
        ("success", json!({ "const": false }), json!({ "type": "boolean" })),
        ("version", json!({ "const": 2 }), json!({ "type": "number" })),
        ("service", json!({ "enum": ["shop"] }), json!({ "enum": ["shop"] })),
    ];
    for (name, in_newer, in_older) in constants {
        assert_eq!((&newer[name], &older[name]), (&in_newer, &in_older), "{name}");
    }
    let pattern = newer["error"]["properties"]["message"]["pattern"].as_str().unwrap();
    assert!(!pattern.contains('\n') && pattern.contains(r":\nonly"), "{pattern}");
}

/// If one pattern would be too long, each message has its own; the same messages are valid.
#[test]
fn many_messages_match_the_schema_too() {
    let row = |row: usize| {
        format!(
            "      - code: row_{row}\n        status: 404\n        detail: \"Thing {row} of a rather long \
             sentence is {{what}}\"\n        params: {{ what: word }}\n        cause: it is\n        fix: none\n"
        )
    };
    for rows in [5, 900] {
        let catalog = "catalog: Shop\nstatuses:\n  404: { name: Not Found, description: Nothing }\nsections:\n  \
                       - name: Things\n    errors:\n      - { code: plain, status: 404, detail: \"A [plain] one\", cause: a, fix: b }\n"
            .to_owned()
            + &(0..rows).map(row).collect::<String>();
        let sandbox = Sandbox::with(catalog);
        let document = document(&sandbox, &["--format", "json"]);
        let schema = &document["components"]["schemas"]["ShopError"];
        let detail = &schema["properties"]["detail"];
        assert_eq!(detail["pattern"].is_string(), rows == 5, "{rows}");
        assert_eq!(detail["anyOf"].as_array().map(Vec::len), (rows == 900).then_some(901));
        let validator = jsonschema::validator_for(schema).unwrap();
        let fits = |detail: &str| validator.is_valid(&json!({ "detail": detail }));
        assert!(fits("A [plain] one") && fits("Thing 4 of a rather long sentence is gone"));
        assert!(!fits("A p one") && !fits("Thing 4 of a rather long sentence is not gone"));
    }
}

#[test]
fn errors_go_into_a_document_and_the_rest_stays() {
    let sandbox = Sandbox::with(catalog());
    sandbox.write("api.yaml", API);
    let run = sandbox.run(MERGE).exits(0);
    assert_eq!(run.stderr, "wrote api.yaml\n");
    let text = sandbox.read("api.yaml");
    let mut lines = text.lines();
    let changed = ["example: {detail: nope}", "schema: {$ref", "responses: {}", "\"400\": {$ref"];
    for line in API.lines().filter(|line| !changed.iter().any(|it| line.contains(it))) {
        assert!(lines.any(|it| it == line), "the line `{line}` has gone or moved:\n{text}");
    }
    let document = merged(&sandbox);
    let media = &document["paths"]["/orders/{order}"]["post"]["responses"]["404"]["content"]["application/json"];
    assert_eq!(
        media["schema"]["anyOf"],
        json!([
            { "$ref": "#/components/schemas/ShopNotFoundError", "x-generated-by": "kate-errors" },
            { "$ref": "#/components/schemas/Mine" },
        ]),
        "the schema that says more goes first"
    );
    // A response that other operations may refer to is copied into the operation.
    let shared = &document["paths"]["/orders/{order}"]["post"]["responses"]["400"];
    assert_eq!(shared["description"], "bad");
    let content = &shared["content"]["application/json"];
    assert_eq!(content["schema"]["$ref"], "#/components/schemas/ShopBadRequestError");
    assert!(content["examples"]["coupon_rejected"].is_object());
    assert_eq!(document["components"]["responses"]["Shared"], json!({ "description": "bad" }));
    assert_eq!(media["examples"]["example"]["value"], json!({ "detail": "nope" }));
    assert_eq!(media["examples"]["order_not_found"]["value"]["detail"], "Order not found");
    let refund = &document["paths"]["/orders/{order}/refund"]["post"]["responses"]["402"];
    assert_eq!(refund["x-kate-errors"], json!(["refund_insufficient_balance"]));

    sandbox.run(&[MERGE, &["--check"]].concat()).exits(0);
    assert!(sandbox.run(MERGE).exits(0).stderr.ends_with("api.yaml is up to date\n"));
}

#[test]
fn examples_of_errors_with_the_same_code_have_names_of_their_own() {
    const CATALOG: &str = "\
catalog: Shop
wire: { identity: code_and_detail, body: { code: \"{code}\", detail: \"{detail}\" } }
statuses: { 404: { name: Not Found, description: d, cause: c, fix: f } }
sections:
  - name: All
    errors:
      - { code: gone, name: gone_here, status: 404, detail: Gone }
      - { code: gone, name: gone_now, status: 404, detail: Gone for now }
";
    let document = document(&Sandbox::with(CATALOG), &[]);
    let response = &document["components"]["responses"]["ShopNotFound"];
    let examples = &response["content"]["application/json"]["examples"];
    let names: Vec<&String> = examples.as_object().unwrap().keys().collect();
    assert_eq!(names, ["gone.GoneHere", "gone.GoneNow"]);
}

/// What servers send for an example that the catalog does not give is what the document shows.
#[test]
fn made_up_values_lack_the_texts_around_the_message() {
    const CATALOG: &str = "\
catalog: Shop
wire: { body: { message: \"{detail} text {request.id}\" } }
statuses: { 409: { name: Conflict, description: d } }
sections:
  - name: All
    errors:
      - { code: sold, status: 409, detail: \"Sold: {item}\", params: { item: text }, cause: c, fix: f }
";
    let document = document(&Sandbox::with(CATALOG), &[]);
    let response = &document["components"]["responses"]["ShopConflict"];
    let example = &response["content"]["application/json"]["examples"]["sold"]["value"];
    assert_eq!(*example, json!({ "message": "Sold: a text " }));
}

#[test]
fn path_items_of_other_documents_are_named() {
    let sandbox = Sandbox::with(catalog());
    let api = "openapi: 3.1.0\ninfo: {title: Mine, version: '2'}\npaths:\n  /orders/{id}: {$ref: 'orders.yaml'}\n";
    sandbox.write("api.yaml", api);
    let notes = sandbox.run(MERGE).exits(0).stderr;
    let order = "the operation `order` is left out: its path refers to `orders.yaml`, which is not in the document";
    let refund =
        "the operation `refund` is left out: the document has no `POST /orders/{id}/refund`";
    assert!(notes.contains(order) && notes.contains(refund), "{notes}");
}

/// A mapping has members of another one by `<<`. They stay, and its own lines and comments do too.
#[test]
fn responses_from_merge_keys_stay() {
    let sandbox = Sandbox::with(catalog());
    let api = "\
openapi: 3.1.0
info: {title: Mine, version: '2'}
x-common: &common # of all
  responses:
    \"200\": {description: fine}
    \"404\": {description: mine}
paths:
  /orders/{order}:
    post:
      <<: *common
      # Comment
      operationId: order
  /orders/{order}/refund:
    post:
      responses:
        <<: [{\"402\": {description: nothing paid}}]
        \"200\": {description: refunded}
";
    sandbox.write("api.yaml", api);
    assert_eq!(sandbox.run(MERGE).exits(0).stderr, "wrote api.yaml\n");
    let text = sandbox.read("api.yaml");
    let mut lines = text.lines();
    assert!(api.lines().all(|line| lines.any(|it| it == line)), "{text}");
    let document = merged(&sandbox);
    let order = &document["paths"]["/orders/{order}"]["post"]["responses"];
    assert_eq!(order["200"], json!({ "description": "fine" }));
    assert_eq!(order["404"]["description"], "mine");
    let examples = &order["404"]["content"]["application/json"]["examples"];
    assert!(examples["order_not_found"].is_object(), "{order}");
    let refund = &document["paths"]["/orders/{order}/refund"]["post"]["responses"];
    assert_eq!(refund["402"]["description"], "nothing paid");
    assert!(refund["402"]["content"].is_object(), "{refund}");
    sandbox.run(&[MERGE, &["--check"]].concat()).exits(0);
}

#[test]
fn what_an_earlier_run_has_put_there_is_replaced() {
    let sandbox = Sandbox::with(catalog());
    sandbox.write("api.yaml", API);
    sandbox.run(MERGE).exits(0);
    let fewer = catalog()
        .replace("order_not_found, order_insufficient_balance, coupon_rejected", "order_not_found");
    sandbox.write(
        "errors.yaml",
        fewer.replace(
            "      - code: rate_limit_exceeded\n        status: 429",
            "      - code: rate_limit_exceeded\n        status: 400",
        ),
    );
    sandbox.run(&[MERGE, &["--check"]].concat()).exits(1);
    let run = sandbox.run(MERGE).exits(0);
    assert!(!run.stderr.contains("written anew"), "{}", run.stderr);
    let text = sandbox.read("api.yaml");
    assert!(text.contains("# The schema of mine\n    Mine:"));
    assert!(text.contains("      responses: # none yet\n        \"402\":"), "{text}");
    let document = merged(&sandbox);
    assert_eq!(document["components"]["headers"], json!({}), "nothing is left of them");
    let responses = document["paths"]["/orders/{order}"]["post"]["responses"].as_object().unwrap();
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["200", "404", "400"]);
    let components = document["components"]["responses"].as_object().unwrap();
    assert!(!components.contains_key("ShopTooManyRequests"));
    assert!(components.contains_key("Shared") && !components.contains_key("ShopGone"));
}

#[test]
fn json_keeps_its_order_and_its_indentation() {
    let sandbox = Sandbox::with(catalog());
    let api = "{\n    \"paths\": {},\n    \"openapi\": \"3.0.3\",\n    \"info\": {\n        \"version\": \"1\",\n        \"title\": \"é\"\n    }\n}\n";
    sandbox.write("api.json", api);
    let run = sandbox
        .run(&["generate", "openapi", "--merge", "api.json", "--out", "merged.json"])
        .exits(0);
    assert!(run.stderr.contains("`order` is left out: the document has no `POST /orders/{id}`"));
    let text = sandbox.read("merged.json");
    assert!(
        text.starts_with(
            "{\n    \"x-generated-by\": \"@generated by `kate-errors generate openapi`"
        )
    );
    assert!(text.contains(api.trim_start_matches("{\n").trim_end_matches("\n}\n")), "{text}");
    assert_eq!(sandbox.read("api.json"), api);
    let again = ["generate", "openapi", "--merge", "api.json", "--out", "merged.json", "--check"];
    sandbox.run(&again).exits(0);
}

#[test]
fn documents_that_errors_cannot_go_into() {
    let sandbox = Sandbox::with(catalog());
    let taken = "openapi: 3.1.0\ncomponents: {schemas: {ShopError: {type: object}}}\n";
    for (api, reason) in [
        ("swagger: '2.0'\n", "not an OpenAPI document of version 3"),
        ("a: [", "neither YAML nor JSON"),
        ("", "not an OpenAPI document"),
        ("- 1\n", "not an OpenAPI document"),
        (taken, "`components.schemas.ShopError` already"),
    ] {
        sandbox.write("api.yaml", api);
        let run = sandbox.run(MERGE).exits(2);
        assert!(run.stderr.contains(reason), "{api}: {}", run.stderr);
        assert_eq!(sandbox.read("api.yaml"), api);
    }
    sandbox.write("api.yaml", b"openapi: \xFF");
    sandbox.run(MERGE).exits(2);
}

/// JSON documents with an unusual layout and spelling.
const JSON_DOCUMENTS: &[&str] = &[
    // On one line, with and without spaces.
    r#"{"openapi":"3.1.0","info":{"title":"\u00e9 \/","version":"1"},"x-numbers":[1.0,1e3,-0,0.10,12345678901234567890123],"paths":{"/orders/{id}":{"post":{"responses":{"200":{"description":"ok"}}}}}}"#,
    r#"{"openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": {"/orders/{id}": {"post": {"responses": {}}}}, "x-last": 1.50}"#,
    // Tabs, objects on one line, empty objects with spaces in them, spaces before colons.
    "{\n\t\"openapi\" : \"3.1.0\",\n\t\"info\" : {\"title\":\"x\",\"version\":\"1\"},\n\t\"x-numbers\" : [1.0,\n  1e3 , 0.10],\n\t\"paths\" : {\"/orders/{other}\":{\"post\":{\"responses\":{ }}}},\n\t\"components\" : { \"schemas\" : {\n\t\t\"Mine\" : {\"maximum\":1e2}} }\n}",
    // Windows line breaks, a byte order mark, braces in odd places.
    "\u{FEFF}{\r\n  \"openapi\": \"3.1.0\",\r\n  \"info\": { \"title\": \"x } \\\" {\", \"version\": \"1\" },\r\n  \"components\":\r\n  {\r\n  },\r\n  \"paths\": {\r\n  }\r\n}\r\n",
    // A duplicate member, of which readers take the last. `null` where an object is needed.
    "{\n  \"openapi\": \"3.1.0\",\n  \"components\": {\"schemas\": {\"Lost\": {}}},\n  \"components\": {\n    \"schemas\": null\n  },\n  \"info\": {\"title\": \"x\", \"version\": \"1\"},\n  \"paths\": {}\n}\n",
];

/// Merging adds what the catalog generates, and changes nothing else: every other byte of the document is kept, in the
/// same order.
#[test]
fn every_other_byte_of_json_stays() {
    const MERGE: &[&str] = &["generate", "openapi", "--merge", "api.json", "--out", "api.json"];
    for old in JSON_DOCUMENTS {
        let sandbox = Sandbox::with(catalog());
        sandbox.write("api.json", old);
        let run = sandbox.run(MERGE).exits(0);
        assert!(!run.stderr.contains("written anew"), "{old}: {}", run.stderr);
        let new = sandbox.read("api.json");
        let document: Value = serde_json::from_str(new.trim_start_matches('\u{FEFF}')).unwrap();
        assert!(document["components"]["schemas"]["ShopError"].is_object(), "{new}");
        assert_eq!(new.lines().count() == 1, old.lines().count() == 1, "{new}");
        assert_eq!(new.contains("\r\n"), new.contains('\n') && old.contains("\r\n"), "{new}");
        let diff = similar::TextDiff::from_chars(*old, new.as_str());
        let lost: String = diff
            .iter_all_changes()
            .filter(|change| change.tag() == similar::ChangeTag::Delete)
            .map(|change| change.value())
            .collect();
        // Only `null`, and the white space between empty braces, is replaced.
        assert_eq!(lost.replace("null", "").trim(), "", "{new}");
        // A second run changes nothing, and generated parts are removed together with their errors.
        sandbox.run(&[MERGE, &["--check"]].concat()).exits(0);
        sandbox.write("errors.yaml", catalog().replace("catalog: Shop", "catalog: Other"));
        sandbox.run(MERGE).exits(0);
        let renamed = sandbox.read("api.json");
        assert!(!renamed.contains("ShopError") && renamed.contains("OtherError"), "{renamed}");
        sandbox.write("errors.yaml", catalog());
        sandbox.run(MERGE).exits(0);
        let back = sandbox.read("api.json");
        let back: Value = serde_json::from_str(back.trim_start_matches('\u{FEFF}')).unwrap();
        assert_eq!(back, document, "there and back");
    }
}

/// A document that is written to another file is marked as generated in its first member, whatever the layout.
#[test]
fn json_in_a_file_of_its_own_is_marked() {
    for old in JSON_DOCUMENTS {
        let sandbox = Sandbox::with(catalog());
        sandbox.write("api.json", old);
        let arguments = ["generate", "openapi", "--merge", "api.json", "--out", "merged.json"];
        sandbox.run(&arguments).exits(0);
        let new: Value = serde_json::from_str(&sandbox.read("merged.json")).unwrap();
        let (name, mark) = new.as_object().unwrap().iter().next().unwrap();
        assert_eq!(name, "x-generated-by");
        assert!(mark.as_str().unwrap().starts_with("@generated by"), "{mark}");
        sandbox.run(&[&arguments[..], &["--check"]].concat()).exits(0);
    }
}

/// A mapping between braces, or in another compact form, is split into lines if something is added to it.
#[test]
fn mappings_on_the_way_are_unfolded() {
    const OLD: &str = "\
# Mine
openapi: 3.1.0
info: {title: x, version: '1'} # braces stay
x-shared: &shared
  default: {description: unknown}   # shared
paths:
  /orders/{id}:
    post: {operationId: order, responses: {'200': {description: ok}}} # {order} #1
  # refunds
  /orders/{id}/refund:
    post:
      tags: [ a,b ]
      responses: *shared # as others
components: {schemas:
  {Mine: {type: string}}} # parts
x-end: 1.0
";
    let sandbox = Sandbox::with(catalog());
    sandbox.write("api.yaml", OLD);
    let run = sandbox.run(MERGE).exits(0);
    assert_eq!(run.stderr, "wrote api.yaml\n");
    let new = sandbox.read("api.yaml");
    let mut lines = new.lines();
    let changed = ["    post: {", "      responses: *shared", "components: {", "  {Mine"];
    for line in OLD.lines().filter(|line| !changed.iter().any(|it| line.starts_with(it))) {
        assert!(lines.any(|it| it == line), "the line `{line}` has gone or moved:\n{new}");
    }
    for line in
        ["    post: # {order} #1\n", "      responses: # as others\n", "components: # parts\n"]
    {
        assert!(new.contains(line), "{line}{new}");
    }
    let document: Value = serde_yaml::from_str(&new).unwrap();
    let post = &document["paths"]["/orders/{id}"]["post"];
    assert_eq!(post["responses"]["200"], json!({ "description": "ok" }));
    assert_eq!(post["operationId"], "order");
    let refund = &document["paths"]["/orders/{id}/refund"]["post"]["responses"];
    assert_eq!(refund["default"], json!({ "description": "unknown" }));
    assert!(refund["402"].is_object(), "{refund}");
    assert_eq!(document["x-shared"], json!({ "default": { "description": "unknown" } }));
    assert_eq!(document["components"]["schemas"]["Mine"], json!({ "type": "string" }));
    sandbox.run(&[MERGE, &["--check"]].concat()).exits(0);
}

/// Additions to what aliases refer to do not change what these mean, and no comment is lost. Blanks before colons and a
/// byte order mark do not matter.
#[test]
fn anchors_of_what_is_added_to_keep_their_lines() {
    let sandbox = Sandbox::with(catalog());
    let api = "\u{FEFF}openapi : 3.1.0 # version\n# first\ninfo: { title: x, version: '1' }\npaths :\n  \
        /orders/{id}:\n    post:\n      responses: &all # shared\n        default: &any # any\n          \
        description: any # of them\n  /others:\n    get: # others\n      responses: *all\n    put:\n      \
        tags: [a] # tags\n      responses:\n        <<: *all\n        '409': *any\nx-name: &name b # name\n";
    sandbox.write("api.yaml", api);
    let run = sandbox.run(MERGE).exits(0);
    assert!(!run.stderr.contains("written anew"), "{}", run.stderr);
    let text = sandbox.read("api.yaml");
    for comment in ["first", "version", "shared", "any", "of them", "others", "tags", "name"] {
        assert!(text.contains(&format!("# {comment}\n")), "{comment}: {text}");
    }
    let document = merged(&sandbox);
    assert!(document["paths"]["/orders/{id}"]["post"]["responses"]["404"].is_object());
    let any = json!({ "description": "any" });
    let others = &document["paths"]["/others"];
    assert_eq!(others["get"]["responses"], json!({ "default": any }));
    assert_eq!(others["put"]["responses"], json!({ "409": any, "default": any }));
    sandbox.run(&[MERGE, &["--check"]].concat()).exits(0);
}

#[test]
fn a_strange_layout_is_written_anew_and_said_so() {
    let sandbox = Sandbox::with(catalog());
    sandbox.write("api.yaml", "{openapi: 3.1.0, info: {title: x, version: '1'}, paths: {},\n components: {schemas: {Mine: {type: string}}}} # the end\n");
    let run = sandbox.run(MERGE).exits(0);
    assert!(run.stderr.contains("it was written anew, without its comments"), "{}", run.stderr);
    let document = merged(&sandbox);
    assert_eq!(document["components"]["schemas"]["Mine"], json!({ "type": "string" }));
    assert!(document["components"]["schemas"]["ShopError"].is_object());
}
