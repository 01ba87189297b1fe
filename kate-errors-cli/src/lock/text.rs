//! Reads and writes locks as text.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use kate_errors_codegen::fingerprint;

use super::damage::Damage;
use super::facts::{of_member, typed, unquoted};
use super::{Fact, Kind, Lock, Time};

/// The beginning of a lock.
pub(crate) const MARK: &str = "# What was ever released. `kate-errors lock` writes this file";

/// The beginning of a line with a release. No name of an error begins like this.
const RELEASE: &str = "@release ";

const KINDS: [(Kind, &str); 5] = [
    (Kind::Code, "code"),
    (Kind::Member, "member"),
    (Kind::Message, "message"),
    (Kind::Parameter, "parameter"),
    (Kind::Status, "status"),
];

impl Fact {
    /// Returns the line of the fact, without releases and checksum.
    pub(crate) fn text(&self) -> String {
        let kind = KINDS.iter().find(|(kind, _)| *kind == self.kind).map_or("", |(_, name)| name);
        format!("{} {kind} {}", self.error, self.value)
    }

    fn read(text: &str) -> Option<Self> {
        let (error, rest) = text.split_once(' ')?;
        let (kind, value) = rest.split_once(' ')?;
        let (kind, _) = KINDS.into_iter().find(|(_, name)| *name == kind)?;
        let is_known = match kind {
            Kind::Code | Kind::Message => unquoted(value).is_some(),
            Kind::Member => of_member(value).is_some(),
            Kind::Parameter => typed(value).is_some(),
            Kind::Status => value.parse::<u16>().is_ok(),
        };
        is_known.then(|| Self { error: error.to_owned(), kind, value: value.to_owned() })
    }
}

/// Returns the checksum of a line. That of a release also covers the name of the release before it, given that name's
/// fingerprint, which is 0 for all other lines. So releases that change places are detected.
fn checksum(before: u64, line: &str) -> String {
    format!("{:016x}", fingerprint(line) ^ before)
}

/// The lines of a lock with their numbers; of both sides, if there are merge conflicts.
#[derive(Default)]
struct Lines<'t> {
    /// The line number, the release, and the number of lines added with it.
    releases: Vec<(usize, &'t str, usize)>,
    /// The fingerprints of the names of these releases.
    names: HashSet<u64>,
    /// The line number, the fact, its first and its last release, and the sides of a merge that have the line.
    facts: Vec<(usize, Fact, &'t str, &'t str, [bool; 2])>,
    conflict: Option<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Result<Self, Damage> {
        let (mut lines, mut changed) = (Self::default(), Vec::new());
        let mut sides = [true; 2];
        for (line, number) in text.lines().zip(1..) {
            let of_conflict = match line.get(..7) {
                Some("<<<<<<<") => Some([true, false]),
                // The common ancestor, which is skipped.
                Some("|||||||") => Some([false; 2]),
                Some("=======") => Some([false, true]),
                Some(">>>>>>>") => Some([true; 2]),
                _ => None,
            };
            if let Some(of_conflict) = of_conflict {
                sides = of_conflict;
                lines.conflict.get_or_insert(number);
            } else if sides != [false; 2] && !line.is_empty() && !line.starts_with(MARK) {
                match lines.checked(line) {
                    Some(line) => lines.add(line, number, sides)?,
                    None if line.starts_with(RELEASE) => {
                        let message = "this line was changed by hand, or is not in its place";
                        changed.push((number, message.to_owned()));
                    }
                    None => changed.push((number, "this line was changed by hand".to_owned())),
                }
            }
        }
        if changed.is_empty() {
            return Ok(lines);
        }
        Err(Damage { lines: changed, label: "has another checksum", help: "" })
    }

    /// Verifies and removes the checksum of a line. The release before that of the line is one above it: after a merge,
    /// not always the last one.
    fn checked(&self, line: &'t str) -> Option<&'t str> {
        let (line, checksum) = line.rsplit_once(' ')?;
        let before = u64::from_str_radix(checksum, 16).ok()? ^ fingerprint(line);
        let is_known = before == 0 || line.starts_with(RELEASE) && self.names.contains(&before);
        (is_known && checksum == self::checksum(before, line)).then_some(line)
    }

    fn add(&mut self, line: &'t str, number: usize, sides: [bool; 2]) -> Result<(), Damage> {
        let release = |line: &'t str| {
            let (release, count) = line.rsplit_once(' ')?;
            Some((number, release, count.parse().ok()?))
        };
        let fact = |line: &'t str| {
            let (fact, releases) = line.rsplit_once(' ')?;
            let (first, last) = releases.split_once("..")?;
            Some((number, Fact::read(fact)?, first, last, sides))
        };
        let is_known = match line.strip_prefix(RELEASE) {
            Some(line) => release(line).map(|it| {
                self.names.insert(fingerprint(it.1));
                self.releases.push(it);
            }),
            None => fact(line).map(|it| self.facts.push(it)),
        };
        is_known.ok_or_else(|| {
            let help = "update `kate-errors`: a newer version of it may have written the line";
            Damage::of(number, "this line cannot be understood", "unknown", help)
        })
    }

    /// Verifies that no line of a release is missing. Both sides of a merge may contain the same release name.
    fn are_whole(&self) -> Result<(), Damage> {
        if self.releases.is_empty() {
            let help = "restore it: `git log -p` shows the original; or delete it, if nothing was released";
            return Err(Damage::of(1, "the lock has no releases", "nothing follows", help));
        }
        let found: HashSet<_> =
            self.facts.iter().map(|(_, fact, first, ..)| (fact, first)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (_, first) in found {
            *counts.entry(first).or_default() += 1;
        }
        for (line, release, count) in &self.releases {
            let found = counts.get(release).copied().unwrap_or_default();
            if found < *count {
                let missing = count - found;
                let message = format!(
                    "{missing} of the lines that came with the release `{release}` are missing"
                );
                let help = "restore them: `git log -p` shows them";
                return Err(Damage::of(*line, message, "says how many there were", help));
            }
        }
        Ok(())
    }

    /// Returns the errors that both sides of a merge have added, with other messages.
    fn added_twice(&self) -> Vec<String> {
        let mut added: BTreeMap<&str, HashMap<(&str, usize), HashSet<&str>>> = BTreeMap::new();
        let of_kind = |kind| {
            let facts = self.facts.iter().filter(move |(_, fact, ..)| fact.kind == kind);
            facts.flat_map(|(_, fact, first, _, sides)| {
                let sides = (0..).zip(sides).filter(|(_, has_line)| **has_line);
                sides.map(move |(side, _)| (fact, (*first, side)))
            })
        };
        for (fact, key) in of_kind(Kind::Code) {
            added.entry(&fact.error).or_default().entry(key).or_default();
        }
        for (fact, key) in of_kind(Kind::Message) {
            if let Some(messages) = added.get_mut(&*fact.error).and_then(|it| it.get_mut(&key)) {
                messages.insert(&fact.value);
            }
        }
        let differ = |sides: &HashMap<_, HashSet<&str>>| {
            let mut sides = sides.values();
            let first = sides.next();
            sides.any(|side| Some(side) != first)
        };
        added.into_iter().filter(|(_, it)| differ(it)).map(|(name, _)| name.to_owned()).collect()
    }
}

impl Lock {
    /// Reads a lock. If it has merge conflicts, the result is the union of both sides.
    pub(crate) fn read(text: &str) -> Result<Self, Damage> {
        if !text.lines().any(|line| line.trim_start_matches('\u{FEFF}').starts_with(MARK)) {
            let message = "the file does not begin as a lock does";
            let help = "restore it: `git log -p` shows the original; `check --no-lock` ignores it";
            return Err(Damage::of(1, message, "not the first line of a lock", help));
        }
        let lines = Lines::of(text.trim_start_matches('\u{FEFF}'))?;
        lines.are_whole()?;
        let mut lock =
            Self { conflict: lines.conflict, added_twice: lines.added_twice(), ..Self::default() };
        let mut places = HashMap::new();
        for (_, release, _) in lines.releases {
            if !places.contains_key(release) {
                places.insert(release, lock.releases.len());
                lock.releases.push(release.to_owned());
            }
        }
        for (line, fact, first, last, _) in lines.facts {
            let place = |release: &str| {
                let missing = || {
                    let message = format!("the release `{release}` is not in the list of releases");
                    let help = "restore the line of the release: `git log -p` shows it";
                    Damage::of(line, message, "refers to it", help)
                };
                places.get(release).copied().ok_or_else(missing)
            };
            let last = if last.is_empty() { None } else { Some(place(last)?) };
            let time = Time { first: place(first)?, last };
            join(&mut lock.facts, fact, time);
        }
        Ok(lock)
    }

    /// Returns the text of the file.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{MARK}; docs/lock.md describes it.\n");
        let mut push =
            |before, line: String| text.extend([&line, " ", &checksum(before, &line), "\n"]);
        let mut counts = vec![0; self.releases.len()];
        for time in self.facts.values() {
            counts[time.first] += 1;
        }
        let mut before = 0;
        for (release, count) in self.releases.iter().zip(counts) {
            push(before, format!("{RELEASE}{release} {count}"));
            before = fingerprint(release);
        }
        for (fact, time) in &self.facts {
            let last = time.last.map_or("", |last| &self.releases[last]);
            push(0, format!("{} {}..{last}", fact.text(), self.releases[time.first]));
        }
        text
    }
}

/// Adds a fact. If it exists, the result spans from the earliest first to the latest last release.
fn join(facts: &mut BTreeMap<Fact, Time>, fact: Fact, time: Time) {
    match facts.entry(fact) {
        Entry::Vacant(entry) => drop(entry.insert(time)),
        Entry::Occupied(mut entry) => {
            let known = entry.get_mut();
            known.first = known.first.min(time.first);
            known.last = known.last.zip(time.last).map(|(a, b)| a.max(b));
        }
    }
}
