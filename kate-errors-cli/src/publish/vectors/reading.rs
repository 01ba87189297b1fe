//! Which rows have a sentence, found out by trying all wordings: slow, and right.

use std::collections::HashMap;

use kate_errors::template;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, ParamKind, Piece, Row, Template};

use crate::publish::sentences::{self, CONTEXT_SEPARATOR};

/// The wordings of a catalog.
pub(super) struct Readings<'c> {
    catalog: &'c Catalog,
    /// The wordings without values: the rows, and whether it is a former wording of them.
    constants: HashMap<String, Vec<(usize, bool)>>,
    templates: Vec<Wording<'c>>,
    /// For each row, the rows that name it with `same_as`.
    homonyms: Vec<Vec<usize>>,
}

/// A wording with values.
struct Wording<'c> {
    row: usize,
    is_former: bool,
    pieces: Vec<template::Piece<'c>>,
    params: Vec<&'c Param>,
}

impl<'c> Readings<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let mut homonyms = vec![Vec::new(); catalog.rows.len()];
        for (index, row) in catalog.rows.iter().enumerate() {
            if let Some(of_base) = row.same_as.and_then(|base| homonyms.get_mut(base)) {
                of_base.push(index);
            }
        }
        let mut readings =
            Self { catalog, constants: HashMap::new(), templates: Vec::new(), homonyms };
        for (index, row) in catalog.rows.iter().enumerate() {
            if row.same_as.is_none() {
                readings.add(index, false, pieces(&row.detail, 0), row.params.iter().collect());
                readings.add_with_context(index, row);
            }
            for former in &row.former {
                readings.add(index, true, pieces(former, 0), row.params.iter().collect());
            }
        }
        readings
    }

    fn add_with_context(&mut self, index: usize, row: &'c Row) {
        let Some(context) = sentences::context(self.catalog, row) else { return };
        let mut full = pieces(&row.detail, 0);
        full.push(template::Piece::Literal(CONTEXT_SEPARATOR));
        full.extend(pieces(&context.text, row.params.len()));
        self.add(index, false, full, row.params.iter().chain(&context.params).collect());
    }

    fn add(
        &mut self,
        row: usize,
        is_former: bool,
        pieces: Vec<template::Piece<'c>>,
        params: Vec<&'c Param>,
    ) {
        let literals: Option<String> = pieces
            .iter()
            .map(|piece| match piece {
                template::Piece::Literal(text) => Some(*text),
                template::Piece::Hole(_) => None,
            })
            .collect();
        match literals {
            Some(sentence) => self.constants.entry(sentence).or_default().push((row, is_former)),
            None => self.templates.push(Wording { row, is_former, pieces, params }),
        }
    }

    /// The row that a sentence of `index` is read as, and those that share the sentence with it. A wording
    /// that a row had before is its own, and that of the rows that name it.
    pub(super) fn group(&self, index: usize, is_former: bool) -> Vec<usize> {
        let base = self.catalog.rows.get(index).and_then(|row| row.same_as);
        let base = base.filter(|_| !is_former).unwrap_or(index);
        let homonyms = self.homonyms.get(base).into_iter().flatten().copied();
        std::iter::once(base).chain(homonyms).collect()
    }

    /// Whether the rows of `group` are those that a sentence under `status` stands for, as far as they
    /// have it as a current wording or as a former one.
    pub(super) fn are_meant(
        &self,
        sentence: &str,
        status: u16,
        group: &[usize],
        is_former: bool,
    ) -> bool {
        let rank = |row: usize, is_former: bool| {
            let row = self.catalog.rows.get(row);
            let own = row.and_then(|row| self.catalog.statuses.get(row.status));
            (own.is_some_and(|own| own.code == status), !is_former)
        };
        let Some(of_group) = group.first().map(|row| rank(*row, is_former)) else { return false };
        // Rows elsewhere for which as much speaks would be alternatives too, in an order of the decoder's.
        self.rows_with(sentence).iter().all(|(row, former)| {
            group.contains(row) && *former == is_former || rank(*row, *former) < of_group
        })
    }

    /// Whether any wording of any row is the sentence.
    pub(super) fn is_known(&self, sentence: &str) -> bool {
        !self.rows_with(sentence).is_empty()
    }

    fn rows_with(&self, sentence: &str) -> Vec<(usize, bool)> {
        let constants = self.constants.get(sentence).into_iter().flatten().copied();
        let templates = self.templates.iter().filter(|it| it.reads(sentence));
        constants.chain(templates.map(|it| (it.row, it.is_former))).collect()
    }
}

impl Wording<'_> {
    fn reads(&self, sentence: &str) -> bool {
        let may = match self.pieces.first() {
            Some(template::Piece::Literal(text)) => sentence.starts_with(text),
            _ => true,
        };
        may && self.reads_all(sentence)
    }

    fn reads_all(&self, sentence: &str) -> bool {
        let choices: Vec<Vec<&str>> = self.params.iter().map(|param| choices(param)).collect();
        let params = self.params.iter().zip(&choices);
        let params: Vec<template::Param<'_>> = params
            .map(|(param, choices)| template::Param {
                name: &param.name,
                kind: kind(param, choices),
                sensitive: false,
            })
            .collect();
        let template = template::Template { pieces: &self.pieces, params: &params };
        template.read(sentence).is_some()
    }
}

fn choices(param: &Param) -> Vec<&str> {
    match &param.kind {
        ParamKind::OneOf(choices) => choices.choices.iter().map(|it| it.text.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn kind<'p>(param: &Param, choices: &'p [&'p str]) -> template::Kind<'p> {
    match &param.kind {
        ParamKind::U64 => template::Kind::U64,
        ParamKind::I64 => template::Kind::I64,
        ParamKind::Word => template::Kind::Word,
        ParamKind::Text { ends_at } => template::Kind::Text(*ends_at),
        ParamKind::OneOf(_) => template::Kind::OneOf(choices),
    }
}

fn pieces(template: &Template, first: usize) -> Vec<template::Piece<'_>> {
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => template::Piece::Literal(text),
        Piece::Hole(param) => template::Piece::Hole(first + param),
    });
    pieces.collect()
}
