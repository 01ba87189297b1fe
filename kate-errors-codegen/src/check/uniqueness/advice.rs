//! Suggests how to resolve a clash. A change is only suggested if it removes the clash.

use kate_errors_model::template::{Piece, Segment, Template};
use kate_errors_model::types::{SCALARS, Type};

use super::message::{Message, Role, statuses};
use crate::check::placeholders::can_be_read;
use crate::clash::are_apart;
use crate::order::sorted_places;
use crate::syntax::document::Param;

/// Returns what to do about a text that is two messages.
pub(super) fn on_clash(text: &str, first: &Message<'_>, second: &Message<'_>) -> String {
    for message in [first, second] {
        if let [Segment { ty: Type::Text, .. }] = &*message.template.segments {
            if message.template.first.is_empty() && message.template.last_literal().is_empty() {
                return format!(
                    "the message of `{}` is only a placeholder, so it can be any text, and no other error can be \
                     told from it: add text to it, or define its messages as separate errors",
                    message.code
                );
            }
        }
    }
    let mut ways = Vec::new();
    ways.extend(narrower_type(text, first, second));
    ways.extend(in_quotes(text, first, second));
    ways.push(another_message(first, second));
    let [one, other] = statuses(first, second);
    if one != other {
        ways.push("leave it, if the status is enough to tell the two apart".to_owned());
    }
    ways.join("; or ")
}

fn another_message(first: &Message<'_>, second: &Message<'_>) -> String {
    match (first.is_former(), second.is_former()) {
        (false, false) if first.row == second.row => {
            format!("reword the detail or the context of `{}`", first.code)
        }
        (false, false) if first.shape == second.shape => {
            format!(
                "reword one of the two; or, if one message for both is meant, replace the status and detail of one by \
                 `same_as: {}`",
                first.code
            )
        }
        (false, false) => {
            "reword one of the two, so that its own text cannot be read as a value of the other"
                .to_owned()
        }
        (true, true) => "delete one of the two from `former`, if it is no longer sent".to_owned(),
        (first_is_former, _) => {
            let (former, current) = if first_is_former { (first, second) } else { (second, first) };
            format!(
                "reword the detail of `{}`, or delete the former message of `{}` if it is no longer sent",
                current.code, former.code
            )
        }
    }
}

/// Suggests a parameter and a narrower type for it, with which the messages share no text.
fn narrower_type(text: &str, first: &Message<'_>, second: &Message<'_>) -> Option<String> {
    candidates(text, first, second).into_iter().find_map(|(at, message, other)| {
        let segment = &message.template.segments[at];
        let param: &Param = message.params.get(segment.param)?;
        let is_apart = |ty: &Type<'static>| {
            let retyped = with_type(&message.template, segment.param, ty);
            let other = if message.row == other.row {
                with_type(&other.template, segment.param, ty)
            } else {
                other.template.clone()
            };
            can_be_read(&retyped) && are_apart(&retyped, &other)
        };
        let name = &param.name.value;
        let proposal = narrower(segment, param).into_iter().find(|ty| is_apart(ty));
        let ty = match proposal {
            Some(Type::Word) => "`word`, if it never contains a space".to_owned(),
            Some(ty) => format!("`{}`, which its example has", ty.info().name),
            // One choice stands for all: a text in no message, but a value of other texts.
            None if segment.is_text() && is_apart(&Type::OneOf(vec!["\u{E000}".into()].into())) => {
                return Some(format!(
                    "if `{name}` of `{}` is one of a few texts, list them: `one_of: […]`",
                    message.owner
                ));
            }
            None => return None,
        };
        Some(format!("give `{name}` of `{}` the type {ty}", message.owner))
    })
}

/// Returns the types that a parameter was probably meant to have: those of its example, and a word instead of a
/// text.
fn narrower(segment: &Segment<'_>, param: &Param) -> Vec<Type<'static>> {
    if !segment.is_text() {
        return Vec::new();
    }
    let example = param.example.as_ref().map(|example| example.value.as_str());
    let fits = |ty: &Type<'_>| example.is_some_and(|example| ty.holds(example));
    let scalars = SCALARS.iter().map(|scalar| Type::Scalar(scalar));
    let mut types: Vec<Type<'static>> = scalars.filter(|ty| fits(ty)).collect();
    let word = Type::Word;
    if segment.ty == Type::Text && example.is_none_or(|example| word.holds(example)) {
        types.push(word);
    }
    types
}

/// Suggests a placeholder that only needs quotes around it, with which the messages share no text. Only
/// suggested for current messages.
fn in_quotes(text: &str, first: &Message<'_>, second: &Message<'_>) -> Option<String> {
    let is_detail = |message: &Message<'_>| matches!(message.role, Role::Detail);
    if first.row == second.row || !is_detail(first) || !is_detail(second) {
        return None;
    }
    candidates(text, first, second).into_iter().find_map(|(at, message, other)| {
        let segment = &message.template.segments[at];
        let name = &message.params.get(segment.param)?.name.value;
        let behind = segment.literal.chars().next();
        if behind.is_some_and(|it| matches!(it, '\'' | '"' | '`' | '”' | '’')) {
            return None;
        }
        let quoted = with_quotes(&message.template, at);
        let is_good = can_be_read(&quoted) && are_apart(&quoted, &other.template);
        is_good.then(|| format!("write `\"{{{name}}}\"`, with quotes, in `{}`", message.code))
    })
}

/// The index of a placeholder in a message, the message, and the other message.
type Candidate<'m, 'd> = (usize, &'m Message<'d>, &'m Message<'d>);

/// Returns the placeholders of both messages, those with the longest values first, since these most likely
/// contain literal text of the other message.
fn candidates<'m, 'd>(
    text: &str,
    first: &'m Message<'d>,
    second: &'m Message<'d>,
) -> Vec<Candidate<'m, 'd>> {
    let mut candidates: Vec<(usize, Candidate<'m, 'd>)> = Vec::new();
    for (message, other) in [(first, second), (second, first)] {
        let mut values = vec![""; message.params.len()];
        let _ = message.template.read(text, &mut values);
        for (at, segment) in message.template.segments.iter().enumerate() {
            let length = values.get(segment.param).map_or(0, |value| value.chars().count());
            candidates.push((length, (at, message, other)));
        }
    }
    let longest_first =
        sorted_places(candidates.len(), &|a, b| candidates[b].0.cmp(&candidates[a].0));
    longest_first.into_iter().map(|at| candidates[at].1).collect()
}

fn with_type(template: &Template<'static>, param: usize, ty: &Type<'static>) -> Template<'static> {
    let mut retyped = template.clone();
    for segment in retyped.segments.to_mut().iter_mut().filter(|segment| segment.param == param) {
        segment.ty = ty.clone();
    }
    retyped
}

fn with_quotes(template: &Template<'static>, at: usize) -> Template<'static> {
    let mut pieces = vec![Piece::Literal(template.first.clone())];
    for (index, segment) in template.segments.iter().enumerate() {
        let quote = if index == at { "\"" } else { "" };
        pieces.push(Piece::Literal(quote.into()));
        pieces.push(Piece::Placeholder(segment.param, segment.ty.clone()));
        pieces.push(Piece::Literal(format!("{quote}{}", segment.literal).into()));
    }
    Template::new(pieces)
}
