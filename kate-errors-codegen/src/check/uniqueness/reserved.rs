//! Finds messages that are reserved.

use std::collections::{HashMap, HashSet};

use kate_errors_model::index::Messages;
use kate_errors_model::template::{Template, literals, parse};

use super::message::{Message, messages};
use crate::check::Checker;
use crate::index;
use crate::syntax::document::Text;

impl<'d> Checker<'d> {
    /// Returns each text with a reserved message: the code of its error, the text, and the first such reserved
    /// message.
    ///
    /// A reserved message without placeholders matches a template that can read it. One with placeholders has
    /// no types, so it matches a template with the same text around the placeholders.
    pub(in crate::check) fn reserved_messages(
        &self,
        details: &'d [Text],
    ) -> Vec<(&'d str, &'d Text, &'d Text)> {
        let messages = messages(self);
        let templates = Templates(&messages);
        let numbers: Vec<u32> = (0..).zip(&messages).map(|(number, _)| number).collect();
        let index = index::build(&templates, &[], &numbers);
        let mut constants: HashMap<u32, &Text> = HashMap::new();
        let mut shapes: HashMap<String, &Text> = HashMap::new();
        for detail in details {
            let text = literals(&detail.value);
            if parse(&detail.value).placeholders().next().is_some() {
                shapes.entry(text).or_insert(detail);
                continue;
            }
            index.templates(&templates, text.as_bytes(), &mut |number| {
                if templates.template(number).read(&text, &mut [""; 0]) {
                    constants.entry(number).or_insert(detail);
                }
            });
        }
        let (mut seen, mut found) = (HashSet::new(), Vec::new());
        for (number, Message { code, text, .. }) in numbers.iter().zip(&messages) {
            let reserved = constants.get(number).or_else(|| shapes.get(&literals(&text.value)));
            if let Some(reserved) = reserved.filter(|_| seen.insert(text.span)) {
                found.push((*code, *text, *reserved));
            }
        }
        found
    }
}

/// The messages of a catalog, in which reserved ones are searched for.
struct Templates<'m>(&'m [Message<'m>]);

impl<'m> Messages<'m> for Templates<'m> {
    fn constant(&self, _message: u32) -> &'m [u8] {
        &[]
    }

    fn template(&self, message: u32) -> &'m Template<'static> {
        &self.0[message as usize].template
    }
}
