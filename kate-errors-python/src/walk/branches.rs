//! Branches: their possible effects on the code after them.

use std::collections::BTreeMap;

use super::elsewhere;
use crate::Reason;
use crate::syntax::{Arm, Expr, Handler, Kind, Statement};
use crate::values::{Cases, Frame, MAX_CASES, Value, narrowed, single, unknown};

impl<'a> Frame<'_, 'a> {
    /// Runs the arms of a branch, each from the state before it. Variables that differ afterwards have a case
    /// for each arm whose end is reached.
    pub(super) fn branch(
        &mut self,
        at: usize,
        condition: &'a str,
        arms: usize,
        mut run: impl FnMut(&mut Self, usize) -> bool,
    ) -> bool {
        let mut ends = Vec::new();
        for arm in 0..arms {
            let mark = self.log.len();
            let reached = run(self, arm);
            let changed = self.undo(mark);
            if reached {
                ends.push((arm, changed));
            }
        }
        let mut names: Vec<&'a str> =
            ends.iter().flat_map(|(_, changed)| changed.keys().copied()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let value = |changed: &BTreeMap<&str, Cases<'a>>| {
                let value = changed.get(name).or_else(|| self.variables.get(name));
                value.cloned().unwrap_or_else(|| elsewhere(name))
            };
            let merged = match ends.as_slice() {
                [(_, only)] => value(only),
                many if many.len() > MAX_CASES => unknown(Reason::TooMany),
                _ => {
                    let arms = ends.iter().map(|(arm, changed)| (*arm, value(changed)));
                    self.union(at, condition, arms)
                }
            };
            self.set(name, merged);
        }
        !ends.is_empty()
    }

    pub(super) fn choose(&mut self, arms: &'a [Arm<'a>], exhaustive: bool, at: usize) -> bool {
        let condition = match arms.first().and_then(|arm| arm.condition.as_ref()) {
            Some(condition) if arms.len() + usize::from(!exhaustive) == 2 => condition.text,
            _ => "",
        };
        let at = if condition.is_empty() { at + 1 } else { 0 };
        let mut taken = false;
        self.branch(at, condition, arms.len() + usize::from(!exhaustive), |this, arm| {
            let condition = arms.get(arm).and_then(|arm| arm.condition.as_ref());
            let truth = condition.and_then(|condition| {
                this.look(condition);
                this.truth(condition)
            });
            if taken || truth == Some(false) {
                return false;
            }
            taken = truth == Some(true);
            for before in arms.iter().take(arm).filter_map(|arm| arm.condition.as_ref()) {
                this.narrow(before, false);
            }
            if let Some(condition) = condition {
                this.narrow(condition, true);
            }
            arms.get(arm).is_none_or(|arm| this.run(&arm.body))
        })
    }

    /// Drops the cases of a variable that a condition excludes.
    fn narrow(&mut self, condition: &'a Expr<'a>, holds: bool) {
        match &condition.kind {
            Kind::Not(inside) => self.narrow(inside, !holds),
            Kind::Binary(left, operator @ ("and" | "or"), right)
                if holds == (*operator == "and") =>
            {
                self.narrow(left, holds);
                self.narrow(right, holds);
            }
            Kind::Binary(left, operator @ ("is" | "is not"), right)
                if matches!(right.kind, Kind::Nothing) && holds == (*operator == "is not") =>
            {
                self.narrow(left, true);
            }
            Kind::Name | Kind::Attribute(..) => {
                let cases = self.variables.get(condition.text).filter(|cases| cases.len() > 1);
                if let Some(cases) = cases.map(|cases| narrowed(cases, holds)) {
                    self.set(condition.text, cases);
                }
            }
            _ => {}
        }
    }

    pub(super) fn attempt(
        &mut self,
        statement: &'a Statement<'a>,
        body: &'a [Statement<'a>],
        handlers: &'a [Handler<'a>],
        otherwise: &'a [Statement<'a>],
    ) -> bool {
        let at = std::ptr::from_ref(statement) as usize;
        let mut tried = BTreeMap::new();
        self.branch(at, "", handlers.len() + 1, |this, arm| {
            let Some(handler) = arm.checked_sub(1).map(|index| &handlers[index]) else {
                let mark = this.log.len();
                let reached = this.run(body);
                tried = this.undo(mark);
                for (name, value) in &tried {
                    this.set(name, value.clone());
                }
                return this.run(otherwise) & reached;
            };
            // It is unknown how far the body ran.
            for (name, after) in &tried {
                let either = match this.variables.get(name) {
                    Some(before) => {
                        this.union(at + 1, "", [(0, before.clone()), (1, after.clone())])
                    }
                    None => after.clone(),
                };
                this.set(name, either);
            }
            this.handle(handler)
        })
    }

    fn handle(&mut self, handler: &'a Handler<'a>) -> bool {
        let types = match &handler.types {
            Some(Expr { kind: Kind::Tuple(types), .. }) => types.iter().collect(),
            types => types.iter().collect::<Vec<_>>(),
        };
        let is_error = types.iter().any(|expr| {
            self.eval(expr).iter().any(|case| match &case.value {
                Value::Symbol(symbol) => self.error_class(symbol).is_some(),
                _ => false,
            })
        });
        if let Some(name) = handler.name {
            let value = if is_error {
                Value::Caught
            } else {
                Value::Unknown(Reason::FromException(name.to_owned()), None)
            };
            self.set(name, single(value));
        }
        let outer = std::mem::replace(&mut self.walk.catching, is_error);
        let reached = self.run(&handler.body);
        self.walk.catching = outer;
        reached
    }
}
