//! What an envelope reads, independently of a body.

use super::{Content, Envelope, Leaf, Slot};
use crate::status;

/// The kind of slots to search for.
#[derive(Clone, Copy)]
enum Wanted {
    Codes,
    Values,
}

impl<'e> Envelope<'e> {
    /// The name of the member that contains the message, or an empty text if there is none.
    ///
    /// ```
    /// use kate_errors_model::envelope::Envelope;
    ///
    /// assert_eq!(Envelope::DETAIL.member(), "detail");
    /// ```
    #[must_use]
    pub const fn member(&self) -> &'e str {
        let mut places = self.places;
        while let [place, rest @ ..] = places {
            if let Content::Slot(Leaf { slot: Slot::Detail, .. }) = place.content {
                return place.name;
            }
            places = rest;
        }
        ""
    }

    /// Whether bodies of this envelope have a place where the slot is read, as the identity of errors requires.
    ///
    /// ```
    /// use kate_errors_model::envelope::{Envelope, Slot};
    ///
    /// assert!(Envelope::PROBLEM.reads(Slot::Detail) && !Envelope::PROBLEM.reads(Slot::Code));
    /// ```
    #[must_use]
    pub fn reads(&self, slot: Slot<'_>) -> bool {
        self.places.iter().any(|place| place.leaf().is_some_and(|leaf| leaf.slot == slot))
    }
}

impl Envelope<'_> {
    /// Whether a response with the status may be an error.
    ///
    /// ```
    /// use kate_errors_model::envelope::Envelope;
    ///
    /// assert!(Envelope::DETAIL.may_be_error(404) && !Envelope::DETAIL.may_be_error(200));
    /// assert!(Envelope { success: Some(200), ..Envelope::DETAIL }.may_be_error(200));
    /// ```
    #[must_use]
    pub const fn may_be_error(&self, status: u16) -> bool {
        status::may_be_error(status) || self.is_success(status)
    }

    /// Whether this is the success status with which errors are also sent. Such a response is only an error if
    /// its body has the place of the message or code that identifies errors.
    #[must_use]
    pub const fn is_success(&self, status: u16) -> bool {
        matches!(self.success, Some(success) if success == status)
    }

    /// Whether bodies have a place where values of parameters are read, including bodies of older envelopes.
    #[must_use]
    pub const fn reads_values(&self) -> bool {
        self.reads_any(Wanted::Values)
    }

    /// Whether bodies have a place where a code is read, including bodies of older envelopes.
    #[must_use]
    pub const fn reads_codes(&self) -> bool {
        self.reads_any(Wanted::Codes)
    }

    const fn reads_any(&self, wanted: Wanted) -> bool {
        let mut older = self.older;
        while let [envelope, rest @ ..] = older {
            if envelope.reads_any(wanted) {
                return true;
            }
            older = rest;
        }
        let mut places = self.places;
        while let [place, rest @ ..] = places {
            if let Content::Slot(leaf) | Content::Part(leaf) = place.content {
                match (wanted, leaf.slot) {
                    (Wanted::Codes, Slot::Code)
                    | (Wanted::Values, Slot::Param(_) | Slot::Params | Slot::ParamsAsStrings) => {
                        return true;
                    }
                    _ => {}
                }
            }
            places = rest;
        }
        false
    }

    /// Whether bodies have a place where the value of the parameter is read.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    ///
    /// let parts = Parts::new(r#"{"code":"{code}","balance":"{available}"}"#).unwrap();
    /// assert!(parts.envelope().reads_value("available") && !parts.envelope().reads_value("required"));
    /// ```
    #[must_use]
    pub fn reads_value(&self, name: &str) -> bool {
        self.reads_params() || self.reads(Slot::Param(name))
    }

    /// Whether bodies have an object of all values.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    ///
    /// let parts = Parts::new(r#"{"code":"{code}","values":"{params:string}"}"#).unwrap();
    /// assert!(parts.envelope().reads_params());
    /// ```
    #[must_use]
    pub fn reads_params(&self) -> bool {
        self.reads(Slot::Params) || self.reads(Slot::ParamsAsStrings)
    }
}
