//! Prints the errors of the catalog as JSON, as servers in other languages send them.

use kate_end_to_end::rows;
use serde_json::{Map, Value, json};

fn main() {
    let rows: Vec<Value> = rows().iter().map(|row| row_json(&row.error)).collect();
    println!("{}", Value::from(rows));
}

fn row_json(error: &kate_errors::KateError) -> Value {
    let headers: Map<String, Value> =
        error.headers().map(|(name, value)| (name.to_owned(), value.into())).collect();
    json!({
        "code": error.code().as_str(),
        "status": error.status(),
        "detail": error.detail(),
        "headers": headers,
    })
}
