use kate_errors::ApiError;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

#[derive(ApiError)]
#[api_error(catalog = BillingError)]
pub union ServiceError {
    number: u64,
}

fn main() {}
