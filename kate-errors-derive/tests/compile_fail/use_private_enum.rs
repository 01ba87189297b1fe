mod billing {
    #[kate_errors::catalog("catalogs/billing.yaml")]
    enum BillingError {}
}

fn main() {
    let _ = billing::BillingError::InvoiceNotFound { number: 7 };
}
