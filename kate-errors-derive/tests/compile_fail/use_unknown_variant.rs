#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let _ = BillingError::InvoiceNotFuond { number: 7 };
}
