use kate_errors::Text;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let error = BillingError::CustomerNotFound { name: Text::from_lossy("Ada") };
    match error {
        BillingError::InvoiceNotFound { .. } => {}
        BillingError::CustomerNotFound { .. } => {}
        BillingError::FaxNotDelivered { .. } => {}
    }
}
