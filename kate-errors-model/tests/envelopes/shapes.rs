//! Templates, and bodies as servers send them.

use kate_errors_model::envelope::profiles::PROFILES;

/// Bodies of the profiles, from the documentation of their authors.
const BODIES: &[(&str, &[&str])] = &[
    (
        "detail",
        &[
            r#"{"detail":"Run not found"}"#,
            r#"{"detail": "Required: 500, available: 120"}"#,
            r#"{"detail":[{"loc":["body","name"],"msg":"Field required","type":"missing"}]}"#,
            r#"{"detail":null}"#,
        ],
    ),
    (
        "detail_and_code",
        &[
            r#"{"detail":"Given token not valid","code":"token_not_valid","messages":[{"message":"Token is expired"}]}"#,
            r#"{"code":"token_not_valid","detail":"无效的刷新令牌"}"#,
        ],
    ),
    (
        "problem",
        &[
            r#"{"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.","status":403,"detail":"Your current balance is 30.","instance":"/account/12345/msgs/abc","balance":30,"accounts":["/account/12345"]}"#,
        ],
    ),
    (
        "google",
        &[
            r#"{"error":{"code":429,"message":"The zone 'us-east1-a' does not have enough resources.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[{"url":"https://kate.example"}]},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RESOURCE_AVAILABILITY","domain":"kate.example","metadata":{"zone":"us-east1-a"}},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"OTHER","domain":"compute.googleapis.com"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"THIRD","domain":"kate.example"}]}}"#,
        ],
    ),
    (
        "stripe",
        &[
            r#"{"error": {"code": "resource_missing", "doc_url": "https://stripe.com/docs/error-codes/resource-missing", "message": "No such customer: 'cus_x'", "param": "id", "type": "invalid_request_error"}}"#,
        ],
    ),
    (
        "github",
        &[
            r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}"#,
            r#"{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","message":"no"}],"status":"422"}"#,
        ],
    ),
    (
        "kubernetes",
        &[
            r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods \"x\" already exists","reason":"AlreadyExists","details":{"name":"x","kind":"pods"},"code":409}"#,
        ],
    ),
    (
        "json_api",
        &[
            r#"{"jsonapi":{"version":"1.0"},"errors":[{"code":"123","source":{"pointer":"/data/attributes/first-name"},"title":"Value is too short","detail":"First name is too short."},{"code":"226","title":"Passwords differ.","meta":{"a":1}}]}"#,
        ],
    ),
    (
        "graphql",
        &[
            r#"{"errors":[{"message":"Authentication required","extensions":{"code":"UNAUTHENTICATED"}},{"message":"Invalid token","extensions":{"code":"INVALID_TOKEN"}}],"data":null}"#,
            r#"{"errors":[]}"#,
        ],
    ),
    (
        "oauth",
        &[
            r#"{"error":"invalid_grant","error_description":"The refresh token is no longer valid."}"#,
        ],
    ),
    (
        "json_rpc",
        &[
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unknown tool: x","data":{"tool":"x"}}}"#,
        ],
    ),
    (
        "aws_json",
        &[
            r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"Some user-visible message"}"#,
            r#"{"__type":"aws.sqs\u0023QueueDoesNotExist:http://internal.amazon.com/#x","message":"x"}"#,
            r#"{"__type":"QueueDoesNotExist"}"#,
        ],
    ),
    (
        "azure",
        &[
            r#"{"error":{"code":"InternalError","message":"The server encountered an error.","innererror":{"code":"NotFound","message":"Not Found"}}}"#,
            r#"{"error":null}"#,
        ],
    ),
];

/// Templates with features that no profile has.
const OTHERS: &[(&str, &str)] = &[
    (
        r#"{"a":"{any}","hint":"{fix?}","meta":{"id":"{request.id?}","x":"{any}","inner":{"wait":"{retry_after?}"}},"code":"{code}","list":[1,{"cause":"{cause?}"}]}"#,
        r#"{"code":"c","meta":{"inner":{"wait":7}},"list":[1]}"#,
    ),
    (
        r#"{"errors":["{detail}","x"],"code":"{code}","also":"E-{code}!"}"#,
        r#"{"errors":[null,7,"a","b"],"code":404,"also":"E-404!"}"#,
    ),
    (
        r#"{"data":{"items":[{"kind":{"is":"e\"r\u00e9","n":7,"ok":true,"none":null},"deep":{"code":"{code}","list":[{"detail":"{detail}","t":"x"}]},"y":"{wire.y}"}]}}"#,
        r#"{"data":{"items":[{"kind":{"is":"no"}},{"kind":{"is":"e\"ré","n":7,"ok":true},"deep":{"code":"c","list":[{"detail":"a"},{"t":"x","detail":"b"}]}}]}}"#,
    ),
    (
        r#"{"code":"{code:string}","id":"{params.id}","status":"{params.status?}","ms":"{retry_after:ms?}","s":"{retry_after:string?}","n":"{name:string}"}"#,
        r#"{"code":"c","id":7,"status":true,"ms":1500,"s":"2","n":"x"}"#,
    ),
    (
        r#"{ "a": "{a}", "b": "{b}", "c": "{c}", "d": { "e": "{e}", "f": "{f}" }, "g": "{g}", "h": "{h}", "i": "{i}", "j": [ { "k": "{k}" } ] }"#,
        r#"{"a":1,"b":"2","c":true,"d":{"e":5,"f":"6"},"g":7,"h":8,"i":9,"j":[{"k":10},{"k":11}]}"#,
    ),
    (
        r#"{"url":"https://kate.example/#{code}?x","code":"{any}/{code}","docs":"{docs_url}"}"#,
        r#"{"code":"x/y","url":"https://kate.example/#y?x"}"#,
    ),
    (
        r#"{"type":"{any}.{code}:{any}","text":"{any}: {detail}"}"#,
        r#"{"type":"com.kate.Gone:https://kate.example","text":"a: b: c"}"#,
    ),
    (
        r#"[{"kind":"error","code":"{code}","message":"{detail}","more":{"id":"{id}"}}]"#,
        r#"[7,{"kind":"note","code":"n"},{"kind":"error","code":"c","message":"a","more":{"id":1}},{"kind":"error","code":"d"}]"#,
    ),
    (r#"["{detail}"]"#, r#"[null,"a","b"]"#),
];

/// A template, and bodies with its envelope.
pub(crate) struct Shape {
    pub(crate) template: String,
    pub(crate) bodies: Vec<&'static str>,
}

/// Returns all templates, with a value for `{with.…}`.
pub(crate) fn shapes() -> Vec<Shape> {
    let profiles = PROFILES.iter().map(|profile| {
        let bodies = BODIES.iter().find(|bodies| bodies.0 == profile.name);
        let bodies = bodies.unwrap_or_else(|| panic!("{} needs bodies", profile.name)).1.to_vec();
        let template = profile.template.replace("{with.domain}", "kate.example");
        Shape { template, bodies }
    });
    let others = OTHERS
        .iter()
        .map(|(template, body)| Shape { template: (*template).to_owned(), bodies: vec![body] });
    profiles.chain(others).collect()
}
