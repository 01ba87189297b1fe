//! Formats text in columns, aligned for scripts of any character width.

use clap::builder::styling::Style;
use kate_errors_codegen::report::wrap;
use unicode_width::UnicodeWidthStr;

use crate::output::painted;
use crate::visible::visible;

const GAP: &str = "  ";

/// The text of one column in one line.
#[derive(Clone)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// Creates a cell with `text`, escaped by [`visible`], in `style`.
    pub(crate) fn new(text: &str, style: Style) -> Self {
        Self { text: visible(text).into_owned(), style }
    }

    /// Creates an unstyled cell with `text`, escaped by [`visible`].
    pub(crate) fn plain(text: &str) -> Self {
        Self::new(text, Style::new())
    }
}

/// The minimum width of the last column, however narrow the terminal.
const MIN_LAST: usize = 24;

/// Aligns the cells of all lines in columns. No line has trailing spaces.
pub(crate) fn render(lines: &[Vec<Cell>]) -> String {
    rendered(lines, &widths(lines))
}

/// Like [`render`], but wraps the last column so that the table fits into `width`.
pub(crate) fn render_within(lines: &[Vec<Cell>], width: usize) -> String {
    let widths = widths(lines);
    let before = widths.iter().rev().skip(1).map(|width| width + GAP.len()).sum::<usize>();
    let most = width.saturating_sub(before).max(MIN_LAST);
    let mut wrapped = Vec::new();
    for line in lines {
        let Some((last, others)) = line.split_last() else { continue };
        let is_last = line.len() == widths.len();
        let texts = if is_last { wrap(&last.text, most) } else { vec![last.text.clone()] };
        let mut cells = others.to_vec();
        for text in texts {
            cells.push(Cell { text, style: last.style });
            wrapped.push(cells);
            cells = vec![Cell::plain(""); others.len()];
        }
    }
    rendered(&wrapped, &widths)
}

fn rendered(lines: &[Vec<Cell>], widths: &[usize]) -> String {
    let mut table = String::new();
    for line in lines {
        let mut blanks = String::new();
        for (cell, width) in line.iter().zip(widths) {
            if !cell.text.is_empty() {
                table.push_str(&blanks);
                blanks.clear();
                table.push_str(&painted(cell.style, &cell.text));
            }
            blanks.push_str(&" ".repeat(width.saturating_sub(cell.text.width())));
            blanks.push_str(GAP);
        }
        table.push('\n');
    }
    table
}

fn widths(lines: &[Vec<Cell>]) -> Vec<usize> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.text.width()).max().unwrap_or_default()
    };
    (0..columns).map(width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_is_seen() {
        let line = |cells: &[&str]| cells.iter().map(|text| Cell::plain(text)).collect();
        let lines: [Vec<Cell>; 4] =
            [line(&["a", "bb", "c"]), line(&["漢字", "", "c"]), line(&["é", "\x1b"]), line(&[])];
        expect_test::expect![[r"
            a     bb      c
            漢字          c
            é     \u{1b}

        "]]
        .assert_eq(&render(&lines));
    }
}
