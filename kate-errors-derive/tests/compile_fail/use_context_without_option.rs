#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let _ = BillingError::WalletEmpty { context: Balance { required: 5, available: 1 } };
}
