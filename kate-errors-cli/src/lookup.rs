//! The index of a catalog's messages, which are searched and read as clients do it.

use kate_errors::__private::Role;
use kate_errors_codegen::Catalog;
use kate_errors_model::index::{Index, Messages};
use kate_errors_model::template::Template;

/// A message of an error.
pub(crate) struct Message<'c> {
    pub(crate) row: usize,
    pub(crate) role: Role,
    pub(crate) template: &'c Template<'static>,
}

impl Message<'_> {
    pub(crate) fn is_former(&self) -> bool {
        self.role == Role::Former
    }

    fn is(&self, text: &str) -> bool {
        self.template.read(text, &mut [""; 0])
    }
}

/// The messages of a catalog and their index.
pub(crate) struct Lookup<'c> {
    /// The messages that are searched. Their position is their number in the index.
    pub(crate) messages: Vec<Message<'c>>,
    pub(crate) index: Index<'static>,
}

impl<'c> Messages<'c> for Lookup<'c> {
    fn constant(&self, message: u32) -> &'c [u8] {
        self.template(message).first.as_bytes()
    }

    fn template(&self, message: u32) -> &'c Template<'static> {
        self.messages[message as usize].template
    }
}

impl<'c> Lookup<'c> {
    pub(crate) fn of(catalog: &'c Catalog) -> Self {
        let mut messages = Vec::new();
        for (at, row) in catalog.rows.iter().enumerate() {
            let mut add = |template: &'c Template<'static>, role| {
                messages.extend((!template.is_unread()).then_some(Message {
                    row: at,
                    role,
                    template,
                }));
            };
            // The message of an alias is listed once, for its `same_as` error; its former messages are
            // its own.
            if row.same_as.is_none() {
                add(&row.detail.parsed, Role::Detail);
                row.with_context.iter().for_each(|template| add(template, Role::WithContext));
            }
            row.former.iter().for_each(|former| add(&former.parsed, Role::Former));
        }
        let mut lookup = Self { messages, index: Index::default() };
        // A message with a context is no constant, even if it has no values: reading it says that the context is there.
        let is_constant = |number: &u32| {
            let message = &lookup.messages[*number as usize];
            message.role != Role::WithContext && message.template.constant().is_some()
        };
        let (constants, templates): (Vec<u32>, Vec<u32>) =
            (0..).take(lookup.messages.len()).partition(is_constant);
        lookup.index = kate_errors_codegen::index::build(&lookup, &constants, &templates);
        lookup
    }

    /// Returns the messages that match `text`, in the order of the catalog.
    pub(crate) fn read(&self, text: &str) -> Vec<&Message<'c>> {
        let mut numbers: Vec<u32> = self.index.constants(self, text.as_bytes()).collect();
        self.index.templates(self, text.as_bytes(), &mut |number| numbers.push(number));
        numbers.sort_unstable();
        let messages = numbers.into_iter().map(|number| &self.messages[number as usize]);
        messages.filter(|message| message.is(text)).collect()
    }

    /// Returns the messages of the error `row` that match `text`.
    pub(crate) fn read_of(&self, row: usize, text: &str) -> impl Iterator<Item = &Message<'c>> {
        self.messages[self.numbers_of(row)].iter().filter(move |message| message.is(text))
    }

    /// Returns the numbers of the messages of the error `row`.
    pub(crate) fn numbers_of(&self, row: usize) -> std::ops::Range<usize> {
        let before = |end: usize| self.messages.partition_point(|message| message.row < end);
        before(row)..before(row + 1)
    }
}
