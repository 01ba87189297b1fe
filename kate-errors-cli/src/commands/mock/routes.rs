//! Finds the operation for a request by the routes of the catalog.

use std::borrow::Cow;
use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Operation;

/// Returns the operations that match a method and a path. If several routes match, the most specific one wins:
/// `/jobs/latest` before `/jobs/{id}`. A HEAD request has the response to GET, unless there is a route for it.
pub(super) fn operations<'c>(catalog: &'c Catalog, method: &str, path: &str) -> Vec<&'c Operation> {
    let precision = |operation: &Operation| {
        let is_exact = operation.method == method;
        let is_of = is_exact || method == "HEAD" && operation.method == "GET";
        precision(&operation.path, path).filter(|_| is_of).map(|it| (it, is_exact))
    };
    let best = catalog.operations.iter().filter_map(precision).max();
    let is_best = |operation: &&Operation| best.is_some() && precision(operation) == best;
    catalog.operations.iter().filter(is_best).collect()
}

/// Returns the methods of the routes that match a path.
pub(super) fn methods<'c>(catalog: &'c Catalog, path: &str) -> BTreeSet<&'c str> {
    let routes = catalog.operations.iter().filter(|it| precision(&it.path, path).is_some());
    let with_head = |method| std::iter::once(method).chain((method == "GET").then_some("HEAD"));
    routes.flat_map(|operation| with_head(operation.method.as_str())).collect()
}

/// Returns how specific a route is for each segment of the path, or `None` if it does not match.
fn precision(route: &str, path: &str) -> Option<Vec<usize>> {
    let (route, path): (Vec<&str>, Vec<&str>) =
        (route.split('/').collect(), path.split('/').collect());
    let said = |(pattern, part): (&&str, &&str)| {
        // A segment without parameters is more specific than any with one.
        let is_whole = !pattern.contains('{');
        let literal = || literals(pattern).map(str::len).sum();
        fits(pattern, part).then(|| if is_whole { usize::MAX } else { literal() })
    };
    if route.len() == path.len() { route.iter().zip(&path).map(said).collect() } else { None }
}

/// Returns the literals around the parameters of a segment.
fn literals(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
        Some((_, literal)) if at > 0 => literal,
        _ => piece,
    })
}

fn fits(pattern: &str, part: &str) -> bool {
    // Clients spell what is percent-encoded in several ways.
    let plain = |it| percent_encoding::percent_decode_str(it).decode_utf8_lossy();
    let part = plain(part);
    let mut literals: Vec<Cow<'_, str>> = literals(pattern).map(plain).collect();
    let (first, last) = (literals.remove(0), literals.pop());
    let Some(mut rest) = part.strip_prefix(&*first) else { return false };
    let Some(last) = last else { return rest.is_empty() };
    for literal in literals {
        // A value has at least one character.
        let found = rest.char_indices().skip(1).find(|(at, _)| rest[*at..].starts_with(&*literal));
        let Some((at, _)) = found else { return false };
        rest = &rest[at + literal.len()..];
    }
    rest.strip_suffix(&*last).is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fit_around_parameters() {
        for (pattern, part, is_fit) in [
            ("jobs", "jobs", true),
            ("jobs", "job", false),
            ("{id}", "7", true),
            ("{id}", "", false),
            ("{id}:start", "7:start", true),
            ("{id}:start", ":start", false),
            ("v{a}.{b}", "v1.2", true),
            ("v{a}.{b}", "v.2", false),
            ("v{a}.{b}", "v1.", false),
            ("caf%C3%A9", "caf%c3%a9", true),
            ("caf%C3%A9:{id}", "café:7", true),
            ("a{b}", "a%2F", true),
            ("%7Ba%7D", "{a}", true),
            ("%7Ba%7D", "b", false),
        ] {
            assert_eq!(fits(pattern, part), is_fit, "{pattern} {part}");
        }
    }

    #[test]
    fn the_route_that_says_more_is_preferred() {
        let of = |route| precision(route, "/jobs/latest");
        assert!(of("/jobs/latest") > of("/jobs/l{rest}") && of("/jobs/l{rest}") > of("/jobs/{id}"));
        assert_eq!(of("/jobs"), None);
        assert_eq!(of("/jobs/{id}/runs"), None);
    }
}
