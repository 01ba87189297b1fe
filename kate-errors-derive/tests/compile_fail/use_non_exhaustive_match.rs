#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let error = BillingError::CustomerNotFound { name: String::from("Ada") };
    match error {
        BillingError::InvoiceNotFound { .. } => {}
        BillingError::CustomerNotFound { .. } => {}
        BillingError::FaxNotDelivered { .. } => {}
    }
}
