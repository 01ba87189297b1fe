//! The compiler of `kate-errors`: turns `errors.yaml` into a typed error enum.
//!
//! ```text
//! text ─ source ─► syntax ─► check ─► lower ─► Catalog ─► emit
//! ```
//!
//! [`compile`] runs the pipeline up to the [`Catalog`]; [`emit`] generates Rust from it. Neither reads files,
//! prints, or depends on the environment: that is up to the front ends. The front end for build scripts is
//! [`build_script`]; the macro and the command are separate crates. [`package`] reads files for the first two.
//!
//! ```
//! let compilation = kate_errors_codegen::compile("errors.yaml", b"catalog: Billing");
//! let report = kate_errors_codegen::report::render(
//!     &compilation.source,
//!     &compilation.diagnostics,
//!     kate_errors_codegen::report::Style::Plain,
//! );
//! assert!(compilation.catalog().is_none());
//! assert!(report.starts_with("error[missing-field]: the catalog lacks the fields `statuses` and `sections`"));
//! ```

#![forbid(unsafe_code)]

mod bases;
mod body;
pub mod build_script;
pub mod catalog;
mod challenge;
mod characters;
mod check;
pub mod clash;
pub mod diagnostic;
pub mod emit;
pub mod envelope;
mod imports;
pub mod index;
mod lower;
mod messages;
pub mod names;
mod order;
pub mod package;
mod page;
pub mod places;
pub mod report;
pub mod rule;
pub mod source;
pub mod suggest;
mod syntax;
mod wire;
mod work;

use std::sync::Arc;

pub use catalog::Catalog;
pub use diagnostic::Diagnostic;
pub use source::Source;
pub use syntax::tree;

/// Returns a hash of the text of a catalog (64-bit FNV-1a). Generated code contains it, so that a stale file
/// can be detected. `\r\n` and `\n` give the same hash.
///
/// ```
/// use kate_errors_codegen::fingerprint;
///
/// assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
/// assert_eq!(fingerprint("a\r\nb"), fingerprint("a\nb"));
/// ```
#[must_use]
pub fn fingerprint(text: &str) -> u64 {
    text.replace("\r\n", "\n").bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// The result of compiling a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compilation {
    /// The text of the file and of the catalogs that it imports.
    pub source: Source,
    /// All diagnostics, in the order of the file. If there are more than a hundred, only a hundred of them
    /// (errors are kept before warnings), followed by one that counts the rest.
    pub diagnostics: Vec<Diagnostic>,
    imports: Vec<String>,
    lowered: Catalog,
    document: Arc<syntax::document::Document>,
}

/// Compiles `bytes`, the content of the file, and reports mistakes under the file name `name`.
///
/// Never fails and never panics: every mistake in the file becomes a diagnostic.
///
/// ```
/// use kate_errors_codegen::compile;
///
/// let compilation = compile("errors.yaml", b"catalog: jobs\n");
/// let rules: Vec<_> = compilation.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
/// assert_eq!(rules, ["missing-field", "invalid-name"]);
/// ```
#[must_use]
pub fn compile(name: &str, bytes: &[u8]) -> Compilation {
    compile_with_imports(name, bytes, &mut |_| Err("imports are not available here".to_owned()))
}

/// Compiles `bytes` as [`compile`] does, together with the catalogs that it imports.
///
/// `read` returns the content of a file, or the reason why it cannot be read. Its argument is the path relative
/// to the folder of the catalog, with `/` between folders.
///
/// ```
/// use kate_errors_codegen::compile_with_imports;
///
/// let jobs = b"catalog: Jobs\nimports: [../common.yaml]\n";
/// let common = b"catalog: Common
/// statuses:
///   401: { name: Unauthorized, description: No key }
/// sections:
///   - name: Access
///     errors:
///       - { code: no_key, status: 401, detail: No key, cause: The header is missing, fix: Send it }
/// ";
///
/// let read = &mut |path: &str| match path {
///     "../common.yaml" => Ok(common.to_vec()),
///     _ => Err("there is no such file".to_owned()),
/// };
/// let compilation = compile_with_imports("api/errors.yaml", jobs, read);
/// assert_eq!(compilation.catalog().unwrap().rows[0].origin.as_deref(), Some("Common"));
/// ```
#[must_use]
pub fn compile_with_imports(
    name: &str,
    bytes: &[u8],
    read: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Compilation {
    let (source, found) = Source::read(name, bytes);
    let mut catalog = imports::Joined::of(source, found);
    catalog.import(read);
    catalog.compiled()
}

impl Compilation {
    /// Returns the catalog, unless one of the diagnostics is an error.
    ///
    /// ```
    /// use kate_errors_codegen::compile;
    ///
    /// let catalog = b"catalog: Jobs
    /// reference: https://docs.example.com/errors
    /// statuses:
    ///   404: { name: Not Found, description: Nothing there }
    /// sections:
    ///   - name: Jobs
    ///     errors:
    ///       - { code: job_not_found, status: 404, detail: Job not found, cause: It ended, fix: List jobs }
    /// ";
    ///
    /// let compilation = compile("errors.yaml", catalog);
    /// assert_eq!(compilation.catalog().unwrap().rows[0].code, "job_not_found");
    /// assert!(compile("errors.yaml", b"").catalog().is_none());
    /// ```
    #[must_use]
    pub fn catalog(&self) -> Option<&Catalog> {
        (!self.has_errors()).then_some(&self.lowered)
    }

    /// Adds diagnostics of a front end that knows more than the catalog file.
    ///
    /// ```
    /// use kate_errors_codegen::{Diagnostic, compile, rule, source::Span};
    ///
    /// let mut compilation = compile("errors.yaml", b"catalog: Jobs\n");
    /// let found = Diagnostic::new(&rule::RESERVED_CODE, "it is taken", (Span::new(9, 13), "here"));
    /// compilation.add(vec![found]);
    /// assert_eq!(compilation.diagnostics[1].rule.id, "reserved-code");
    /// ```
    pub fn add(&mut self, found: Vec<Diagnostic>) {
        if !found.is_empty() {
            self.diagnostics.extend(found);
            self.diagnostics = diagnostic::report(std::mem::take(&mut self.diagnostics));
        }
    }

    /// Returns the paths of the imported catalogs, relative to the folder of the catalog, without duplicates.
    #[must_use]
    pub fn imports(&self) -> &[String] {
        &self.imports
    }

    /// Returns the part of a broken catalog that could be understood, under the name `name`.
    ///
    /// A macro generates types from it, so that the rest of a program still compiles and one mistake in the
    /// catalog is one error.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// let broken = compile("errors.yaml", b"catalog: jobs\n");
    /// assert_eq!(broken.skeleton("Jobs").enum_name(), "JobsError");
    /// ```
    #[must_use]
    pub fn skeleton(&self, name: &str) -> Catalog {
        let mut skeleton = self.lowered.clone();
        name.clone_into(&mut skeleton.name);
        skeleton
    }

    /// Returns the YAML tree of the file with source positions, for tools that edit its text. `None` if the
    /// file is not YAML.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// let jobs = compile("errors.yaml", b"catalog: Jobs # or tasks\n");
    /// let tree = jobs.tree().unwrap();
    /// assert_eq!(jobs.source.slice(tree.get("catalog").unwrap().span), "Jobs");
    /// ```
    #[must_use]
    pub fn tree(&self) -> Option<tree::Node> {
        syntax::tree(&self.source)
    }

    /// Whether one of the diagnostics is an error.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// assert!(compile("errors.yaml", b"").has_errors());
    /// ```
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}
