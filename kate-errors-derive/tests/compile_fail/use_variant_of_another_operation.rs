#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let _ = PayError::CustomerNotFound { name: String::from("Ada") };
}
