#[kate_errors::catalog("catalogs/empty.yaml")]
pub enum BillingError {}

fn main() {}
