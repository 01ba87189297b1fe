#[kate_errors::catalog("catalogs/undeclared_placeholder.yaml")]
pub enum BillingError {}

fn main() {}
