#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError where u8: Copy {}

fn main() {}
