//! The proof against brute force, on many random patterns over few characters.

use std::collections::BTreeMap;

use super::brute_force::{Spec, Splits, Tried, pattern, splits, try_all};
use super::overlaps::{Limits, Overlaps, ambiguous_sentence, shared_sentence};
use super::tree::Pattern;
use super::values::different_values;

/// How many random pairs are looked at for a sentence in common.
const PAIRS: usize = 24_000;

/// How many groups of six patterns are looked at together and pair by pair.
const GROUPS: usize = 1_000;

/// How many patterns are looked at for a sentence with two readings.
const SINGLES: usize = 6_000;

/// How many pairs are looked at for a sentence with different values.
const OF_ONE_ROW: usize = 3_000;

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
        let mut names = ["p", "q", "r", "s"].to_vec();
        let mut specs = Vec::new();
        let mut is_hole = self.one_in(2);
        let pieces = if self.one_in(4) { 9 } else { 5 };
        for _ in 0..=self.below(pieces) {
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
        if self.one_in(6) {
            // What stands behind the rest of it may be another's.
            specs.truncate(1 + self.below(specs.len()));
        }
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
    /// How many of the answers were about a pattern with four holes.
    of_four: usize,
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
        let proved = shared_sentence(&pattern(&one), &pattern(&other)).unwrap();
        assert_agree(tried, proved.as_deref(), &question);
        if let Some(sentence) = &proved {
            let is_read = |specs: &&[Spec]| splits(specs, sentence).count_readings() > 0;
            assert!(specs.iter().all(is_read), "{sentence:?}: {question}");
        }
        tally.count(tried);
        let holes = |specs: &&[Spec]| specs.iter().filter_map(Spec::name).count();
        let is_answered = !matches!(tried, Tried::NotUpTo(_));
        tally.of_four += usize::from(is_answered && specs.iter().any(|specs| holes(specs) == 4));
    }
    let [found, never, of_four] = [tally.found, tally.never, tally.of_four];
    assert!(found > 5000 && never > 10_000 && of_four > 1000, "{tally:?}");
}

/// The lengths of the shortest sentences of each pair, and of each pattern with itself.
fn lengths(group: &[Pattern], limits: Limits) -> BTreeMap<(usize, usize), usize> {
    let overlaps = Overlaps::of(group, limits);
    assert_eq!((overlaps.open, overlaps.first_open), (0, None), "{group:?}");
    let numbers = |numbers: [u32; 3]| numbers.map(|number| usize::try_from(number).unwrap());
    let pairs = overlaps.pairs.iter().map(|pair| {
        let [first, second, length] = numbers([pair.first, pair.second, pair.length]);
        ((first, second), length)
    });
    let of_one = overlaps.ambiguities.iter().map(|(at, s)| ((*at, *at), s.chars().count()));
    pairs.chain(of_one).collect()
}

/// A pair has the same answer among others as alone, so what holds for pairs holds for catalogs; and it
/// has the same answer where memory is so short that the others are halved again and again.
#[test]
fn many_at_once_are_like_each_pair_alone() {
    let patterns: Vec<Pattern> =
        pairs(GROUPS * 3).flat_map(|(one, other)| [pattern(&one), pattern(&other)]).collect();
    for group in patterns.chunks(6) {
        let together = lengths(group, Limits::OF_A_CATALOG);
        let halved = lengths(group, Limits { at_once: 20, ..Limits::OF_A_CATALOG });
        let mut alone = BTreeMap::new();
        for (at, one) in group.iter().enumerate() {
            alone.extend(ambiguous_sentence(one).unwrap().map(|s| ((at, at), s.chars().count())));
            for (behind, other) in group.iter().enumerate().skip(at + 1) {
                let shared = shared_sentence(one, other).unwrap();
                alone.extend(shared.map(|s| ((at, behind), s.chars().count())));
            }
        }
        assert_eq!(together, alone, "{group:?}");
        assert_eq!(halved, alone, "{group:?}");
    }
}

/// What is found when the limits are reached is a part of all there is, and the rest is accounted for.
#[test]
fn what_is_not_compared_is_counted() {
    let patterns: Vec<Pattern> =
        pairs(GROUPS * 3).flat_map(|(one, other)| [pattern(&one), pattern(&other)]).collect();
    let mut stopped = 0;
    for group in patterns.chunks(6) {
        let all = lengths(group, Limits::OF_A_CATALOG);
        for limits in [
            Limits { at_once: 20, alone: 60, visits: 60, pairs: 100 },
            Limits { at_once: 20, alone: 10_000, visits: 10_000, pairs: 1 },
            Limits { at_once: 10_000, alone: 10_000, visits: 10_000, pairs: 0 },
            Limits { at_once: 30, alone: 30, visits: 10_000, pairs: 100 },
        ] {
            let some = Overlaps::of(group, limits);
            let found = some.pairs.iter().map(|pair| (pair.first as usize, pair.second as usize));
            let found: Vec<(usize, usize)> =
                found.chain(some.ambiguities.iter().map(|(at, _)| (*at, *at))).collect();
            assert!(found.iter().all(|pair| all.contains_key(pair)), "{limits:?} {group:?}");
            let missing = all.keys().filter(|pair| !found.contains(pair));
            let first = some.first_open.unwrap_or(usize::MAX);
            assert!(missing.clone().all(|(_, second)| *second >= first), "{limits:?} {group:?}");
            assert!(missing.count() as u64 <= some.open, "{limits:?} {group:?}");
            stopped += usize::from(some.open > 0);
        }
    }
    assert!(stopped > GROUPS / 2, "only {stopped} searches were stopped");
}

#[test]
fn ambiguities_are_those_that_trying_finds() {
    let mut tally = Tally::default();
    for (one, _) in pairs(SINGLES) {
        let specs: &[&[Spec]] = &[&one];
        let tried =
            try_all(specs, &alphabet(specs, 1), BUDGET, |splits| splits[0].count_readings() > 1);
        let pattern = pattern(&one);
        let proved = ambiguous_sentence(&pattern).unwrap();
        assert_agree(tried, proved.as_deref(), &format!("{one:?}"));
        if let Some(sentence) = &proved {
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
        let proved = different_values(&pattern(&one), &pattern(&other)).unwrap();
        assert_agree(tried, proved.as_deref(), &format!("{one:?} and {other:?}"));
        if let Some(sentence) = &proved {
            let is_different = differ(&splits(&one, sentence), &splits(&other, sentence));
            assert!(is_different, "{sentence:?}: {one:?} and {other:?}");
        }
        tally.count(tried);
    }
    assert!(tally.found > 100 && tally.never > 1000, "{tally:?}");
}
