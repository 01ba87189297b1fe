//! The terminal: colors, closed pipes, full disks, and text that tries to control it.

mod common;

use std::io::Read;
use std::process::{Command, Stdio};

use common::{BROKEN, CATALOG, Sandbox, finished};

const ESCAPE: char = '\x1b';

#[test]
fn colours_are_for_those_who_want_them() {
    let sandbox = Sandbox::with(BROKEN);
    let coloured = |command: &mut Command| finished(command).stdout.contains(ESCAPE);
    assert!(!coloured(&mut sandbox.command(&["check"])));
    assert!(coloured(&mut sandbox.command(&["check", "--color", "always"])));
    assert!(coloured(&mut sandbox.command(&["--color=always", "check"])));
    assert!(!coloured(&mut sandbox.command(&["check", "--color", "never"])));
    assert!(coloured(sandbox.command(&["check"]).env("CLICOLOR_FORCE", "1")));
    let forced = [("CLICOLOR_FORCE", "1")];
    assert!(!coloured(sandbox.command(&["check"]).envs(forced).env("NO_COLOR", "1")));
    assert!(!coloured(sandbox.command(&["check", "--color", "never"]).envs(forced)));
    assert!(coloured(sandbox.command(&["check", "--color", "always"]).env("NO_COLOR", "1")));
}

#[test]
fn wrong_usage_has_colours_too() {
    let sandbox = Sandbox::new();
    let stderr = |arguments: &[&str]| sandbox.run(arguments).exits(2).stderr;
    assert!(!stderr(&["chekc"]).contains(ESCAPE));
    assert!(stderr(&["--color", "always", "chekc"]).contains(ESCAPE));
}

#[test]
fn machine_formats_have_no_colours() {
    let sandbox = Sandbox::with(BROKEN);
    for format in ["json", "github", "sarif"] {
        sandbox.run(&["check", "--color", "always", "--format", format]).exits(1).harmless();
    }
}

/// Runs the command with a reader that reads one byte and closes the pipe.
fn closed_pipe(sandbox: &Sandbox, arguments: &[&str], status: i32) {
    let mut command = sandbox.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 1]).unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(status), "{arguments:?}: {stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("cannot print"), "{stderr}");
}

/// Returns a catalog whose list is larger than a pipe's buffer.
fn large_catalog(rows: usize) -> String {
    const HEAD: &str = "\
catalog: Large
statuses:
  404: { name: Not Found, description: There is no such thing }
sections:
  - name: Things
    errors:
";
    const ROW: &str = "
      - code: thing_{row}
        status: 404
        detail: Thing {row} not found
        cause: It does not exist
        fix: Look again
";
    let rows = (0..rows).map(|row| ROW.replace("{row}", &row.to_string()));
    HEAD.to_owned() + &rows.collect::<String>()
}

#[test]
fn a_closed_pipe_is_no_error() {
    let sandbox = Sandbox::with(large_catalog(2_000));
    closed_pipe(&sandbox, &["list"], 0);
    closed_pipe(&sandbox, &["list", "--format", "json"], 0);
    sandbox.write("broken.yaml", large_catalog(2_000).replace("status: 404", "status: 405"));
    for format in ["text", "json", "github", "sarif"] {
        closed_pipe(&sandbox, &["check", "broken.yaml", "--format", format], 1);
    }
    closed_pipe(&sandbox, &["completions", "zsh"], 0);
    closed_pipe(&sandbox, &["--help"], 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let sandbox = Sandbox::with(CATALOG);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let child = sandbox.command(&["list"]).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: cannot print: "));
}

/// Text that moves the cursor, reverses text, breaks lines and starts a workflow command.
const HOSTILE: &str = "a\x1b[2J\u{9b}31m\u{202e}b\u{2066}\u{2028}c\r\n::error::injected";

#[test]
fn hostile_arguments() {
    let sandbox = Sandbox::with(CATALOG);
    for arguments in [
        &[HOSTILE][..],
        &["check", HOSTILE],
        &["check", "--format", HOSTILE],
        &["check", "--color", HOSTILE],
        &["list", "--file", HOSTILE],
        &["list", "--status", HOSTILE],
        &["completions", HOSTILE],
        &["man", HOSTILE],
        &["init", &format!("no/{HOSTILE}")],
    ] {
        let run = sandbox.run(arguments).exits(2).harmless();
        assert!(!run.stderr.contains("\n::error"), "{run:#?}");
        assert!(run.stderr.contains("\\u{1b}[2J\\u{9b}31m\\u{202e}b"), "{run:#?}");
    }
}

#[test]
#[cfg(unix)]
fn hostile_file_names() {
    let sandbox = Sandbox::new();
    let name = HOSTILE.replace('/', "");
    sandbox.write(&name, BROKEN);
    for format in ["text", "json", "github", "sarif"] {
        let run = sandbox.run(&["check", "--format", format, &name]).exits(1).harmless();
        assert!(!run.stdout.contains("\n::error::"), "{run:#?}");
    }
    let json = sandbox.run(&["check", "--format", "json", &name]).json();
    assert_eq!(json[0]["file"], name.as_str(), "JSON gives the very name");
    let github = sandbox.run(&["check", "--format", "github", &name]).stdout;
    assert!(github.contains("c%0D%0A%3A%3Aerror%3A%3Ainjected,line="), "{github}");
    assert_eq!(github.lines().count(), 2);
    sandbox.run(&["init", &format!("{name}2")]).exits(0).harmless();
}

#[test]
#[cfg(target_os = "linux")]
fn file_names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    let name = std::ffi::OsStr::from_bytes(b"sh\xFFp.yaml");
    sandbox.write(name, BROKEN);
    let check = |format: &str| {
        sandbox.run(&["check".as_ref(), "--format".as_ref(), format.as_ref(), name]).exits(1)
    };
    assert!(check("text").stdout.contains("sh\u{fffd}p.yaml"));
    assert!(check("sarif").stdout.contains("\"uri\": \"sh%FFp.yaml\""));
}

/// Catalogs that smuggle text into messages: the compiler quotes keys and values.
const HOSTILE_CATALOGS: &[&str] = &[
    "\x1b[2J: 1\n",
    "catalog: \"\\e[2J\\u009b\\u202e\\u2028\\n::error::injected\"\n",
    "\"\\e[2J\\n::error::injected\": 1\n",
    "catalog: Shop\nstatuses:\n  404: { name: \"\\n::error::injected\\e[2J\", description: \"\\u202e\" }\n",
    "catalog: Shop\nsections:\n  - name: A\n    errors:\n      - code: \"a\\n::error::injected\\u2066\"\n",
    "catalog: \u{202e}x\r::error::injected\n",
];

/// In a terminal, long diagnostics are wrapped, and no line is wider than the terminal.
#[test]
fn findings_are_wrapped() {
    let long = "word ".repeat(60);
    let catalog = CATALOG.replace("detail: Order not found", &format!("detail: Order {{{long}}}"));
    let sandbox = Sandbox::with(catalog);
    for columns in ["60", "80", "120"] {
        let run = finished(sandbox.command(&["check"]).env("COLUMNS", columns)).exits(1);
        let width: usize = columns.parse().unwrap();
        let prose = run.stdout.lines().filter(|line| !line.contains(" | "));
        let wide: Vec<&str> = prose.filter(|line| line.chars().count() > width).collect();
        assert_eq!(wide, [""; 0], "{}", run.stdout);
    }
}

#[test]
fn errors_name_what_the_user_named() {
    let sandbox = Sandbox::with(CATALOG);
    for (arguments, name) in [
        (&["generate", "rust", "--out", "no/where/errors.rs"][..], "no/where/errors.rs"),
        (&["generate", "python", "--out", "no/where"], "no/where"),
        (&["init", "--file", "no/where.yaml"], "no/where.yaml"),
        (&["import", "errors.yaml", "--from", "csv", "--out", "no/where.yaml"], ""),
    ] {
        let run = sandbox.run(arguments);
        assert!(run.status != 0, "{run:#?}");
        assert!(!run.stderr.contains(".kate-errors-"), "{run:#?}");
        assert!(run.stderr.contains(name), "{run:#?}");
    }
    let run = sandbox.run(&["generate", "rust", "--out", "no/where/errors.rs"]).exits(2);
    let said = "error: cannot write `no/where/errors.rs`: there is no folder `no/where`\n";
    assert_eq!(run.stderr, said);
}

/// `-` is standard output wherever something is written.
#[test]
fn standard_output_has_a_name() {
    let sandbox = Sandbox::with(CATALOG);
    for target in ["rust", "html", "openapi", "json-schema"] {
        let plain = sandbox.run(&["generate", target]).exits(0).stdout;
        assert_eq!(sandbox.run(&["generate", target, "--out", "-"]).exits(0).stdout, plain);
    }
    sandbox.run(&["generate", "python", "--out", "-"]).exits(2);
    sandbox.run(&["generate", "rust", "--out", "-", "--check"]).exits(2);
    let document = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths: {}\n";
    let merge = ["generate", "openapi", "--merge", "-", "--out", "-"];
    let run = sandbox.run_with_input(&merge, document).exits(0);
    assert!(run.stdout.contains("title: Shop"), "{run:#?}");
    sandbox.run_with_input(&[&merge[..], &["--file", "-"]].concat(), document).exits(2);
    let csv = "code,status,detail\nno_order,404,Order not there\n";
    let run = sandbox.run_with_input(&["import", "-", "--from", "csv", "--out", "-"], csv);
    assert!(run.stdout.contains("no_order"), "{run:#?}");
    assert!(!sandbox.path("-").exists());
}

#[test]
fn hostile_catalogs() {
    for catalog in HOSTILE_CATALOGS {
        let sandbox = Sandbox::with(catalog);
        for format in ["text", "json", "github", "sarif"] {
            let run = sandbox.run(&["check", "--format", format]).exits(1).harmless();
            assert!(!run.stdout.contains("\n::error::"), "{run:#?}");
        }
        sandbox.run(&["list"]).exits(1).harmless();
    }
}
