//! Door 1.
