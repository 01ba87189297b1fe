#[kate_errors::catalog("catalogs/duplicate_detail.yaml")]
pub enum BillingError {}

fn main() {}
