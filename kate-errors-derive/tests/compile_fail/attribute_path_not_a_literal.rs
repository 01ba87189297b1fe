#[kate_errors::catalog(concat!("catalogs/", "billing.yaml"))]
pub enum BillingError {}

fn main() {}
