#[kate_errors::catalog("catalogs/duplicate_code.yaml")]
pub enum BillingError {}

fn main() {}
