#[kate_errors::catalog("catalogs/billing.yaml", "catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {}
