//! What a change of a catalog means for those who use it.
//!
//! ```text
//! two catalogs ─ pair ─► errors, message, params, wire, structure, docs ─► findings
//!                        clash: new messages, decoded by old clients
//! ```
//!
//! Each file finds the changes of its theme. What clients make of a change on the wire is decoded (`witness`), and the
//! order in which it can be rolled out follows from that.

pub(crate) mod clash;
mod docs;
mod errors;
mod finding;
pub(crate) mod matrix;
mod message;
mod pair;
mod params;
pub(crate) mod rule;
pub(crate) mod show;
mod side;
mod structure;
pub(crate) mod versions;
mod wire;
mod witness;

use kate_errors_codegen::Compilation;

pub(crate) use finding::Finding;
pub(crate) use rule::Level;
pub(crate) use witness::{Fate, Which, Witness};

use finding::Comparison;

/// What has changed between two catalogs, what breaks something first. There is nothing where one does not compile.
pub(crate) fn compare(old: &Compilation, new: &Compilation) -> Vec<Finding> {
    let Some(mut comparison) = Comparison::of(old, new) else { return Vec::new() };
    comparison.envelope();
    comparison.errors();
    comparison.messages();
    comparison.params();
    comparison.statuses();
    comparison.clashes();
    comparison.structure();
    comparison.wire_values();
    comparison.behaviour();
    comparison.docs();
    let mut findings = comparison.findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.rule.level));
    findings
}

/// Which version all of the findings ask for, if there are any.
pub(crate) fn verdict(findings: &[Finding]) -> Option<Level> {
    findings.iter().map(Finding::level).max()
}

#[cfg(test)]
pub(crate) mod tests;
