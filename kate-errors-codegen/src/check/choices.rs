//! Rules about the choices of a `one_of`.

use std::collections::HashMap;

use super::Checker;
use crate::diagnostic::Label;
use crate::names;
use crate::rule;
use crate::source::Span;
use crate::syntax::document::Text;

impl<'d> Checker<'d> {
    pub(super) fn choices(&mut self) {
        let of_contexts = self.document.contexts.iter().flat_map(|context| &context.params);
        let of_rows = self.all_rows().flat_map(|row| &row.params);
        for param in of_contexts.chain(of_rows) {
            self.choices_of(&param.choices);
        }
    }

    fn choices_of(&mut self, choices: &'d [Text]) {
        let mut taken: HashMap<String, (&str, Span)> = HashMap::new();
        for choice in choices {
            let Some(variant) = names::identifier_of_phrase(&choice.value) else {
                let message = format!("the choice `{}` cannot become an identifier", choice.value);
                let label = Label::new(choice.span, "must be ASCII words that begin with a letter");
                self.report(&rule::INVALID_CHOICE, message, label);
                continue;
            };
            if names::is_keyword(&variant) {
                let message = format!("`{}` becomes `{variant}`, a keyword in Rust", choice.value);
                self.report(&rule::KEYWORD, message, Label::new(choice.span, "a keyword"));
            }
            if let Some((first, span)) = taken.get(&variant) {
                if *first == choice.value {
                    let message = format!("the choice `{}` is listed twice", choice.value);
                    let second = Label::new(choice.span, "again here");
                    let first = Label::new(*span, "first here");
                    self.report_clash(&rule::INVALID_CHOICE, message, second, first);
                } else {
                    let message =
                        format!("`{}` and `{first}` both become `{variant}`", choice.value);
                    let second = Label::new(choice.span, format!("becomes `{variant}`"));
                    let first = Label::new(*span, format!("so does `{first}`"));
                    self.report_clash(&rule::NAME_COLLISION, message, second, first);
                }
            } else {
                taken.insert(variant, (&choice.value, choice.span));
            }
        }
    }
}
