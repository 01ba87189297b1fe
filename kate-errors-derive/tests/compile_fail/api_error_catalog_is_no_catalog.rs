use kate_errors::ToApiError;

#[derive(Debug, thiserror::Error, ToApiError)]
#[error("for the log")]
#[api_error(catalog = String)]
pub enum ServiceError {
    #[api_error(internal)]
    Database,
}

fn main() {}
