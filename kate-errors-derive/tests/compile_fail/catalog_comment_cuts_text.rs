#[kate_errors::catalog("catalogs/comment_cuts_text.yaml")]
pub enum BillingError {}

fn main() {}
