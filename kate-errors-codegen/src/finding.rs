//! The former names of `diagnostic`, until the files of the proof use the new ones.

pub(crate) use crate::diagnostic::{Diagnostic as Finding, Label, NotShown};
