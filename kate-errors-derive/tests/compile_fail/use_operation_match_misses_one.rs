#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn is_empty(error: &PayError) -> bool {
    match error {
        PayError::WalletEmpty { .. } => true,
    }
}

fn main() {
    let _ = is_empty(&PayError::InvoiceNotFound { number: 7 });
}
