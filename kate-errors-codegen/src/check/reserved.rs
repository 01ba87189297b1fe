//! Rules about the codes and messages of deleted errors, which no error may use again. Clients that know them
//! would mistake the new error for the old one.

use std::collections::HashMap;

use super::Checker;
use crate::rule::{self, Rule};
use crate::syntax::document::Text;

impl Checker<'_> {
    pub(super) fn reserved(&mut self) {
        self.reserved_codes();
        self.reserved_details();
    }

    fn reserved_codes(&mut self) {
        let codes = self.document.reserved.codes.iter().rev();
        let reserved: HashMap<&str, &Text> =
            codes.map(|text| (text.value.as_str(), text)).collect();
        let with_code = self.document.rows().filter(|row| row.without_code.is_none());
        for code in with_code.filter_map(|row| row.code.as_ref()) {
            if let Some(reserved) = reserved.get(code.value.as_str()) {
                let message = format!("the code `{code}` is reserved");
                self.used_again(&rule::RESERVED_CODE, message, code, reserved, "code");
            }
        }
    }

    fn reserved_details(&mut self) {
        let document = self.document;
        let details = &document.reserved.details;
        if details.is_empty() {
            return;
        }
        for reserved in details {
            self.template(reserved);
        }
        for (code, text, reserved) in self.reserved_messages(details) {
            let message = if text.value == reserved.value {
                format!("the detail “{text}” is reserved")
            } else {
                format!("`{code}` can produce the detail “{reserved}”, which is reserved")
            };
            self.used_again(&rule::RESERVED_DETAIL, message, text, reserved, "detail");
        }
    }

    fn used_again(
        &mut self,
        rule: &'static Rule,
        message: String,
        again: &Text,
        reserved: &Text,
        what: &str,
    ) {
        let help = format!(
            "choose another {what}; or, if the deleted error is meant to come back, delete the {what} from \
             `reserved`"
        );
        let diagnostic = self.report(rule, message, (again.span, "used again"));
        diagnostic.also((reserved.span, "reserved here")).set_help(help);
    }
}
