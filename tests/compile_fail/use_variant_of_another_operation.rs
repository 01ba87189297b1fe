use kate_errors::Text;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    let _ = PayError::CustomerNotFound { name: Text::from_lossy("Ada") };
}
