//! Both front ends as users have them: in crates outside the workspace, built by Cargo.
//!
//! Nothing is downloaded: the crates use the workspace's lock file, and Cargo runs offline.

mod attribute;
mod build_script;
mod every_catalog;
mod no_std;
mod project;
mod renamed;
mod strangers;
