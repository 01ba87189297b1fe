use kate_errors::ApiError;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

#[derive(ApiError)]
#[api_error(catalog = BillingError)]
pub enum ServiceError {
    #[api_error(invoice_not_found { number: 7 })]
    NoInvoice,
    #[api_error(internal)]
    Database,
}

fn main() {}
