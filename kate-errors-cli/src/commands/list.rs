//! `list`: the errors of a catalog, as a table or as JSON.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;
use kate_errors_model::template::CONTEXT_SEPARATOR;

use crate::catalog_file::{self, CatalogFile};
use crate::cli::{Format, ListArguments};
use crate::failure::{Failure, Verdict};
use crate::formats::row_json::row_json;
use crate::formats::to_json;
use crate::output::{ASIDE, HEADING, Terminal};
use crate::table::{self, Cell};

pub(crate) fn run(arguments: &ListArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let path = catalog_file::find(arguments.file.as_deref(), "")?;
    let file = CatalogFile::read(&path, terminal)?;
    let Some(catalog) = file.catalog(terminal) else {
        return Ok(Verdict::Findings);
    };
    let text = match arguments.format {
        Format::Text => {
            let heading = |text| Cell::new(text, HEADING);
            let head = ["STATUS", "CODE", "SECTION", "DETAIL", ""].map(heading).into();
            let rows = catalog.rows.iter().map(|row| line(catalog, row));
            table::render(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
        }
        Format::Json => to_json(&catalog.rows.iter().map(|row| row_json(catalog, row)).collect()),
    };
    terminal.out.print(&text)?;
    Ok(Verdict::Clean)
}

fn line(catalog: &Catalog, row: &Row) -> Vec<Cell> {
    let status = &catalog.statuses[row.status];
    vec![
        Cell::plain(&format!("{} {}", status.code, status.name)),
        Cell::new(&row.code, HEADING),
        Cell::plain(&catalog.sections[row.section].name),
        Cell::plain(&message(catalog, row)),
        Cell::new(&remark(catalog, row), ASIDE),
    ]
}

/// The message, with what may follow it in brackets.
fn message(catalog: &Catalog, row: &Row) -> String {
    let detail = &row.detail.source;
    match row.context {
        Some(context) => {
            format!("{detail}[{CONTEXT_SEPARATOR}{}]", catalog.contexts[context].text.source)
        }
        None => detail.clone(),
    }
}

fn remark(catalog: &Catalog, row: &Row) -> String {
    match (&row.retired, row.same_as) {
        (Some(_), _) => "retired".to_owned(),
        (None, Some(base)) => format!("same as {}", catalog.rows[base].code),
        (None, None) => String::new(),
    }
}
