//! The messages of a catalog, looked up and read as a client does it.

use kate_errors_codegen::Catalog;
use kate_errors_model::index::{Index, Messages};
use kate_errors_model::template::Template;

/// A message of an error.
pub(crate) struct Message<'c> {
    pub(crate) row: usize,
    /// Whether it is one that the error had before.
    pub(crate) is_former: bool,
    pub(crate) template: &'c Template<'static>,
    /// How many parameters it has: those of the error, and those of its context if it has that.
    params: usize,
}

impl Message<'_> {
    fn read<'t>(&self, text: &'t str) -> Option<(&Self, Vec<&'t str>)> {
        let mut values = vec![""; self.params];
        self.template.read(text, &mut values).then_some((self, values))
    }
}

/// The messages by which errors are found, by their numbers.
struct List<'c>(Vec<Message<'c>>);

impl<'c> Messages<'c> for List<'c> {
    fn constant(&self, message: u32) -> &'c [u8] {
        self.template(message).first.as_bytes()
    }

    fn template(&self, message: u32) -> &'c Template<'static> {
        self.0[message as usize].template
    }
}

/// The messages of a catalog, and the index of them.
pub(crate) struct Lookup<'c> {
    list: List<'c>,
    index: Index<'static>,
}

impl<'c> Lookup<'c> {
    pub(crate) fn of(catalog: &'c Catalog) -> Self {
        let mut list = Vec::new();
        for (at, row) in catalog.rows.iter().enumerate() {
            let (own, all) = (row.params.len(), catalog.params(row).count());
            let mut add = |template: &'c Template<'static>, is_former, params| {
                if !template.is_unread() {
                    list.push(Message { row: at, is_former, template, params });
                }
            };
            // An alias is found by the messages of the error that it names, and by its own former ones.
            if row.same_as.is_none() {
                add(&row.detail.parsed, false, own);
                row.with_context.iter().for_each(|template| add(template, false, all));
            }
            row.former.iter().for_each(|former| add(&former.parsed, true, own));
        }
        let list = List(list);
        let numbers = (0..).take(list.0.len());
        let (constants, templates): (Vec<u32>, Vec<u32>) =
            numbers.partition(|number| list.template(*number).constant().is_some());
        let index = Index::new(&list, &constants, &templates);
        Self { list, index }
    }

    pub(crate) fn messages(&self) -> &[Message<'c>] {
        &self.list.0
    }

    /// The messages that `text` is, each with its values.
    pub(crate) fn read<'t>(&self, text: &'t str) -> Vec<(&Message<'c>, Vec<&'t str>)> {
        let mut numbers: Vec<u32> = self.index.constants(&self.list, text.as_bytes()).collect();
        self.index.templates(&self.list, text.as_bytes(), &mut |number| numbers.push(number));
        numbers.into_iter().filter_map(|number| self.list.0[number as usize].read(text)).collect()
    }

    /// The messages of one error that `text` is, each with its values.
    pub(crate) fn read_of<'t>(
        &self,
        row: usize,
        text: &'t str,
    ) -> impl Iterator<Item = (&Message<'c>, Vec<&'t str>)> {
        self.list.0[self.numbers_of(row)].iter().filter_map(move |message| message.read(text))
    }

    /// The numbers of the messages of one error.
    pub(crate) fn numbers_of(&self, row: usize) -> std::ops::Range<usize> {
        let before = |end: usize| self.list.0.partition_point(|message| message.row < end);
        before(row)..before(row + 1)
    }
}
