use kate_errors::ToApiError;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

#[derive(ToApiError)]
#[api_error(catalog = BillingError)]
pub union ServiceError {
    number: u64,
}

fn main() {}
