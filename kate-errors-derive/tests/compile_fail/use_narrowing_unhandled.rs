#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn pay() -> Result<(), BillingError> {
    Err(BillingError::WalletEmpty { context: None })
}

// Not every error of the catalog is one of the operation.
fn handle() -> Result<(), PayError> {
    Ok(pay()?)
}

fn main() {
    let _ = handle();
}
