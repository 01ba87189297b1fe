//! The meaning of templates, and the mistakes in them.

use kate_errors_codegen::envelope::{Parts, expand};
use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::profiles::{PROFILES, named};
use kate_errors_model::envelope::{Envelope, FieldPart, Found, Insides, Slot, Value};
use kate_errors_model::json::Raw;

use crate::differential::parts;

#[test]
fn the_constants_are_profiles() {
    for (name, constant) in [("detail", Envelope::DETAIL), ("problem", Envelope::PROBLEM)] {
        let parts = parts(named(name).unwrap().template);
        assert_eq!(parts.envelope().pieces, constant.pieces);
        assert_eq!(parts.envelope().places, constant.places);
    }
    assert_eq!(
        parts(named("problem").unwrap().template).envelope().fields,
        Envelope::PROBLEM.fields
    );
    let list =
        r#"{"detail":[{"type":"{field.code?}","loc":"{field.loc}","msg":"{field.message}"}]}"#;
    assert_eq!(parts(list).envelope().pieces, Envelope::VALIDATION.pieces);
}

#[test]
fn profiles_have_a_place_for_the_message_or_the_code() {
    for profile in PROFILES {
        let domain = [("domain", Raw::parse("\"kate.example\"").unwrap())];
        let template = expand(Raw::parse(profile.template).unwrap(), &domain).unwrap();
        assert_eq!(template, profile.template.replace("{with.domain}", "kate.example"));
        let parts = parts(&template);
        let reads = [Slot::Detail, Slot::Code].map(|slot| parts.envelope().reads(slot));
        let has_code = !["detail", "problem", "github"].contains(&profile.name);
        assert_eq!(reads, [true, has_code], "{}", profile.name);
    }
    assert_eq!(named("none"), None);
}

#[test]
fn white_space_of_a_template_is_not_written() {
    let parts = parts(" { \"a\" : [ 1 , { } ] ,\n\"code\" : \"{code}\" } ");
    let mut body = Vec::new();
    parts.envelope().write(&mut body, |_, _, out| {
        out.push(b'7');
        true
    });
    // Constants are written as they are in the template.
    assert_eq!(String::from_utf8(body).unwrap(), r#"{"a":[1,{}],"code":7}"#);
}

#[test]
fn each_mistake_has_its_place() {
    let mistakes = [
        ("{\"a\":", "", "is not JSON"),
        ("{} x", "", "is not JSON"),
        ("\"{detail}\"", "", "neither an object nor an array"),
        ("[[\"{detail}\"]]", "/0", "directly inside an array"),
        (r#"{"a":{"b\"":1}}"#, "/a/b\\\"", "the name is empty"),
        (r#"{"{a}":1}"#, "/{a}", "the name is empty"),
        (r#"{"":["{detail}"]}"#, "/", "the name is empty"),
        (r#"{"a":{"b":1,"b":2}}"#, "/a/b", "already has this member"),
        (r#"{"a/b~":"{code"}"#, "/a~1b~0", "a brace that"),
        (r#"{"a":"code}"}"#, "/a", "a brace that"),
        (r#"{"a":"{code}}"}"#, "/a", "a brace that"),
        (r#"{"a":["x","{code}{detail}"]}"#, "/a/1", "two placeholders need text"),
        (r#"{"a":["{field.path}: {field.code}"]}"#, "/a/0", "only one placeholder"),
        (r#"{"a":"{}"}"#, "/a", "no placeholder `{}`"),
        (r#"{"a":"{code:int}"}"#, "/a", "no placeholder `{code:int}`"),
        (r#"{"a":"{detail:ms}"}"#, "/a", "no placeholder `{detail:ms}`"),
        (r#"{"a":"{other.x}"}"#, "/a", "no placeholder `{other.x}`"),
        (r#"{"a":"{with.x}"}"#, "/a", "no placeholder `{with.x}`"),
        (r#"{"a":"{no space}"}"#, "/a", "no placeholder `{no space}`"),
        (r#"{"a":"{any?}"}"#, "/a", "no placeholder `{any?}`"),
        (r#"{"a":"\n{code}"}"#, "/a", "around a placeholder must not"),
        (r#"{"a":"{any}{code}"}"#, "/a", "`{any}` needs text"),
        (r#"{"a":"{any}x"}"#, "/a", "`{any}` needs text"),
        (r#"{"a":"x{params}"}"#, "/a", "an object cannot"),
        (r#"{"a":[{"b":"{code}"},{"b":"{detail}"}]}"#, "/a/1", "this is the second one"),
        (r#"{"a":[[{"b":"{code}"}]]}"#, "/a/0", "directly inside an array"),
        (r#"{"a":[["{field.path}"]]}"#, "/a/0", "directly inside an array"),
        (r#"{"a":["{field.path}","{field.code}"]}"#, "/a/1", "this is the second one"),
        (r#"{"a":"{field.path}"}"#, "/a", "parts of a field"),
        (r#"{"a":[{"b":"{field.path}","c":["{field.code}"]}]}"#, "/a/0", "parts of a field"),
        (r#"{"a":["{field.name}"]}"#, "/a/0", "no placeholder `{field.name}`"),
        (r#"{"a":["{field.path:string}"]}"#, "/a/0", "no placeholder `{field.path:string}`"),
        (r#"{"a":["/{field.loc}"]}"#, "/a/0", "an object cannot"),
        (r#"{"a":{"{field.path}":"{field.message}","b":1}}"#, "/a", "messages by field"),
        (r#"{"a":{"{field.path}":"{field.code}"}}"#, "/a", "messages by field"),
        (r#"{"a":{"{field.path}":["{field.message}",1]}}"#, "/a", "messages by field"),
    ];
    for (template, place, message) in mistakes {
        let found = Parts::new(template).expect_err(template);
        assert_eq!(found.len(), 1, "{template} {found:?}");
        assert_eq!(found[0].place, place, "{template}");
        assert!(found[0].message.contains(message), "{template} {found:?}");
    }
}

#[test]
fn constants_of_the_catalog_are_scalars() {
    let constants =
        [("s", "\"a\\\"b\""), ("n", "7"), ("b", "true"), ("o", "{}"), ("c", "\"{code}\"")];
    let with = constants.map(|(name, json)| (name, Raw::parse(json).unwrap()));
    let expand = |template| expand(Raw::parse(template).unwrap(), &with);
    let template = r#"{ "a" : "{with.s}", "b": "x{with.s}{with.n}y{with.b}", "c": [ "{with.n}", null ], "d": "{with.b} " }"#;
    let expanded = r#"{"a":"a\"b","b":"xa\"b7ytrue","c":[7,null],"d":"true "}"#;
    assert_eq!(expand(template), Ok(expanded.to_owned()));

    let mistakes =
        expand(r#"{"a":["{with.x}{with.y}"],"b":{"c/d":"{with.o}"},"e":"{with.c}"}"#).unwrap_err();
    let mistakes: Vec<_> =
        mistakes.into_iter().map(|mistake| (mistake.place, mistake.message)).collect();
    let value = "of `with` is not a string, a number or a boolean, or holds a brace";
    let expected = [
        ("/a/0", "`with` has no `x`".to_owned()),
        ("/a/0", "`with` has no `y`".to_owned()),
        ("/b/c~1d", format!("`o` {value}")),
        ("/e", format!("`c` {value}")),
    ];
    assert_eq!(mistakes, expected.map(|(place, message)| (place.to_owned(), message)));
}

#[test]
fn a_duplicate_is_refused_after_the_whole_syntax_is_checked() {
    let parts = parts(r#"{"error":{"code":"{code}","message":"{detail}","note":"x"}}"#);
    let reason = |body: &str| parts.envelope().find(body.as_bytes()).unwrap_err();
    assert_eq!(reason(r#"{"error":{},"error":{}}"#), UnknownReason::DuplicateMember);
    assert_eq!(reason(r#"{"error":{"code":1,"c\u006fde":1}}"#), UnknownReason::DuplicateMember);
    assert_eq!(reason(r#"{"error":{"message":1,"message":1}}"#), UnknownReason::DuplicateDetail);
    assert_eq!(reason(r#"{"error":{"code":1,"code":1}"#), UnknownReason::Truncated);
    assert_eq!(reason(r#"{"error":{},"error":{}} x"#), UnknownReason::TrailingBytes { at: 24 });
    // Duplicates of other members are ignored.
    assert!(parts.envelope().find(br#"{"error":{"note":1,"note":1},"x":1,"x":1}"#).is_ok());
}

#[test]
fn bodies_and_templates_are_as_deep_as_the_limit() {
    let deep =
        |inside: &str, depth| format!("{}{inside}{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let template = deep("\"{code}\"", 128);
    let parts = parts(&template);
    assert!(parts.envelope().reads(Slot::Code));
    let found = |body: &str| {
        parts.envelope().find(body.as_bytes()).map(|found| found.get(Slot::Code).is_some())
    };
    assert_eq!(found(&deep("7", 128)), Ok(true));
    assert_eq!(found(&deep("[]", 127)), Ok(false));
    assert_eq!(found(&deep("[]", 128)), Err(UnknownReason::TooDeep));
    let template = deep("\"{code}\"", 129);
    let mistakes = Parts::new(&template).unwrap_err();
    assert_eq!(mistakes[0].message, "the template is not JSON");
}

#[test]
fn insides_are_what_stands_there() {
    let templates = [
        (
            r#"{"error":{"code":"{code}","message":"{detail}"}}"#,
            r#"{"error":{"code":"C","message":"D"}}"#,
        ),
        (r#"{"c":"{code:string}","d":"{detail}"}"#, r#"{"c":"C","d":"D"}"#),
        (r#"{"c":"{code}","d":"{detail}","x":1}"#, r#"{"c":"C","d":"D","x":1}"#),
    ];
    // If a string contains more than the value, only the full reader can strip it.
    let affixes = parts(r#"{"c":"E-{code}","d":"{detail}!"}"#);
    assert_eq!(affixes.envelope().around(), None);
    for (template, body) in templates {
        let parts = parts(template);
        let around = parts.envelope().around().unwrap();
        let insides = Insides { body: body.as_bytes(), code: Some(&b"C"[..]), detail: b"D" };
        assert_eq!(around.inside(body.as_bytes()), Some(insides));
        assert_eq!(around.inside(format!("{body}\r\n").as_bytes()), Some(insides));
        // `inside` does not check whether code and message are the insides of strings.
        let odd = body.replace('D', "\",\"\u{1}");
        let of_odd = Insides { body: odd.as_bytes(), detail: b"\",\"\x01", ..insides };
        assert_eq!(around.inside(odd.as_bytes()), Some(of_odd));
        let escaped = body.replace('C', "\\n");
        let of_escaped = Insides { body: escaped.as_bytes(), code: Some(b"\\n"), ..insides };
        assert_eq!(around.inside(escaped.as_bytes()), Some(of_escaped));
        let others = [body.replace('{', "{ "), body.replace('C', "C\"")];
        for other in others.iter().map(String::as_str).chain([&body[1..], &body[..9], ""]) {
            assert_eq!(around.inside(other.as_bytes()), None, "{other}");
        }
    }
    let around = Envelope::DETAIL.around().unwrap();
    let insides = Insides { body: br#"{"detail":"x"}"#, code: None, detail: b"x" };
    assert_eq!(around.inside(br#"{"detail":"x"} "#), Some(insides));
    // The strings contain more than the value.
    for open in
        [r#"{"type":"{any}#{code}","detail":"{detail}"}"#, r#"{"detail":"{any}: {detail}"}"#]
    {
        assert_eq!(parts(open).envelope().around(), None);
    }
}

/// Writes a body with this many fields. Each part is its name and the number of the field.
fn with_fields(template: &str, count: usize) -> String {
    let (parts, mut body, mut next) = (parts(template), Vec::new(), 0);
    parts.envelope().write(&mut body, |slot, _, out| {
        match slot {
            Slot::NextField => {
                next = if next < count { next + 1 } else { 0 };
                return next > 0;
            }
            Slot::Field(_) if next == 0 => return false,
            Slot::Field(FieldPart::Code) if next == 2 => return false,
            Slot::Field(part) => out.extend_from_slice(format!("{part:?} {next}").as_bytes()),
            _ => out.extend_from_slice(b"x"),
        }
        true
    });
    String::from_utf8(body).unwrap()
}

#[test]
fn an_element_is_written_for_each_field() {
    let list = r#"{"detail":"{detail}","errors":[{"at":"{field.path}","code":"{field.code?}"}]}"#;
    assert_eq!(with_fields(list, 0), r#"{"detail":"x"}"#);
    assert_eq!(
        with_fields(list, 3),
        r#"{"detail":"x","errors":[{"at":"Path 1","code":"Code 1"},{"at":"Path 2"},{"at":"Path 3","code":"Code 3"}]}"#,
    );
    // If only constants are beside the list, they are omitted with it, and each of two lists has all fields.
    let nested = r#"{"a":[{"@type":"A","code":"{detail}"},{"@type":"B","of":["{field.path}"]}],"b":["{field.path}"]}"#;
    assert_eq!(with_fields(nested, 0), r#"{"a":[{"@type":"A","code":"x"}]}"#);
    assert_eq!(
        with_fields(nested, 2),
        r#"{"a":[{"@type":"A","code":"x"},{"@type":"B","of":["Path 1","Path 2"]}],"b":["Path 1","Path 2"]}"#,
    );
    // An element that contains the error is always written.
    let of_error = r#"{"errors":[{"detail":"{detail}","source":{"pointer":"{field.pointer?}"}}]}"#;
    assert_eq!(with_fields(of_error, 0), r#"{"errors":[{"detail":"x"}]}"#);
    assert_eq!(
        with_fields(of_error, 2),
        r#"{"errors":[{"detail":"x","source":{"pointer":"Pointer 1"}},{"detail":"x","source":{"pointer":"Pointer 2"}}]}"#,
    );
}

#[test]
fn fields_are_read_apart() {
    let nested = r#"{"a":[{"@type":"A","code":"{code}"},{"@type":"B","of":[{"at":"{field.path}","is":"{field.code}"}]}]}"#;
    let parts = parts(nested);
    assert!(!parts.envelope().places.iter().any(|place| place.name == "of"));
    let body =
        br#"{"a":[{"@type":"B","of":[{"at":"x","is":1},{"is":"c"},3]},{"@type":"A","code":7}]}"#;
    let found = parts.envelope().find_fields(body).unwrap();
    let part = |found: &Found<'_, '_>, part| {
        found.get(Slot::Field(part)).map(|value| value.as_str().to_owned())
    };
    let each = found.each_field();
    let each: Vec<_> =
        each.map(|it| [FieldPart::Path, FieldPart::Code].map(|of| part(&it, of))).collect();
    assert_eq!(each, [[Some("x".to_owned()), None], [None, Some("c".to_owned())]]);
    assert_eq!(parts.envelope().find(body).unwrap().get(Slot::Code).unwrap().as_str(), "7");
}

/// Writes a body with a code and a message.
fn written(template: &str, code: &str, detail: &str) -> String {
    let (parts, mut body) = (parts(template), Vec::new());
    parts.envelope().write(&mut body, |slot, _, out| {
        let text = if slot == Slot::Code { code } else { detail };
        out.extend_from_slice(text.as_bytes());
        !text.is_empty()
    });
    String::from_utf8(body).unwrap()
}

/// A text, and the code and the message that are read from it.
type Texts = [(&'static str, Option<&'static str>, Option<&'static str>)];

#[test]
fn a_text_may_have_several_slots() {
    // The template, what is written for the code C and the message D, and what is read from other texts.
    let cases: &[(&str, &str, &Texts)] = &[
        (
            "[{code}] {detail}",
            "[C] D",
            &[
                ("[gone] It ] is", Some("gone"), Some("It ] is")),
                ("[a] [b] c", Some("a"), Some("[b] c")),
                ("gone] x", None, None),
                ("[gone]", None, None),
            ],
        ),
        (
            "{any}.{code}: {detail}",
            "C: D",
            &[
                ("com.kate.Gone: v1.2: x", Some("Gone"), Some("v1.2: x")),
                ("Gone: x", Some("Gone"), Some("x")),
                ("Gone", None, None),
            ],
        ),
        (
            "{code}: {detail} (request {any}",
            "C: D",
            &[("a: b (request 7)", Some("a"), Some("b")), ("a: b (c)", Some("a"), Some("b (c)"))],
        ),
        (
            "urn:{any}:{code}/{any}/{detail};",
            "urn::C//D;",
            &[
                ("urn:a:b:c/d/e/f;", Some("c"), Some("e/f")),
                ("urn:a:b:c/d/e/f", Some("c"), None),
                ("urn:c/d/e;", None, None),
            ],
        ),
        (
            "{detail} [{code}]",
            "D [C]",
            &[("a [b] [c]", Some("c"), Some("a [b]")), ("a", None, None)],
        ),
        (
            "target: {any} = {code}: {detail}",
            "target:  = C: D",
            &[("target: a: b: c = d: e: f", Some("d"), Some("e: f")), ("a = d: e", None, None)],
        ),
        (
            "{any} - {code} ({any}",
            "C",
            &[
                ("a - - c (d - e)", Some("c"), None),
                (" - - c", Some("c"), None),
                ("- c", Some("- c"), None),
            ],
        ),
        ("{detail} - {code}", "D - C", &[("a - - c", Some("c"), Some("a -"))]),
        ("urn:{any}:{code}", "urn::C", &[("urn:a:b", Some("b"), None), ("a:b", None, None)]),
        (
            "{any}: {code} {detail} - {any}",
            "C D",
            &[("x: a b - c", Some("a"), Some("b")), ("a b", Some("a"), Some("b"))],
        ),
    ];
    for (text, expected, bodies) in cases {
        let template = format!(r#"{{"x":1,"text":"{text}","in":["{text}"]}}"#);
        let body = format!(r#"{{"x":1,"text":"{expected}","in":["{expected}"]}}"#);
        assert_eq!(written(&template, "C", "D"), body, "{text}");
        for (value, code, detail) in *bodies {
            for body in [format!(r#"{{"text":"{value}"}}"#), format!(r#"{{"in":[7,"{value}"]}}"#)] {
                let parts = parts(&template);
                let found = parts.envelope().find(body.as_bytes()).unwrap();
                let [read_code, read_detail] = [Slot::Code, Slot::Detail].map(|it| found.get(it));
                // An element is read if its first value is there.
                let is_read = code.is_some() || body.contains("\"text\"");
                let detail = detail.filter(|_| is_read);
                assert_eq!(read_code.as_ref().map(Value::as_str), *code, "{text}: {body}");
                assert_eq!(read_detail.as_ref().map(Value::as_str), detail, "{text}: {body}");
            }
        }
    }
    let parts = parts(r#"{"text":"{code} {detail?}"}"#);
    let mut body = Vec::new();
    parts.envelope().write(&mut body, |slot, _, out| {
        out.push(b'C');
        slot == Slot::Code
    });
    assert_eq!(body, b"{}");
}

#[test]
fn objects_and_values_of_the_request_are_not_compared() {
    let parts = parts(
        r#"{"a":"{params}","b":"{params}","c":"{code}","d":"{code}","e":"{request.id} to {request.id}"}"#,
    );
    let differ = |body: &str| parts.envelope().find(body.as_bytes()).unwrap().places_differ();
    assert!(!differ(r#"{"a":{"x":1},"b":{"x":2},"c":7,"d":"7","e":"1 to 2"}"#));
    assert!(differ(r#"{"a":{},"b":{},"c":7,"d":"8","e":"1 to 1"}"#));
}
