#[kate_errors::catalog("catalogs/billing.yaml")]
#[derive(Copy)]
pub enum BillingError {}

fn main() {}
