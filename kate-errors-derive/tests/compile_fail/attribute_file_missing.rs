#[kate_errors::catalog("catalogs/biling.yaml")]
pub enum BillingError {}

fn main() {}
