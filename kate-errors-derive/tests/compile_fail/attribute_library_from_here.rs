#[kate_errors::catalog("catalogs/billing.yaml", crate = self::ke)]
pub enum BillingError {}

fn main() {}
