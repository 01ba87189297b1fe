//! All `#[api_error(…)]` of an item or a variant, combined.

use proc_macro2::Ident;
use syn::{Attribute, Path};

use super::attribute::{self, Entry, Response};
use super::mistakes::Mistakes;
use crate::library::Library;

#[derive(Default)]
pub(super) struct Attributes {
    pub(super) catalog: Option<(Ident, Path)>,
    pub(super) library: Option<(Ident, Library)>,
    pub(super) response: Option<Response>,
    /// Whether one of them has a reported mistake. If so, something missing may be part of it.
    pub(super) is_broken: bool,
}

impl Attributes {
    pub(super) fn read(attributes: &[Attribute], mistakes: &mut Mistakes) -> Self {
        let mut read = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute::is_ours(attribute)) {
            match mistakes.note(attribute::read(attribute)) {
                Some(entries) => entries.into_iter().for_each(|entry| read.take(entry, mistakes)),
                None => read.is_broken = true,
            }
        }
        read
    }

    fn take(&mut self, entry: Entry, mistakes: &mut Mistakes) {
        match entry {
            Entry::Catalog(name, path) => option(&mut self.catalog, name, path, mistakes),
            Entry::Library(name, library) => option(&mut self.library, name, library, mistakes),
            Entry::Response(response) => match &self.response {
                None => self.response = Some(response),
                Some(first) => {
                    let (first, second) = (first.ident(), response.ident());
                    let message = format!(
                        "`{second}` is a second response: there is already `{first}`, and each error \
                         has one"
                    );
                    mistakes.at(second, message);
                }
            },
        }
    }
}

fn option<T>(known: &mut Option<(Ident, T)>, name: Ident, value: T, mistakes: &mut Mistakes) {
    if known.is_some() {
        mistakes.at(&name, format!("`{name}` is named twice: keep one"));
    } else {
        *known = Some((name, value));
    }
}
