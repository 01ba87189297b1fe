#[kate_errors::catalog("catalogs/billing.yaml", crate)]
pub enum BillingError {}

fn main() {}
