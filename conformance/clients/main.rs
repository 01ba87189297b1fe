//! Reads errors with the clients that progenitor and openapi-generator make of a document. The argument is the
//! address of `responses.py`.

use std::error::Error;

use openapi::apis::{Error as Failure, configuration::Configuration, default_api};
use reqwest::header::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, to_value};

mod of_progenitor {
    progenitor::generate_api!("kate/3.0.json");
}

#[derive(Deserialize)]
struct Case {
    operation: String,
    status: u16,
    body: Value,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("the address is missing")?;
    let cases: Vec<Case> = reqwest::get(&url).await?.json().await?;
    for (at, case) in cases.iter().enumerate() {
        let headers = HeaderMap::from_iter([("x-case".parse()?, HeaderValue::from(at + 1))]);
        let client = reqwest::Client::builder().default_headers(headers).build()?;
        let expected = (case.status, case.body.clone());
        assert_eq!(by_progenitor(&url, client.clone(), &case.operation).await, expected);
        assert_eq!(by_openapi_generator(&url, client, &case.operation).await, expected);
    }
    println!("clients of progenitor and openapi-generator for Rust: {} errors", cases.len());
    Ok(())
}

async fn by_progenitor(url: &str, client: reqwest::Client, operation: &str) -> (u16, Value) {
    let client = of_progenitor::Client::new_with_client(url, client);
    let failure = match operation {
        "upload_artifact" => client.upload_artifact().await.err(),
        "subscribe" => client.subscribe("x").await.err(),
        "query" => client.query("x").await.err(),
        "upload_spans" => client.upload_spans("x", "x").await.err(),
        other => panic!("no operation {other}"),
    };
    match failure {
        Some(of_progenitor::Error::ErrorResponse(response)) => {
            (response.status().as_u16(), json!({ "detail": response.detail.as_str() }))
        }
        other => panic!("{operation}: {other:?}"),
    }
}

async fn by_openapi_generator(url: &str, client: reqwest::Client, operation: &str) -> (u16, Value) {
    let settings = Configuration { base_path: url.to_owned(), client, ..Configuration::default() };
    match operation {
        "upload_artifact" => read(default_api::upload_artifact(&settings).await),
        "subscribe" => read(default_api::subscribe(&settings, "x").await),
        "query" => read(default_api::query(&settings, "x").await),
        "upload_spans" => read(default_api::upload_spans(&settings, "x", "x").await),
        other => panic!("no operation {other}"),
    }
}

/// Returns the status and the error that a client has read, as JSON again.
fn read<T: Serialize + std::fmt::Debug>(result: Result<(), Failure<T>>) -> (u16, Value) {
    match result {
        Err(Failure::ResponseError(response)) => {
            (response.status.as_u16(), to_value(&response.entity).unwrap_or_default())
        }
        other => panic!("{other:?}"),
    }
}
