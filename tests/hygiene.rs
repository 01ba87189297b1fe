//! The types of a catalog mean the same, whatever a user has in scope, and they fit wherever a user puts them.

#![deny(warnings, missing_docs, unreachable_pub, unused, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

use kate_errors::CatalogError;

/// Returns the body of an error, through the trait that all catalogs' types implement.
fn body(error: &impl CatalogError) -> String {
    String::from_utf8(error.body().into_owned()).unwrap()
}

/// Modules and macros with the names of those that generated code needs.
#[allow(unused_macros)]
mod among_namesakes {
    mod alloc {}
    mod core {}
    mod kate_errors {}
    mod serde {}
    mod std {}

    macro_rules! mine {
        ($dollar:tt $($name:ident)*) => {
            $(
                macro_rules! $name {
                    ($dollar($dollar any:tt)*) => { this macro is of the user };
                }
            )*
        };
    }
    mine!($ assert compile_error concat env format format_args include include_bytes include_str);
    mine!($ matches panic stringify todo unreachable vec write writeln);

    #[::kate_errors::catalog("tests/hygiene/shop.yaml")]
    pub(super) enum ShopError {}
}

#[test]
fn modules_and_macros_of_the_user() {
    let error =
        among_namesakes::ShopError::CartLocked { state: among_namesakes::CartLockedState::Paid };
    assert_eq!(body(&error), r#"{"detail":"Cart is paid"}"#);
}

/// Types with the names of those that generated code uses or defines.
#[allow(dead_code)]
mod among_types {
    use kate_errors::catalog;

    pub(super) struct Status(pub(super) u8);
    pub(super) struct Section;
    struct Balance;
    struct Option;
    struct Result;
    struct Some;
    struct Ok;
    struct Err;
    struct String;
    struct Value;
    struct Table;
    struct Row;
    enum Cow {}
    trait Clone {}
    trait Default {}
    trait Error {}
    trait From {}
    trait TryFrom {}
    trait FnMut {}
    trait Into {}
    trait Serialize {}

    #[catalog("kate-errors-derive/tests/compile_fail/catalogs/billing.yaml")]
    pub(super) enum BillingError {}
}

#[test]
fn types_of_the_user_go_before() {
    use among_types::billing_catalog::Balance;
    use among_types::{BillingError, Section, Status, billing_catalog};
    let Section = Section;
    assert_eq!(Status(7).0, 7);
    let error = BillingError::WalletEmpty { context: Some(Balance { required: 5, available: 1 }) };
    assert_eq!(error.status(), billing_catalog::Status::PaymentRequired);
    assert_eq!(error.section(), billing_catalog::Section::Wallets);
    assert_eq!(body(&error), r#"{"detail":"Wallet empty. Required: 5, available: 1"}"#);
}

#[no_implicit_prelude]
mod without_prelude {
    #[::kate_errors::catalog("tests/hygiene/shop.yaml")]
    pub(super) enum ShopError {}
}

#[test]
fn no_prelude() {
    let error = without_prelude::ShopError::SoldOut { context: None };
    assert_eq!(body(&error), r#"{"detail":"Sold out"}"#);
}

mod private {
    /// Ours alone.
    #[kate_errors::catalog("tests/hygiene/shop.yaml")]
    enum ShopError {}

    pub(super) fn sentence() -> String {
        let narrow = CheckoutError::try_from(ShopError::PaymentSoldOut { context: None });
        ShopError::from(narrow.unwrap()).to_string()
    }
}

#[test]
fn a_private_enum() {
    assert_eq!(private::sentence(), "Sold out");
}

#[test]
fn an_enum_in_a_function() {
    #[kate_errors::catalog("tests/hygiene/shop.yaml")]
    enum ShopError {}

    let name = String::from("Ada");
    let error = ShopError::CartNotFound { customer: name };
    assert_eq!(error.code(), ShopErrorCode::CartNotFound);
    assert_eq!(error.status(), Status::NotFound);
    assert_eq!(body(&error), r#"{"detail":"Cart of Ada: not found"}"#);
}

#[test]
fn an_enum_from_a_macro() {
    macro_rules! errors {
        ($path:literal, $visibility:vis $name:ident) => {
            #[kate_errors::catalog($path)]
            $visibility enum $name {}
        };
    }
    errors!("tests/hygiene/shop.yaml", pub(crate) ShopError);

    assert_eq!(ShopError::SoldOut { context: None }.status(), Status::Conflict);
}

/// Two catalogs, each with a `Status` and a `Section`.
mod two {
    #[kate_errors::catalog("kate-errors-derive/tests/compile_fail/catalogs/billing.yaml")]
    pub(super) enum BillingError {}

    #[kate_errors::catalog("tests/hygiene/shop.yaml")]
    pub(super) enum ShopError {}
}

#[test]
fn two_catalogs_in_one_module() {
    let billing = two::BillingError::InvoiceNotFound { number: 7 };
    assert_eq!(billing.status(), two::billing_catalog::Status::NotFound);
    let shop = two::ShopError::SoldOut { context: None };
    assert_eq!(shop.status(), two::shop_catalog::Status::Conflict);
}

mod documented {
    /// What goes wrong in the shop.
    #[kate_errors::catalog("tests/hygiene/shop.yaml")]
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    #[must_use]
    pub(super) enum ShopError {}
}

#[test]
fn derives_of_the_user() {
    use documented::{ShopError, Stock};
    let context = |left| Some(Stock { left, article: String::from("tea") });
    let mut errors = [
        ShopError::SoldOut { context: context(2) },
        ShopError::CartNotFound { customer: String::from("Ada") },
        ShopError::SoldOut { context: context(-1) },
        ShopError::SoldOut { context: None },
    ];
    errors.sort();
    assert_eq!(
        errors.map(|error| error.to_string()),
        [
            "Cart of •••: not found",
            "Sold out",
            "Sold out. -1 left of tea",
            "Sold out. 2 left of tea"
        ]
    );
}

#[test]
fn a_catalog_with_warnings_compiles() {
    #[kate_errors::catalog("kate-errors-derive/tests/compile_fail/catalogs/only_a_warning.yaml")]
    enum BillingError {}

    assert_eq!(BillingError::InvoiceNotFound.to_string(), "Invoice not found");
}
