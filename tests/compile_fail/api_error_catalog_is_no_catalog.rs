use kate_errors::ApiError;

#[derive(ApiError)]
#[api_error(catalog = String)]
pub enum ServiceError {
    #[api_error(internal)]
    Database,
}

fn main() {}
