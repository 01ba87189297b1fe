//! The matrix of versions: which clients read the errors of which servers.

use maud::{Markup, html};

use super::prose;
use crate::diff::versions::Matrix;
use crate::visible::visible;

/// Renders the matrix. It is collapsed, because few readers need it.
pub(super) fn versions(matrix: &Matrix<'_>) -> Markup {
    let lines = matrix.lines();
    let Some((head, lines)) = lines.split_first() else { return html! {} };
    let (described, more) = matrix.described();
    html! {
        section aria-labelledby="the-versions" {
            details.versions {
                summary { h2 id="the-versions" { "Versions" } }
                p { "How many errors of each server version (row) each client version (column) reads as themselves." }
                div.scroll tabindex="0" role="region" aria-label="Matrix of versions" {
                    table {
                        thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                        tbody {
                            @for line in lines {
                                tr {
                                    @for (at, cell) in line.iter().enumerate() {
                                        @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                                    }
                                }
                            }
                        }
                    }
                }
                ul {
                    @for (response, readings) in &described {
                        li {
                            (prose::with_code(&visible(response)))
                            ul { @for reading in readings { li { (prose::with_code(&visible(reading))) } } }
                        }
                    }
                    @if more > 0 { li { (more) " more" } }
                }
            }
        }
    }
}
