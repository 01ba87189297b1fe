//! Catalogs in the style of well-known families of APIs. `tests/catalogs/families/` has each catalog, and beside it
//! bodies as such servers write them, in the format of the vectors.

use std::fmt::Debug;

use kate_errors::{CatalogCode, CatalogError, Decoder};
use kate_errors_model::envelope::Slot;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{read, write};

macro_rules! families {
    ($($family:ident $file:tt $error:ident)*) => {$(
        mod $family {
            #[kate_errors::catalog($file)]
            pub enum $error {}

            #[test]
            fn bodies() {
                let folder = "tests/catalogs/families";
                super::check::<$error>(&format!("{folder}/{}.json", stringify!($family)));
            }
        }
    )*};
}

families! {
    archive "tests/catalogs/families/archive.yaml" ArchiveError
    aws_json "tests/catalogs/families/aws_json.yaml" TableError
    azure "tests/catalogs/families/azure.yaml" VmError
    beside "tests/catalogs/families/beside.yaml" ShopError
    blanks "tests/catalogs/families/blanks.yaml" BlanksError
    choices "tests/catalogs/families/choices.yaml" ChoicesError
    conditions "tests/catalogs/families/conditions.yaml" EngineError
    cards "tests/catalogs/families/cards.yaml" CardsError
    crm "tests/catalogs/families/crm.yaml" CrmError
    desk "tests/catalogs/families/desk.yaml" DeskError
    files "tests/catalogs/families/files.yaml" FilesError
    fastapi "tests/catalogs/families/fastapi.yaml" LibraryError
    gauge "tests/catalogs/families/gauge.yaml" GaugeError
    github "tests/catalogs/families/github.yaml" ForgeError
    google "tests/catalogs/families/google.yaml" DisksError
    grants "tests/catalogs/families/grants.yaml" GrantsError
    graphql "tests/catalogs/families/graphql.yaml" GraphError
    harbour "tests/catalogs/families/harbour.yaml" HarbourError
    headers "tests/catalogs/families/headers.yaml" HeadersError
    json_api "tests/catalogs/families/json_api.yaml" BlogError
    kubernetes "tests/catalogs/families/kubernetes.yaml" ClusterError
    ledger "tests/catalogs/families/ledger.yaml" LedgerError
    members "tests/catalogs/families/members.yaml" AccountError
    matrix "tests/catalogs/families/matrix.yaml" HomeserverError
    moved "tests/catalogs/families/moved.yaml" DepotError
    nats "tests/catalogs/families/nats.yaml" BrokerError
    oauth "tests/catalogs/families/oauth.yaml" TokenError
    problem "tests/catalogs/families/problem.yaml" ParcelError
    quay "tests/catalogs/families/quay.yaml" QuayError
    shards "tests/catalogs/families/shards.yaml" ShardsError
    slack "tests/catalogs/families/slack.yaml" ChatError
    stripe "tests/catalogs/families/stripe.yaml" TillError
    vault "tests/catalogs/families/vault.yaml" VaultError
    workshop "tests/catalogs/families/workshop.yaml" WorkshopError
}

/// Decodes every body, and writes every error of a family.
fn check<E: CatalogError + Debug + Serialize + DeserializeOwned>(path: &str) {
    let file = std::fs::read_to_string(path).expect("a file");
    let file: Value = serde_json::from_str(&file).expect("the file is JSON");
    let list = |name: &str| file[name].as_array().expect("a list").clone();
    for vector in &list("vectors") {
        read::<E>(vector, |_| None);
    }
    let written: Vec<E> = list("written").iter().map(write).collect();
    for code in E::Code::ALL {
        assert!(written.iter().any(|error| error.code() == *code), "{code} is not written");
    }
    written.iter().for_each(goes_both_ways);
}

/// Asserts that a client of this library reads what a server of this library sends.
fn goes_both_ways<E: CatalogError + Debug + Serialize + DeserializeOwned>(error: &E) {
    let response = error.response();
    let header = E::Code::CODE_HEADER;
    let has_name = |name: &str| header.is_some_and(|header| header.name == name);
    let code = response.headers().find(|(name, _)| has_name(name)).map(|(_, value)| value);
    let reader = Decoder::<E>::new().error_code(code.as_deref());
    let decoded = reader.decode(response.status(), response.body());
    assert_eq!((decoded.known(), decoded.notes()), (Some(error), &[][..]));
    assert_eq!(error.sanitized(), *error);
    if header.is_some() && !E::Code::ENVELOPE.reads(Slot::Code) {
        // serde does not see header fields.
        return;
    }
    let text = serde_json::to_string(error).expect("JSON");
    assert_eq!(text.as_bytes(), &*response.body());
    assert_eq!(serde_json::from_str::<E>(&text).expect("an error"), *error);
}
