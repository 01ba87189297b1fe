//! "Did you mean": the name that looks most like the one that was written.

/// The one of `names` that is nearest to `wrong`, if any is near.
///
/// ```
/// use kate_errors_codegen::suggest::nearest;
///
/// assert_eq!(nearest("casue", ["cause", "fix"]), Some("cause"));
/// assert_eq!(nearest("colour", ["cause", "fix"]), None);
/// ```
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // Two letters that changed places in a word of three are near.
    const NEAR: f64 = 0.65;
    let wrong = wrong.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for name in names {
        let likeness = edited(&wrong, &name.to_lowercase()).max(containment(&wrong, name));
        if likeness >= NEAR && best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How near two names are of which one became the other letter by letter. Names of very different lengths
/// are not compared, since a long text may be one of them, and the time grows with both.
fn edited(wrong: &str, name: &str) -> f64 {
    let (wrong_length, length) = (wrong.chars().count(), name.chars().count());
    if 2 * wrong_length < length || 2 * length < wrong_length {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(wrong, name)
}

/// How near two names are of which one begins or ends with the other.
fn containment(wrong: &str, name: &str) -> f64 {
    const SHORTEST: usize = 4;
    let (short, long) = if wrong.len() < name.len() { (wrong, name) } else { (name, wrong) };
    let contained = short.len() >= SHORTEST && (long.starts_with(short) || long.ends_with(short));
    if contained { 0.75 } else { 0.0 }
}
