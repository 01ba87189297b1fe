//! Paths for tools that read diagnostics elsewhere, relative to the repository if possible.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// The characters that are escaped in a path: all but unreserved characters and slashes.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Returns the path of a file relative to the checkout, or `path` if it is outside.
///
/// GitHub expects paths relative to the root of the repository, wherever the command runs. In a workflow,
/// `GITHUB_WORKSPACE` is that root.
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

/// Returns a path as a relative reference (RFC 3986), or as a `file` URI if it is absolute.
pub(crate) fn of_path(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    let slashes = bytes.map(|byte| if cfg!(windows) && *byte == b'\\' { b'/' } else { *byte });
    let encoded = percent_encode(&slashes.collect::<Vec<u8>>(), ESCAPED).to_string();
    if path.has_root() { format!("file://{encoded}") } else { encoded }
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
