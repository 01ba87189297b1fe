//! Where a file lies for those who read diagnostics elsewhere: relative to the repository, as far as known.

use std::path::{Path, PathBuf};

/// The path of a file relative to the checkout, or as it was given.
///
/// GitHub takes paths from the top of the repository, whichever folder the command runs in; a workflow
/// says in `GITHUB_WORKSPACE` where that is.
pub(crate) fn repository_path(path: &Path) -> PathBuf {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let base = workspace.or_else(|| std::env::current_dir().ok());
    let inside = || {
        let file = path.canonicalize().ok()?;
        let base = base?.canonicalize().ok()?;
        Some(file.strip_prefix(base).ok()?.to_owned())
    };
    inside().unwrap_or_else(|| path.to_owned())
}

/// A path as a relative reference of RFC 3986, or as a `file` URI where it is absolute.
pub(crate) fn of_path(path: &Path) -> String {
    let encoded = percent_encode(path);
    if path.has_root() { format!("file://{encoded}") } else { encoded }
}

fn percent_encode(path: &Path) -> String {
    let mut uri = String::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => uri.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 0xF)]),
        }
    }
    uri
}

fn hex_digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        let cases = [
            ("errors.yaml", "errors.yaml"),
            ("../a b/ü:%.yaml", "../a%20b/%C3%BC%3A%25.yaml"),
            ("/tmp/e#1?.yaml", "file:///tmp/e%231%3F.yaml"),
            ("a\n\x1b.yaml", "a%0A%1B.yaml"),
        ];
        for (path, uri) in cases {
            assert_eq!(of_path(Path::new(path)), uri);
        }
    }
}
