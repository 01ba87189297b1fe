//! Errors that answer in place of those they are in, for `#[derive(ToApiError)]`.

use crate::{ApiError, ToApiError};

/// An error whose answer is also one of `Catalog`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer with an error of `{Catalog}`",
    label = "is no `ToApiError` of `{Catalog}`",
    note = "`transparent` passes on what an inner error answers: derive `kate_errors::ToApiError` for it, \
            or name a row, or `internal`",
    note = "errors of another catalog are passed on if `{Catalog}` is made `From` them"
)]
pub trait Transparent<Catalog> {
    /// The answer.
    fn transparent(&self) -> ApiError<Catalog>;
}

#[diagnostic::do_not_recommend]
impl<T, Catalog> Transparent<Catalog> for T
where
    T: ToApiError<Catalog: Into<Catalog>> + ?Sized,
{
    fn transparent(&self) -> ApiError<Catalog> {
        self.to_api_error().map(Into::into)
    }
}
