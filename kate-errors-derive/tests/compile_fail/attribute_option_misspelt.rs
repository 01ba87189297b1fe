#[kate_errors::catalog("catalogs/billing.yaml", create = ke)]
pub enum BillingError {}

fn main() {}
