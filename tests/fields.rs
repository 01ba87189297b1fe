//! Invalid fields of requests, from a server to a client, in every place that an envelope has for them.

use kate_errors::{
    CatalogCode, CatalogError, CatalogResponse, Decoded, Decoder, FieldError, KateError, Note,
    PathItem, UnknownReason,
};
use serde_json::{Value, json};

mod array {
    #[kate_errors::catalog("tests/catalogs/fields/array.yaml")]
    pub enum PostsError {}
}
mod list {
    #[kate_errors::catalog("tests/catalogs/fields/list.yaml")]
    pub enum FormsError {}
}
mod by_name {
    #[kate_errors::catalog("tests/catalogs/fields/by_name.yaml")]
    pub enum RailsError {}
}
mod json_api {
    #[kate_errors::catalog("tests/catalogs/fields/json_api.yaml")]
    pub enum JsonApiError {}
}
mod google {
    #[kate_errors::catalog("tests/catalogs/fields/google.yaml")]
    pub enum GoogleError {}
}
mod one_by_name {
    #[kate_errors::catalog("tests/catalogs/fields/one_by_name.yaml")]
    pub enum OneByNameError {}
}
mod older {
    #[kate_errors::catalog("tests/catalogs/fields/older.yaml")]
    pub enum OlderError {}
}
mod problem {
    #[kate_errors::catalog("tests/catalogs/fields/problem.yaml")]
    pub enum ProblemsError {}
}
mod steps {
    #[kate_errors::catalog("tests/catalogs/fields/steps.yaml")]
    pub enum StepsError {}
}
mod two_places {
    #[kate_errors::catalog("tests/catalogs/fields/two_places.yaml")]
    pub enum TwoPlacesError {}
}
use array::PostsError;
use by_name::RailsError;
use google::GoogleError;
use json_api::JsonApiError;
use list::FormsError;
use older::OlderError;
use one_by_name::OneByNameError;
use problem::ProblemsError;
use steps::StepsError;
use two_places::TwoPlacesError;

/// A field whose name has to be escaped in every form, and one in a list.
fn fields() -> [FieldError; 2] {
    [
        FieldError::new("/a~1b \"ü\"", "is \"missing\"").with_code("missing"),
        FieldError::new("items[0].size", "is too large"),
    ]
}

/// Decodes a response as a client does, and checks that it is the error, without notes.
#[track_caller]
fn read<E: CatalogError>(
    error: &E,
    response: &CatalogResponse<E>,
    expected: &str,
) -> Vec<FieldError> {
    let body = String::from_utf8(response.body().into_owned()).unwrap();
    assert_eq!(body, expected);
    let received = Decoder::<E>::new().decode(response.status(), body.into_bytes());
    assert_eq!((received.known(), received.notes()), (Some(error), &[][..]));
    received.fields()
}

#[test]
fn envelopes_with_a_media_type_of_their_own_are_sent_as_it() {
    let problem = ProblemsError::InvalidRequest.response();
    assert_eq!(problem.content_type(), "application/problem+json");
    assert_eq!(
        problem.accept([&b"application/json"[..]]).content_type(),
        "application/problem+json"
    );
}

#[test]
fn a_list_of_the_catalogs_own() {
    let error = FormsError::NameTaken { name: "Ada".into() };
    let head = r#"{"error":{"code":"name_taken","message":"The name \"Ada\" is taken"}"#;
    assert_eq!(read(&error, &error.response(), &format!("{head}}}")), []);
    let list = concat!(
        r#","fields":[{"at":"/a~1b \"ü\"","path":"a/b \"ü\"","code":"missing","message":"is \"missing\""},"#,
        r#"{"at":"/items/0/size","path":"items[0].size","message":"is too large"}],"#,
        r#""names":["a/b \"ü\"","items[0].size"]}"#,
    );
    let response = error.response().with_fields(fields());
    assert_eq!(read(&error, &response, &format!("{head}{list}")), fields());
    // The first list that the body contains is read.
    let body = br#"{"names":["a"]}"#;
    assert_eq!(FormsError::decode(422, body).fields(), [FieldError::new("a", "")]);
    // Without fields, there is no list.
    assert_eq!(read(&error, &error.response().with_fields([]), &format!("{head}}}")), []);
    // A fallback response has fields as well.
    let fallback = CatalogResponse::<FormsError>::fallback(422).with_fields(fields());
    let body = fallback.body();
    assert_eq!(FormsError::decode(422, &*body).fields(), fields());
}

#[test]
fn messages_by_name() {
    let error = RailsError::InvalidRequest;
    let [missing, large] = fields();
    let other = FieldError::new("items[0].size", "is odd");
    let response = error.response().with_fields([large.clone(), missing, other.clone()]);
    let body = concat!(
        r#"{"code":"invalid_request","message":"The request is not valid","errors":"#,
        r#"{"a/b \"ü\"":["is \"missing\""],"items[0].size":["is too large","is odd"]}}"#,
    );
    let missing = FieldError::new("a/b \"ü\"", "is \"missing\"");
    assert_eq!(read(&error, &response, body), [missing, large, other]);
    let body = r#"{"code":"invalid_request","message":"The request is not valid"}"#;
    assert_eq!(read(&error, &error.response(), body), []);
    // Other servers have one message in place of a list, or none at all.
    let body = br#"{"code":"invalid_request","errors":{"name":"is empty","age":[],"size":[7],"more":null}}"#;
    let read = RailsError::decode(422, body).fields();
    let read: Vec<_> = read.iter().map(ToString::to_string).collect();
    assert_eq!(read, ["name: is empty", "size: not valid", "more: not valid"]);
}

#[test]
fn the_first_message_by_name() {
    let error = OneByNameError::InvalidRequest;
    let fields = ["a: x", "b: y", "a: z"].map(|it| FieldError::new(&it[..1], &it[3..]));
    let body = r#"{"code":"invalid_request","message":"The request is not valid","errors":{"a":"x","b":"y"}}"#;
    assert_eq!(read(&error, &error.response().with_fields(fields.clone()), body), fields[..2]);
}

#[test]
fn many_fields_leave_a_body_that_clients_read() {
    let [first, last] = fields();
    let long = FieldError::new("", "x".repeat(5_000));
    let response = CatalogResponse::<FormsError>::fallback(422).with_fields([first, long, last]);
    assert_eq!(FormsError::decode(422, response.body()).fields(), fields()[..1]);
    let fields = vec![FieldError::new("", ""); 5_000];
    let bodies = [
        FormsError::InvalidRequest.response().with_fields(fields.clone()).body(),
        KateError::RunNotFound.response().with_fields(fields).body(),
    ];
    assert!(bodies.iter().all(|body| body.len() < 32 * 1024), "{:?}", bodies.map(|it| it.len()));
}

#[test]
fn an_element_of_json_api_for_each() {
    let error = JsonApiError::InvalidRequest;
    let head = r#"{"status":"422","code":"invalid_request","title":"The request is not valid""#;
    assert_eq!(read(&error, &error.response(), &format!(r#"{{"errors":[{head}}}]}}"#)), []);
    let response = error.response().with_fields(fields());
    let body = [
        r#","detail":"is \"missing\"","source":{"pointer":"/a~1b \"ü\""}},"#,
        r#","detail":"is too large","source":{"pointer":"/items/0/size"}}]}"#,
    ];
    // The code is that of the error: there is no separate place for the code of a field.
    let code = |field: FieldError| field.with_code("invalid_request");
    let body = format!(r#"{{"errors":[{head}{}{head}{}"#, body[0], body[1]);
    assert_eq!(read(&error, &response, &body), fields().map(code));
}

#[test]
fn violations_beside_what_the_error_says_of_itself() {
    let error = GoogleError::InvalidRequest;
    let head = r#"{"error":{"message":"The request is not valid","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"invalid_request"}"#;
    assert_eq!(read(&error, &error.response(), &format!("{head}]}}}}")), []);
    let [_, large] = fields();
    let list = r#",{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"items[0].size","description":"is too large"}]}]}}"#;
    let response = error.response().with_fields([large.clone()]);
    assert_eq!(read(&error, &response, &format!("{head}{list}")), [large]);
}

#[test]
fn problem_details() {
    let error = ProblemsError::InvalidRequest;
    let head = r#"{"type":"https://problems.example/errors#invalid_request","title":"Unprocessable Content","status":422,"detail":"The request is not valid""#;
    assert_eq!(read(&error, &error.response(), &format!("{head}}}")), []);
    let list = r##","errors":[{"pointer":"#/a~1b%20%22%C3%BC%22","detail":"is \"missing\""},{"pointer":"#/items/0/size","detail":"is too large"}]}"##;
    let response = error.response().with_fields(fields());
    let without_code = |field: FieldError| field.with_code("");
    assert_eq!(read(&error, &response, &format!("{head}{list}")), fields().map(without_code));
    // The default bodies list the same, if a client asks for problem details.
    let accept = [&b"application/problem+json"[..]];
    let response = KateError::RunNotFound.response().with_fields(fields()).accept(accept);
    let body = response.body();
    assert!(body.ends_with(list.as_bytes()), "{}", String::from_utf8_lossy(&body));
    let received = KateError::decode(404, &*body);
    assert_eq!(received.known(), Some(&KateError::RunNotFound));
    assert_eq!(received.fields(), fields().map(without_code));
}

/// In a body that has only a message, a list takes the place of the message.
#[test]
fn as_fastapi() {
    let fields = fields().map(|field| field.within("body"));
    let response = KateError::RunNotFound.response().with_fields(fields.clone());
    let body = String::from_utf8(response.body().into_owned()).unwrap();
    assert_eq!(
        body,
        concat!(
            r#"{"detail":[{"type":"missing","loc":["body","a/b \"ü\""],"msg":"is \"missing\""},"#,
            r#"{"loc":["body","items",0,"size"],"msg":"is too large"}]}"#,
        )
    );
    let received = KateError::decode(404, body.as_bytes());
    assert_eq!(received.validation().unwrap().items(), fields);
    assert_eq!(received.fields(), fields);
}

/// Each of several errors has the form of a single one, with the field that it is about.
#[test]
fn several_errors_in_one_body() {
    let body = concat!(
        r#"{"errors":[7,{"code":"invalid_request","title":"The request is not valid","source":{"pointer":"/a"}},"#,
        r#"{"code":"name_taken","title":"The name \"Ada\" is taken","source":{"pointer":"/name"}},{},"#,
        r#"{"code":"other","detail":"?"}],"meta":{"errors":[{}]}}"#,
    );
    let received = JsonApiError::decode(422, body.as_bytes());
    assert_eq!(received.known(), Some(&JsonApiError::InvalidRequest));
    let others: Vec<_> = received.others().collect();
    assert_eq!(others[0].known(), Some(&JsonApiError::NameTaken { name: "Ada".into() }));
    assert_eq!(others[0].notes(), [Note::StatusDiffers { expected: 409, received: 422 }]);
    assert_eq!(others[0].fields()[0].path(), "name");
    assert_eq!(others[0].others().count(), 0, "its body has it alone");
    assert!(others[1].unknown().is_some() && others[2].unknown().is_some());
    assert_eq!(others[2].unknown().unwrap().reason(), UnknownReason::OtherCode);
    assert_eq!((others.len(), received.fields().len()), (3, 3));

    for (status, body) in
        [(200, body), (422, &body[1..]), (422, r#"{"errors":[{"code":"other"}]}"#)]
    {
        assert_eq!(JsonApiError::decode(status, body.as_bytes()).others().count(), 0, "{body}");
    }
    // Elements with other constants are not further errors.
    let body = br#"{"error":{"details":[{"@type":"x"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"invalid_request"},{"reason":"name_taken"}]}}"#;
    let received = GoogleError::decode(422, body);
    assert_eq!(received.known(), Some(&GoogleError::InvalidRequest));
    assert_eq!(received.others().count(), 0);
}

#[test]
fn what_is_not_listed_is_not_read() {
    for body in [
        r#"{"fields":null}"#,
        r#"{"fields":{"a":"b"}}"#,
        r#"{"fields":[7,"x",{},{"at":7},{"other":"x"}]}"#,
        r#"{"fields":[{"at":"/a"}],"fields":[]}"#,
        r#"{"fields":[{"at":"/a"}]"#,
        "",
    ] {
        assert_eq!(FormsError::decode(422, body.as_bytes()).fields(), [], "{body}");
    }
    let body = br#"{"fields":[{"at":"/a"},{"message":"b"}]}"#;
    assert_eq!(FormsError::decode(422, body).fields().len(), 2);
    assert_eq!(FormsError::decode(200, body).fields(), [], "a success has no errors");
}

#[test]
fn places_are_paths_and_pointers() {
    let (name, item) = (|name: &str| PathItem::Str(name.into()), PathItem::Int);
    for (place, loc) in [
        ("", vec![]),
        ("a", vec![name("a")]),
        ("a.b[0][12].c", vec![name("a"), name("b"), item(0), item(12), name("c")]),
        ("items.0.size", vec![name("items"), item(0), name("size")]),
        ("[3]", vec![item(3)]),
        ("a[b].c[1", vec![name("a[b]"), name("c[1")]),
        ("a[+1]", vec![name("a[+1]")]),
        ("9007199254740992", vec![name("9007199254740992")]),
        ("007", vec![name("007")]),
        ("/", vec![name("")]),
        ("/a.b/~01/0", vec![name("a.b"), name("~1"), item(0)]),
        ("#", vec![]),
        ("#/a%2Fb%zz%+1%", vec![name("a"), name("b%zz%+1%")]),
    ] {
        let field = FieldError::new(place, "x");
        assert_eq!(field.loc(), loc, "{place}");
        assert_eq!(FieldError::new(&field.pointer(), "x"), field, "{place}");
    }
}

/// However many fields a server reports, its response has a limited length and can be read.
#[test]
fn bodies_have_an_end() {
    let field = FieldError::new("a", "\u{1}".repeat(1000));
    let response = FormsError::InvalidRequest.response().with_fields(vec![field; 1000]);
    let body = response.body();
    assert!(body.len() < 64 * 1024, "{}", body.len());
    assert_eq!(FormsError::decode(422, &*body).fields().len(), 4);
}

/// All languages read the same lists from bodies: the decoders for TypeScript and Python read these cases too, see
/// `kate-errors-cli/tests/languages.rs`. `UPDATE_EXPECT=1` updates the expected lists.
#[test]
fn cases_of_all_languages() {
    const PATH: &str = "tests/catalogs/fields/cases.json";
    let file = std::fs::read_to_string(PATH).expect("a file");
    let cases: Vec<Value> = serde_json::from_str(&file).expect("a list");
    let made: Vec<String> = cases.iter().map(case).collect();
    let made = format!("[\n{}\n]\n", made.join(",\n"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return std::fs::write(PATH, &made).expect("a file");
    }
    for (made, expected) in made.lines().zip(file.lines()) {
        assert_eq!(made, expected);
    }
    assert_eq!(made, file);
}

/// Returns the line of a case, with what its body lists.
fn case(case: &Value) -> String {
    let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
    let body = case["body"].as_str().unwrap();
    let catalog = case["catalog"].as_str().unwrap();
    let header = case["header"].as_str();
    let is_written = case["is_written"] == true;
    let [fields, others] = match catalog {
        "array" => |status, body: &str, header: Option<&str>, _| {
            in_body::<PostsError>(status, body, header)
        },
        "by_name" => listed::<RailsError>,
        "google" => listed::<GoogleError>,
        "json_api" => listed::<JsonApiError>,
        "kate" => listed::<KateError>,
        "list" => listed::<FormsError>,
        "older" => |status, body: &str, header: Option<&str>, _| {
            in_body::<OlderError>(status, body, header)
        },
        "one_by_name" => listed::<OneByNameError>,
        "two_places" => listed::<TwoPlacesError>,
        "problem" => listed::<ProblemsError>,
        "steps" => listed::<StepsError>,
        _ => panic!("there is no catalog {catalog}"),
    }(status, body, header, is_written);
    let header = header.map(|code| format!(",\"header\":\"{code}\"")).unwrap_or_default();
    let is = |name| if case[name] == true { format!(",\"{name}\":true") } else { String::new() };
    let (is_text, is_written) = (is("is_text"), is("is_written"));
    format!(
        r#"{{"catalog":"{catalog}","status":{status},"body":{}{header}{is_text}{is_written},"fields":{fields},"others":{others}}}"#,
        case["body"]
    )
    .replace('\u{FEFF}', "\\ufeff")
}

/// Returns what a body lists. If `is_written`, also checks that a server writes this body.
fn listed<E: CatalogError>(
    status: u16,
    body: &str,
    header: Option<&str>,
    is_written: bool,
) -> [Value; 2] {
    if is_written {
        let decoded = Decoder::<E>::new().decode(status, body.as_bytes());
        let response = decoded.known().unwrap().clone().response().with_fields(decoded.fields());
        assert_eq!(String::from_utf8_lossy(&response.body()), body);
    }
    in_body::<E>(status, body, header)
}

/// Returns the fields that a body lists, and its further errors with their fields and bodies.
fn in_body<E: CatalogError>(status: u16, body: &str, header: Option<&str>) -> [Value; 2] {
    let fields = |decoded: &Decoded<'_, E>| decoded.fields().iter().map(parts).collect::<Value>();
    let reader = Decoder::<E>::new().error_code(header.map(str::as_bytes));
    let decoded = reader.decode(status, body.as_bytes());
    let is_noted = decoded.notes().contains(&Note::MoreErrors);
    assert!(!is_noted || decoded.others().next().is_some(), "{body}");
    let others = decoded.others().map(|other| {
        let code = other.known().map(|error| error.code().as_str());
        json!([code, fields(&other), String::from_utf8_lossy(other.body())])
    });
    [fields(&decoded), others.collect()]
}

fn parts(field: &FieldError) -> Value {
    let steps = field.loc().iter().map(|step| match step {
        PathItem::Str(name) => json!(name),
        PathItem::Int(index) => json!(index),
    });
    let steps: Value = steps.collect();
    json!([steps, field.path(), field.pointer(), field.code(), field.message()])
}
