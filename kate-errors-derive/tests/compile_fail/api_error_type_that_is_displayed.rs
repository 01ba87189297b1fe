use kate_errors::ToApiError;

#[kate_errors::catalog("catalogs/billing.yaml")]
pub enum BillingError {}

#[derive(Debug)]
pub struct Name(&'static str);

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("for the log")]
#[api_error(catalog = BillingError)]
pub enum ServiceError {
    #[api_error(customer_not_found)]
    NoCustomer { name: Name },
    #[api_error(internal)]
    Database,
}

fn main() {}
