#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {
    InvoiceNotFound,
}

fn main() {}
