//! The header field in which servers of ours can send the code of the row.

use http::HeaderMap;

use crate::CatalogCode;
use crate::response::ERROR_CODE;

/// The row that the header names; `None` if it is not there, or names none of the catalog.
pub(crate) fn error_code<C: CatalogCode>(headers: &HeaderMap) -> Option<C> {
    headers.get(ERROR_CODE)?.to_str().ok()?.trim().parse().ok()
}
