//! The three clients behind one interface.

use std::time::Duration;

use kate_errors::KateError;
use kate_errors::client::{
    BlockingReqwestExt as _, ErrorResponse, ReqwestExt as _, ResponseReader, UreqExt as _,
    ureq_config,
};

/// An HTTP client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Client {
    Reqwest,
    ReqwestBlocking,
    Ureq,
}

pub(crate) const ALL: [Client; 3] = [Client::Reqwest, Client::ReqwestBlocking, Client::Ureq];

/// The options of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    pub(crate) is_head: bool,
    pub(crate) follows: bool,
    pub(crate) timeout: Duration,
    /// Whether reqwest decompresses; ureq always does.
    pub(crate) gzip: bool,
    pub(crate) reader: ResponseReader<KateError>,
}

impl Default for Question {
    fn default() -> Self {
        let (timeout, reader) = (Duration::from_secs(20), ResponseReader::new());
        Self { is_head: false, follows: true, timeout, gzip: true, reader }
    }
}

/// Status and body of a success, or the error.
pub(crate) type ApiError = Result<(u16, Vec<u8>), ErrorResponse<KateError>>;

impl Client {
    /// Sends a GET request with default options.
    pub(crate) fn get(self, url: &str) -> ApiError {
        self.ask(url, &Question::default())
    }

    /// Sends a GET request, and expects an error.
    pub(crate) fn error(self, url: &str) -> ErrorResponse<KateError> {
        self.get(url).expect_err("a success is not expected")
    }

    /// Sends a request with the given options.
    pub(crate) fn ask(self, url: &str, question: &Question) -> ApiError {
        match self {
            Self::Reqwest => {
                let mut runtime = tokio::runtime::Builder::new_current_thread();
                runtime.enable_all().build().unwrap().block_on(reqwest(url, question))
            }
            Self::ReqwestBlocking => reqwest_blocking(url, question),
            Self::Ureq => ureq(url, question),
        }
    }
}

fn redirect(question: &Question) -> reqwest::redirect::Policy {
    if question.follows {
        reqwest::redirect::Policy::limited(10)
    } else {
        reqwest::redirect::Policy::none()
    }
}

async fn reqwest(url: &str, question: &Question) -> ApiError {
    let client = reqwest::Client::builder()
        .no_proxy()
        .gzip(question.gzip)
        .redirect(redirect(question))
        .timeout(question.timeout)
        .build()
        .unwrap();
    let request = if question.is_head { client.head(url) } else { client.get(url) };
    let response = request.send().await.expect("the head of an answer comes");
    let response = response.error_for(question.reader).await?;
    Ok((response.status().as_u16(), response.bytes().await.unwrap().to_vec()))
}

fn reqwest_blocking(url: &str, question: &Question) -> ApiError {
    let client = reqwest::blocking::Client::builder()
        .no_proxy()
        .gzip(question.gzip)
        .redirect(redirect(question))
        .timeout(question.timeout)
        .build()
        .unwrap();
    let request = if question.is_head { client.head(url) } else { client.get(url) };
    let response = request.send().expect("the head of an answer comes");
    let response = response.error_for(question.reader)?;
    Ok((response.status().as_u16(), response.bytes().unwrap().to_vec()))
}

fn ureq(url: &str, question: &Question) -> ApiError {
    let agent = ureq_config()
        .proxy(None)
        .max_redirects(if question.follows { 10 } else { 0 })
        .timeout_global(Some(question.timeout))
        .build()
        .new_agent();
    let request = if question.is_head { agent.head(url) } else { agent.get(url) };
    let response = request.call().expect("the head of an answer comes");
    let mut response = response.error_for(question.reader)?;
    Ok((response.status().as_u16(), response.body_mut().read_to_vec().unwrap()))
}
