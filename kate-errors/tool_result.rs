//! Errors as failed results of tools, which agents call with the Model Context Protocol.
//!
//! A result contains the error twice, as structured content and as a text with the same JSON, because clients pass one
//! or the other to their model. It contains the body of the HTTP response, so reading it is decoding a response.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::str;

use kate_errors_model::Retry;
use kate_errors_model::json::{Raw, push_escaped};

use crate::{CatalogCode, CatalogError, CatalogResponse, Decoded, Decoder};

// The names are shared by writing and reading.
const STATUS: &str = "status";
const CODE: &str = "code";
const BODY: &str = "body";
const CONTENT: &str = "content";
const TEXT: &str = "text";
const STRUCTURED: &str = "structuredContent";
const IS_ERROR: &str = "isError";

impl<E: CatalogError> CatalogResponse<E> {
    /// The error as the failed result of a tool, in JSON: a `CallToolResult` of the Model Context Protocol. Agents see
    /// the status, code, message, cause, fix and retry advice. [`Decoder::decode_tool_result`] decodes it.
    ///
    /// ```
    /// use kate_errors::KateError;
    ///
    /// let result = KateError::RunNotFound.response().tool_result();
    /// let result: serde_json::Value = serde_json::from_slice(&result)?;
    /// assert_eq!(result["isError"], true);
    /// assert_eq!(result["structuredContent"]["code"], "run_not_found");
    /// assert_eq!(result["structuredContent"]["fix"], KateError::RunNotFound.fix().as_ref());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn tool_result(&self) -> Vec<u8> {
        let failure = self.failure();
        let mut text = Vec::with_capacity(failure.len());
        push_escaped(&String::from_utf8_lossy(&failure), &mut text);
        [
            format!(r#"{{"{CONTENT}":[{{"type":"{TEXT}","{TEXT}":""#).as_bytes(),
            &text,
            format!(r#""}}],"{STRUCTURED}":"#).as_bytes(),
            &failure,
            format!(r#","{IS_ERROR}":true}}"#).as_bytes(),
        ]
        .concat()
    }

    /// The JSON of both contents.
    fn failure(&self) -> Vec<u8> {
        let error = self.error();
        let code = self.code().and_then(|code| code.__row().sent_code()).map(Cow::Borrowed);
        let retry = error.map_or_else(|| Retry::of_status(self.status()), CatalogError::retry);
        let members = [
            (CODE, code),
            ("detail", error.map(CatalogError::detail)),
            ("cause", error.map(CatalogError::cause).filter(|text| !text.is_empty())),
            ("fix", error.map(CatalogError::fix).filter(|text| !text.is_empty())),
            ("retry", Some(retry.as_str().into())),
            ("docs_url", error.and_then(CatalogError::docs_url).map(Cow::Owned)),
        ];
        let mut json = format!(r#"{{"{STATUS}":{}"#, self.status()).into_bytes();
        for (name, value) in members {
            let Some(value) = value else { continue };
            json.extend_from_slice(format!(r#","{name}":""#).as_bytes());
            push_escaped(&value, &mut json);
            json.push(b'"');
        }
        if let Some((_, seconds)) = self.headers().find(|(name, _)| *name == "retry-after") {
            json.extend_from_slice(format!(r#","retry_after":{seconds}"#).as_bytes());
        }
        json.extend_from_slice(format!(r#","{BODY}":"#).as_bytes());
        json.extend_from_slice(&self.body());
        json.push(b'}');
        json
    }
}

impl<E: CatalogError> Decoder<'_, E> {
    /// Decodes the failed result of a tool, a `CallToolResult` in JSON, from its text or its structured content,
    /// whichever the client has kept. Returns `None` if it is not a failure, or was not written by
    /// [`CatalogResponse::tool_result`].
    ///
    /// ```
    /// use kate_errors::KateError;
    ///
    /// let result = KateError::RunNotFound.response().tool_result();
    /// let decoded = KateError::decoder().decode_tool_result(&result).unwrap();
    /// assert_eq!(decoded.known(), Some(&KateError::RunNotFound));
    ///
    /// let result = br#"{"content":[{"type":"text","text":"All went well"}]}"#;
    /// assert!(KateError::decoder().decode_tool_result(result).is_none());
    /// ```
    #[must_use]
    pub fn decode_tool_result(&self, result: &[u8]) -> Option<Decoded<'static, E>> {
        let result = Raw::parse(str::from_utf8(result).ok()?).ok()?;
        if member(result, IS_ERROR)?.as_str() != "true" {
            return None;
        }
        // The text comes first: its JSON is unchanged, whereas clients may have rounded numbers in the structured
        // content.
        let blocks = member(result, CONTENT).into_iter().flat_map(Raw::elements);
        let mut texts = blocks.filter_map(|block| text(member(block, TEXT)?));
        texts
            .find_map(|text| self.decode_failure(object_in(&text)?))
            .or_else(|| self.decode_failure(member(result, STRUCTURED)?.as_str()))
    }

    fn decode_failure(&self, failure: &str) -> Option<Decoded<'static, E>> {
        let failure = Raw::parse(failure).ok()?;
        let status = member(failure, STATUS)?.as_str().parse().ok()?;
        let body = member(failure, BODY)?.as_str().as_bytes().to_vec();
        let code = member(failure, CODE).and_then(text);
        Some(self.clone().error_code(code.as_deref()).decode(status, body))
    }
}

/// The JSON object in a text, without what clients write around it, such as `Error: `.
fn object_in(text: &str) -> Option<&str> {
    text.get(text.find('{')?..=text.rfind('}')?)
}

fn member<'t>(object: Raw<'t>, name: &str) -> Option<Raw<'t>> {
    object.members().find(|(known, _)| known.is(name)).map(|(_, value)| value)
}

fn text(value: Raw<'_>) -> Option<Cow<'_, str>> {
    value.string()?.text().ok()
}
