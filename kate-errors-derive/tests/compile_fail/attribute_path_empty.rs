#[kate_errors::catalog("")]
pub enum BillingError {}

fn main() {}
