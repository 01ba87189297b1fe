use kate_errors::Text;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

fn main() {
    // The name ends at the blank behind it, so it is no text that may hold one.
    let name: Text = Text::from_lossy("Ada Lovelace");
    let _ = BillingError::CustomerNotFound { name };
}
