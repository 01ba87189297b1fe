//! What a person sees while the command is busy for long: one line that says with what, and for how long.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::visible::visible;

/// How long the command runs without a word. Most are done by then.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often the line changes.
const TICK: Duration = Duration::from_millis(100);

/// A line on the terminal, from two seconds after the command began until this is dropped.
///
/// It goes to standard error, and only where that is a terminal: nothing of it is ever in a file or a log.
/// Whoever prints drops it first.
pub(crate) struct Progress {
    /// Nothing is sent: the thread ends when the sender does.
    thread: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Says that the command, which began at `started`, does `work`.
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
        // Without a thread there is no line, and the work is done all the same.
        let thread = thread::Builder::new().spawn(show).ok();
        Self { thread: thread.map(|thread| (sender, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.thread.take() {
            drop(sender);
            // The line is gone when the thread is.
            let _ = thread.join();
        }
    }
}

/// Whether somebody looks at standard error who can be shown a line that changes.
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
        // Longer than a day: the drop ends it.
        drop(progress(&screen, Duration::from_secs(100_000)));
        assert_eq!(screen.moves_since_last_check(), "");
    }
}
