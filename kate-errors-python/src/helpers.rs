//! Functions of the package that create errors from their arguments. These errors are listed where the
//! functions are called.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::classes::is_small;
use crate::syntax::{Class, Expr, Function, Kind, Statement};
use crate::values::{Arguments, Frame};
use crate::walk::{Found, all};
use crate::{Raised, Reason};

/// The maximum number of statements of such a function.
const MAX_STATEMENTS: usize = 30;

/// What a function creates by itself, by line.
pub(crate) type Own = BTreeMap<usize, Vec<Result<Raised, Reason>>>;

impl<'a> Frame<'_, 'a> {
    /// Lists the errors that a function creates from the arguments of a call, if it may create any.
    pub(crate) fn follow(&mut self, call: &'a Expr<'a>, callee: &'a Function<'a>) {
        let Kind::Call(function, arguments) = &call.kind else { return };
        let this = self.receiver(function);
        let own = self.own(this, callee);
        let body = &callee.body;
        let is_open = own.values().flatten().any(Result::is_err);
        if is_open || is_small(body, MAX_STATEMENTS) && returns_tuple(body) {
            let arguments = self.arguments_of(function, callee, arguments);
            self.follow_to(call.line, this, callee, &arguments);
        }
    }

    /// Lists at a line what a function creates from arguments. What it creates by itself is listed in the function.
    /// Returns whether it creates anything, and whether that is said for these arguments.
    pub(crate) fn follow_to(
        &mut self,
        at: usize,
        this: Option<&'a Class<'a>>,
        callee: &'a Function<'a>,
        arguments: &Arguments<'a>,
    ) -> (bool, bool) {
        let own = self.own(this, callee);
        let created = self.found_in(this, callee, Some(arguments));
        let (is_any, mut is_said) = (!created.is_empty(), false);
        for (line, found) in created {
            is_said |= found.is_ok();
            let known = own.get(&line).map(Vec::as_slice).unwrap_or_default();
            // A text with values in it is one error, whatever the values are.
            if !known.is_empty() && known.iter().all(Result::is_ok) {
                continue;
            }
            let is_new = !known.contains(&found);
            let all = &mut *self.package.followed.borrow_mut();
            *all.entry((callee.module, line)).or_insert(true) &= is_new || found.is_ok();
            if is_new {
                is_said = true;
                self.walk.found.push((at, found));
            }
        }
        (is_any, is_said)
    }

    /// Returns what a small function creates by itself.
    fn own(&self, this: Option<&'a Class<'a>>, callee: &'a Function<'a>) -> Rc<Own> {
        let key = std::ptr::from_ref(callee);
        if let Some(own) = self.package.helpers.borrow().get(&key) {
            return Rc::clone(own);
        }
        let mut own = Own::new();
        if is_small(&callee.body, MAX_STATEMENTS) {
            for (line, found) in self.found_in(this, callee, None) {
                own.entry(line).or_default().push(found);
            }
        }
        let own = Rc::new(own);
        self.package.helpers.borrow_mut().insert(key, Rc::clone(&own));
        own
    }

    /// Returns what a function creates if it is called with these arguments, or with unknown ones.
    fn found_in(
        &self,
        this: Option<&'a Class<'a>>,
        callee: &'a Function<'a>,
        arguments: Option<&Arguments<'a>>,
    ) -> Vec<Found> {
        let Some(mut frame) = self.call(callee.module) else { return Vec::new() };
        frame.this = this;
        frame.walk.is_followed = true;
        match arguments {
            Some(arguments) => frame.bind(callee, arguments),
            None => frame.bind_unknown(callee),
        }
        frame.run(&callee.body);
        frame.walk.found
    }
}

/// Whether a function returns a tuple, which is a response if its second item is a status.
fn returns_tuple(body: &[Statement<'_>]) -> bool {
    let is_tuple = |it: &Statement<'_>| matches!(it, Statement::Return(Some(value)) if matches!(value.kind, Kind::Tuple(_)));
    all(body, Statement::blocks).any(is_tuple)
}
