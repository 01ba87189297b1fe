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

use thiserror::Error;

/// A place where an HTTP error is created, or where a file could not be read completely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The path, as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The error, or the reason why it is unknown, as a clause of a sentence.
    pub found: Result<Raised, String>,
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

/// Why a place has no [`Raised`], as a clause of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
enum Reason {
    #[error("this line cannot be parsed as Python")]
    Broken,
    #[error("the code is nested too deeply")]
    TooDeep,
    #[error("the text is computed by `{0}`")]
    Computed(String),
    #[error("the text is the parameter `{0}` of the function")]
    Parameter(String),
    #[error("the text is that of another exception, `{0}`")]
    FromException(String),
    #[error("the text is the value of `{0}`, which is set elsewhere")]
    Variable(String),
    #[error("the text is the result of `{0}`")]
    Expression(String),
    #[error("the text consists only of values")]
    OnlyValues,
    #[error("the text is empty")]
    Empty,
    #[error("the text is the framework's own")]
    FrameworkText,
    #[error("the detail is an object (`{0}`) without a message")]
    DetailIsObject(String),
    #[error("the detail is a list, not a text")]
    DetailIsList,
    #[error("ValidationError sends a list or an object, not `{{\"detail\": …}}`")]
    Validation,
    #[error("the body of the response has no message")]
    OtherBody,
    #[error("the status `{0}` is not in the source")]
    Status(String),
    #[error("{0} is not an error status")]
    NoErrorStatus(i64),
    #[error("what `{0}` sends is not in the source")]
    Sender(String),
    #[error("the arguments are unpacked from `{0}`")]
    Unpacked(String),
    #[error("other arguments are given where it is called")]
    Partial,
    #[error("`{0}` is set after the error was made")]
    Changed(String),
    #[error("an error that was caught is raised again")]
    Reraised,
    #[error("it can be more errors than are listed for one place")]
    TooMany,
}

impl Reason {
    /// Returns what the reason is about, for use in another reason.
    fn subject(&self) -> String {
        match self {
            Self::Computed(text)
            | Self::Parameter(text)
            | Self::FromException(text)
            | Self::Variable(text)
            | Self::Expression(text) => text.clone(),
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
        .map(|(at, (_, text))| syntax::parse(&mut parser, at, text))
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
            found: found.map_err(|reason| reason.to_string()),
        }));
    }
    sites
}
