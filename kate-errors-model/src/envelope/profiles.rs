//! The envelopes of well-known APIs, by name. Each is just a template.

use super::JSON;

/// A template with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: &'static str,
    /// The template, with `{with.…}` for what each catalog must define itself.
    pub template: &'static str,
    /// The media type of its bodies (RFC 9110, section 8.3).
    pub media_type: &'static str,
}

/// The media type of problem details (RFC 9457).
pub(super) const PROBLEM: &str = "application/problem+json";

/// The template of a catalog that does not describe its envelope.
pub const DETAIL: &str = r#"{"detail":"{detail}"}"#;

/// All profiles.
pub const PROFILES: &[Profile] = &[
    // FastAPI, Django REST framework.
    profile("detail", DETAIL),
    profile("detail_and_code", r#"{"detail":"{detail}","code":"{code}"}"#),
    // RFC 9457.
    profile(
        "problem",
        concat!(
            r#"{"type":"{docs_url}","title":"{title}","status":"{status}","detail":"{detail}","#,
            r#""errors":[{"pointer":"{field.fragment}","detail":"{field.message}"}]}"#,
        ),
    )
    .sent_as(PROBLEM),
    // AIP-193, as JSON. `wire: { status: NOT_FOUND }` is gRPC's name of a status.
    profile(
        "google",
        concat!(
            r#"{"error":{"code":"{status}","message":"{detail}","status":"{wire.status?}","details":"#,
            r#"[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"{code}","#,
            r#""domain":"{with.domain}","metadata":"{params:string?}"}]}}"#,
        ),
    ),
    profile(
        "stripe",
        concat!(
            r#"{"error":{"type":"{wire.type?}","code":"{code}","message":"{detail}","#,
            r#""param":"{wire.param?}","doc_url":"{docs_url?}"}}"#,
        ),
    ),
    profile(
        "github",
        r#"{"message":"{detail}","documentation_url":"{docs_url?}","status":"{status:string}"}"#,
    ),
    // `Status` of apimachinery.
    profile(
        "kubernetes",
        concat!(
            r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","#,
            r#""message":"{detail}","reason":"{code}","details":"{params?}","code":"{status}"}"#,
        ),
    ),
    // JSON:API 1.1, where the status and the code are strings.
    profile(
        "json_api",
        concat!(
            r#"{"errors":[{"id":"{request.id?}","links":{"about":"{docs_url?}"},"status":"{status:string}","#,
            r#""code":"{code:string}","title":"{title}","detail":"{detail}","source":{"pointer":"{field.pointer?}"},"meta":"{params?}"}]}"#,
        ),
    )
    .sent_as("application/vnd.api+json"),
    profile(
        "graphql",
        r#"{"errors":[{"message":"{detail}","extensions":{"code":"{code}"}}],"data":null}"#,
    ),
    // RFC 6749, section 5.2.
    profile(
        "oauth",
        r#"{"error":"{code}","error_description":"{detail}","error_uri":"{docs_url?}"}"#,
    ),
    // JSON-RPC 2.0. A response to a request without an id has the id null.
    profile(
        "json_rpc",
        concat!(
            r#"{"jsonrpc":"2.0","error":{"code":"{code}","message":"{detail}","data":"{params?}"},"#,
            r#""id":"{request.id}"}"#,
        ),
    ),
    // AWS JSON 1.0 and 1.1. There may be a namespace before the code, and a URL after it.
    profile("aws_json", r#"{"__type":"{any}#{code}:{any}","message":"{detail}"}"#),
    profile("azure", r#"{"error":{"code":"{code}","message":"{detail}"}}"#),
];

const fn profile(name: &'static str, template: &'static str) -> Profile {
    Profile { name, template, media_type: JSON }
}

impl Profile {
    const fn sent_as(self, media_type: &'static str) -> Self {
        Self { media_type, ..self }
    }
}

/// Returns the profile with this name.
///
/// ```
/// use kate_errors_model::envelope::profiles::named;
///
/// let problem = named("problem").unwrap();
/// assert_eq!(problem.media_type, "application/problem+json");
/// assert!(problem.template.starts_with(r#"{"type":"{docs_url}","title":"{title}""#));
/// ```
#[must_use]
pub fn named(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == name)
}
