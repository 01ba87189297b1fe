//! Whether what a server answers is in the catalog.

use crate::server::unlisted_reason::UnlistedReason;
use crate::{
    CatalogError, CatalogResponse, Decoded, Decoder, Fallback, Format, Note, UnknownReason,
};

/// The answer of the catalog that a body is, or why it is none. `code` is the value of `x-error-code`.
pub(crate) fn read<E: CatalogError>(
    status: u16,
    body: &[u8],
    code: Option<&[u8]>,
) -> Result<CatalogResponse<E>, UnlistedReason> {
    let received = Decoder::<E>::new().error_code(code).decode(status, body);
    let differs = |finding: &Note<_>| matches!(finding, Note::StatusDiffers { .. });
    if received.notes().iter().any(differs) {
        return Err(UnlistedReason::StatusDiffers);
    }
    // What another layer of this kind has put there, or a handler that knows the rule.
    let fallback = Fallback::<E::Code>::of(status).detail();
    if received.known().is_none() && received.detail().is_some_and(|detail| detail == fallback) {
        return Ok(CatalogResponse::fallback(status));
    }
    match received.into_known() {
        Ok(error) => Ok(CatalogResponse::new(error)),
        Err(received) => Err(reason(&received)),
    }
}

/// Why a response is not in the catalog.
fn reason<E: CatalogError>(received: &Decoded<'_, E>) -> UnlistedReason {
    match received.unknown().map(crate::Unknown::reason) {
        Some(UnknownReason::Empty) => UnlistedReason::Empty,
        Some(
            UnknownReason::NotJson { .. }
            | UnknownReason::Truncated
            | UnknownReason::TrailingBytes { .. }
            | UnknownReason::InvalidUtf8 { .. }
            | UnknownReason::TooDeep
            | UnknownReason::TooLarge { .. },
        ) => UnlistedReason::NotJson,
        _ => UnlistedReason::NotInCatalog,
    }
}

/// Whether a media type is that of problem details.
pub(crate) fn is_problem(content_type: Option<&[u8]>) -> bool {
    let essence = content_type.unwrap_or_default().split(|byte| *byte == b';').next();
    let essence = essence.unwrap_or_default().trim_ascii();
    essence.eq_ignore_ascii_case(Format::Problem.content_type().as_bytes())
}
