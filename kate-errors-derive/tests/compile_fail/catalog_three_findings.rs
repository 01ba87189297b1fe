#[kate_errors::catalog("catalogs/three_findings.yaml")]
pub enum BillingError {}

fn main() {}
