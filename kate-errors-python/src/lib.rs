//! Finds the HTTP errors that a Python application answers with: FastAPI and Starlette, Django REST
//! framework, Django, Django Ninja, Flask and Werkzeug.
//!
//! [`read`] takes the files of a package and returns every place where one of their errors is made:
//! with status and message where the source says both, else with the reason why it cannot say them.
//! No Python is run. What a name means is looked up in the package as Python would: through
//! imports, constants, enums, base classes and the assignments before it.
#![forbid(unsafe_code)]

mod classes;
mod frameworks;
mod helpers;
mod package;
mod syntax;
mod text;
mod values;
mod walk;

use std::fmt;

/// A place where an HTTP error is made, or a file that could not be read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The path, as it was given.
    pub file: String,
    /// Starts at 1.
    pub line: usize,
    /// What it answers.
    pub found: Result<Raised, Reason>,
}

/// An error whose status and message are in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// 400 to 599.
    pub status: u16,
    /// The message. At least one piece is a text with a letter in it.
    pub pieces: Vec<Piece>,
    /// If the source says one.
    pub code: Option<String>,
    /// Whether the code is in the body, beside the message.
    pub is_code_sent: bool,
    /// The header fields that are sent with it, and their values if the source says them.
    pub headers: Vec<(String, Option<String>)>,
    /// The function or class where it stands, such as `Users.get`.
    pub function: Option<String>,
    /// How it is sent.
    pub form: Form,
}

/// How a framework sends an error if no handler of the application changes that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As `{"detail": "…"}`.
    Detail,
    /// As a page in HTML: Flask, Werkzeug, and Django without its REST framework.
    Page,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that is always the same.
    Text(String),
    /// A value that is put in.
    Value {
        /// In `snake_case`; no two values of a message have the same.
        name: String,
        /// What the source says about its type.
        type_guess: Option<Guess>,
        /// The expression in the source, with how it is written: `user.id`, `name!r`, `price:.2f`.
        /// What is written with `!r` has its quotes in the value.
        from: String,
    },
}

/// What a value seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// An integer.
    Int,
    /// A number with a decimal point.
    Float,
    /// Anything else.
    Text,
}

/// Why a place has no [`Raised`]. It reads as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A statement is no Python that the reader knows.
    Broken,
    /// Something is nested deeper than the reader goes.
    TooDeep,
    /// The text is what a call returns.
    Computed(String),
    /// The text is a parameter of the function.
    Parameter(String),
    /// The text is that of another exception.
    FromException(String),
    /// The text is a variable or an attribute that is set elsewhere.
    Variable(String),
    /// The text is another expression.
    Expression(String),
    /// The text has no words of its own, only values.
    OnlyValues,
    /// The text is empty.
    Empty,
    /// The framework writes the text.
    FrameworkText,
    /// The detail is an object with these members.
    DetailIsObject(String),
    /// The detail is a list or a tuple.
    DetailIsList,
    /// DRF's `ValidationError` sends a list or an object, without `detail`.
    Validation,
    /// The response has members other than `detail` and `code`.
    OtherBody,
    /// The status is not in the source.
    Status(String),
    /// The status is in the source, and is not that of an error.
    NoErrorStatus(i64),
    /// What is called is no error of a known framework.
    Sender(String),
    /// The arguments are unpacked from a value.
    Unpacked(String),
    /// Some of the arguments are given where it is called.
    Partial,
    /// It is set after the error was made.
    Changed(String),
    /// It is caught and raised again.
    Reraised,
    /// There are more than this reader lists.
    TooMany,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken => f.write_str("this line cannot be parsed as Python"),
            Self::TooDeep => f.write_str("the code is nested too deeply"),
            Self::Computed(by) => write!(f, "the text is computed by `{by}`"),
            Self::Parameter(name) => {
                write!(f, "the text is the parameter `{name}` of the function")
            }
            Self::FromException(from) => {
                write!(f, "the text is that of another exception, `{from}`")
            }
            Self::Variable(name) => {
                write!(f, "the text is the value of `{name}`, which is set elsewhere")
            }
            Self::Expression(text) => write!(f, "the text is the result of `{text}`"),
            Self::OnlyValues => f.write_str("the text consists only of values"),
            Self::Empty => f.write_str("the text is empty"),
            Self::FrameworkText => f.write_str("the text is the framework's own"),
            Self::DetailIsObject(names) => {
                write!(f, "the detail is an object (`{names}`), not a text")
            }
            Self::DetailIsList => f.write_str("the detail is a list, not a text"),
            Self::Validation => {
                f.write_str("ValidationError sends a list or an object, not `{\"detail\": …}`")
            }
            Self::OtherBody => f.write_str("the body of the response is not `{\"detail\": …}`"),
            Self::Status(text) => write!(f, "the status `{text}` is not in the source"),
            Self::NoErrorStatus(status) => write!(f, "{status} is not an error status"),
            Self::Sender(text) => write!(f, "what `{text}` sends is not in the source"),
            Self::Unpacked(text) => write!(f, "the arguments are unpacked from `{text}`"),
            Self::Partial => f.write_str("other arguments are given where it is called"),
            Self::Changed(text) => write!(f, "`{text}` is set after the error was made"),
            Self::Reraised => f.write_str("an error that was caught is raised again"),
            Self::TooMany => f.write_str("it can be more errors than are listed for one place"),
        }
    }
}

impl Reason {
    /// What the reason is about, for a sentence about something else.
    fn subject(&self) -> String {
        match self {
            Self::Computed(text)
            | Self::Parameter(text)
            | Self::FromException(text)
            | Self::Variable(text)
            | Self::Expression(text)
            | Self::Status(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

/// Reads the files of a package: for each its path, relative and with `/`, and its text. What the
/// paths say of packages and modules is used to follow imports.
///
/// ```
/// use kate_errors_python::{Piece, read};
///
/// let source = "from fastapi import HTTPException\n\
///               def get(job: int):\n    raise HTTPException(404, f'No job {job}')\n";
/// let sites = read(&[("app/jobs.py".to_owned(), source.to_owned())]);
/// let raised = sites[0].found.as_ref().unwrap();
/// assert_eq!((sites[0].line, raised.status), (3, 404));
/// assert_eq!(raised.pieces[0], Piece::Text("No job ".to_owned()));
/// ```
#[must_use]
pub fn read(files: &[(String, String)]) -> Vec<Site> {
    let mut parser = tree_sitter::Parser::new();
    if parser.set_language(&tree_sitter_python::LANGUAGE.into()).is_err() {
        return Vec::new();
    }
    let modules: Vec<_> = files
        .iter()
        .map(|(_, text)| syntax::parse(&mut parser, text.trim_start_matches('\u{feff}')))
        .collect();
    let package = package::Package::new(files.iter().map(|(path, _)| path.as_str()), &modules);
    let found: Vec<_> = (0..modules.len()).map(|index| walk::sites(&package, index)).collect();
    let followed = package.followed.borrow();
    let mut sites = Vec::new();
    for ((index, module), found) in modules.iter().enumerate().zip(found) {
        // What a function makes of its arguments is listed where it is called, if each call says what that is.
        let is_listed = |(line, found): &(usize, Result<_, _>)| {
            found.is_ok() || followed.get(&(index, *line)) != Some(&true)
        };
        let found = found.into_iter().filter(is_listed);
        let left = [(module.broken, Reason::Broken), (module.too_deep, Reason::TooDeep)];
        let left = left.into_iter().filter_map(|(line, reason)| Some((line?, Err(reason))));
        let mut found: Vec<_> = left.chain(found).collect();
        found.sort_by_key(|(line, _)| *line);
        sites.extend(found.into_iter().map(|(line, found)| Site {
            file: files[index].0.clone(),
            line,
            found,
        }));
    }
    sites
}
