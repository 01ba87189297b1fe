//! Finds the changes between two catalogs, and what they mean for servers, clients and code.
//!
//! ```text
//! two catalogs ─ pair ─► errors, message, params, wire, structure, docs ─► findings
//!                        clash: new messages, decoded by old clients
//! ```
//!
//! Each file finds the changes of its theme. Effects on the wire are not inferred: `witness` decodes responses, and
//! the rollout order follows from the readings.

pub(crate) mod clash;
mod docs;
mod errors;
mod finding;
pub(crate) mod matrix;
mod message;
mod order;
mod pair;
mod params;
mod reading;
pub(crate) mod rule;
pub(crate) mod show;
mod side;
mod structure;
pub(crate) mod texts;
pub(crate) mod versions;
mod wire;
mod witness;

use kate_errors_codegen::Compilation;

pub(crate) use finding::Finding;
pub(crate) use rule::Level;
pub(crate) use witness::{Fate, Which, Witness};

use finding::Comparison;

/// Returns the changes between two catalogs, the highest level first. Empty if one of them does not compile.
pub(crate) fn compare(old: &Compilation, new: &Compilation) -> Vec<Finding> {
    let Some(mut comparison) = Comparison::of(old, new) else { return Vec::new() };
    comparison.envelope();
    comparison.errors();
    comparison.messages();
    comparison.params();
    let is_whole = comparison.statuses();
    comparison.clashes(is_whole);
    comparison.structure();
    comparison.wire_values();
    comparison.behaviour();
    comparison.docs();
    let mut findings = comparison.findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.rule.level));
    findings
}

/// Returns the version bump that the changes require, or `None` if there are none.
pub(crate) fn verdict(findings: &[Finding]) -> Option<Level> {
    findings.iter().map(Finding::level).max()
}

#[cfg(test)]
pub(crate) mod tests;
