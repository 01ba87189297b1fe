//! The client side over real sockets: reqwest, reqwest that blocks, and ureq, against servers that send bytes
//! as they like.

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
