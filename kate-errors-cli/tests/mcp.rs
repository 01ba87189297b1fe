//! `mcp`: what a client of the Model Context Protocol receives, line by line. `cargo xtask conformance mcp` tests it
//! with the protocol's own client.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use common::{BROKEN, CATALOG, Sandbox, WARNING};
use serde_json::{Value, json};

#[kate_errors::catalog("src/commands/mcp/errors.yaml")]
enum ToolError {}

/// A connection to a server.
struct Client {
    server: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    id: u64,
}

impl Client {
    fn of(sandbox: &Sandbox, arguments: &[&str]) -> Self {
        let mut command = sandbox.command(&[&["mcp"], arguments].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut server = command.spawn().expect("the command");
        let input = server.stdin.take();
        let output = BufReader::new(server.stdout.take().expect("its output"));
        let mut client = Self { server, input, output, id: 0 };
        let info = json!({ "name": "test", "version": "1" });
        let hello = client.ask(
            "initialize",
            &json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info }),
        );
        assert_eq!(hello["result"]["protocolVersion"], "2025-06-18");
        let server = &hello["result"]["serverInfo"];
        assert_eq!(*server, json!({ "name": "kate-errors", "version": env!("CARGO_PKG_VERSION") }));
        assert!(hello["result"]["instructions"].as_str().expect("a text").contains("`explain`"));
        client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        client
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input.as_mut().expect("an open input"), "{message}").expect("it is read");
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        let response: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(response["id"], id, "{line}");
        response
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let response = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }));
        response.get("result").unwrap_or_else(|| panic!("{response}")).clone()
    }

    /// Returns the text and the structured content of a call that succeeds.
    fn answer(&mut self, tool: &str, arguments: &Value) -> (String, Value) {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], false, "{result}");
        let text = result["content"][0]["text"].as_str().expect("a text").to_owned();
        assert!(!text.chars().any(|it| it.is_control() && it != '\n'), "{text:?}");
        (text, result["structuredContent"].clone())
    }

    /// Returns the error of a call that fails.
    fn failure(&mut self, tool: &str, arguments: &Value) -> ToolError {
        let result = self.call(tool, arguments).to_string();
        let decoded = ToolError::decoder().decode_tool_result(result.as_bytes());
        decoded.expect("a failure").into_known().expect("an error of the server")
    }

    /// Closes the connection, and returns the exit status.
    fn end(mut self) -> Option<i32> {
        drop(self.input.take());
        self.server.wait().expect("it ends").code()
    }
}

fn codes(json: &Value) -> Vec<&str> {
    let errors = json["errors"].as_array().expect("errors").iter();
    errors.map(|error| error["code"].as_str().expect("a code")).collect()
}

#[test]
fn four_tools_say_what_they_take() {
    let sandbox = Sandbox::with(CATALOG);
    let mut client = Client::of(&sandbox, &[]);
    let tools = client.ask("tools/list", &json!({}));
    let tools = tools["result"]["tools"].as_array().expect("tools");
    let names: Vec<_> = tools.iter().map(|tool| tool["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["explain", "search", "list", "check"]);
    for tool in tools {
        assert!(tool["description"].as_str().expect("a description").len() > 80);
        let annotations = &tool["annotations"];
        assert_eq!(
            (&annotations["readOnlyHint"], &annotations["openWorldHint"]),
            (&json!(true), &json!(false))
        );
        assert!(annotations["title"].as_str().expect("a title").contains(' '));
        let schema = &tool["inputSchema"];
        assert_eq!(schema.get("title"), None);
        assert_eq!(
            (&schema["type"], &schema["additionalProperties"]),
            (&json!("object"), &json!(false))
        );
        for (name, property) in schema["properties"].as_object().expect("properties") {
            assert!(property["description"].is_string(), "{name}");
        }
    }
    assert_eq!(tools[0]["inputSchema"]["required"], json!(["text"]));
    let unknown = client.ask("tools/call", &json!({ "name": "delete", "arguments": {} }));
    assert_eq!(unknown["error"]["code"], -32602);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn any_text_is_explained() {
    let sandbox = Sandbox::with(CATALOG);
    let mut client = Client::of(&sandbox, &[]);
    let body = r#"HTTP/1.1 400 Bad Request {"detail":"Coupon SPRING was rejected: expired"}"#;
    let (text, json) = client.answer("explain", &json!({ "text": body }));
    assert!(text.starts_with("coupon_rejected\n"), "{text}");
    assert!(text.contains("Use another coupon than •••") && !text.contains("SPRING"), "{text}");
    assert_eq!((&json["kind"], codes(&json)), (&json!("message"), vec!["coupon_rejected"]));
    let (text, _) = client.answer("explain", &json!({ "text": body, "show_sensitive": true }));
    assert!(text.contains("Use another coupon than SPRING"), "{text}");
    for (text, kind) in [("404", "status"), ("order_not_found", "code"), ("duplicate-code", "rule")]
    {
        assert_eq!(client.answer("explain", &json!({ "text": text })).1["kind"], kind);
    }
    let nothing = client.failure("explain", &json!({ "text": "order_not_fuond" }));
    let similar = Some(Similar { similar: "order_not_found | Order not found".to_owned() });
    assert_eq!(nothing, ToolError::NothingFits { context: similar });
    let nothing = client.failure("explain", &json!({ "text": "<html>\u{1b}[2J" }));
    assert_eq!(nothing, ToolError::NothingFits { context: None });
}

#[test]
fn errors_are_found_and_listed() {
    let sandbox = Sandbox::with(CATALOG);
    let mut client = Client::of(&sandbox, &[]);
    let (text, json) = client.answer("search", &json!({ "words": "WALLET balance" }));
    assert_eq!(codes(&json)[0], "order_insufficient_balance");
    assert!(text.starts_with("402 order_insufficient_balance: Insufficient balance\n"), "{text}");
    let (_, json) = client.answer("search", &json!({ "words": "order", "limit": 1 }));
    assert_eq!((codes(&json), &json["next_offset"]), (vec!["order_not_found"], &json!(1)));
    let next = json!({ "words": "order", "limit": 1, "offset": json["next_offset"] });
    assert_eq!(codes(&client.answer("search", &next).1), ["order_insufficient_balance"]);
    // What stands in the section alone counts less, and so does one word of two.
    for (words, found) in [
        (
            "Orders",
            &["order_not_found", "order_insufficient_balance", "coupon_rejected", "order_vanished"]
                [..],
        ),
        (
            "ORDER",
            &["order_not_found", "order_insufficient_balance", "order_vanished", "coupon_rejected"],
        ),
        ("WALLET money", &["order_insufficient_balance"]),
        ("gone vanished", &["order_vanished"]),
        (
            "order AGAIN",
            &[
                "order_vanished",
                "order_not_found",
                "order_insufficient_balance",
                "coupon_rejected",
                "rate_limit_exceeded",
            ],
        ),
    ] {
        let (_, json) = client.answer("search", &json!({ "words": words }));
        assert_eq!(codes(&json), found, "{words}");
    }
    let (text, json) = client.answer("search", &json!({ "words": "zeppelin" }));
    assert_eq!((text.as_str(), json), ("no errors\n", json!({ "total": 0, "errors": [] })));

    let (_, json) = client.answer("list", &json!({}));
    assert_eq!((codes(&json).len(), &json["total"]), (6, &json!(6)));
    let (_, json) = client.answer("list", &json!({ "status": 402 }));
    assert_eq!(codes(&json), ["order_insufficient_balance", "refund_insufficient_balance"]);
    let (_, json) = client.answer("list", &json!({ "section": "rate limits" }));
    assert_eq!(codes(&json), ["rate_limit_exceeded"]);
    let unknown = client.failure("list", &json!({ "section": "rates" })).to_string();
    assert!(unknown.contains("Similar: Orders | "), "{unknown}");
    let (text, json) = client.answer("list", &json!({ "status": 410, "limit": 1 }));
    assert_eq!(text, "410 order_vanished (retired): Order vanished: {why}\n");
    let vanished = json!({
        "code": "order_vanished", "status": 410, "section": "Orders", "detail": "Order vanished: {why}",
        "fix": "Order again", "retired": true,
    });
    assert_eq!(json, json!({ "total": 1, "errors": [vanished] }));
    let mut seen = Vec::new();
    let mut offset = json!(0);
    while !offset.is_null() {
        let (_, json) = client.answer("list", &json!({ "offset": offset, "limit": 4 }));
        seen.extend(codes(&json).into_iter().map(str::to_owned));
        offset = json["next_offset"].clone();
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
}

/// Long lists are cut, a status can be any of those of an error, and the case of codes does not matter.
#[test]
fn many_errors_are_listed_in_parts() {
    let error =
        |at: u32| format!("      - {{ code: E{at}, status: [404, 410], detail: Lost {at} }}\n");
    let (head, _) = CATALOG.split_once("contexts:").expect("the statuses");
    let errors: String = (100..201).map(error).collect();
    let sandbox = Sandbox::with(format!("{head}sections:\n  - name: All\n    errors:\n{errors}"));
    let mut client = Client::of(&sandbox, &[]);
    let (text, json) = client.answer("list", &json!({ "status": 410 }));
    assert_eq!(
        (codes(&json).len(), &json["next_offset"], &json["total"]),
        (100, &json!(100), &json!(101))
    );
    assert!(text.ends_with("\n100 of 101; the next ones have the offset 100\n"), "{text}");
    let (text, json) = client.answer("search", &json!({ "words": "LOST" }));
    assert_eq!((codes(&json).len(), &json["total"]), (20, &json!(101)));
    assert!(text.ends_with("\n20 of 101; the next ones have the offset 20\n"), "{text}");
    assert_eq!(codes(&client.answer("search", &json!({ "words": "e150" })).1), ["E150"]);
}

/// The catalog is read again for each call, since an agent edits it between calls.
#[test]
fn mistakes_are_shown_until_they_are_corrected() {
    let sandbox = Sandbox::with(BROKEN);
    let mut client = Client::of(&sandbox, &[]);
    let (text, json) = client.answer("check", &json!({}));
    assert!(text.contains("error[duplicate-code]") && text.contains("errors.yaml:13:15"), "{text}");
    assert_eq!(json["is_sound"], false);
    let rule =
        json["diagnostics"].as_array().expect("a list").iter().find(|it| it["severity"] == "error");
    assert_eq!(rule.expect("an error")["rule"], "duplicate-code");
    for (tool, arguments) in [("list", json!({})), ("explain", json!({ "text": "404" }))] {
        let failure = client.failure(tool, &arguments);
        assert_eq!(failure.code(), ToolErrorCode::CatalogHasErrors);
        assert!(failure.to_string().contains("`order_not_found`"), "{failure}");
    }
    let (_, json) = client.answer("explain", &json!({ "text": "duplicate-code" }));
    assert_eq!(json["kind"], "rule");

    let (_, json) = client.answer("check", &json!({ "text": CATALOG }));
    assert_eq!(json, json!({ "is_sound": true, "diagnostics": [] }));
    sandbox.write("errors.yaml", WARNING);
    let (_, json) = client.answer("check", &json!({}));
    assert_eq!(
        (&json["is_sound"], &json["diagnostics"][0]["severity"]),
        (&json!(true), &json!("warning"))
    );
    client.answer("list", &json!({}));
    // What was released is not forgotten.
    sandbox.write("errors.yaml", CATALOG);
    sandbox.run(&["lock", "--release", "1.0"]).exits(0);
    let (start, rest) = CATALOG.split_once("  - name: Rate Limits").expect("a section");
    assert!(rest.contains("rate_limit_exceeded"));
    sandbox.write("errors.yaml", start);
    let (text, _) = client.answer("check", &json!({}));
    assert!(
        text.contains("error[lock-missing-error]") && text.ends_with("errors.yaml: 1 error\n"),
        "{text}"
    );
    // Nothing turns the direction of what is shown.
    let (text, _) = client.answer("check", &json!({ "text": "catalog: Shop # \u{202e}" }));
    assert!(text.contains("U+202E") && !text.contains('\u{202e}'), "{text}");
}

/// The agent controls the text, so it may only import files below the folder of the catalog.
#[test]
fn a_text_imports_what_is_below_the_catalog() {
    let sandbox = Sandbox::new();
    sandbox.write("api/errors.yaml", CATALOG);
    sandbox.write("api/shared/errors.yaml", CATALOG.replace("catalog: Shop", "catalog: Shared"));
    sandbox.write("secret.yaml", "password: hunter2");
    let mut client = Client::of(&sandbox, &["api/errors.yaml"]);
    let outside = sandbox.path("secret.yaml");
    for (path, is_read) in [
        ("shared/errors.yaml", true),
        ("../secret.yaml", false),
        ("shared/../../secret.yaml", false),
        (outside.to_str().expect("a path"), false),
    ] {
        let text = CATALOG.replace("statuses:", &format!("imports: [{path:?}]\nstatuses:"));
        let (shown, _) = client.answer("check", &json!({ "text": text }));
        assert!(!shown.contains("hunter2"), "{shown}");
        assert_eq!(shown.contains("unreadable-import"), !is_read, "{path}: {shown}");
    }
}

#[test]
fn what_a_call_gets_wrong_is_said_to_the_agent() {
    let sandbox = Sandbox::new();
    let mut client = Client::of(&sandbox, &["no.yaml"]);
    let unreadable = client.failure("list", &json!({}));
    assert_eq!(unreadable.code(), ToolErrorCode::CatalogUnreadable);
    assert!(unreadable.to_string().contains("`no.yaml`"), "{unreadable}");
    for (tool, arguments) in [
        ("explain", json!({})),
        ("explain", json!({ "text": " " })),
        ("explain", json!({ "text": "a".repeat(100_000) })),
        ("search", json!({ "words": 7 })),
        ("list", json!({ "status": 70_000 })),
        ("list", json!({ "colour": "red" })),
        ("explain", json!({ "text": "404", "\u{202e}": "red" })),
        ("search", json!({ "words": "order", "word": "red" })),
        ("check", json!({ "texts": "red" })),
    ] {
        let failure = client.failure(tool, &arguments);
        assert!(!failure.to_string().contains('\u{202e}'), "{failure}");
        assert_eq!(failure.code(), ToolErrorCode::InvalidArguments, "{tool} {arguments}");
        assert_eq!(failure.code().status(), 400);
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn who_is_no_client_is_told_so() {
    let sandbox = Sandbox::with(CATALOG);
    let run = sandbox.run_with_input(&["mcp"], "").exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let run = sandbox.run(&["mcp", "-"]).exits(2);
    assert!(
        run.stderr.starts_with("error: standard input is what clients ask on"),
        "{}",
        run.stderr
    );
    // Since 2026, a request may contain what otherwise a handshake settles for all.
    let ask = |meta: &Value| {
        let params = json!({ "_meta": meta });
        let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": params });
        sandbox.run_with_input(&["mcp"], format!("{list}\n")).exits(0).json()
    };
    assert_eq!(ask(&json!({}))["error"]["code"], -32602);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    assert_eq!(ask(&meta)["result"]["tools"].as_array().expect("tools").len(), 4);
}
