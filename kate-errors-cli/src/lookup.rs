//! The index of a catalog's messages, which are searched and read as clients do it.

use kate_errors::__private::Role;
use kate_errors_codegen::Catalog;
use kate_errors_model::index::{Index, Messages};
use kate_errors_model::template::Template;

/// A message of an error.
pub(crate) struct Message<'c> {
    pub(crate) row: usize,
    /// Whether it is a former message of the error.
    pub(crate) is_former: bool,
    pub(crate) has_context: bool,
    pub(crate) template: &'c Template<'static>,
    /// The number of its values: the parameters of the error and, if the message has it, of its context.
    params: usize,
}

impl Message<'_> {
    pub(crate) fn role(&self) -> Role {
        match (self.is_former, self.has_context) {
            (true, _) => Role::Former,
            (false, true) => Role::WithContext,
            (false, false) => Role::Detail,
        }
    }

    fn read<'t>(&self, text: &'t str) -> Option<(&Self, Vec<&'t str>)> {
        let mut values = vec![""; self.params];
        self.template.read(text, &mut values).then_some((self, values))
    }
}

/// The messages that are searched. Their position is their number in the index.
struct List<'c>(Vec<Message<'c>>);

impl<'c> Messages<'c> for List<'c> {
    fn constant(&self, message: u32) -> &'c [u8] {
        self.template(message).first.as_bytes()
    }

    fn template(&self, message: u32) -> &'c Template<'static> {
        self.0[message as usize].template
    }
}

/// The messages of a catalog and their index.
pub(crate) struct Lookup<'c> {
    list: List<'c>,
    index: Index<'static>,
}

impl<'c> Lookup<'c> {
    pub(crate) fn of(catalog: &'c Catalog) -> Self {
        let mut list = Vec::new();
        for (at, row) in catalog.rows.iter().enumerate() {
            let (own, all) = (row.params.len(), catalog.params(row).count());
            let mut add = |template: &'c Template<'static>, is_former, has_context| {
                let params = if has_context { all } else { own };
                if !template.is_unread() {
                    list.push(Message { row: at, is_former, has_context, template, params });
                }
            };
            // The message of an alias is listed once, for its `same_as` error; its former messages are
            // its own.
            if row.same_as.is_none() {
                add(&row.detail.parsed, false, false);
                row.with_context.iter().for_each(|template| add(template, false, true));
            }
            row.former.iter().for_each(|former| add(&former.parsed, true, false));
        }
        let list = List(list);
        let numbers = (0..).take(list.0.len());
        let (constants, templates): (Vec<u32>, Vec<u32>) =
            numbers.partition(|number| list.template(*number).constant().is_some());
        let index = Index::new(&list, &constants, &templates);
        Self { list, index }
    }

    pub(crate) fn index(&self) -> &Index<'static> {
        &self.index
    }

    pub(crate) fn messages(&self) -> &[Message<'c>] {
        &self.list.0
    }

    /// Returns the messages that match `text`, each with its values, in the order of the catalog.
    pub(crate) fn read<'t>(&self, text: &'t str) -> Vec<(&Message<'c>, Vec<&'t str>)> {
        let mut numbers: Vec<u32> = self.index.constants(&self.list, text.as_bytes()).collect();
        self.index.templates(&self.list, text.as_bytes(), &mut |number| numbers.push(number));
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|number| self.list.0[number as usize].read(text)).collect()
    }

    /// Returns the messages of the error `row` that match `text`, each with its values.
    pub(crate) fn read_of<'t>(
        &self,
        row: usize,
        text: &'t str,
    ) -> impl Iterator<Item = (&Message<'c>, Vec<&'t str>)> {
        self.list.0[self.numbers_of(row)].iter().filter_map(move |message| message.read(text))
    }

    /// Returns the numbers of the messages of the error `row`.
    pub(crate) fn numbers_of(&self, row: usize) -> std::ops::Range<usize> {
        let before = |end: usize| self.list.0.partition_point(|message| message.row < end);
        before(row)..before(row + 1)
    }
}
