//! A catalog with its own envelope, in all outputs.

mod common;

use common::Sandbox;
use kate_errors_codegen::compile;
use kate_errors_codegen::envelope::SLOTS;
use kate_errors_model::envelope::profiles::PROFILES;
use serde_json::{Value, json};

fn sandbox() -> Sandbox {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    Sandbox::with(std::fs::read(root.join("tests/catalogs/error_objects.yaml")).unwrap())
}

fn generated(target: &str) -> String {
    sandbox().run(&["generate", target]).exits(0).stdout
}

#[test]
fn openapi_describes_the_body() {
    let sandbox = sandbox();
    let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    let schema = &document["components"]["schemas"]["ErrorObjectsError"];
    assert_eq!(schema["required"], json!(["error"]));
    let error = &schema["properties"]["error"];
    assert_eq!(error["required"], json!(["code", "message", "docs"]));
    assert_eq!(error["properties"]["code"], json!({ "type": "string" }));
    let message = &error["properties"]["message"];
    assert!(message["pattern"].as_str().unwrap().contains("No such order"), "{message}");
    let examples = &document["components"]["responses"]["ErrorObjectsConflict"]["content"]["application/json"]
        ["examples"];
    assert_eq!(
        examples["sold_out.with_context"]["value"],
        json!({ "error": {
            "code": "sold_out",
            "message": "The item some text is sold out. 7 left",
            "docs": "https://shop.example.com/errors#sold_out",
        } })
    );
}

#[test]
fn every_kind_of_member_has_its_schema() {
    let sandbox = Sandbox::with(
        r#"
catalog: Shop
wire:
  identity: code
  body:
    code: "{code}"
    wait: "{retry_after:ms?}"
    text: "It says: {detail}"
    "null": null
    empty: {}
    list: []
    values: [1, true, "a", "{any}"]
    mixed: [{ of: "{wire.of}" }, { loc: "{field.loc}" }]
    fields: [{ message: "{field.message}" }]
    set: { is_on: "{is_on}", count: "{count?}" }
statuses: { 404: { name: Not Found, description: There is no such thing } }
sections:
  - name: All
    errors:
      - code: 7
        name: gone
        status: 404
        detail: Gone
        params: { is_on: bool, count: { type: u64, optional: true } }
        wire: { of: true }
        cause: It was
        fix: None
"#,
    );
    let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    let schema = &document["components"]["schemas"]["ShopError"];
    let always = ["code", "text", "null", "empty", "list", "values", "mixed", "set"];
    assert_eq!(schema["required"], json!(always));
    let of = json!({ "type": "boolean", "description": "The error determines it." });
    let object = |required: Value, properties: Value| json!({ "type": "object", "required": required, "properties": properties });
    let mixed = [
        object(json!(["of"]), json!({ "of": of })),
        object(json!(["loc"]), json!({ "loc": { "type": "array" } })),
    ];
    let field = object(json!(["message"]), json!({ "message": { "type": "string" } }));
    let count = json!({ "type": "integer", "minimum": 0 });
    let set = json!({ "is_on": { "type": "boolean" }, "count": count });
    let values = json!([{ "const": 1 }, { "const": true }, { "enum": ["a"] }]);
    let expected = json!({
        "code": { "type": "integer" },
        "wait": { "type": "integer" },
        "text": { "type": "string" },
        "null": {},
        "empty": { "type": "object", "properties": {} },
        "list": { "type": "array" },
        "values": { "type": "array", "items": { "anyOf": values } },
        "mixed": { "type": "array", "items": { "anyOf": mixed } },
        "fields": { "type": "array", "items": field },
        "set": object(json!(["is_on"]), set),
    });
    assert_eq!(schema["properties"], expected);
}

/// Schemas contain the fields of requests. The other outputs contain no placeholder of a field.
#[test]
fn fields_of_requests_have_their_place() {
    let schema = |catalog: &str| {
        let sandbox = Sandbox::with(catalog);
        sandbox.run(&["generate", "python", "--out", "python"]).exits(0);
        for target in ["typescript", "vectors", "markdown", "html"] {
            let made = sandbox.run(&["generate", target]).exits(0);
            // Pages have the settings for `import`.
            let is_setting = |line: &&str| line.starts_with(['[', '"']) && line.contains("wire");
            let mut lines = made.stdout.lines().filter(|line| !is_setting(line));
            assert!(lines.all(|line| !line.contains("{field.")), "{target}");
        }
        let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
        let mut schemas = document["components"]["schemas"].as_object().unwrap().clone();
        schemas.retain(|name, _| name.ends_with("Error"));
        schemas.values().next().unwrap().clone()
    };
    let list = schema(include_str!("../../tests/catalogs/fields/list.yaml"));
    assert_eq!(list["required"], json!(["error"]));
    let fields = &list["properties"]["fields"];
    assert_eq!(fields["items"]["required"], json!(["at", "path", "message"]));
    assert_eq!(fields["items"]["properties"]["at"], json!({ "type": "string" }));
    let by_name = schema(include_str!("../../tests/catalogs/fields/by_name.yaml"));
    assert_eq!(by_name["required"], json!(["code", "message"]));
    let messages = json!({ "type": "array", "items": { "type": "string" } });
    let errors = json!({ "type": "object", "additionalProperties": messages });
    assert_eq!(by_name["properties"]["errors"], errors);
    let json_api = schema(include_str!("../../tests/catalogs/fields/json_api.yaml"));
    assert_eq!(json_api["required"], json!(["errors"]));
    let google = schema(include_str!("../../tests/catalogs/fields/google.yaml"));
    assert_eq!(google["required"], json!(["error"]));
}

#[test]
fn pages_show_the_body() {
    let markdown = generated("markdown");
    assert!(markdown.contains("All errors return JSON like this, and are known by their message:"));
    assert!(markdown.contains("    \"code\": \"order_missing\",\n"), "{markdown}");
    let html = generated("html");
    assert!(html.contains("&quot;code&quot;: &quot;order_missing&quot;"), "the body");
}

/// The code may not be in the body, and several errors may have it.
#[test]
fn pages_say_where_the_code_is_and_tell_errors_apart() {
    let page = |catalog: &str, target: &str| {
        Sandbox::with(catalog).run(&["generate", target]).exits(0).stdout
    };
    let catalog = include_str!("../../tests/catalogs/families/headers.yaml");
    for (target, marks) in [("markdown", ["`", "`"]), ("html", ["<code>", "</code>"])] {
        let page = page(catalog, target);
        let header = format!(", and a header such as {}x-error: ", marks[0]);
        let (_, rest) = page.split_once(&header).unwrap_or_else(|| panic!("{target}: {page}"));
        assert!(rest.contains(&format!("{}. They are known by their code:", marks[1])), "{target}");
    }
    let shared = page(include_str!("../../tests/catalogs/code_and_detail.yaml"), "html");
    assert!(shared.contains("invalid_<wbr>client (client_<wbr>unknown)</code></a>"), "{shared}");
}

/// The library makes the same bodies from the same catalog (`tests/wires.rs`).
#[test]
fn every_slot_has_its_value() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read =
        |name: &str| std::fs::read_to_string(root.join("tests/catalogs").join(name)).unwrap();
    let compilation = compile("errors.yaml", read("every_slot.yaml").as_bytes());
    let catalog = compilation.catalog().expect("a catalog");
    for (name, ..) in SLOTS {
        let placeholders = ["", "?", ":"].map(|end| format!("{{{name}{end}"));
        let has = placeholders.iter().any(|it| catalog.envelope.contains(it));
        assert!(has, "tests/catalogs/every_slot.yaml lacks `{{{name}}}`");
    }
    let [closed, sold_out] = catalog.rows.as_slice() else { panic!("two errors") };
    let values = ["Mug \\ cup".to_owned(), "5".to_owned()];
    let bodies = [
        catalog.body(closed, "The shop is \"closed\"", &[]),
        catalog.body(sold_out, "Sold out: \"Mug \\ cup\". 5 left", &values),
    ];
    let expected: [Value; 2] = serde_json::from_str(&read("every_slot.json")).unwrap();
    for (body, expected) in bodies.iter().zip(expected) {
        assert_eq!(serde_json::from_str::<Value>(body).unwrap(), expected);
    }
}

/// If the code identifies errors, equal messages and texts that end at a space are allowed.
#[test]
fn messages_need_not_be_told_apart_where_codes_do_that() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let catalog = std::fs::read_to_string(root.join("tests/catalogs/by_code.yaml")).unwrap();
    let found = |text: &str| {
        let compilation = compile("errors.yaml", text.as_bytes());
        compilation.diagnostics.iter().map(|it| it.rule.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&catalog), [""; 0]);
    let by_message = catalog.replace("identity: code", "identity: detail");
    assert_eq!(found(&by_message), ["duplicate-detail", "fragile-placeholder"]);
    // The messages of one error must still be told apart, since its values are read from them.
    let unclear =
        catalog.replace("Sold out: {item}, {left} left", "{item} is sold out: {left} left");
    assert_eq!(found(&unclear), ["former-is-current"]);
}

/// Each profile with the constants that it needs, for both identities; a profile without a code is rejected for one.
#[test]
fn every_profile_can_be_used_or_says_what_it_lacks() {
    let catalog = |profile: &str, identity: &str| {
        format!(
            "catalog: Shop\nwire: {{ use: {profile}, identity: {identity}, with: {{ domain: shop.example.com }} }}\n\
             statuses:\n  404: {{ name: Not Found, description: Nothing there }}\n\
             sections:\n  - name: Items\n    errors:\n\
             \x20     - {{ code: no_item, status: 404, detail: No item, cause: It was sold, fix: Look again }}\n"
        )
    };
    for profile in PROFILES {
        for identity in ["detail", "code"] {
            let compilation = compile("errors.yaml", catalog(profile.name, identity).as_bytes());
            let lacking = match (profile.name, identity) {
                ("detail" | "problem" | "github", "code") => "the body has no place for it",
                _ => "",
            };
            let messages: Vec<&str> =
                compilation.diagnostics.iter().map(|it| it.message.as_str()).collect();
            match messages.as_slice() {
                [] => assert_eq!(lacking, "", "{} {identity}", profile.name),
                [message] => assert!(
                    !lacking.is_empty() && message.contains(lacking),
                    "{} {identity}: {message}",
                    profile.name
                ),
                more => panic!("{} {identity}: {more:?}", profile.name),
            }
            if let Some(catalog) = compilation.catalog() {
                let body = catalog.body(&catalog.rows[0], "No item", &[]);
                let body: Value = serde_json::from_str(&body).expect("the body is JSON");
                assert!(body.to_string().contains("No item"), "{body}");
                assert!(
                    !body.to_string().contains("null")
                        || ["graphql", "json_rpc"].contains(&profile.name)
                );
            }
        }
    }
}

/// A catalog in which errors share codes.
fn tokens() -> Sandbox {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    Sandbox::with(std::fs::read(root.join("tests/catalogs/code_and_detail.yaml")).unwrap())
}

#[test]
fn openapi_has_all_errors_of_a_code() {
    let document = tokens().run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    let response = &document["components"]["responses"]["TokensBadRequest"];
    let examples = response["content"]["application/json"]["examples"].as_object().unwrap();
    let names: Vec<&str> = examples.keys().map(String::as_str).collect();
    let shared = ["invalid_grant.GrantExpired", "invalid_grant.GrantUsed"];
    assert_eq!(names, [shared[0], shared[1], "invalid_client", "invalid_request"]);
    let codes = json!(["invalid_grant", "invalid_client", "invalid_request"]);
    assert_eq!(response["x-kate-errors"], codes);
}

#[test]
fn all_errors_of_a_code_are_explained() {
    let text = tokens().run(&["explain", "invalid_grant"]).exits(0).stdout;
    assert!(text.starts_with("2 errors have this code.\n"), "{text}");
    assert!(text.contains("grant_expired") && text.contains("grant_used"), "{text}");
}

/// Returns the codes that `explain` finds for a response of the catalog.
#[track_caller]
fn explained(catalog: &str, response: &str) -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let path = root.join("tests/catalogs/families").join(catalog);
    let sandbox = Sandbox::with(std::fs::read(path).unwrap());
    let errors = sandbox.run(&["explain", "--format", "json", response]).json();
    let codes = errors["errors"].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    codes.map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn responses_of_other_forms_are_explained() {
    for (catalog, response, expected) in [
        ("github.yaml", r#"HTTP/2 404 {"message":"Not Found","status":"404"}"#, &["not_found"][..]),
        (
            "nats.yaml",
            r#"{"error":{"code":404,"err_code":20059,"description":"no such stream"}}"#,
            &["20059"],
        ),
        // The code decides, whatever the message is, even if the body is a string in a log.
        ("nats.yaml", r#"{"error":{"err_code":20008,"description":"no such stream"}}"#, &["20008"]),
        ("oauth.yaml", r#"body="{\"error\":\"invalid_grant\"}" took=12"#, &["invalid_grant"]),
        (
            "aws_json.yaml",
            r#"{"__type":"a.b#SlowDownException","Message":"x"}"#,
            &["SlowDownException"],
        ),
        // One message of two errors.
        (
            "stripe.yaml",
            r#"{"error":{"code":"funds_too_low","message":"The card was refused"}}"#,
            &["funds_too_low"],
        ),
        ("nats.yaml", r#"{"error":{"err_code":1,"description":"no such stream"}}"#, &[]),
        // An error whose message is any text is identified only by its code.
        ("desk.yaml", r#"{"code":"22P02","message":"It is closed"}"#, &["22P02"]),
        ("desk.yaml", r#"200 {"ok":true}"#, &[]),
        // Older bodies.
        ("moved.yaml", r#"{"error_code":"shelf_full","message":"Voll"}"#, &["shelf_full"]),
        ("moved.yaml", r#"409 {"detail":"Shelf B7 is full, 0 left"}"#, &["shelf_full"]),
        // Only a message.
        ("nats.yaml", "no such stream", &["20059"]),
    ] {
        assert_eq!(explained(catalog, response), expected, "{response}");
    }
}

#[test]
fn documents_have_the_media_type_of_the_catalog() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let sandbox = Sandbox::with(std::fs::read(root.join("tests/catalogs/requests.yaml")).unwrap());
    let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    let content = &document["components"]["responses"]["RequestsNotFound"]["content"];
    let types: Vec<_> = content.as_object().unwrap().keys().collect();
    assert_eq!(types, ["application/vnd.requests+json"]);
    let example = &content[types[0]]["examples"]["no_order"]["value"]["error"];
    // What an error inherits from its section takes precedence over what it inherits from its status.
    assert_eq!((&example["type"], &example["grpc"]), (&json!("request_error"), &json!(5)));
}

#[test]
fn an_error_stands_under_each_of_its_statuses() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let sandbox = Sandbox::with(std::fs::read(root.join("tests/catalogs/statuses.yaml")).unwrap());
    let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    for (response, status) in [("StatusesForbidden", 403), ("StatusesUnauthorized", 401)] {
        let response = &document["components"]["responses"][response];
        let example = &response["content"]["application/json"]["examples"]["no_access"]["value"];
        assert_eq!((&example["code"], &example["status"]), (&json!("no_access"), &json!(status)));
    }
    let explained = sandbox.run(&["explain", "no_access"]).exits(0).stdout;
    assert!(explained.contains("403 Forbidden, or 401 Unauthorized"), "{explained}");
    for (response, note) in [("401", false), ("403", false), ("404", true)] {
        let response = format!("HTTP/1.1 {response} {{\"code\":\"no_access\"}}");
        let explained = sandbox.run(&["explain", &response]).exits(0).stdout;
        assert_eq!(explained.contains("The catalog does not list the status"), note, "{explained}");
    }
    let listed = sandbox.run(&["list", "--format", "json"]).exits(0).json();
    assert_eq!(listed[1]["other_statuses"], json!([410, 503]));
    assert_eq!(listed[2].get("other_statuses"), None);
    let page = sandbox.run(&["generate", "html"]).exits(0).stdout;
    assert!(page.contains("data-status=\"404 410 503\""), "the search finds it under each");
}

#[test]
fn errors_that_travel_as_successes_are_documented_beside_them() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let path = root.join("tests/catalogs/families/slack.yaml");
    let sandbox = Sandbox::with(std::fs::read(path).unwrap());
    let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    let schema = |response: &str| {
        let responses = &document["components"]["responses"];
        responses[response]["content"]["application/json"]["schema"].clone()
    };
    let error = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    assert_eq!(schema("ChatTooManyRequests"), error("ChatTooManyRequestsError"));
    let success = json!({ "description": "The operation succeeded." });
    assert_eq!(schema("ChatOk"), json!({ "anyOf": [success, error("ChatOkError")] }));
}
