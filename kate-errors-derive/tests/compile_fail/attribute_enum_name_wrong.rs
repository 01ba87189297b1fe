#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum InvoiceError {}

// The enum is there all the same, under the name that its user gave it.
fn main() {
    let _ = InvoiceError::InvoiceNotFound { number: 7 }.status();
}
