use kate_errors::ToApiError;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("for the log")]
#[api_error(catalog = BillingError)]
pub enum ServiceError {
    #[api_error("42P01")]
    NoInvoice,
    #[api_error(internal)]
    Database,
}

fn main() {}
