#[kate_errors::catalog("catalogs/unknown_status.yaml")]
pub enum BillingError {}

fn main() {}
