//! Which ends of a value have been tried.

use alloc::collections::BTreeMap;

use super::Node;
use super::walk::Ends;

/// Which ends have been tried for which nodes. The first few visits are not noted: most sentences need no
/// more, and then there is nothing to keep.
///
/// Places are counted from the end of the sentence. Going on from a place finds the same, whatever way
/// led there, so a place is worth one visit.
#[derive(Default)]
pub(super) struct Tried {
    visits: usize,
    /// For a node and the end of a run: the farthest place from which the run has been gone through.
    noted: BTreeMap<(usize, usize), usize>,
}

impl Tried {
    const FEW: usize = 32;

    /// The ends worth trying for a number that begins where a run of this length does.
    pub(super) fn numbers(&mut self, node: &'static Node, left: usize, run: usize) -> Ends {
        const LONGEST: usize = 20;
        // Which numbers a run holds depends on where it begins, so each place is a run of its own.
        let is_new = self.visit(node, left, left).is_none();
        if is_new { Ends::up_to(run.min(LONGEST)) } else { Ends::NONE }
    }

    /// The ends worth trying for a word that begins where a run of this length does: each part of a
    /// word is one, so what ends farther on has been tried if the run has been visited before.
    pub(super) fn words(&mut self, node: &'static Node, left: usize, run: usize) -> Ends {
        match self.visit(node, left.saturating_sub(run), left) {
            None => Ends::up_to(run),
            Some(before) => Ends::up_to(left.saturating_sub(before)),
        }
    }

    /// Notes a visit; the farthest place from which the run was visited before, if it was.
    fn visit(&mut self, node: &'static Node, end: usize, left: usize) -> Option<usize> {
        self.visits += 1;
        if self.visits <= Self::FEW {
            return None;
        }
        let key = (core::ptr::from_ref(node).addr(), end);
        let before = self.noted.get(&key).copied();
        if before.is_none_or(|before| before < left) {
            self.noted.insert(key, left);
        }
        before
    }
}
