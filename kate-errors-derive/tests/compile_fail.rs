//! What a user of the macros sees when something is wrong: one mistake a file, named after it.
//!
//! `compile_fail/<mistake>.rs` does not compile, `<mistake>.stderr` is all that the compiler says to it.
//! `UPDATE_EXPECT=1 cargo test -p kate-errors-derive --test compile_fail` rewrites what it says. Read it
//! before committing: a message is right when the person who made the mistake could mend it from there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// So many mistakes are shown at least. A glob that matches nothing would test nothing.
const AT_LEAST: usize = 70;

/// The compiler whose words the expected messages are. Others say the same in other words.
const WORDED_BY: &str = "1.95";

#[test]
fn mistakes() {
    let cases = files_with_ending(&here(), "rs");
    assert!(cases.len() >= AT_LEAST, "{} cases in {}", cases.len(), here().display());
    for expected in files_with_ending(&here(), "stderr") {
        assert!(expected.with_extension("rs").exists(), "no case for {}", expected.display());
    }
    if !compiler_is(WORDED_BY) {
        println!("the expected messages are those of Rust {WORDED_BY}: nothing is compared");
        return;
    }
    if env::var_os("UPDATE_EXPECT").is_some() {
        return overwrite();
    }
    bring_catalogs();
    let tests = trybuild::TestCases::new();
    tests.compile_fail("tests/compile_fail/*.rs");
}

/// Runs this test again with the variable that trybuild knows.
fn overwrite() {
    let mut test = Command::new(env::current_exe().unwrap());
    test.env_remove("UPDATE_EXPECT").env("TRYBUILD", "overwrite");
    assert!(test.status().unwrap().success());
}

fn compiler_is(version: &str) -> bool {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler).arg("--version").output().unwrap();
    String::from_utf8_lossy(&output.stdout).starts_with(&format!("rustc {version}."))
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile_fail")
}

fn files_with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
}

/// Brings the catalogs to where the attribute looks for them: trybuild compiles the cases in a package
/// of its own, and the attribute's path is relative to the folder of that package.
fn bring_catalogs() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let package = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME"));
    let folder = package.join("catalogs");
    fs::create_dir_all(&folder).unwrap();
    for old in files_with_ending(&folder, "yaml") {
        fs::remove_file(old).unwrap();
    }
    for catalog in files_with_ending(&here().join("catalogs"), "yaml") {
        fs::copy(&catalog, folder.join(catalog.file_name().unwrap())).unwrap();
    }
}
