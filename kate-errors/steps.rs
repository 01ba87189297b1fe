//! How many steps the reading of sentences takes, in tests of how that grows. Elsewhere nothing is counted.

/// Counts bytes that are looked at, and places that are visited.
#[cfg(not(test))]
#[inline]
pub(crate) fn count(_: usize) {}

#[cfg(test)]
pub(crate) use counter::{count, of};

#[cfg(test)]
mod counter {
    use core::cell::Cell;

    std::thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn count(steps: usize) {
        STEPS.set(STEPS.get() + steps);
    }

    /// How many steps some work takes.
    pub(crate) fn of(work: impl FnOnce()) -> usize {
        let before = STEPS.get();
        work();
        STEPS.get() - before
    }
}
