//! The table of a catalog, as generated code has it, but made while a test runs. It is kept for good, since the
//! library holds tables as long.

use kate_errors::__private::{
    Constants, Fork, Hole, Kind, Leaf, More, Node, Param, Piece, Record, StatusRow, Table, Trie,
};
// The library's own tests use this file too, and have no prelude.
use std::borrow::ToOwned as _;
use std::boxed::Box;
use std::vec;
use std::vec::Vec;

use kate_errors_codegen::catalog::{self, Catalog, ParamKind};
use kate_errors_codegen::emit::rust::table::Homonyms;
use kate_errors_codegen::emit::rust::texts::Texts;
use kate_errors_codegen::emit::rust::{constants, rows, trie};

pub(crate) fn table(catalog: &Catalog) -> &'static Table {
    let mut texts = Texts::default();
    let rows = rows::rows(catalog, &Homonyms::new(catalog), &mut texts);
    // Here, all rows have what few rows have.
    let record = |(index, row): (usize, &rows::Record)| -> Record {
        let mut record = row.0.map(small);
        record[11] = small(index + 1);
        record
    };
    let rows = keep(rows.iter().enumerate().map(record).collect());
    let constants = self::constants(&constants::Constants::new(catalog));
    keep(vec![Table {
        enum_name: "RandomError",
        reference: None,
        text: text(&texts.text),
        rows,
        more: keep((0..catalog.rows.len()).map(|index| more(catalog, index)).collect()),
        by_code: &[],
        constants,
        trie: self::trie(&trie::Trie::new(catalog)),
        statuses: keep(catalog.statuses.iter().map(status).collect()),
        sections: &[],
    }])
    .first()
    .unwrap()
}

fn status(status: &catalog::Status) -> StatusRow {
    StatusRow { status: status.code, name: "", body: "", headers: &[], fallback: None }
}

fn keep<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn small(number: usize) -> u32 {
    number.try_into().unwrap()
}

fn more(catalog: &Catalog, index: usize) -> More {
    let row = &catalog.rows[index];
    let context = row.context.map(|context| &catalog.contexts[context]);
    let of_context = context.iter().flat_map(|context| &context.params);
    let all_params = keep(row.params.iter().chain(of_context).map(param).collect());
    let detail = keep(pieces(&row.detail, 0));
    let full = context.map(|context| {
        let second = pieces(&context.text, row.params.len());
        keep([detail, &[Piece::Literal(". ")], &second].concat())
    });
    let others = catalog.rows.iter().enumerate();
    let homonyms = others.filter(|(_, other)| other.same_as == Some(index));
    More {
        params: all_params,
        own: row.params.len().try_into().unwrap(),
        context: None,
        detail,
        full: full.unwrap_or_default(),
        length: 0,
        is_escaped: true,
        cause: &[],
        fix: &[],
        same_as: row.same_as.map(small),
        homonyms: keep(homonyms.map(|(other, _)| small(other)).collect()),
        former: keep(row.former.iter().map(|former| keep(pieces(former, 0))).collect()),
        retired: row.retired.as_ref().map(|_| "Nobody needs it"),
        headers: None,
    }
}

fn param(param: &catalog::Param) -> Param<'static> {
    let kind = match &param.kind {
        ParamKind::U64 => Kind::U64,
        ParamKind::I64 => Kind::I64,
        ParamKind::Word => Kind::Word,
        ParamKind::Text { ends_at } => Kind::Text(*ends_at),
        ParamKind::OneOf(choices) => {
            Kind::OneOf(keep(choices.choices.iter().map(|choice| text(&choice.text)).collect()))
        }
    };
    Param { name: text(&param.name), kind, sensitive: false }
}

fn pieces(template: &catalog::Template, first: usize) -> Vec<Piece<'static>> {
    let piece = |piece: &catalog::Piece| match piece {
        catalog::Piece::Literal(literal) => Piece::Literal(text(literal)),
        catalog::Piece::Hole(param) => Piece::Hole(first + param),
    };
    template.pieces.iter().map(piece).collect()
}

pub(crate) fn constants(made: &constants::Constants) -> Constants {
    let mut texts = Texts::default();
    let mut entry = |entry: &Option<constants::Entry>| match entry {
        None => [0, u32::MAX, 0, 0, 0],
        Some(entry) => {
            let start = small(texts.push(&entry.escaped));
            let [length, row, next] = [entry.escaped.len(), entry.row, entry.next].map(small);
            [start, length, row, entry.only_status, next]
        }
    };
    Constants {
        entries: keep(made.entries.iter().map(&mut entry).collect()),
        text: text(&texts.text),
        seed: made.hash.seed,
        whole: made.hash.whole,
        longest: small(made.longest),
        displacements: keep(made.hash.displacements.clone()),
        slots: small(made.hash.slots.len()),
    }
}

pub(crate) fn trie(made: &trie::Trie) -> Trie {
    let node = |node: &trie::Node| Node {
        hole: node.hole.map(|hole| self::hole(&made.holes[hole])),
        text: text(&node.text),
        texts: node.texts,
        first_hole: small(node.holes.start),
        holes: node.holes.len().try_into().unwrap(),
        leaves: node.leaves.len().try_into().unwrap(),
        leaf: small(node.leaves.start),
    };
    let fork = |fork: &trie::Fork| Fork {
        at: small(fork.at),
        low: fork.low,
        branches: fork.branches.len().try_into().unwrap(),
        first: small(fork.branches.start),
    };
    let leaf = |leaf: &trie::Leaf| Leaf {
        row: small(leaf.row),
        wording: small(leaf.wording),
        only_status: leaf.only_status,
    };
    Trie {
        nodes: keep(made.nodes.iter().map(node).collect()),
        forks: keep(made.forks.iter().map(fork).collect()),
        branches: keep(made.branches.clone()),
        leaves: keep(made.leaves.iter().map(leaf).collect()),
    }
}

fn hole(made: &trie::Hole) -> Hole {
    match made {
        trie::Hole::U64 { before } => Hole::U64 { open: before.is_some() },
        trie::Hole::I64 { before } => Hole::I64 { open: before.is_some() },
        trie::Hole::Word { before } => Hole::Word { open: before.is_some() },
        trie::Hole::Text { until, without } => Hole::Text { until: *until, without: *without },
        trie::Hole::OneOf(choices) => {
            Hole::OneOf(keep(choices.iter().map(|choice| text(choice)).collect()))
        }
    }
}
