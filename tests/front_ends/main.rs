//! Both front ends as a stranger meets them: crates outside the workspace, built by Cargo.
//!
//! Nothing is downloaded: the crates have the workspace's lock file, and Cargo is told to stay offline.

mod attribute;
mod build_script;
mod every_catalog;
mod no_std;
mod project;
mod renamed;
mod strangers;
