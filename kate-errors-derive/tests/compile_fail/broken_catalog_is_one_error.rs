use kate_errors::CatalogError;

#[kate_errors::catalog("catalogs/broken_billing.yaml")]
pub enum BillingError {}

// The only error is that of the catalog: its types are there, with their variants and fields.
fn respond(error: &BillingError) -> (u16, Vec<u8>) {
    (error.status(), error.body().into_owned())
}

fn operation(error: PayError) -> BillingErrorCode {
    match error {
        PayError::InvoiceNotFound { number } => BillingError::InvoiceNotFound { number }.code(),
        PayError::WalletEmpty { context: Some(Balance { required: 0, .. }) | None } => {
            BillingErrorCode::WalletEmpty
        }
        other => BillingError::from(other).code(),
    }
}

fn is_error<E: std::error::Error + CatalogError>(_: &E) {}

fn main() {
    let error = BillingError::CustomerNotFound { name: String::from("Ada") };
    is_error(&error);
    let _ = (respond(&error), error.detail(), error.cause(), error.fix(), error.to_string());
    let _ = (error.section() == Section::Invoices, Status::NotFound, error.clone() == error);
    let _ = operation(PayError::WalletEmpty { context: Some(Balance { required: 5, available: 1 }) });
}
