//! Text in columns, for scripts of any width.

use clap::builder::styling::Style;
use unicode_width::UnicodeWidthStr;

use crate::output::painted;
use crate::visible::visible;

const GAP: &str = "  ";

/// Text that stands in one column of one line.
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// `text`, made visible, in `style`.
    pub(crate) fn new(text: &str, style: Style) -> Self {
        Self { text: visible(text).into_owned(), style }
    }

    /// `text`, made visible.
    pub(crate) fn plain(text: &str) -> Self {
        Self::new(text, Style::new())
    }
}

/// The `lines` with their cells one below the other. No line ends in blanks.
pub(crate) fn render(lines: &[Vec<Cell>]) -> String {
    let widths = widths(lines);
    let mut table = String::new();
    for line in lines {
        let mut blanks = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            if !cell.text.is_empty() {
                table.push_str(&blanks);
                blanks.clear();
                table.push_str(&painted(cell.style, &cell.text));
            }
            blanks.push_str(&" ".repeat(width - cell.text.width()));
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
