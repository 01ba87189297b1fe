#[kate_errors::catalog("catalogs/billing.yaml")]
pub struct BillingError;

fn main() {}
