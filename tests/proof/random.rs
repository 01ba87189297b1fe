//! Random catalogs: short sentences of few characters, so that many overlap and few that are long.

use std::fmt::Write as _;

use crate::reference::{Kind, Piece, Role, Wording};

/// A small generator (xorshift64*), so that every run asks the same questions. A fuzzer's bytes, if there are
/// any, go before its numbers.
pub(crate) struct Random(pub(crate) u64, pub(crate) Vec<u8>);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        if let Some(byte) = self.1.pop() {
            return usize::from(byte) % bound;
        }
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % bound
    }

    pub(crate) fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    pub(crate) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

#[derive(Clone, Debug)]
enum Part {
    Literal(String),
    Hole(usize),
}

type Params = Vec<(String, Kind)>;

#[derive(Clone, Debug)]
struct Row {
    code: String,
    status: u16,
    same_as: Option<usize>,
    detail: Vec<Part>,
    params: Params,
    context: Option<usize>,
    former: Vec<Vec<Part>>,
    retired: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    contexts: Vec<(Vec<Part>, Params)>,
    rows: Vec<Row>,
}

const CHOICES: &[&str] = &["a", "ab", "abc", "b a", "b", "x"];

/// What literals are made of.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) characters: &'static [char],
    /// How many characters a literal has at most.
    pub(crate) longest: usize,
    /// How many parameters a row has at most.
    pub(crate) most: usize,
    /// Whether former wordings have what is a context today. Few such catalogs are accepted.
    pub(crate) repeats_contexts: bool,
}

impl Catalog {
    pub(crate) fn random(random: &mut Random, style: Style) -> Self {
        let few: Vec<char> = (0..4).map(|_| random.pick(style.characters)).collect();
        let mut source = Source { random, few, style };
        let contexts = (0..source.random.below(2)).map(|_| source.sentence("pc", 2)).collect();
        let mut catalog = Self { contexts, rows: Vec::new() };
        for index in 0..2 + source.random.below(4) {
            let row = source.row(index, &catalog);
            catalog.rows.push(row);
        }
        catalog
    }

    fn base(&self, row: &Row) -> Row {
        row.same_as.map_or_else(|| row.clone(), |base| self.rows[base].clone())
    }

    /// Every text that sentences come from, as docs/catalog.md says.
    pub(crate) fn wordings(&self) -> Vec<Wording> {
        let mut wordings = Vec::new();
        for row in &self.rows {
            let base = self.base(row);
            let tail = base.context.map(|_| '.');
            let wording = |role, parts: &[Part], pieces| Wording {
                code: row.code.clone(),
                status: base.status,
                role,
                source: source(parts, &base.params),
                pieces,
            };
            let end = |param| end(&base.detail, param, tail);
            let current = pieces(&base.detail, &base.params, |param| end(param).into());
            if row.same_as.is_none() {
                if let Some(context) = base.context {
                    let (parts, params) = &self.contexts[context];
                    let separator = [Piece::Literal(". ".to_owned())];
                    let second =
                        pieces(parts, params, |param| self::end(parts, param, None).into());
                    let full = current.iter().cloned().chain(separator).chain(second).collect();
                    wordings.push(wording(Role::WithContext, &base.detail, full));
                }
                wordings.push(wording(Role::Detail, &base.detail, current));
            }
            for former in &row.former {
                let excluded = |param| {
                    let own = self::end(former, param, None);
                    [own, end(param)].into_iter().flatten().collect()
                };
                let pieces = pieces(former, &base.params, |param| Excluded(excluded(param)));
                wordings.push(wording(Role::Former, former, pieces));
            }
        }
        wordings
    }

    pub(crate) fn yaml(&self) -> String {
        let mut yaml = String::from(
            "catalog: Random\nstatuses:\n  404: { name: Not Found, description: None }\n  \
             409: { name: Conflict, description: Some }\n",
        );
        for (index, (parts, params)) in self.contexts.iter().enumerate() {
            let text = quoted(&source(parts, params));
            let head = if index == 0 { "contexts:\n" } else { "" };
            let _ = write!(yaml, "{head}  more_{index}:\n    text: {text}\n");
            write_params(&mut yaml, "    ", params);
        }
        yaml.push_str("sections:\n  - name: All\n    errors:\n");
        for row in &self.rows {
            let _ = writeln!(yaml, "      - code: {}", row.code);
            if let Some(base) = row.same_as {
                let _ = writeln!(yaml, "        same_as: {}", self.rows[base].code);
            } else {
                let detail = quoted(&source(&row.detail, &row.params));
                let status = row.status;
                let _ = write!(yaml, "        status: {status}\n        detail: {detail}\n");
                write_params(&mut yaml, "        ", &row.params);
            }
            if let Some(context) = row.context {
                let _ = writeln!(yaml, "        context: more_{context}");
            }
            let params = self.base(row).params;
            for (index, former) in row.former.iter().enumerate() {
                let head = if index == 0 { "        former:\n" } else { "" };
                let _ = writeln!(yaml, "{head}          - {}", quoted(&source(former, &params)));
            }
            if row.retired {
                yaml.push_str("        retired: { reason: Nobody needs it }\n");
            }
            yaml.push_str(
                "        cause: Something went quite wrong\n        fix: Do something else\n",
            );
        }
        yaml
    }
}

/// The characters that a text cannot hold.
struct Excluded(Vec<char>);

impl From<Option<char>> for Excluded {
    fn from(end: Option<char>) -> Self {
        Self(end.into_iter().collect())
    }
}

fn pieces(parts: &[Part], params: &Params, excluded: impl Fn(usize) -> Excluded) -> Vec<Piece> {
    let piece = |part: &Part| match part {
        Part::Literal(literal) => Piece::Literal(literal.clone()),
        Part::Hole(param) => {
            let (name, kind) = params[*param].clone();
            Piece::Hole { name, kind, excluded: excluded(*param).0 }
        }
    };
    parts.iter().map(piece).collect()
}

/// The character behind a placeholder.
fn end(parts: &[Part], param: usize, tail: Option<char>) -> Option<char> {
    let at = parts.iter().position(|part| matches!(part, Part::Hole(hole) if *hole == param))?;
    match parts.get(at + 1) {
        Some(Part::Literal(literal)) => literal.chars().next(),
        Some(Part::Hole(_)) => None,
        None => tail,
    }
}

fn source(parts: &[Part], params: &Params) -> String {
    let text = |part: &Part| match part {
        Part::Literal(literal) => literal.replace('{', "{{").replace('}', "}}"),
        Part::Hole(param) => format!("{{{}}}", params[*param].0),
    };
    parts.iter().map(text).collect()
}

pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn write_params(yaml: &mut String, indent: &str, params: &Params) {
    for (index, (name, kind)) in params.iter().enumerate() {
        let head = if index == 0 { format!("{indent}params:\n") } else { String::new() };
        let kind = match kind {
            Kind::U64 => "u64".to_owned(),
            Kind::I64 => "i64".to_owned(),
            Kind::Word => "word".to_owned(),
            Kind::Text => "text".to_owned(),
            Kind::OneOf(choices) => format!("{{ one_of: [{}] }}", choices.join(", ")),
        };
        let _ = writeln!(yaml, "{head}{indent}  {name}: {kind}");
    }
}

struct Source<'r> {
    random: &'r mut Random,
    few: Vec<char>,
    style: Style,
}

impl Source<'_> {
    fn row(&mut self, index: usize, before: &Catalog) -> Row {
        let bases: Vec<usize> =
            (0..index).filter(|base| before.rows[*base].same_as.is_none()).collect();
        let same_as = if self.random.one_in(8) && !bases.is_empty() {
            Some(self.random.pick(&bases))
        } else {
            None
        };
        let (detail, params) = self.sentence("p", self.style.most);
        let context = (same_as.is_none() && self.random.one_in(3) && !before.contexts.is_empty())
            .then(|| self.random.below(before.contexts.len()));
        let status = self.random.pick(&[404, 404, 409]);
        let retired = self.random.one_in(8);
        let mut row = Row {
            code: format!("row_{index}"),
            status,
            same_as,
            detail,
            params,
            context,
            former: Vec::new(),
            retired,
        };
        let params = before.rows.get(same_as.unwrap_or(index)).unwrap_or(&row).params.clone();
        if self.random.one_in(3) {
            row.former.push(self.around(params.len()));
        }
        if let Some(context) =
            context.filter(|_| self.style.repeats_contexts && self.random.one_in(8))
        {
            // What the wire has with the context, as one sentence without one.
            let second = before.contexts[context].0.iter().map(|part| match part {
                Part::Literal(literal) => literal.as_str(),
                Part::Hole(_) => "1",
            });
            let tail = format!(". {}", second.collect::<String>());
            let mut former = row.detail.clone();
            match former.last_mut() {
                Some(Part::Literal(last)) => last.push_str(&tail),
                _ => former.push(Part::Literal(tail)),
            }
            row.former.push(former);
        }
        row
    }

    fn sentence(&mut self, prefix: &str, most: usize) -> (Vec<Part>, Params) {
        let count = self.random.below(most + 1);
        let params = (0..count).map(|index| (format!("{prefix}{index}"), self.kind())).collect();
        (self.around(count), params)
    }

    fn kind(&mut self) -> Kind {
        match self.random.below(8) {
            0 | 1 => Kind::U64,
            2 => Kind::I64,
            3 | 4 => Kind::Word,
            5 | 6 => Kind::Text,
            _ => {
                let from = self.random.below(CHOICES.len() - 1);
                let choices = &CHOICES[from..=from + 1];
                Kind::OneOf(choices.iter().map(|choice| (*choice).to_owned()).collect())
            }
        }
    }

    /// So many placeholders in some order, and literals between them.
    fn around(&mut self, holes: usize) -> Vec<Part> {
        let mut left: Vec<usize> = (0..holes).collect();
        let mut parts = Vec::new();
        if holes == 0 || self.random.one_in(2) {
            parts.push(Part::Literal(self.literal()));
        }
        while !left.is_empty() {
            let at = self.random.below(left.len());
            parts.push(Part::Hole(left.remove(at)));
            if !left.is_empty() || self.random.one_in(2) {
                parts.push(Part::Literal(self.literal()));
            }
        }
        // A text has no blanks at its ends.
        if let Some(Part::Literal(first)) = parts.first_mut() {
            let trimmed = format!("a{first}").trim_end().to_owned();
            *first = trimmed;
        }
        if let Some(Part::Literal(last)) = parts.last_mut() {
            last.push('b');
        }
        parts
    }

    fn literal(&mut self) -> String {
        let length = 1 + self.random.below(self.style.longest);
        (0..length).map(|_| self.random.pick(&self.few)).collect()
    }
}
