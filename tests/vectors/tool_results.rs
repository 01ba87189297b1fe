//! Every error that the vectors write or read, as the failed result of a tool: it can be read from each part that
//! clients keep of the result.

use std::fmt::Debug;

use kate_errors::{CatalogCode, CatalogError, Decoder};
use serde_json::{Value, json};

pub(crate) fn go_both_ways<E: CatalogError + Debug>(error: &E) {
    // An error from another server's body may have values that this library would not send.
    let error = &error.sanitized();
    let result = error.response().tool_result();
    let whole: Value = serde_json::from_slice(&result).expect("JSON");
    let failure = &whole["structuredContent"];
    let text = whole["content"][0]["text"].as_str().expect("a text");
    assert_eq!(serde_json::from_str::<Value>(text).expect("JSON"), *failure);
    assert_eq!(failure["status"], error.status());
    let has_code = !error.code().__row().extras().without_code;
    let code = failure.get("code").and_then(Value::as_str);
    assert_eq!(code, has_code.then(|| error.code().as_str()));
    assert_eq!(failure["detail"], *error.detail());
    assert_eq!(failure.get("fix").and_then(Value::as_str).unwrap_or_default(), error.fix());
    assert_eq!(failure["retry"], error.retry().as_str());

    let block = json!({ "type": "text", "text": text });
    let wrapped = json!({ "type": "text", "text": format!("Error: {text}\n") });
    let cases = [
        whole.to_string(),
        json!({ "isError": true, "content": [block] }).to_string(),
        json!({ "isError": true, "content": [{ "type": "image" }, wrapped] }).to_string(),
        json!({ "isError": true, "content": [], "structuredContent": failure }).to_string(),
        format!("{whole:#}"),
    ];
    for case in cases {
        let decoded = Decoder::<E>::new().decode_tool_result(case.as_bytes()).expect("a failure");
        assert_eq!(decoded.known(), Some(error), "{case}");
        assert_eq!(decoded.status(), error.status());
    }
    for (name, value) in [("isError", json!(false)), ("content", json!([]))] {
        let mut other = whole.clone();
        other.as_object_mut().expect("an object").remove("structuredContent");
        other[name] = value;
        assert!(Decoder::<E>::new().decode_tool_result(other.to_string().as_bytes()).is_none());
    }
}
