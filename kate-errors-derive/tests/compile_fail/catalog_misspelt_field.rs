#[kate_errors::catalog("catalogs/misspelt_field.yaml")]
pub enum BillingError {}

fn main() {}
