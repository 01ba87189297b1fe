#[kate_errors::catalog("catalogs/unknown_error.yaml")]
pub enum BillingError {}

fn main() {}
