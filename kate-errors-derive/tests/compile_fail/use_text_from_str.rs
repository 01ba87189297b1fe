#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let _ = BillingError::CustomerNotFound { name: "Ada" };
}
