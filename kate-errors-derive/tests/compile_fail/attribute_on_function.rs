#[kate_errors::catalog("catalogs/billing.yaml")]
fn billing_error() {}

fn main() {}
