//! Rules about routes: an HTTP method, and the template of a path (RFC 3986, with `{name}` as in OpenAPI).

use std::collections::HashSet;
use std::ops::Range;

use super::Checker;
use crate::rule;
use crate::syntax::document::Text;

/// The methods that a path in an OpenAPI document can have.
const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

/// The brackets of path placeholders in Flask, Next.js, axum and templates.
const FORMS: &[(&str, &str)] = &[("{{", "}}"), ("${", "}"), ("{", "}"), ("<", ">"), ("[", "]")];

impl Checker<'_> {
    pub(super) fn route(&mut self, route: &Text) {
        let Err(Fault { range, message }) = check(&route.value) else { return };
        let meant = rewrite(&route.value).filter(|meant| check(meant).is_ok());
        self.report(&rule::INVALID_ROUTE, message, (route.part(&range), "here"))
            .help_if(meant.map(|meant| format!("write `{meant}`")));
    }
}

/// A mistake in a route, and its place.
struct Fault {
    range: Range<usize>,
    message: String,
}

impl Fault {
    fn new<T>(range: Range<usize>, message: impl Into<String>) -> Result<T, Self> {
        Err(Self { range, message: message.into() })
    }
}

fn check(route: &str) -> Result<(), Fault> {
    let Some((method, path)) = route.split_once(' ') else {
        return Fault::new(0..route.len(), format!("`{route}` is not a method and a path"));
    };
    if !METHODS.contains(&method) {
        let message = format!("`{method}` is not a method for a route");
        return Fault::new(0..method.len(), message);
    }
    let start = method.len() + 1;
    if !path.starts_with('/') {
        return Fault::new(start..route.len(), "the path does not begin with `/`");
    }
    let mut names = HashSet::new();
    let mut at = start;
    for segment in path.split('/') {
        check_segment(segment, at, &mut names)?;
        at += segment.len() + 1;
    }
    Ok(())
}

/// Checks the text between two slashes, at offset `start` of the route.
fn check_segment<'r>(
    segment: &'r str,
    start: usize,
    names: &mut HashSet<&'r str>,
) -> Result<(), Fault> {
    if segment.starts_with([':', '*']) || segment.starts_with("${") || segment.contains("(?") {
        let message = format!("`{segment}` is not a placeholder here");
        return Fault::new(start..start + segment.len(), message);
    }
    let mut at = 0;
    while let Some(character) = segment[at..].chars().next() {
        at += match character {
            '{' => check_placeholder(&segment[at..], start + at, names)?,
            '%' if is_encoded(&segment[at..]) => 3,
            _ if is_path_character(character) => 1,
            _ => return misplaced_character(character, start + at),
        }
    }
    Ok(())
}

/// Checks the placeholder at the beginning of `text`, at offset `start` of the route. Returns its length.
fn check_placeholder<'r>(
    text: &'r str,
    start: usize,
    names: &mut HashSet<&'r str>,
) -> Result<usize, Fault> {
    let Some(close) = text.find('}') else {
        return Fault::new(start..start + 1, "this `{` is not closed");
    };
    let (name, place) = (&text[1..close], start..start + close + 1);
    if !is_name(name) {
        return Fault::new(place, format!("`{{{name}}}` is not a name in braces"));
    }
    if !names.insert(name) {
        return Fault::new(place, format!("`{{{name}}}` is used twice in the path"));
    }
    if text[close + 1..].starts_with('{') {
        return Fault::new(
            place,
            format!("there is no text between `{{{name}}}` and the next placeholder"),
        );
    }
    Ok(close + 1)
}

fn misplaced_character(character: char, at: usize) -> Result<(), Fault> {
    let message = match character {
        '?' => "a route has no query".to_owned(),
        '#' => "a route has no fragment".to_owned(),
        '}' => "this `}` closes no placeholder".to_owned(),
        _ => format!("`{character}` is not allowed in a path"),
    };
    Fault::new(at..at + character.len_utf8(), message)
}

/// Returns the route that a malformed one was probably meant to be.
fn rewrite(route: &str) -> Option<String> {
    let (method, path) = match route.split_once(' ') {
        Some(parts) => parts,
        None if route.contains('/') => ("GET", route),
        None => return None,
    };
    let path = match path.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => path.trim(),
    };
    if path.contains("(?") {
        return None;
    }
    let path = path.split(['?', '#']).next()?.trim_start_matches('/');
    let segments: Vec<String> = path.split('/').map(rewrite_segment).collect();
    Some(format!("{} /{}", method.to_ascii_uppercase(), segments.join("/")))
}

/// Rewrites a segment that is a placeholder of another framework. Other segments are only encoded.
fn rewrite_segment(segment: &str) -> String {
    if let Some(names) = segment.strip_prefix([':', '*']) {
        return rewrite_names(names);
    }
    let inside = |(open, close): &(&str, &str)| {
        let inside = segment.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains(['{', '}', '<', '>'])).then_some(inside)
    };
    let unclosed = || segment.strip_prefix('{').filter(|name| is_name(name));
    let Some(inside) = FORMS.iter().find_map(inside).or_else(unclosed) else {
        return encode(segment);
    };
    let inside = match inside.rsplit_once(':') {
        // Flask and Django write the type first.
        Some((_, name)) if segment.starts_with('<') => name,
        _ => inside.trim_start_matches(['.', '*']),
    };
    let (name, rest) = split_name(inside.trim());
    let is_pattern = rest.is_empty() || rest.starts_with([':', '=', '*', '+', '(']);
    if is_name(name) && is_pattern { format!("{{{name}}}") } else { segment.to_owned() }
}

/// Rewrites a segment such as `:id.:format` of Express and Rails, without its first mark. Patterns and optional
/// parts are in parentheses, and left out.
fn rewrite_names(names: &str) -> String {
    let mut depth = 0;
    let is_outside = |character: &char| {
        depth += i32::from(*character == '(');
        let is_outside = depth == 0;
        depth -= i32::from(*character == ')');
        is_outside
    };
    let names: String = names.chars().filter(is_outside).collect();
    let rewrite = |(name, rest): (&str, &str)| {
        format!("{{{name}}}{}", encode(rest.trim_start_matches(['*', '+'])))
    };
    names.split(':').map(split_name).map(rewrite).collect()
}

/// Splits a text behind the letters, digits and `_` at its beginning.
fn split_name(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c| !is_name_character(c)).unwrap_or(text.len()))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| is_name_character(c) || matches!(c, '-' | '.'))
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// Percent-encodes the characters of a segment that are not ASCII.
fn encode(segment: &str) -> String {
    let encode = |byte: u8| {
        if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    segment.bytes().map(encode).collect()
}

/// Whether a character need not be encoded in the path of a URL (RFC 3986, section 3.3).
fn is_path_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(character)
}

fn is_encoded(text: &str) -> bool {
    text.get(1..3).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(route: &str) -> Option<String> {
        rewrite(route).filter(|meant| check(meant).is_ok())
    }

    #[test]
    fn well_formed() {
        let routes = [
            "GET /",
            "GET /orders/{id}",
            "POST /orders/{order_id}/lines/{line-id}",
            "GET /files/{name}.{extension}",
            "POST /v1/jobs/{id}:cancel",
            "GET /a%20b/$metadata/",
        ];
        for route in routes {
            assert!(check(route).is_ok(), "{route}");
        }
    }

    #[test]
    fn what_is_meant() {
        let routes = [
            ("GET /orders/:id", "GET /orders/{id}"),
            ("get /orders/:id", "GET /orders/{id}"),
            ("GET /orders/<int:id>/lines", "GET /orders/{id}/lines"),
            ("GET /orders/{id:int}", "GET /orders/{id}"),
            ("GET /files/{*path}", "GET /files/{path}"),
            ("GET /files/*path", "GET /files/{path}"),
            ("GET /files/[...path]", "GET /files/{path}"),
            ("GET /a/${id}", "GET /a/{id}"),
            ("GET /orders/:id.json", "GET /orders/{id}.json"),
            ("GET /x/:a-:b", "GET /x/{a}-{b}"),
            ("GET /x/:id(.:format)", "GET /x/{id}"),
            (r"GET /x/:a(\d+).:b([0-9]*)", "GET /x/{a}.{b}"),
            ("GET /x/:rest*", "GET /x/{rest}"),
            ("GET /x/{ id }", "GET /x/{id}"),
            ("GET /orders?x=1", "GET /orders"),
            ("GET https://api.example.com/orders", "GET /orders"),
            ("GET orders/{id}.{format}", "GET /orders/{id}.{format}"),
            ("/orders", "GET /orders"),
            ("GET /über", "GET /%C3%BCber"),
            ("GET /orders/{id", "GET /orders/{id}"),
        ];
        for (route, expected) in routes {
            assert!(check(route).is_err(), "{route}");
            assert_eq!(meant(route).as_deref(), Some(expected), "{route}");
        }
        let others =
            ["GET", "GET /orders/{}", "GET /{id}/{id}", "GET /{a}{b}", "ANY /orders", "GET /a b"];
        let unclear = ["GET /{order id}", "GET /(?P<id>x)", "GET /:a:b", "GET /:"];
        for route in others.into_iter().chain(unclear) {
            assert!(check(route).is_err() && meant(route).is_none(), "{route}");
        }
    }
}
