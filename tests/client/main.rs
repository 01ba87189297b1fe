//! The client side over real sockets: async and blocking reqwest, and ureq, against servers that send arbitrary
//! bytes.

mod any;
mod clients;
mod cut;
mod encoded;
mod examples;
mod framed;
mod kinds;
mod long;
mod recorded;
mod redirected;
mod retried;
mod safe;
mod server;
mod slow;
