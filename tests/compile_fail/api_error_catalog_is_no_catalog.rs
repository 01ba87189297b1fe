use kate_errors::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
#[error("for the log")]
#[api_error(catalog = String)]
pub enum ServiceError {
    #[api_error(internal)]
    Database,
}

fn main() {}
