//! Standard output and standard error. Colours are emitted only where supported, and closed pipes are not errors.

use std::fmt::Display;
use std::io::{self, Write};
use std::time::Instant;

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use clap::ColorChoice;
use clap::builder::styling::{AnsiColor, Style as Colours};
use kate_errors_codegen::report::Style;

use crate::failure::Failure;
use crate::formats::text;
use crate::progress::Progress;
use crate::visible::visible;

/// Standard output and standard error.
pub(crate) struct Terminal {
    pub(crate) out: Output<io::Stdout>,
    pub(crate) err: Output<io::Stderr>,
    started: Instant,
}

impl Terminal {
    pub(crate) fn new(color: ColorChoice) -> Self {
        Self {
            out: Output::new(io::stdout(), color),
            err: Output::new(io::stderr(), color),
            started: Instant::now(),
        }
    }

    /// Shows a progress line while the command takes long, until the returned value is dropped.
    pub(crate) fn progress(&self, work: &str) -> Progress {
        Progress::of(work, self.started)
    }

    /// Prints the content of a file. A pipe or a file receives every byte; `AutoStream` would drop what a terminal
    /// does not show.
    pub(crate) fn print_file(&mut self, content: &str) -> Result<(), Failure> {
        if self.out.stream.is_terminal() {
            return self.out.print(content);
        }
        let mut stream = io::stdout().lock();
        done(stream.write_all(content.as_bytes()).and_then(|()| stream.flush()))
    }

    /// Reports a failure on standard error.
    pub(crate) fn fail(&mut self, failure: &Failure) {
        if let Failure::Lock(lock) = failure {
            return self.err.note(text::report(&lock.compilation).trim_end());
        }
        let message = failure.to_string();
        self.err.note(&format!("{}: {}", painted(ERROR, "error"), visible(&message)));
    }
}

/// A stream that accepts text with ANSI escape sequences, and strips them where they are not wanted.
pub(crate) struct Output<S: RawStream> {
    stream: AutoStream<S>,
}

impl<S: RawStream + AsLockedWrite> Output<S> {
    fn new(stream: S, color: ColorChoice) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self { stream: AutoStream::new(stream, choice) }
    }

    /// Prints `text`. A closed pipe is not a failure: the reader has read what it wanted.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        done(self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush()))
    }

    /// Prints a line that is not part of the result. Failures to print it are ignored.
    pub(crate) fn note(&mut self, line: &str) {
        self.print(&format!("{line}\n")).unwrap_or_default();
    }
}

fn done(printed: io::Result<()>) -> Result<(), Failure> {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// The width if neither `COLUMNS` nor the terminal gives one.
const DEFAULT_WIDTH: usize = 80;

/// Returns the width of the terminal in columns. As in other commands, `COLUMNS` takes precedence.
pub(crate) fn width() -> usize {
    let wanted = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    wanted.or_else(terminal).filter(|width| *width > 0).unwrap_or(DEFAULT_WIDTH)
}

/// The style of reports for people: wrapped, and in colours, which the streams strip where they are not wanted.
pub(crate) fn style() -> Style {
    Style::Terminal { width: width() }
}

/// The word `error` before a failure.
pub(crate) const ERROR: Colours = AnsiColor::BrightRed.on_default().bold();
/// The name of an entry.
pub(crate) const HEADING: Colours = Colours::new().bold();
/// Returns the colour of a status: yellow for client errors, red for server errors, green for the others.
pub(crate) fn of_status(status: u16) -> Colours {
    match status {
        400..=499 => AnsiColor::Yellow.on_default(),
        500..=599 => AnsiColor::Red.on_default(),
        _ => AnsiColor::Green.on_default(),
    }
}
/// Secondary information.
pub(crate) const ASIDE: Colours = Colours::new().dimmed();

pub(crate) fn painted(style: Colours, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}
