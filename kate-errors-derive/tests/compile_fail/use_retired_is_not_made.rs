#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let _ = BillingError::FaxNotDelivered { retired: kate_errors::Retired(()) };
}
