//! Everything for servers: errors as responses of web frameworks, and layers that convert all other error responses.

#[cfg(feature = "actix-web")]
pub mod actix;
pub(crate) mod api_error;
#[cfg(feature = "axum")]
pub(crate) mod axum;
#[cfg(any(feature = "http", feature = "actix-web", feature = "tracing"))]
pub(crate) mod events;
mod frameworks;
#[cfg(feature = "http")]
pub(crate) mod http;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod layer;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod media;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod policy;
#[cfg(any(feature = "actix-web", feature = "axum"))]
pub(crate) mod rejection;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod sanitized;
#[cfg(feature = "tower")]
pub mod tower;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod unlisted;
#[cfg(any(feature = "utoipa", feature = "utoipa-6"))]
pub(crate) mod utoipa;
