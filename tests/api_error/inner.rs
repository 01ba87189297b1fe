//! Errors in errors: a `transparent` variant responds with the inner error, and `?` converts to it.

use std::sync::Arc;

use kate_errors::{ApiError, KateError, SubscribeError, ToApiError};

use super::says;

#[derive(Clone, Debug, PartialEq, thiserror::Error, ToApiError)]
#[api_error(catalog = SubscribeError)]
enum WalletError {
    #[error("no wallet {0}")]
    #[api_error(artifact_not_found)]
    NoWallet(u64),
    #[error("the wallet's service is away")]
    #[api_error(internal)]
    Away,
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = KateError)]
enum ServiceError {
    #[error(transparent)]
    #[api_error(transparent)]
    Kate(#[from] KateError),
    #[error(transparent)]
    #[api_error(transparent)]
    Subscribe(#[from] SubscribeError),
    #[error("while the wallet was asked for {job}")]
    #[api_error(transparent)]
    Wallet { source: WalletError, job: String },
    #[error(transparent)]
    #[api_error(transparent)]
    Boxed(#[from] Box<WalletError>),
    #[error("shared")]
    #[api_error(transparent)]
    Shared(Arc<WalletError>),
    #[error("again")]
    #[api_error(transparent)]
    Again(#[from] Box<ServiceError>),
    #[error("input or output")]
    #[api_error(internal)]
    Io(#[from] std::io::Error),
}

fn catalog_error() -> Result<(), ServiceError> {
    Err(KateError::RunNotFound)?;
    Ok(())
}

fn operation_error() -> Result<(), ServiceError> {
    Err(SubscribeError::AlreadySubscribed)?;
    Ok(())
}

fn boxed_error() -> Result<(), ServiceError> {
    Err(Box::new(WalletError::NoWallet(7)))?;
    Ok(())
}

fn file() -> Result<String, ServiceError> {
    Ok(std::fs::read_to_string("/there is no such file")?)
}

#[test]
fn question_marks() {
    says(&catalog_error().unwrap_err(), "Run not found");
    says(&operation_error().unwrap_err(), "Already subscribed");
    says(&boxed_error().unwrap_err(), "Artifact not found");
    assert_eq!(file().unwrap_err().to_api_error(), ApiError::Internal);
}

#[test]
fn an_operation_is_a_catalog() {
    let answer: ApiError<SubscribeError> = WalletError::NoWallet(7).to_api_error();
    assert_eq!(answer, ApiError::Catalog(SubscribeError::ArtifactNotFound));
}

#[test]
fn what_is_inside_answers() {
    let job = "rent".to_owned();
    let wallet = ServiceError::Wallet { source: WalletError::NoWallet(7), job };
    assert_eq!(wallet.to_api_error(), ApiError::Catalog(KateError::ArtifactNotFound));
    let shared = ServiceError::Shared(Arc::new(WalletError::NoWallet(7)));
    assert_eq!(shared.to_api_error(), ApiError::Catalog(KateError::ArtifactNotFound));
    let again = ServiceError::Again(Box::new(shared));
    assert_eq!(again.to_api_error(), ApiError::Catalog(KateError::ArtifactNotFound));
    assert_eq!(ServiceError::from(Box::new(WalletError::Away)).to_api_error(), ApiError::Internal);
}

#[test]
fn catalogs_answer_with_themselves() {
    fn answer<E: ToApiError<Catalog = E>>(error: &E) -> ApiError<E> {
        error.to_api_error()
    }
    assert_eq!(answer(&KateError::RunNotFound), ApiError::Catalog(KateError::RunNotFound));
    let error = SubscribeError::AlreadySubscribed;
    assert_eq!(answer(&error), ApiError::Catalog(error.clone()));
}
