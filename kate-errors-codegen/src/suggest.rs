//! Suggestions ("did you mean") for misspelled names.

use crate::work;

/// The minimum similarity of a suggestion. Two transposed letters in a word of three are similar enough.
const NEAR: f64 = 0.65;

/// Returns the name that is most similar to `wrong`, if any is similar enough.
///
/// ```
/// use kate_errors_codegen::suggest::nearest;
///
/// assert_eq!(nearest("casue", ["cause", "fix"]), Some("cause"));
/// assert_eq!(nearest("colour", ["cause", "fix"]), None);
/// ```
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    Suggestions { left: usize::MAX }.nearest(wrong, &mut names.into_iter())
}

/// Returns "did you mean" with the similar name, or `otherwise` if there is none.
pub(crate) fn did_you_mean(near: Option<&str>, otherwise: impl FnOnce() -> String) -> String {
    near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
}

/// Finds suggestions among possibly thousands of names, within a limit. Someone who misspelled a thousand names
/// does not need a suggestion for each.
pub(crate) struct Suggestions {
    /// How many letters may still be compared.
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        // Half a second in a build script, which is not optimised; enough for ten suggestions among ten
        // thousand names.
        Self { left: 4_000_000 }
    }
}

impl Suggestions {
    pub(crate) fn nearest<'n>(
        &mut self,
        wrong: &str,
        names: &mut dyn Iterator<Item = &'n str>,
    ) -> Option<&'n str> {
        let wrong = wrong.to_lowercase();
        let mut best: Option<(f64, &str)> = None;
        for name in names {
            if !self.pays(wrong.len() + name.len()) {
                break;
            }
            let likeness = self.likeness(&wrong, &name.to_lowercase());
            let nearer = best.is_none_or(|(known, _)| likeness > known);
            if nearer && likeness >= NEAR {
                best = Some((likeness, name));
            }
        }
        best.map(|(_, name)| name)
    }

    /// Returns the similarity of two names, by their edit distance or because one begins or ends with the
    /// other.
    fn likeness(&mut self, wrong: &str, name: &str) -> f64 {
        let may_be_near = have_near_letters(wrong, name) && self.pays(2 * wrong.len() * name.len());
        let edited =
            if may_be_near { strsim::normalized_damerau_levenshtein(wrong, name) } else { 0.0 };
        edited.max(containment(wrong, name))
    }

    /// Whether `letters` more letters may be compared. Counts them.
    fn pays(&mut self, letters: usize) -> bool {
        work::count(letters);
        let pays = letters <= self.left;
        self.left = self.left.saturating_sub(letters);
        pays
    }
}

/// Whether two names can be similar, judging by their letters in any order. This takes linear instead of
/// quadratic time, and rules out most pairs.
fn have_near_letters(wrong: &str, name: &str) -> bool {
    let longer = wrong.chars().count().max(name.chars().count());
    let mut surplus = [0_isize; 64];
    wrong.chars().for_each(|letter| surplus[letter as usize % 64] += 1);
    name.chars().for_each(|letter| surplus[letter as usize % 64] -= 1);
    let more: usize = surplus.iter().filter(|it| **it > 0).map(|it| it.unsigned_abs()).sum();
    let fewer: usize = surplus.iter().filter(|it| **it < 0).map(|it| it.unsigned_abs()).sum();
    // Similar names differ in at most 35 of 100 letters.
    100 * more.max(fewer) <= 35 * longer
}

/// Returns the similarity of two names if one begins or ends with the other.
fn containment(wrong: &str, name: &str) -> f64 {
    const SHORTEST: usize = 4;
    let (short, long) = if wrong.len() < name.len() { (wrong, name) } else { (name, wrong) };
    let contained = short.len() >= SHORTEST && (long.starts_with(short) || long.ends_with(short));
    if contained { 0.75 } else { 0.0 }
}
