//! The proof against brute force, on many random patterns over few characters.

use std::collections::BTreeMap;

use super::brute_force::{Spec, Splits, Tried, pattern, splits, try_all};
use super::clashes::Overlaps;
use super::tree::Pattern;
use super::values::different_values;

/// How many random pairs are looked at for a sentence in common.
const PAIRS: usize = 20_000;

/// How many groups of six patterns are looked at together and pair by pair.
const GROUPS: usize = 500;

/// How many patterns are looked at for a sentence with two readings.
const SINGLES: usize = 5_000;

/// How many pairs are looked at for a sentence with different values.
const OF_ONE_ROW: usize = 2_000;

/// How many sentences are tried for a question.
const BUDGET: usize = 250;

const CHARACTERS: &[char] = &['a', 'b', '0', '1', '-', ' ', '.', ':'];

/// A small generator (xorshift64*), so that every run asks the same questions.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % bound
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn text(&mut self, characters: &[char], longest: usize) -> String {
        let length = 1 + self.below(longest);
        (0..length).map(|_| self.pick(characters)).collect()
    }

    fn hole(&mut self, name: &'static str, characters: &[char]) -> Spec {
        match self.below(8) {
            0 => Spec::U64(name),
            1 => Spec::I64(name),
            2 | 3 => Spec::Word(name),
            4 | 5 => Spec::Text(name, Vec::new()),
            _ => {
                let count = 1 + self.below(3);
                Spec::OneOf(name, (0..count).map(|_| self.text(characters, 3)).collect())
            }
        }
    }

    /// Literals and holes in turn; the ends of texts are still to be set.
    fn specs(&mut self, characters: &[char]) -> Vec<Spec> {
        let mut names = ["p", "q", "r"].to_vec();
        let mut specs = Vec::new();
        let mut is_hole = self.one_in(2);
        for _ in 0..=self.below(4) {
            if is_hole && !names.is_empty() {
                let name = names.remove(self.below(names.len()));
                specs.push(self.hole(name, characters));
            } else if !is_hole {
                specs.push(Spec::Literal(self.text(characters, 3)));
            }
            is_hole = !is_hole;
        }
        specs
    }

    /// A pattern that is a little different.
    fn variation(&mut self, specs: &[Spec], characters: &[char]) -> Vec<Spec> {
        let mut specs = specs.to_vec();
        let at = self.below(specs.len());
        match &mut specs[at] {
            Spec::Literal(literal) if self.one_in(3) => literal.push(self.pick(characters)),
            Spec::Literal(literal) if self.one_in(2) => literal.insert(0, self.pick(characters)),
            Spec::Literal(literal) => *literal = self.text(characters, 2),
            hole => *hole = self.hole(hole.name().unwrap(), characters),
        }
        if self.one_in(3) {
            // Two holes change places.
            let holes: Vec<usize> =
                (0..specs.len()).filter(|at| specs[*at].name().is_some()).collect();
            specs.swap(self.pick(&[at, holes.first().copied().unwrap_or(at)]), at);
            if let [first, .., last] = holes[..] {
                specs.swap(first, last);
            }
        }
        specs
    }

    /// Sets the ends of texts: what follows, and sometimes one more, as in former wordings.
    fn with_ends(&mut self, mut specs: Vec<Spec>, characters: &[char]) -> Vec<Spec> {
        for at in 0..specs.len() {
            let follows = match specs.get(at + 1) {
                Some(Spec::Literal(literal)) => literal.chars().next(),
                _ => None,
            };
            let more = self.one_in(4).then(|| self.pick(characters));
            if let Spec::Text(_, excluded) = &mut specs[at] {
                *excluded = follows.into_iter().chain(more).collect();
            }
        }
        specs
    }
}

/// The characters that make a difference to any of the patterns: those that they name, and so many for
/// each kind of the others.
fn alphabet(specs: &[&[Spec]], of_a_kind: usize) -> Vec<char> {
    let mut alphabet: Vec<char> = ['x', 'y'][..of_a_kind].into();
    for spec in specs.iter().copied().flatten() {
        match spec {
            Spec::Literal(literal) => alphabet.extend(literal.chars()),
            Spec::U64(_) => alphabet.extend(&['0', '1', '2'][..=of_a_kind]),
            Spec::I64(_) => alphabet.extend(&['-', '0', '1', '2'][..2 + of_a_kind]),
            Spec::Word(_) => {}
            Spec::Text(_, excluded) => {
                alphabet.extend(excluded);
                alphabet.extend(&[' ', '\u{A0}'][..of_a_kind]);
                // Where there is no 1, another digit has to stand for those behind it.
                alphabet.extend(&['2', '3'][..if excluded.contains(&'1') { of_a_kind } else { 0 }]);
            }
            Spec::OneOf(_, choices) => {
                alphabet.extend(choices.iter().flat_map(|choice| choice.chars()));
            }
        }
    }
    alphabet.sort_unstable();
    alphabet.dedup();
    alphabet
}

/// Both answers to one question, and whether they can both be right.
fn assert_agree(tried: Tried, proved: Option<&str>, question: &str) {
    let length = proved.map(|sentence| sentence.chars().count());
    let agree = match tried {
        Tried::Found(found) => length == Some(found),
        Tried::Never => length.is_none(),
        Tried::NotUpTo(tried) => length.is_none_or(|length| length > tried),
    };
    assert!(agree, "tried {tried:?}, proved {proved:?}: {question}");
}

/// How often each answer was given, so that the test cannot become one of nothing but easy cases.
#[derive(Debug, Default)]
struct Tally {
    found: usize,
    never: usize,
    open: usize,
}

impl Tally {
    fn count(&mut self, tried: Tried) {
        match tried {
            Tried::Found(_) => self.found += 1,
            Tried::Never => self.never += 1,
            Tried::NotUpTo(_) => self.open += 1,
        }
    }
}

fn pairs(count: usize) -> impl Iterator<Item = (Vec<Spec>, Vec<Spec>)> {
    let mut random = Random(0x6B61_7465);
    (0..count).map(move |_| {
        let count = 2 + random.below(3);
        let characters: Vec<char> = (0..count).map(|_| random.pick(CHARACTERS)).collect();
        let one = random.specs(&characters);
        let other = if random.one_in(2) {
            random.specs(&characters)
        } else {
            random.variation(&one, &characters)
        };
        (random.with_ends(one, &characters), random.with_ends(other, &characters))
    })
}

#[test]
fn clashes_are_those_that_trying_finds() {
    let mut tally = Tally::default();
    for (one, other) in pairs(PAIRS) {
        let question = format!("{one:?} and {other:?}");
        let specs: &[&[Spec]] = &[&one, &other];
        let tried = try_all(specs, &alphabet(specs, 1), BUDGET, |splits| {
            splits.iter().all(|splits| splits.count_readings() > 0)
        });
        let overlaps = Overlaps::of([&pattern(&one), &pattern(&other)]);
        let proved = overlaps.pairs().next().map(|(_, _, sentence)| sentence);
        assert_agree(tried, proved, &question);
        if let Some(sentence) = proved {
            let is_read = |specs: &&[Spec]| splits(specs, sentence).count_readings() > 0;
            assert!(specs.iter().all(is_read), "{sentence:?}: {question}");
        }
        tally.count(tried);
    }
    assert!(tally.found > 5000 && tally.never > 8000 && tally.open < 6000, "{tally:?}");
}

/// A pair has the same answer among others as alone, so what holds for pairs holds for catalogs.
#[test]
fn many_at_once_are_like_each_pair_alone() {
    let patterns: Vec<Pattern> =
        pairs(GROUPS * 3).flat_map(|(one, other)| [pattern(&one), pattern(&other)]).collect();
    for group in patterns.chunks(6) {
        let together = Overlaps::of(group);
        let lengths = together.pairs().map(|(one, other, s)| ((one, other), s.chars().count()));
        let together: BTreeMap<(usize, usize), usize> = lengths
            .chain(together.ambiguities().map(|(at, s)| ((at, at), s.chars().count())))
            .collect();
        let mut alone = BTreeMap::new();
        for (at, one) in group.iter().enumerate() {
            let own = Overlaps::of([one]);
            alone.extend(own.ambiguities().map(|(_, s)| ((at, at), s.chars().count())));
            for (behind, other) in group.iter().enumerate().skip(at + 1) {
                let both = Overlaps::of([one, other]);
                alone.extend(both.pairs().map(|(_, _, s)| ((at, behind), s.chars().count())));
            }
        }
        assert_eq!(together, alone, "{group:?}");
    }
}

#[test]
fn ambiguities_are_those_that_trying_finds() {
    let mut tally = Tally::default();
    for (one, _) in pairs(SINGLES) {
        let specs: &[&[Spec]] = &[&one];
        let tried =
            try_all(specs, &alphabet(specs, 1), BUDGET, |splits| splits[0].count_readings() > 1);
        let pattern = pattern(&one);
        let overlaps = Overlaps::of([&pattern]);
        let proved = overlaps.ambiguities().next().map(|(_, sentence)| sentence);
        assert_agree(tried, proved, &format!("{one:?}"));
        if let Some(sentence) = proved {
            assert!(splits(&one, sentence).count_readings() > 1, "{sentence:?}: {one:?}");
            let shown = super::readings::readings(&pattern, sentence);
            assert!(shown.len() == 2 && shown[0] != shown[1], "{shown:?}: {one:?}");
        }
        tally.count(tried);
    }
    assert!(tally.found > 80 && tally.never > 1000, "{tally:?}");
}

#[test]
fn values_differ_where_trying_finds_that_they_do() {
    let mut tally = Tally::default();
    for (one, other) in pairs(OF_ONE_ROW) {
        let specs: &[&[Spec]] = &[&one, &other];
        let shared: Vec<&str> = one
            .iter()
            .filter_map(Spec::name)
            .filter(|name| other.iter().any(|spec| spec.name() == Some(name)))
            .collect();
        let differ = |left: &Splits<'_>, right: &Splits<'_>| {
            let of_shared = |splits: &Splits<'_>| -> Vec<Vec<String>> {
                let shared = |(name, _): &&(&'static str, &str)| shared.contains(name);
                let values = |reading: &Vec<(&'static str, &str)>| {
                    reading.iter().filter(shared).map(|(_, value)| (*value).to_owned()).collect()
                };
                splits.readings().iter().map(values).collect()
            };
            let rights = of_shared(right);
            of_shared(left).iter().any(|left| rights.iter().any(|right| left != right))
        };
        let tried = try_all(specs, &alphabet(specs, 2), BUDGET, |both| differ(&both[0], &both[1]));
        let proved = different_values(&pattern(&one), &pattern(&other));
        assert_agree(tried, proved.as_deref(), &format!("{one:?} and {other:?}"));
        if let Some(sentence) = &proved {
            let is_different = differ(&splits(&one, sentence), &splits(&other, sentence));
            assert!(is_different, "{sentence:?}: {one:?} and {other:?}");
        }
        tally.count(tried);
    }
    assert!(tally.found > 100 && tally.never > 1000, "{tally:?}");
}
