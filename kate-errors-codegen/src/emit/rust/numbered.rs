//! The numbered messages of a catalog, and their index.

use kate_errors_model::index::{Index, Messages};
use kate_errors_model::template::Template;

use crate::catalog::Catalog;

/// The messages of a catalog, numbered as the library numbers them. Messages without values: the details of all
/// errors, then the former messages. Messages with values: in the order of the errors.
#[derive(Default)]
pub(super) struct Numbered<'c> {
    details: Vec<&'c str>,
    pub(super) former: Vec<(usize, &'c str)>,
    pub(super) templates: Vec<(usize, &'static str, &'c Template<'static>)>,
    /// For each error, the numbers of its message with values: alone, and with the context.
    pub(super) places: Vec<[Option<usize>; 2]>,
}

impl<'c> Messages<'c> for Numbered<'c> {
    fn constant(&self, message: u32) -> &'c [u8] {
        let message = message as usize;
        let text = match message.checked_sub(self.details.len()) {
            None => self.details[message],
            Some(former) => self.former[former].1,
        };
        text.as_bytes()
    }

    fn template(&self, message: u32) -> &'c Template<'static> {
        self.templates[message as usize].2
    }
}

impl<'c> Numbered<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let mut numbered = Self::default();
        for (at, row) in catalog.rows.iter().enumerate() {
            numbered.details.push(row.detail.constant().unwrap_or_default());
            // An alias is rendered with the message of the error that it names, but not found by it.
            let base = row.same_as.and_then(|base| numbered.places.get(base).copied());
            let [alone, full] = base.unwrap_or_default();
            let mut add = |role, template: &'c Template<'static>| {
                numbered.templates.push((at, role, template));
                numbered.templates.len() - 1
            };
            let detail = Some(&row.detail.parsed).filter(|detail| detail.constant().is_none());
            let place = [
                detail.map(|detail| alone.unwrap_or_else(|| add("Detail", detail))),
                row.with_context.as_ref().map(|it| full.unwrap_or_else(|| add("WithContext", it))),
            ];
            for former in &row.former {
                match former.constant() {
                    Some(text) => numbered.former.push((at, text)),
                    None => numbered.templates.push((at, "Former", &former.parsed)),
                }
            }
            numbered.places.push(place);
        }
        numbered
    }

    /// Returns the index of the messages by which errors are found.
    pub(super) fn index(&self, catalog: &Catalog) -> Index<'static> {
        let details = catalog
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.same_as.is_none() && row.detail.constant().is_some());
        let former = self.details.len()..self.details.len() + self.former.len();
        let constants: Vec<u32> = details.map(|(at, _)| at).chain(former).map(number).collect();
        // If the error that an alias names follows it in the file, only the former messages are the alias's
        // own.
        let is_own = |(_, (at, role, template)): &(usize, &(usize, &str, &Template<'_>))| {
            !template.is_unread() && (*role == "Former" || catalog.rows[*at].same_as.is_none())
        };
        let templates = self.templates.iter().enumerate().filter(is_own);
        let templates: Vec<u32> = templates.map(|(number, _)| self::number(number)).collect();
        crate::index::build(self, &constants, &templates)
    }

    /// Whether the message of an error without values is also the message of another error, or matches one with
    /// values.
    pub(super) fn is_shared(&self, index: &Index<'_>, error: usize) -> bool {
        let text = self.details[error];
        let mut readings = index.constants(self, text.as_bytes()).count();
        index.templates(self, text.as_bytes(), &mut |message| {
            readings += usize::from(self.template(message).read(text, &mut [""; 0]));
        });
        readings > 1
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
