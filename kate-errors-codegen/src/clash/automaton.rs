//! A template as a deterministic automaton over characters.
//!
//! A state is a position in the template. Its meaning depends on the position:
//!
//! - in a literal, the number of its characters that have been read;
//! - in a text or word, the number of characters of the end mark that have been read in a row; they may turn
//!   out to belong to the value;
//! - in a value with a grammar, the state of the grammar;
//! - in a `one_of`, a node in the tree of its choices, each followed by the literal after the placeholder.
//!
//! From every state that is entered, the end of the template can be reached.

use kate_errors_model::template::{End, Segment, Template};
use kate_errors_model::types::{Scalar, Type};

/// A position in a template: the number of the segment, counted from 1 (0 is the literal before the first one),
/// and the position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State {
    segment: u32,
    at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum At {
    /// The number of characters of the literal that have been read.
    Literal(u32),
    /// The number of characters of the end mark that have been read, and whether a word has a character before
    /// them.
    Mark { known: u32, is_filled: bool },
    /// The state of the value's grammar.
    Grammar(u8),
    /// A node of the tree of choices.
    Node(u32),
}

/// The automaton of a template.
#[derive(Clone, Debug)]
pub(crate) struct Automaton<'t> {
    pub(crate) template: &'t Template<'static>,
    first: Vec<char>,
    parts: Vec<Part<'t>>,
}

/// A placeholder and the literal after it.
#[derive(Clone, Debug)]
struct Part<'t> {
    kind: Kind<'t>,
    literal: Vec<char>,
    is_last: bool,
}

#[derive(Clone, Debug)]
enum Kind<'t> {
    /// A text or word, with its end mark and the `borders` of the mark.
    Text {
        ty: &'t Type<'static>,
        mark: Vec<char>,
        borders: Vec<usize>,
        is_free: bool,
    },
    Scalar(&'static Scalar),
    OneOf(Vec<Node>),
}

/// A node in the tree of choices, each followed by the literal after the placeholder.
#[derive(Clone, Debug, Default)]
struct Node {
    edges: Vec<(char, u32)>,
    is_end: bool,
}

impl<'t> Automaton<'t> {
    pub(crate) fn new(template: &'t Template<'static>) -> Self {
        let count = template.segments.len();
        let parts = template.segments.iter().enumerate();
        let parts = parts.map(|(index, segment)| Part::new(segment, index + 1 == count));
        Self { template, first: template.first.chars().collect(), parts: parts.collect() }
    }

    pub(crate) fn start(&self) -> State {
        if self.first.is_empty() { self.enter(1) } else { State { segment: 0, at: At::Literal(0) } }
    }

    /// Returns the state after the literal before the first placeholder.
    pub(crate) fn after_first(&self) -> State {
        self.enter(1)
    }

    /// Returns the state at the beginning of a segment.
    fn enter(&self, segment: u32) -> State {
        let at = match self.part(segment).map(|part| &part.kind) {
            Some(Kind::Text { .. }) => At::Mark { known: 0, is_filled: false },
            Some(Kind::Scalar(_)) => At::Grammar(0),
            Some(Kind::OneOf(_)) => At::Node(0),
            // After the last segment.
            None => At::Literal(0),
        };
        State { segment, at }
    }

    fn part(&self, segment: u32) -> Option<&Part<'t>> {
        self.parts.get((segment as usize).checked_sub(1)?)
    }

    /// Whether a message may end in this state.
    pub(crate) fn accepts(&self, state: State) -> bool {
        let Some(part) = self.part(state.segment) else { return state.segment > 0 };
        let literal = part.literal.as_slice();
        part.is_last
            && match (&part.kind, state.at) {
                (Kind::Text { ty, is_free, .. }, At::Mark { is_filled, .. }) => {
                    *is_free && (is_filled || **ty != Type::Word)
                }
                (Kind::Scalar(scalar), At::Grammar(at)) => match scalar.lookahead {
                    Some((ahead, byte)) if at == ahead => literal == [char::from(byte)],
                    _ => literal.is_empty() && (scalar.accepts)(at),
                },
                (Kind::OneOf(tree), At::Node(node)) => tree[node as usize].is_end,
                _ => false,
            }
    }

    /// Returns the next state after a character.
    pub(crate) fn step(&self, state: State, character: char) -> Option<State> {
        if state.segment == 0 {
            let At::Literal(known) = state.at else { return None };
            return self.literal(0, &self.first, known, character);
        }
        let part = self.part(state.segment)?;
        let segment = state.segment;
        let at = |at| Some(State { segment, at });
        match (&part.kind, state.at) {
            (_, At::Literal(known)) => self.literal(segment, &part.literal, known, character),
            (Kind::Text { .. }, At::Mark { known, is_filled }) => {
                let (known, is_filled) = part.text_step(known, is_filled, character)?;
                let Kind::Text { mark, is_free: false, .. } = &part.kind else {
                    return at(At::Mark { known, is_filled });
                };
                if known as usize == mark.len() {
                    return Some(self.behind(segment, &part.literal, known));
                }
                at(At::Mark { known, is_filled })
            }
            (Kind::Scalar(scalar), At::Grammar(here)) => {
                let byte = u8::try_from(character).ok();
                match byte.and_then(|byte| (scalar.step)(here, byte)) {
                    Some(next) => at(At::Grammar(next)),
                    None if (scalar.accepts)(here) => {
                        self.literal(segment, &part.literal, 0, character)
                    }
                    // The value ended one character earlier, and that character begins the literal.
                    None => {
                        let (ahead, byte) = scalar.lookahead?;
                        let began = part.literal.first() == Some(&char::from(byte));
                        let fits = here == ahead && began;
                        fits.then(|| self.literal(segment, &part.literal, 1, character))?
                    }
                }
            }
            (Kind::OneOf(tree), At::Node(node)) => {
                let edge = tree[node as usize].edges.iter().find(|(edge, _)| *edge == character);
                let (_, next) = *edge?;
                if tree[next as usize].is_end && !part.is_last {
                    return Some(self.enter(segment + 1));
                }
                at(At::Node(next))
            }
            _ => None,
        }
    }

    fn literal(
        &self,
        segment: u32,
        literal: &[char],
        known: u32,
        character: char,
    ) -> Option<State> {
        let fits = literal.get(known as usize) == Some(&character);
        fits.then(|| self.behind(segment, literal, known + 1))
    }

    /// Returns the state after `known` characters of a literal.
    fn behind(&self, segment: u32, literal: &[char], known: u32) -> State {
        if known as usize == literal.len() {
            return self.enter(segment + 1);
        }
        State { segment, at: At::Literal(known) }
    }

    /// Returns the only character that can come next, if there is exactly one: inside a literal.
    pub(crate) fn forced(&self, state: State) -> Option<char> {
        let At::Literal(known) = state.at else { return None };
        let literal = match state.segment {
            0 => &self.first,
            segment => &self.part(segment)?.literal,
        };
        literal.get(known as usize).copied()
    }

    /// Whether the text in this state reads everything with which messages of `other` can continue.
    pub(crate) fn absorbs(&self, state: State, other: &Self) -> bool {
        let part = self.part(state.segment);
        part.is_some_and(|part| match &part.kind {
            Kind::Text { ty, mark, is_free, .. } => {
                part.is_last
                    && *is_free
                    && mark.is_empty()
                    && match **ty {
                        Type::Lines => true,
                        Type::Word => false,
                        _ => !other.has('\n'),
                    }
            }
            _ => false,
        })
    }

    /// Adds a representative of each class of characters with a transition from this state. `other` represents
    /// all characters that no literal contains.
    pub(crate) fn characters(&self, state: State, other: char, into: &mut Vec<char>) {
        if let Some(character) = self.forced(state) {
            return into.push(character);
        }
        let Some(part) = self.part(state.segment) else { return };
        match (&part.kind, state.at) {
            (Kind::Text { mark, borders, .. }, At::Mark { known, .. }) => {
                // Characters that continue the mark come first.
                let mut known = known as usize;
                loop {
                    into.extend(mark.get(known));
                    if known == 0 {
                        break;
                    }
                    known = borders[known];
                }
                into.push(other);
            }
            (Kind::Scalar(scalar), At::Grammar(here)) => {
                let fits = |byte: &u8| (scalar.step)(here, *byte).is_some();
                into.extend((b' '..=b'~').filter(fits).map(char::from));
                into.extend(part.literal.iter().take(2));
            }
            (Kind::OneOf(tree), At::Node(node)) => {
                into.extend(tree[node as usize].edges.iter().map(|(edge, _)| edge));
            }
            _ => {}
        }
    }

    /// Whether a literal or a choice contains the character.
    pub(crate) fn has(&self, character: char) -> bool {
        let in_tree = |tree: &Vec<Node>| {
            tree.iter().flat_map(|node| &node.edges).any(|(edge, _)| *edge == character)
        };
        self.first.contains(&character)
            || self.parts.iter().any(|part| {
                part.literal.contains(&character)
                    || match &part.kind {
                        Kind::Text { mark, .. } => mark.contains(&character),
                        Kind::OneOf(tree) => in_tree(tree),
                        Kind::Scalar(_) => false,
                    }
            })
    }
}

impl<'t> Part<'t> {
    fn new(segment: &'t Segment<'static>, is_last: bool) -> Self {
        let literal: Vec<char> = segment.literal.chars().collect();
        let kind = match &segment.ty {
            Type::Text | Type::Lines | Type::Word => {
                let mark: Vec<char> = segment.mark().chars().collect();
                let is_free = !matches!(segment.end, End::Mark(_));
                Kind::Text { ty: &segment.ty, borders: borders(&mark), mark, is_free }
            }
            Type::Scalar(scalar) => Kind::Scalar(scalar),
            Type::OneOf(choices) => Kind::OneOf(tree(choices.iter().map(|it| &**it), &literal)),
        };
        Self { kind, literal, is_last }
    }

    /// Reads a character in a text or word. Returns how many characters of the mark have then been read, and
    /// whether the value has a character.
    fn text_step(&self, known: u32, is_filled: bool, character: char) -> Option<(u32, bool)> {
        let Kind::Text { ty, mark, borders, is_free } = &self.kind else { return None };
        let is_word = **ty == Type::Word;
        let (mut known, mut is_filled) = (known as usize, is_filled);
        // Characters that no longer belong to the mark belong to the value, whose type must allow them.
        let allows = |characters: &[char]| characters.iter().all(|it| ty.allows(*it));
        while mark.get(known) != Some(&character) {
            if known == 0 {
                return ty.allows(character).then_some((0, is_word));
            }
            let border = borders[known];
            if !allows(&mark[..known - border]) {
                return None;
            }
            (known, is_filled) = (border, is_word);
        }
        known += 1;
        let is_whole = known == mark.len();
        if *is_free {
            // The value must not contain the mark, so partial occurrences of it belong to the value.
            let is_value = !is_whole && ty.allows(character);
            return is_value.then_some((u32::try_from(known).ok()?, is_word));
        }
        // There is no way to the end for a word that is empty before its mark, or would contain white space of
        // it.
        let is_dead = is_word && !is_filled && (is_whole || !allows(&mark[..known]));
        (!is_dead).then_some((u32::try_from(known).ok()?, is_filled))
    }
}

fn tree<'c>(choices: impl Iterator<Item = &'c str>, literal: &[char]) -> Vec<Node> {
    let mut tree = vec![Node::default()];
    for choice in choices {
        let mut at = 0;
        for character in choice.chars().chain(literal.iter().copied()) {
            let known = tree[at].edges.iter().find(|(edge, _)| *edge == character);
            at = if let Some((_, next)) = known {
                *next as usize
            } else {
                let next = tree.len();
                tree[at].edges.push((character, u32::try_from(next).unwrap_or(u32::MAX)));
                tree.push(Node::default());
                next
            };
        }
        tree[at].is_end = true;
    }
    tree
}

/// Returns the failure function of `mark`: for each prefix, the length of its longest proper suffix that is
/// also a prefix of `mark`.
fn borders(mark: &[char]) -> Vec<usize> {
    let mut borders = vec![0; mark.len() + 1];
    for length in 2..=mark.len() {
        let mut border = borders[length - 1];
        while border > 0 && mark[border] != mark[length - 1] {
            border = borders[border];
        }
        borders[length] = border + usize::from(mark[border] == mark[length - 1]);
    }
    borders
}
