//! The library needs only `core` and `alloc`, not `std`.

use std::fs;
use std::path::Path;

use crate::project::Project;

/// A static library for a target without an operating system. It has its own panic handler: if any of its
/// dependencies linked `std`, there would be two, which the compiler rejects.
const FIRMWARE: &str = r#"
#![no_std]
#![deny(warnings)]

use core::alloc::{GlobalAlloc, Layout};

use kate_errors::{KateError, KateErrorCode};

struct NoMemory;

// SAFETY: no memory is ever given.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static MEMORY: NoMemory = NoMemory;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Whether a response says that a run is missing.
#[unsafe(no_mangle)]
pub extern "C" fn is_missing(status: u16) -> bool {
    let received = KateError::decode(status, b"{\"detail\":\"Run not found\"}");
    received.known().is_some_and(|error| error.code() == KateErrorCode::RunNotFound)
}
"#;

#[test]
fn a_library_without_std_is_built() {
    let manifest = "\n[lib]\ncrate-type = [\"staticlib\"]\n\n[profile.dev]\npanic = \"abort\"\n";
    let project = Project::new("no-std-firmware", "", manifest);
    project.write("src/lib.rs", FIRMWARE);
    let outcome = project.build();
    assert!(outcome.success, "{}", outcome.stderr);
    project.write("src/lib.rs", &FIRMWARE.replace("#![deny(warnings)]", "extern crate std;"));
    let outcome = project.build();
    assert!(!outcome.success, "the compiler lets two panic handlers stand");
    assert!(outcome.stderr.contains("panic_impl"), "{}", outcome.stderr);
}

#[test]
fn no_source_names_std() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kate-errors");
    let root = fs::read_to_string(folder.join("lib.rs")).unwrap();
    assert!(root.contains("\n#![no_std]\n") && root.contains("\n#![forbid(unsafe_code)]\n"));
    let mut count = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // HTTP clients and the layer for servers need `std`. They are behind features.
                if !path.ends_with("client") && !path.ends_with("tower") {
                    folders.push(path);
                }
                continue;
            }
            count += 1;
            let source = fs::read_to_string(&path).unwrap();
            // With a feature that needs `std`, and in tests, the crate may link it.
            let linked = "#[cfg(any(feature = \"http\", test))]\nextern crate std;";
            let source = source.replace(linked, "");
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                let names_std = line.contains("std::") || line.contains("extern crate std");
                assert!(!names_std, "{}: {line}", path.display());
            }
        }
    }
    assert!(count > 20, "the sources are found");
}
