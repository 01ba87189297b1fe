//! The catalog agrees with the reference page of the Kate API: cell by cell, in the same order and the same words.
//! The fixture is the text of the page.

use kate_errors::{KateError, KateErrorCode, Section, Status, TokenBalance};

const PAGE: &str = include_str!("fixtures/reference-page.txt");

/// Returns the lines of the page that are not empty.
fn lines() -> impl Iterator<Item = &'static str> {
    PAGE.lines().map(str::trim_end).filter(|line| !line.is_empty())
}

/// Returns the rows of the table that follows `heading`.
fn table(heading: &str, columns: &str) -> Vec<&'static str> {
    let mut lines = lines().skip_while(|line| *line != heading).skip(1);
    assert_eq!(lines.next(), Some(columns), "the columns of {heading}");
    lines.take_while(|line| line.starts_with(['"', '1', '2', '3', '4', '5'])).collect()
}

/// Removes a cell from the beginning of a row. The page has no separators, so the cell must match exactly, and begin
/// and end as a cell does.
fn cell(row: &mut &'static str, expected: &str) {
    let rest = row.strip_prefix(expected);
    *row = rest.unwrap_or_else(|| panic!("the page has “{row}”, errors.yaml “{expected}”"));
    assert_eq!(expected.trim(), expected);
    assert!(
        row.is_empty() || row.starts_with(char::is_uppercase),
        "a cell of the page goes on behind “{expected}”: “{row}”"
    );
}

#[test]
fn statuses() {
    let rows = table("HTTP Status Codes", "CodeNameDescription");
    assert_eq!(rows.len(), 12);
    assert_eq!(rows.len(), Status::ALL.len());
    for (mut row, status) in rows.into_iter().zip(Status::ALL) {
        cell(&mut row, &status.as_u16().to_string());
        cell(&mut row, status.name());
        cell(&mut row, status.description());
        assert_eq!(row, "", "the page says more about {status}");
    }
}

#[test]
fn sections_stand_in_the_order_of_the_page() {
    let headings: Vec<&str> = lines()
        .zip(lines().skip(1))
        .filter(|(_, next)| *next == "ErrorCauseFix")
        .map(|(line, _)| line)
        .collect();
    let sections: Vec<&str> = Section::ALL.iter().map(|section| section.name()).collect();
    assert_eq!(headings, sections);
    assert_eq!(sections.len(), 6);
}

#[test]
fn errors() {
    let mut codes = KateErrorCode::ALL.iter();
    for section in Section::ALL {
        for mut row in table(section.name(), "ErrorCauseFix") {
            let code = codes.next().expect("the page has more errors than the catalog");
            assert_eq!(code.section(), *section, "{code}");
            cell(&mut row, &format!("\"{}\"", code.detail_template()));
            cell(&mut row, code.cause_template());
            cell(&mut row, code.fix_template());
            assert_eq!(row, "", "the page says more about {code}");
        }
    }
    assert_eq!(codes.next(), None, "the catalog has more errors than the page");
    assert_eq!(KateErrorCode::ALL.len(), 15);
}

#[test]
fn examples_of_the_response_format() {
    let objects: Vec<&str> =
        PAGE.split_inclusive('}').filter_map(|text| Some(&text[text.find('{')?..])).collect();
    let read = |object: &str| serde_json::from_str::<KateError>(object).expect(object);
    assert_eq!(objects.len(), 2);
    assert_eq!(read(objects[0]), KateError::ArtifactNotFound);
    let context = Some(TokenBalance { required: 500, available: 120 });
    assert_eq!(read(objects[1]), KateError::SubscriptionInsufficientTokenBalance { context });
}

#[test]
fn heading_and_summary() {
    let catalog = include_str!("../errors.yaml");
    let mut lines = lines().skip(2);
    for field in ["title", "summary"] {
        let line = format!("\n{field}: {}\n", lines.next().expect(field));
        assert!(catalog.contains(&line), "{line:?} stands in errors.yaml");
    }
}
