//! Finds the HTTP errors with which a Python application responds: FastAPI and Starlette, Django REST framework
//! (DRF), Django, Django Ninja, Flask and Werkzeug.
//!
//! [`read`] takes the files of a package and returns every place where an error is created: with status and
//! message if the source determines both, or with the reason why not. No Python is run. Names are resolved
//! within the package as Python would resolve them: through imports, constants, enums, base classes and earlier
//! assignments.
#![forbid(unsafe_code)]

mod bodies;
mod classes;
mod frameworks;
mod handlers;
mod helpers;
mod models;
mod package;
mod syntax;
mod text;
mod values;
mod walk;

use std::fmt;

/// A place where an HTTP error is created, or where a file could not be read completely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The path, as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The error, or the reason why it is unknown.
    pub found: Result<Raised, Reason>,
}

/// An error whose status and message the source determines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The status, from 400 to 599.
    pub status: u16,
    /// The message. At least one piece is text with a letter in it.
    pub pieces: Vec<Piece>,
    /// The code of the class, or of an argument, which is not sent.
    pub code: Option<String>,
    /// The header fields that are sent with the error, and their values if the source determines them.
    pub headers: Vec<(String, Option<String>)>,
    /// The function or class that contains the place, such as `Users.get`.
    pub function: Option<String>,
    /// The body, unless a handler of the application changes it. `None` if it is a page in HTML: Flask, Werkzeug,
    /// and Django without its REST framework.
    pub body: Option<Json>,
}

/// A body, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// The message.
    Message,
    /// A constant text.
    Text(String),
    /// A constant number.
    Number(i64),
    /// A constant boolean.
    Bool(bool),
    /// Null.
    Null,
    /// An object.
    Object(Vec<(String, Json)>),
    /// What differs between responses, or is not in the source.
    Any,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Constant text.
    Text(String),
    /// A value.
    Value {
        /// The name of the value in `snake_case`, unique within the message.
        name: String,
        /// The type of the value, as far as the source determines it.
        type_guess: Option<Guess>,
        /// The expression in the source, with its conversion or format: `user.id`, `name!r`, `price:.2f`. With
        /// `!r`, quotes are part of the value.
        from: String,
    },
}

/// The probable type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// An integer.
    Int,
    /// A number with a decimal point.
    Float,
    /// Anything else.
    Text,
}

/// Why a place has no [`Raised`]. `Display` writes it as a clause of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A statement cannot be parsed as Python.
    Broken,
    /// Code is nested too deeply.
    TooDeep,
    /// The text is the result of a call.
    Computed(String),
    /// The text is a parameter of the function.
    Parameter(String),
    /// The text is that of another exception.
    FromException(String),
    /// The text is a variable or an attribute that is set elsewhere.
    Variable(String),
    /// The text is another expression.
    Expression(String),
    /// The text consists only of values, without words of its own.
    OnlyValues,
    /// The text is empty.
    Empty,
    /// The text is that of the framework.
    FrameworkText,
    /// The detail is an object with these members.
    DetailIsObject(String),
    /// The detail is a list or a tuple.
    DetailIsList,
    /// DRF's `ValidationError` sends a list or an object, without `detail`.
    Validation,
    /// The response has no member for a message.
    OtherBody,
    /// The status is not in the source.
    Status(String),
    /// The status in the source is not an error status.
    NoErrorStatus(i64),
    /// What is called is no error of a known framework.
    Sender(String),
    /// The arguments are unpacked from a value.
    Unpacked(String),
    /// Other arguments are given where it is called.
    Partial,
    /// An attribute is set after the error was created.
    Changed(String),
    /// A caught error is raised again.
    Reraised,
    /// The place can create more errors than are listed for one place.
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
                write!(f, "the detail is an object (`{names}`) without a message")
            }
            Self::DetailIsList => f.write_str("the detail is a list, not a text"),
            Self::Validation => {
                f.write_str("ValidationError sends a list or an object, not `{\"detail\": …}`")
            }
            Self::OtherBody => f.write_str("the body of the response has no message"),
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
    /// Returns what the reason is about, for use in another reason.
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

/// Reads the files of a package. Each file is its path, relative and with `/`, and its text. The paths are used
/// to resolve imports. `messages` are the names of members that can have the message, the most likely first.
///
/// ```
/// use kate_errors_python::{Piece, read};
///
/// let source = "from fastapi import HTTPException\n\
///               def get(job: int):\n    raise HTTPException(404, f'No job {job}')\n";
/// let sites = read(&[("app/jobs.py".to_owned(), source.to_owned())], &["message"]);
/// let raised = sites[0].found.as_ref().unwrap();
/// assert_eq!((sites[0].line, raised.status), (3, 404));
/// assert_eq!(raised.pieces[0], Piece::Text("No job ".to_owned()));
/// ```
#[must_use]
pub fn read(files: &[(String, String)], messages: &[&str]) -> Vec<Site> {
    let mut parser = tree_sitter::Parser::new();
    if parser.set_language(&tree_sitter_python::LANGUAGE.into()).is_err() {
        return Vec::new();
    }
    let modules: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(at, (_, text))| syntax::parse(&mut parser, at, text.trim_start_matches('\u{feff}')))
        .collect();
    let paths = files.iter().map(|(path, _)| path.as_str());
    let package = package::Package::new(paths, &modules, messages);
    let found: Vec<_> = (0..modules.len()).map(|index| walk::sites(&package, index)).collect();
    let followed = package.followed.borrow();
    let mut sites = Vec::new();
    for ((index, module), found) in modules.iter().enumerate().zip(found) {
        // What a function creates from its arguments is listed at its calls, if each of them determines it.
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
