//! Texts beside a code, a message or a value in the same text of a body, which could end it too early.

use std::collections::BTreeMap;

use kate_errors_model::envelope::{Envelope, Form, Leaf, Place, Slot};
use kate_errors_model::json::push_escaped;
use kate_errors_model::template::{self, Part, Piece, Template};
use kate_errors_model::types::Type;

use super::missing::UNUSUAL;
use super::mistake;
use crate::bases::Bases;
use crate::clash;
use crate::diagnostic::Diagnostic;
use crate::envelope::leaf;
use crate::syntax::document::{Document, Param, Row, Text};
use crate::syntax::wire::Json;

impl Document {
    /// Returns the mistakes of texts that could not be read back.
    pub(super) fn cut(
        &self,
        envelope: &Envelope<'_>,
        header: Option<Leaf<'_>>,
        source: &Json,
    ) -> Vec<Diagnostic> {
        let mut mistakes = self.cut_codes(envelope, header, source);
        if mistakes.is_empty() {
            mistakes.extend(self.cut_messages(envelope));
            mistakes.extend(self.cut_values(envelope));
            mistakes.extend(self.endless_text(envelope, source));
        }
        mistakes
    }

    /// Returns the codes that could not be read back, because they contain a part of the text around `{code}`,
    /// or because the text does not show where they end.
    fn cut_codes(
        &self,
        envelope: &Envelope<'_>,
        header: Option<Leaf<'_>>,
        source: &Json,
    ) -> Vec<Diagnostic> {
        let leaves = envelope.places.iter().filter_map(Place::leaf).copied().chain(header);
        let mut mistakes = Vec::new();
        for leaf in leaves.filter(|leaf| leaf.slot == Slot::Code) {
            let codes = self.rows().filter_map(sent_code);
            for code in codes.filter(|code| !leaf.keeps(&code.value)) {
                // Literals and placeholders alternate.
                let around = [leaf.before, leaf.after].map(|it| it.text.split(['{', '}']));
                let mut texts = around.into_iter().flat_map(|it| it.step_by(2));
                let part = texts.find(|text| !text.is_empty() && code.value.contains(text));
                let Some(part) = part else {
                    let message = "the text around `{code}` does not say where it begins and ends";
                    let place = source.place_of("{code");
                    mistakes.push(mistake(message, format!("`{code}` is not read here"), place));
                    break;
                };
                let message = format!("the code `{code}` contains text that ends codes");
                let label = format!("`{part}` is next to `{{code}}` in the text");
                mistakes.push(mistake(message, label, code.span));
            }
        }
        mistakes
    }

    /// Returns the messages and codes that could not be read back, each once.
    fn cut_messages(&self, envelope: &Envelope<'_>) -> impl Iterator<Item = Diagnostic> + use<> {
        let is_bare = |leaf: &Leaf<'_>| leaf.before.text.is_empty() && leaf.after.text.is_empty();
        let is_read = |leaf: &Leaf<'_>| matches!(leaf.slot, Slot::Code | Slot::Detail);
        let mut leaves = envelope.places.iter().filter_map(Place::leaf);
        // By their places. The message of an alias is that of its base, where it is reported first.
        let mut mistakes = BTreeMap::new();
        if leaves.any(|leaf| is_read(leaf) && !is_bare(leaf)) {
            let bases = Bases::new(self);
            let (aliases, others): (Vec<&Row>, Vec<&Row>) =
                self.rows().partition(|row| row.same_as.is_some());
            for row in others.into_iter().chain(aliases) {
                let base = bases.of(row).unwrap_or(row);
                let without = base.detail.is_none().then_some(None);
                for message in base.detail.iter().chain(&row.former).map(Some).chain(without) {
                    let is_new = message.is_none_or(|it| !mistakes.contains_key(&it.span.start));
                    let found = is_new.then(|| {
                        self.cut_message(Some((row, base)), message, &base.params, envelope)
                    });
                    mistakes.extend(found.flatten());
                }
            }
            for context in &self.contexts {
                let text = context.text.as_ref();
                mistakes.extend(self.cut_message(None, text, &context.params, envelope));
            }
        }
        mistakes.into_values()
    }

    /// Returns the mistake of a message or code that could not be read back, because it contains the text between it and
    /// what is written beside it, or what is written beside it does, and where the file has it. Values of texts are altered if
    /// they contain that text, others are not.
    fn cut_message(
        &self,
        row: Option<(&Row, &Row)>,
        message: Option<&Text>,
        params: &[Param],
        envelope: &Envelope<'_>,
    ) -> Option<(usize, Diagnostic)> {
        let fill = |text: &Text| template::fill(&text.value, |_| Some(UNUSUAL.into()));
        let sent = message.map_or(UNUSUAL.into(), fill);
        let code = row.and_then(|(row, _)| sent_code(row));
        let statuses = row.map_or(&[][..], |(_, base)| &base.status);
        // The message of a context has none.
        let statuses =
            statuses.iter().map(|it| Some(it.value)).chain(row.is_none().then_some(None));
        let what_is_cut = |status| {
            let body = self.body_of(row.map(|(row, _)| row), status, &sent, envelope);
            let found = envelope.find(&body).ok()?;
            let is_cut = |slot, sent: &str| {
                envelope.reads(slot) && found.get(slot).is_none_or(|it| it.as_str() != sent)
            };
            if code.is_some_and(|code| is_cut(Slot::Code, &code.value)) {
                return Some("code");
            }
            (is_cut(Slot::Detail, &sent) || found.places_differ()).then_some("message")
        };
        let cut = statuses.into_iter().find_map(what_is_cut);
        let label = if let Some(what) = cut {
            format!("it, or what is written beside it, contains the text that ends {what}s")
        } else {
            let part = cut_value(&unaltered(message?, params), envelope)?;
            format!("clients would read a part of `{part}`")
        };
        let what = cut.unwrap_or("message");
        let read = if what == "code" { code } else { message }?;
        // Nothing is wrong with the message, which its base has too.
        let is_alias = row.is_some_and(|(row, _)| row.same_as.is_some());
        let place = code.filter(|_| is_alias).unwrap_or(read).span;
        let message = format!("the {what} cannot be read back from the body");
        Some((place.start, mistake(message, label, place)))
    }

    /// Returns the body of an error, or of the message of a context, with the texts that the catalog has for it. The others
    /// are empty.
    fn body_of(
        &self,
        row: Option<&Row>,
        status: Option<u16>,
        message: &str,
        envelope: &Envelope<'_>,
    ) -> Vec<u8> {
        let mut body = Vec::new();
        envelope.write(&mut body, |slot, form, out| {
            self.write(slot, form, (row, status, message), out)
        });
        body
    }

    /// Writes a text that the catalog has for a slot of an error. Returns whether the body has the slot.
    pub(super) fn write(
        &self,
        slot: Slot<'_>,
        form: Form,
        (row, status, message): (Option<&Row>, Option<u16>, &str),
        out: &mut Vec<u8>,
    ) -> bool {
        let is_inside = form == Form::Inside;
        let quote: &[u8] = if is_inside { b"" } else { b"\"" };
        let text = row.and_then(|row| match slot {
            Slot::Code => sent_code(row),
            Slot::Cause => row.cause.as_ref(),
            Slot::Fix => row.fix.as_ref(),
            Slot::Title => self.title(status?),
            _ => None,
        });
        let text = text.map(|text| text.value.as_str());
        let text = if slot == Slot::Detail { Some(message) } else { text };
        if let Slot::Wire(name) = slot {
            let mut wire = row.into_iter().flat_map(|row| &row.wire);
            let json = wire.find(|(it, _)| it.value == name).map(|(_, json)| &*json.text);
            let string = json.and_then(|json| json.strip_prefix('"')?.strip_suffix('"'));
            let json = string.filter(|_| is_inside).or(json);
            out.extend_from_slice(json.unwrap_or_default().as_bytes());
            return json.is_some();
        }
        let Some(text) = text else { return is_inside };
        out.extend_from_slice(quote);
        push_escaped(text, out);
        out.extend_from_slice(quote);
        true
    }

    /// Returns the name of a status in the catalog.
    fn title(&self, status: u16) -> Option<&Text> {
        self.statuses.iter().find(|it| it.code.value == status)?.name.as_ref()
    }

    /// Returns the parameters whose values could not be read back, because any text can contain what ends them in the body.
    fn cut_values(&self, envelope: &Envelope<'_>) -> Vec<Diagnostic> {
        let leaves = envelope.places.iter().filter_map(Place::leaf);
        let ends = leaves.filter_map(|leaf| {
            let Slot::Param(name) = leaf.slot else { return None };
            let around = [leaf.before, leaf.after].map(|it| it.text.split(['{', '}']));
            let mut parts = around.into_iter().flat_map(|it| it.step_by(2));
            Some((name, parts.find(|part| !leaf.keeps(&format!("a{part}b")))?))
        });
        let ends: BTreeMap<_, _> = ends.collect();
        let can_contain = |param: &Param, end: &str| match param.ty.as_ref().map(|ty| &ty.value) {
            Some(Type::Text | Type::Lines) => true,
            Some(Type::Word) => !end.contains(char::is_whitespace),
            Some(ty) => with_mark(&[Piece::Placeholder(0, ty.clone())], end, "").is_some(),
            None => false,
        };
        let cut = self.params().filter_map(|param| {
            let end = ends.get(&*param.name.value).filter(|end| can_contain(param, end))?;
            let message = format!(
                "a value of `{}` can contain `{end}`, which ends it in the body",
                param.name
            );
            Some(mistake(message, "a value that contains it cannot be read back", param.name.span))
        });
        cut.collect()
    }

    /// Returns the mistake of a text before a code, a message or a value that can contain its own end.
    fn endless_text(&self, envelope: &Envelope<'_>, source: &Json) -> Option<Diagnostic> {
        let has_values = |text: fn(&Row) -> Option<&Text>| {
            let mut texts = self.rows().filter_map(text);
            texts.any(|text| template::parse(&text.value).placeholders().next().is_some())
        };
        // The end may begin in the URL of an error on the reference page, and end after it.
        let is_in_url = |row: &Row, end: &str| {
            let (reference, key) = self.reference.as_ref().zip(row.key.as_ref())?;
            let url = format!("{reference}#{key}");
            Some(format!("{url}{end}").find(end)? < url.len())
        };
        let can_contain = |name: &str, end: &str| {
            let placeholder = format!("{{{name}}}");
            leaf(&placeholder).is_some_and(|(leaf, _)| match leaf.slot {
                // These are compared for each error.
                Slot::Code | Slot::Detail | Slot::Title | Slot::Wire(_) | Slot::Param(_) => false,
                Slot::Cause => has_values(|row| row.cause.as_ref()),
                Slot::Fix => has_values(|row| row.fix.as_ref()),
                Slot::Status | Slot::RetryAfter | Slot::RetryAfterMillis => {
                    end.bytes().all(|byte| byte.is_ascii_digit())
                }
                Slot::DocsUrl => self.rows().any(|row| is_in_url(row, end) == Some(true)),
                _ => true,
            })
        };
        // No code contains what is before it, so codes only need an end that nothing before them contains.
        let is_cut = |leaf: &Leaf<'_>| leaf.after.is_open || leaf.after.text.contains('{');
        let leaves = envelope.places.iter().filter_map(Place::leaf);
        let read = leaves.filter(|leaf| match leaf.slot {
            Slot::Detail | Slot::Param(_) => true,
            Slot::Code => is_cut(leaf),
            _ => false,
        });
        let (name, end) = read.into_iter().find_map(|leaf| {
            // Literals and placeholders alternate.
            let parts: Vec<&str> = leaf.before.text.split(['{', '}']).collect();
            let mut ends = parts[1..].chunks_exact(2).map(|pair| (pair[0], pair[1]));
            ends.find(|(name, end)| can_contain(name, end))
        })?;
        let message = format!("`{{{name}}}` can contain `{end}`, which ends it in the body");
        let label = "what follows it could not be read back: give it a member of its own";
        Some(mistake(message, label, source.place_of(&format!("{{{name}"))))
    }
}

/// Returns the code that bodies of an error have.
fn sent_code(row: &Row) -> Option<&Text> {
    row.code.as_ref().filter(|_| row.without_code.is_none())
}

/// Returns a message of which clients would read only a part.
fn cut_value(pieces: &[Piece<'static>], envelope: &Envelope<'_>) -> Option<String> {
    let leaves = envelope.places.iter().filter_map(Place::leaf);
    let mut leaves = leaves.filter(|leaf| leaf.slot == Slot::Detail);
    leaves.find_map(|leaf| {
        let behind = leaf.after.text.split('{').next().unwrap_or_default();
        leaf.marks().find_map(|mark| with_mark(pieces, mark, behind))
    })
}

/// Returns a text of these pieces that contains the mark, or the beginning of one that the text after it completes: the
/// mark itself, or what is `behind` it.
fn with_mark(pieces: &[Piece<'static>], mark: &str, behind: &str) -> Option<String> {
    let (end, _) = mark.char_indices().next_back()?;
    let literal = |text: &str| Piece::Literal(text.to_owned().into());
    let any = || Piece::Placeholder(0, Type::Lines);
    let marked = Template::new([any(), literal(mark), any()]).with_whole_marks();
    let behind = if behind.contains(mark) { "" } else { behind };
    [&mark[..end], behind].into_iter().find_map(|end| {
        let texts = Template::new(pieces.iter().cloned().chain([literal(end)]));
        Some(clash::common_message(&texts, &marked)?.strip_suffix(end)?.to_owned())
    })
}

/// Returns the pieces of a message, with an unusual text in place of values that are altered if they contain a mark.
fn unaltered(message: &Text, params: &[Param]) -> Vec<Piece<'static>> {
    let named = |name: &str| params.iter().find(|param| param.name.value == name);
    let piece = |part| match part {
        Part::Literal(literal) => Piece::Literal(literal.into()),
        Part::Placeholder(it) => match named(&it.name).and_then(|param| param.ty.as_ref()) {
            Some(ty) if matches!(ty.value, Type::Scalar(_) | Type::OneOf(_)) => {
                Piece::Placeholder(0, ty.value.clone())
            }
            _ => Piece::Literal(UNUSUAL.into()),
        },
    };
    template::parse(&message.value).parts.into_iter().map(piece).collect()
}
