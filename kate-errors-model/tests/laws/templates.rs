//! Rendering and reading are inverse operations, except for values that cannot be in their message unchanged.

use kate_errors_model::json::Scanner;
use kate_errors_model::template::{Segment, Template, Value, Values};
use kate_errors_model::types::Type;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::config;
use crate::strategies::{template, value};

/// The maximum number of parameters in these templates.
const PARAMS: usize = 12;

/// Returns values for the parameters of a template; for a `one_of`, one of the choices.
fn fitting(template: &Template<'_>, texts: &[String]) -> Vec<String> {
    let mut values = texts.to_vec();
    for segment in &*template.segments {
        if let Type::OneOf(choices) = &segment.ty {
            values[segment.param] =
                choices[values[segment.param].len() % choices.len()].to_string();
        }
    }
    values
}

fn rendered(template: &Template<'_>, values: &[String]) -> String {
    let values: Vec<Value<'_>> = values.iter().map(|value| Value::Text(value)).collect();
    template.render(Values::own(&values))
}

/// Returns the message with unchanged values.
fn unchanged(template: &Template<'_>, values: &[String]) -> String {
    let mut message = template.first.to_string();
    for segment in &*template.segments {
        message += &values[segment.param];
        message += &segment.literal;
    }
    message
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn read_of_render_is_sanitize(template in template(), texts in vec(value(), PARAMS)) {
        let values = fitting(&template, &texts);
        let message = rendered(&template, &values);
        let mut read = [""; PARAMS];
        prop_assert!(template.read(&message, &mut read), "{:?} {:?}", template, message);
        for segment in &*template.segments {
            let sanitized = template.sanitize(segment, &values[segment.param]);
            prop_assert_eq!(read[segment.param], &*sanitized, "{:?} {:?}", template, message);
        }
    }

    #[test]
    fn sanitize_is_idempotent(template in template(), text in value()) {
        for segment in template.segments.iter().filter(|it| !matches!(it.ty, Type::OneOf(_))) {
            let once = template.sanitize(segment, &text);
            prop_assert!(segment.can_hold(&once), "{:?} {:?}", segment, once);
            prop_assert_eq!(&template.sanitize(segment, &once), &once);
        }
    }

    #[test]
    fn sanitize_leaves_alone_what_can_be_read_back(template in template(), texts in vec(value(), PARAMS)) {
        let values = fitting(&template, &texts);
        let message = unchanged(&template, &values);
        let mut read = [""; PARAMS];
        let same = |segment: &Segment<'_>, read: &[&str]| read[segment.param] == values[segment.param];
        if template.read(&message, &mut read) && template.segments.iter().all(|it| same(it, &read)) {
            for segment in &*template.segments {
                let value = &values[segment.param];
                prop_assert_eq!(&*template.sanitize(segment, value), value, "{:?}", segment);
            }
        }
    }

    #[test]
    fn no_message_has_what_ends_it_in_the_body(template in template(), texts in vec(value(), PARAMS), text in "[ab(]{1,3}") {
        let template = Template { around: vec![text.clone().into()].into(), ..template };
        let mut literals = template.segments.iter().map(|it| &*it.literal).chain([&*template.first]);
        if literals.any(|literal| literal.contains(&text)) || !template.segments.iter().all(Segment::is_text) {
            return Ok(());
        }
        let values = fitting(&template, &texts);
        let message = rendered(&template, &values);
        prop_assert!(!message.contains(&text), "{:?} {:?} {:?}", template, values, message);
        for segment in &*template.segments {
            let sanitized = template.sanitize(segment, &values[segment.param]);
            prop_assert_eq!(&template.sanitize(segment, &sanitized), &sanitized);
        }
    }

    #[test]
    fn few_characters_of_a_text_are_changed(template in template(), text in value()) {
        for segment in template.segments.iter().filter(|segment| segment.is_text()) {
            let sanitized = template.sanitize(segment, &text);
            let pairs = text.chars().zip(sanitized.chars());
            let changed = pairs.filter(|(before, after)| before != after).count();
            let marks = if segment.mark().is_empty() { 0 } else { text.len() / segment.mark().len() + 1 };
            let bad = text.chars().filter(|character| !segment.ty.allows(*character)).count();
            prop_assert!(changed <= marks + bad, "{:?} {:?}", segment, text);
            let empty = usize::from(text.is_empty() && segment.ty == Type::Word);
            prop_assert_eq!(sanitized.chars().count(), text.chars().count() + empty);
        }
    }

    #[test]
    fn what_is_read_renders_to_the_message(template in template(), message in value(), texts in vec(value(), PARAMS)) {
        let near = unchanged(&template, &fitting(&template, &texts));
        for message in [message, near] {
            let mut read = [""; PARAMS];
            if template.read(&message, &mut read) {
                let read: Vec<String> = read.iter().map(|value| (*value).to_owned()).collect();
                prop_assert_eq!(rendered(&template, &read), message);
            }
        }
    }

    #[test]
    fn a_body_has_the_message_as_a_string(template in template(), texts in vec(value(), PARAMS)) {
        let values = fitting(&template, &texts);
        let all: Vec<Value<'_>> = values.iter().map(|value| Value::Text(value)).collect();
        let mut json = b"\"".to_vec();
        template.render_json(Values::own(&all), &mut json);
        json.push(b'"');
        let json = String::from_utf8(json).unwrap();
        let string = Scanner::new(&json).string().unwrap();
        prop_assert_eq!(string.inside.len() + 2, json.len());
        prop_assert_eq!(string.text().unwrap(), rendered(&template, &values));
    }
}

#[test]
fn values_that_are_too_long_are_cut_so_that_the_body_can_be_read() {
    use kate_errors_model::template::Piece;
    let literal = Piece::Literal("L ".into());
    let template = Template::new([literal, Piece::Placeholder(0, Type::Text)]);
    for text in ["x".repeat(65_522), "\"".repeat(70_000), "😀".repeat(70_000)] {
        let mut json = Vec::new();
        template.render_json(Values::own(&[Value::Text(&text)]), &mut json);
        assert!(json.len() < kate_errors_model::MAX_BODY);
        let sanitized = template.sanitize(&template.segments[0], &text);
        assert!(text.starts_with(&*sanitized) && sanitized.chars().count() > 10_000);
    }
}
