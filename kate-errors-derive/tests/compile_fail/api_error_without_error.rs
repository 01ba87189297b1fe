use kate_errors::ToApiError;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

#[derive(ToApiError)]
#[api_error(catalog = BillingError)]
pub enum ServiceError {
    #[api_error(invoice_not_found { number: 7 })]
    NoInvoice,
    #[api_error(internal)]
    Database,
}

fn main() {}
