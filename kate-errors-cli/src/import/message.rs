//! Drafts of messages: text and values.

use deunicode::deunicode_with_tofu;
use kate_errors_codegen::names::snake_case_words;
use kate_errors_model::template::CONTEXT_SEPARATOR;

use super::draft::Guess;
use super::names::Names;
use super::placeholder;

/// The maximum number of values in a message. Further placeholders are text.
const MOST_VALUES: usize = 32;

/// A draft of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Message {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) params: Vec<ParamDraft>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    Text(String),
    /// A value of the parameter with this index.
    Value(usize),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ParamDraft {
    pub(crate) name: String,
    /// The name of its member in bodies, if it differs from `name`.
    pub(crate) member: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) description: Option<String>,
    pub(crate) example: Option<String>,
    pub(crate) sensitive: bool,
    pub(crate) optional: bool,
    pub(crate) guess: Guess,
}

/// The type of a parameter: its name, or the texts of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Named(&'static str),
    OneOf(Vec<String>),
}

impl Default for Kind {
    fn default() -> Self {
        Self::Named("text")
    }
}

impl Message {
    /// Creates a message without values.
    pub(crate) fn constant(text: &str) -> Self {
        let mut message = Self::default();
        message.push_text(text);
        message
    }

    /// Parses a message with placeholders in the notation of other tools.
    pub(crate) fn of_others(text: &str) -> Self {
        let mut message = Self::default();
        let mut literal = 0;
        let mut at = 0;
        let mut is_printf = false;
        while at < text.len() {
            let found =
                placeholder::at(text, literal, at).filter(|_| message.params.len() < MOST_VALUES);
            match found {
                Some((length, found)) => {
                    is_printf |= text[at..].starts_with('%');
                    message.push_text(&text[literal..at]);
                    message.push_value(found);
                    at += length;
                    literal = at;
                }
                None => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        message.push_text(&text[literal..]);
        for piece in message.pieces.iter_mut().filter(|_| is_printf) {
            if let Piece::Text(text) = piece {
                *text = text.replace("%%", "%");
            }
        }
        message
    }

    /// Parses a message with names of members between `<` and `>`. Unlike in other messages, values can be adjacent
    /// or repeated.
    pub(crate) fn in_angles(text: &str) -> Self {
        let mut message = Self::default();
        message.push_marked(text, "<", |message, behind| {
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            let (member, behind) = behind.split_at(behind.find(|c| !is_part(c))?);
            let behind = behind.strip_prefix('>').filter(|_| !member.is_empty())?;
            let is_called =
                |param: &ParamDraft| param.member.as_deref().unwrap_or(&param.name) == member;
            let at = message.params.iter().position(is_called).unwrap_or_else(|| {
                let name = message.free_name(&param_name(member));
                let guess = Some("the source has no types".into());
                let member = (name != member).then(|| member.to_owned());
                message.params.push(ParamDraft { name, member, guess, ..ParamDraft::default() });
                message.params.len() - 1
            });
            Some((at, behind))
        });
        message
    }

    /// Parses a message with the names of `params` in braces, as generated pages show it, or a text about it. Other braces
    /// are text. Values can be adjacent, repeated or missing, if bodies have them.
    pub(crate) fn shown(text: &str, params: &[ParamDraft]) -> Self {
        let mut message = Self { pieces: Vec::new(), params: params.to_vec() };
        message.push_marked(text, "{", |_, behind| {
            let (name, behind) = behind.split_once('}')?;
            Some((params.iter().position(|it| it.name == name)?, behind))
        });
        message
    }

    /// Adds a text with marks before values. `value` returns the index of the parameter behind a mark and the rest of
    /// the text, unless the mark is text.
    fn push_marked<'t>(
        &mut self,
        text: &'t str,
        mark: &str,
        value: impl Fn(&mut Self, &'t str) -> Option<(usize, &'t str)>,
    ) {
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once(mark) {
            self.push_text(before);
            rest = behind;
            match value(self, behind) {
                Some((at, behind)) => {
                    self.pieces.push(Piece::Value(at));
                    rest = behind;
                }
                None => self.push_text(mark),
            }
        }
        self.push_text(rest);
    }

    /// Removes the parameters that are neither in the message nor kept.
    pub(crate) fn retain_params(&mut self, is_kept: impl Fn(&ParamDraft) -> bool) {
        for at in (0..self.params.len()).rev() {
            if self.pieces.contains(&Piece::Value(at)) || is_kept(&self.params[at]) {
                continue;
            }
            self.params.remove(at);
            for piece in &mut self.pieces {
                if let Piece::Value(param) = piece {
                    *param -= usize::from(*param > at);
                }
            }
        }
    }

    pub(crate) fn push_text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Adds a value. Adjacent values are merged, because without text in between they cannot be separated.
    pub(crate) fn push_value(&mut self, mut param: ParamDraft) {
        if let Some(Piece::Value(last)) = self.pieces.last() {
            let last = &mut self.params[*last];
            last.kind = Kind::default();
            last.guess = Some("several values, with nothing between them".into());
            return;
        }
        let wanted = param_name(&param.name);
        param.name = self.free_name(&wanted);
        if param.name != wanted && param.guess.is_some() {
            param.guess = Some(format!("the message has `{wanted}` already").into());
        }
        self.pieces.push(Piece::Value(self.params.len()));
        self.params.push(param);
    }

    /// Returns a name that no other parameter has.
    fn free_name(&self, name: &str) -> String {
        self.params.iter().map(|param| param.name.clone()).collect::<Names>().free(name)
    }

    /// Returns the message as written in a catalog.
    pub(crate) fn source(&self) -> String {
        self.written(escaped, |param| format!("{{{}}}", param.name))
    }

    /// Returns the message with the types of its values instead of their names.
    pub(crate) fn form(&self) -> String {
        self.written(escaped, |param| format!("{{{:?}}}", param.kind))
    }

    /// Returns the text of the message, with each value replaced by a space.
    pub(crate) fn words(&self) -> String {
        self.written(str::to_owned, |_| " ".to_owned())
    }

    fn written(&self, text: fn(&str) -> String, value: fn(&ParamDraft) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(it) => text(it),
            Piece::Value(at) => value(&self.params[*at]),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Returns the text of a message without values, or `None` if it has any.
    pub(crate) fn plain(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Returns what follows the message `other` in this one, if it is separated like a context.
    pub(crate) fn behind(&self, other: &Self) -> Option<Self> {
        let mut pieces = self.pieces.iter();
        let mut rest: Option<&str> = None;
        for piece in &other.pieces {
            match (piece, pieces.next()?) {
                (Piece::Text(other), Piece::Text(text)) => {
                    rest = Some(text.strip_prefix(other.as_str())?);
                }
                (Piece::Value(_), Piece::Value(_)) => rest = None,
                _ => return None,
            }
        }
        let rest = match (rest, pieces.as_slice()) {
            (Some(rest), _) if !rest.is_empty() => rest,
            (_, [Piece::Text(text), ..]) => {
                pieces.next();
                text
            }
            _ => return None,
        };
        let mut behind = Self::default();
        behind.push_text(rest.strip_prefix(CONTEXT_SEPARATOR)?);
        for piece in pieces {
            match piece {
                Piece::Text(text) => behind.push_text(text),
                Piece::Value(at) => behind.push_value(self.params[*at].clone()),
            }
        }
        Some(behind)
    }

    /// Returns a remark about a number in a message without values.
    pub(crate) fn number(&self) -> Guess {
        let mut words = self.plain()?.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '.');
        let number = words.find(|word| word.parse::<f64>().is_ok())?;
        Some(format!("{number} is a part of it, and no example of a value").into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// Escapes braces, which are placeholders in a catalog.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// Converts text to `snake_case`, with ASCII letters and digits only.
pub(crate) fn snake_case(text: &str) -> String {
    snake_case_words(&deunicode_with_tofu(text, " "))
}

/// Returns the valid parameter name that is closest to `wanted`.
pub(crate) fn param_name(wanted: &str) -> String {
    let name = snake_case(wanted);
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    // `syn` knows the keywords. The names below are fields of generated variants, or a keyword of a later edition.
    let is_free = syn::parse_str::<syn::Ident>(&name).is_ok();
    match name.as_str() {
        "" => "value".to_owned(),
        "context" | "retired" | "gen" => format!("{name}_value"),
        _ if !starts => format!("value_{name}"),
        _ if !is_free => format!("{name}_value"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_names_parameters() {
        let params = [ParamDraft { name: "id".to_owned(), ..ParamDraft::default() }];
        let prose = Message::shown("the {id} of {x}, }{id", &params);
        assert_eq!(prose.source(), "the {id} of {{x}}, }}{{id");
    }
}
