#[kate_errors::catalog("catalogs/unterminated_quote.yaml")]
pub enum BillingError {}

fn main() {}
