//! The progress line of a command that takes long: what it does, and for how long.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::visible::visible;

/// How long the command runs before the line appears. Most commands are done by then.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often the line is updated.
const TICK: Duration = Duration::from_millis(100);

/// A progress line on the terminal, from two seconds after the start of the command until this is dropped.
///
/// It goes to standard error, and only if that is a terminal, so it never ends up in a file or a log. Drop it before
/// printing anything.
pub(crate) struct Progress {
    /// Nothing is ever sent. Dropping the sender ends the thread.
    thread: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows that the command, which started at `started`, does `work`.
    pub(crate) fn of(work: &str, started: Instant) -> Self {
        if !is_seen() {
            return Self { thread: None };
        }
        let patience = PATIENCE.saturating_sub(started.elapsed());
        Self::on(ProgressDrawTarget::stderr(), work, started, patience)
    }

    fn on(target: ProgressDrawTarget, work: &str, started: Instant, patience: Duration) -> Self {
        let work = visible(work).into_owned();
        let (sender, end) = mpsc::channel::<()>();
        let show = move || {
            let goes_on_for = |time| end.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !goes_on_for(patience) {
                return;
            }
            let style = ProgressStyle::with_template("{spinner} {wide_msg}");
            let bar = ProgressBar::with_draw_target(None, target)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            loop {
                bar.set_message(format!("{work} ({} s)", started.elapsed().as_secs()));
                bar.tick();
                if !goes_on_for(TICK) {
                    break;
                }
            }
            bar.finish_and_clear();
        };
        // If the thread cannot be started, there is no line. The work is done anyway.
        let thread = thread::Builder::new().spawn(show).ok();
        Self { thread: thread.map(|thread| (sender, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.thread.take() {
            drop(sender);
            // The thread removes the line before it ends.
            let _ = thread.join();
        }
    }
}

/// Whether standard error is a terminal that can update a line.
fn is_seen() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    io::stderr().is_terminal() && !is_dumb
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;

    fn progress(screen: &InMemoryTerm, patience: Duration) -> Progress {
        let target = ProgressDrawTarget::term_like(Box::new(screen.clone()));
        Progress::on(target, "making\u{1b}[2J html", Instant::now(), patience)
    }

    #[test]
    fn it_says_what_takes_long_and_goes_away() {
        let screen = InMemoryTerm::new(4, 60);
        let progress = progress(&screen, Duration::ZERO);
        while screen.contents().is_empty() {
            thread::yield_now();
        }
        let shown = screen.contents();
        assert!(shown.contains("making\\u{1b}[2J html (0 s)"), "{shown:?}");
        drop(progress);
        assert_eq!(screen.contents(), "");
    }

    #[test]
    fn what_is_quick_shows_nothing() {
        let screen = InMemoryTerm::new(4, 60);
        // More than a day. The drop must not wait for it.
        drop(progress(&screen, Duration::from_secs(100_000)));
        assert_eq!(screen.moves_since_last_check(), "");
    }
}
