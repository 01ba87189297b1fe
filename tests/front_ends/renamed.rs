//! A crate that renames the library.

use crate::project::{Project, build_dependency};

/// Catalogs of both front ends, and a derived error for one of them.
const MAIN: &str = r#"
#![deny(warnings)]

mod billing {
    /// Of the attribute.
    #[ke::catalog("billing.yaml", crate = ke)]
    pub enum BillingError {}
}

mod quoted {
    #[allow(dead_code)]
    mod inner {
        #[ke::catalog("billing.yaml", crate = "crate::errors::library")]
        pub enum BillingError {}
    }
}

mod errors {
    pub use ke as library;
    // Of the build script.
    ke::include_catalog!();
}

#[derive(Debug, thiserror::Error, ke::ToApiError)]
#[error("for the log")]
#[api_error(catalog = billing::BillingError, crate = ke)]
enum ServiceError {
    #[api_error(invoice_not_found)]
    NoInvoice { number: u64 },
    #[api_error(transparent)]
    Billing(billing::BillingError),
    #[api_error(internal)]
    Fault,
}

#[derive(Debug, thiserror::Error, ke::ToApiError)]
#[error("for the log")]
#[api_error(catalog = errors::ShopError, crate = "ke", sold_out { context: None })]
struct SoldOut;

fn print(error: &impl ke::ToApiError) {
    let answer = error.to_api_error();
    let body = answer.error().map(|error| ke::CatalogError::body(error).into_owned());
    println!("{} {}", answer.status(), String::from_utf8(body.unwrap_or_default()).unwrap());
}

fn main() {
    print(&ServiceError::NoInvoice { number: 7 });
    print(&ServiceError::Billing(billing::BillingError::WalletEmpty { context: None }));
    print(&ServiceError::Fault);
    print(&SoldOut);
}
"#;

#[test]
fn both_front_ends_and_the_derive() {
    let features = ", features = [\"derive\"]";
    let more = format!("thiserror = \"2\"\n{}", build_dependency());
    let project = Project::calling_it("ke", "renamed", features, &more);
    let script = "fn main() {
        kate_errors_codegen::build_script::compile_for(\"errors.yaml\", \"ke\");
    }";
    project.write("build.rs", script);
    project.write("errors.yaml", include_str!("../hygiene/shop.yaml"));
    project.write(
        "billing.yaml",
        include_str!("../../kate-errors-derive/tests/compile_fail/catalogs/billing.yaml"),
    );
    project.write("src/main.rs", MAIN);
    assert_eq!(
        project.run(""),
        "404 {\"detail\":\"Invoice 7 not found\"}\n402 {\"detail\":\"Wallet empty\"}\n500 \n\
         409 {\"detail\":\"Sold out\"}\n"
    );

    project.write("build.rs", &script.replace("\"ke\"", "\"k e\""));
    let broken = project.build().failed();
    assert!(broken.stderr.contains("`k e` is not the name of a library"), "{}", broken.stderr);
}
