//! Rules about names: each must be a valid identifier, and no two may become the same one.

use std::collections::{HashMap, HashSet};

use kate_errors_model::envelope::CodeHeader;
use kate_errors_model::template;

use super::Checker;
use crate::lower::{choice_type, operation_type};
use crate::names;
use crate::rule::{self, Rule};
use crate::source::Span;
use crate::syntax::document::{Identity, Param, Row, Text};

/// Parameter names that are taken by other fields of generated variants.
const RESERVED_PARAMETERS: &[&str] = &["context", "retired"];

/// Types that the generated code of every catalog has.
const BUILT_IN_TYPES: &[&str] = &["Status", "Section"];

/// Identifiers that are taken, with the name and place they come from.
type Taken<'d> = HashMap<String, &'d Text>;

/// The rule that a repeated name breaks, what the name is called, and the verb for it in messages.
type Twice = (&'static Rule, &'static str, &'static str);

const NAME: Twice = (&rule::NAME_COLLISION, "name", "used");

/// Returns the name without `Error` at its end, which is added to it.
fn without_error(name: &str) -> Option<&str> {
    name.strip_suffix("Error").filter(|rest| !rest.is_empty())
}

impl<'d> Checker<'d> {
    pub(super) fn names(&mut self) {
        self.catalog_name();
        let document = self.document;
        let statuses = document.statuses.iter().filter_map(|status| status.name.as_ref());
        self.phrases("status name", NAME, statuses);
        let sections = document.sections.iter().filter_map(|section| section.name.as_ref());
        self.phrases("section name", NAME, sections);
        for param in self.document.params() {
            let choices = (&rule::INVALID_CHOICE, "choice", "listed");
            self.phrases("choice", choices, param.choices.iter());
        }
        self.row_names();
        self.param_names();
        self.type_names();
    }

    fn catalog_name(&mut self) {
        let Some(name) = &self.document.catalog else { return };
        if !names::is_upper_camel_case(&name.value) {
            let message = format!("the catalog name `{name}` is not an UpperCamelCase identifier");
            let label = (name.span, "names the enum, as `Kate` names `KateError`");
            let help = match names::identifier_of_phrase(&name.value) {
                Some(better) => format!("write `{}`", without_error(&better).unwrap_or(&better)),
                None => "write ASCII letters and digits, such as `Kate`".to_owned(),
            };
            self.report(&rule::INVALID_NAME, message, label).set_help(help);
        } else if names::is_keyword(&name.value) {
            self.keyword(name, &name.value);
        } else if let Some(short) = without_error(&name.value) {
            let message = format!("the catalog name `{name}` ends with `Error`");
            let label = (name.span, format!("names the enum `{name}Error`"));
            let help = format!("write `{short}`: `Error` is added to it");
            self.report(&rule::INVALID_NAME, message, label).set_help(help);
        }
    }

    /// Checks phrases that become the variants of one enum. `what` describes one of them in messages.
    fn phrases(&mut self, what: &str, twice: Twice, phrases: impl Iterator<Item = &'d Text>) {
        let mut taken = Taken::new();
        for phrase in phrases {
            let Some(variant) = names::identifier_of_phrase(&phrase.value) else {
                let message = format!("the {what} `{phrase}` cannot become an identifier");
                let rule = if twice == NAME { &rule::INVALID_NAME } else { twice.0 };
                let label = (phrase.span, "must be ASCII words that begin with a letter");
                self.report(rule, message, label);
                continue;
            };
            if names::is_keyword(&variant) {
                self.keyword(phrase, &variant);
            }
            self.take(&mut taken, variant, phrase, twice);
        }
    }

    /// Checks codes, and the names of errors.
    fn row_names(&mut self) {
        let (mut codes, mut taken) = (HashMap::new(), Taken::new());
        for row in self.document.rows() {
            if let Some(none) = row.without_code {
                self.without_code(row, none, &mut taken);
                continue;
            }
            let Some(code) = &row.code else { continue };
            let sent = |group| (code.value.as_str(), group);
            let groups = self.groups(row);
            if let Some(first) = groups.iter().find_map(|it| codes.get(&sent(*it)).copied()) {
                let message = format!("the code `{code}` is used twice");
                let help = match self.document.identity() {
                    Identity::Code => Some(
                        "give one of the errors another code or status; or let code and message tell errors \
                         apart: `identity: code_and_detail` in `wire`",
                    ),
                    Identity::CodeAndDetail => Some("give each of the errors a `name` of its own"),
                    Identity::Detail | Identity::CodeOrDetail => None,
                };
                self.report(&rule::DUPLICATE_CODE, message, (code.span, "again here"))
                    .also((first, "first here"))
                    .help_if(help.map(str::to_owned));
                continue;
            }
            codes.extend(groups.into_iter().map(|group| (sent(group), code.span)));
            self.code_in_header(code);
            self.row_name(row, code, &mut taken);
        }
    }

    /// Checks an error with `code: none`. Its name stands for the code, so no other error has it as its code.
    fn without_code(&mut self, row: &'d Row, none: Span, taken: &mut Taken<'d>) {
        if self.document.identity() != Identity::CodeOrDetail {
            let message =
                "only catalogs with `identity: code_or_detail` have errors without a code";
            self.report(&rule::WITHOUT_CODE, message, (none, "no code"));
        } else if let Some(name) = &row.name {
            let code = self.by_code.get(name.value.as_str()).and_then(|row| row.code.as_ref());
            if let Some(code) = code {
                let message = format!("the name `{name}` of an error without a code is a code");
                self.report(&rule::WITHOUT_CODE, message, (name.span, "stands for its code"))
                    .also((code.span, "the code of another error"))
                    .set_help("give the error without a code another name");
            }
            self.row_name(row, name, taken);
        } else if row.field("name").is_none() {
            let message = "the error has neither a code nor a name";
            self.report(&rule::WITHOUT_CODE, message, (none, "no code"));
        }
    }

    /// Returns what distinguishes errors with the same code: their statuses if the code is the identity, or
    /// only their names if code and message are the identity together.
    fn groups(&self, row: &'d Row) -> Vec<(u16, &'d str)> {
        let (identity, mut groups) = (self.document.identity(), Vec::new());
        if identity == Identity::CodeAndDetail {
            groups.push((0, row.key.as_ref().map_or("", |key| &key.value)));
        } else if let Some(base) = self.bases.of(row).filter(|_| identity.is_by_code()) {
            groups.extend(base.status.iter().map(|status| (status.value, "")));
        }
        if groups.is_empty() {
            groups.push((0, ""));
        }
        groups
    }

    fn row_name(&mut self, row: &'d Row, code: &'d Text, taken: &mut Taken<'d>) {
        let Some(key) = &row.key else {
            if row.field("name").is_none() {
                let message = format!("the code `{code}` cannot be converted to a name");
                let label = (
                    code.span,
                    if code.value.is_ascii() { "neither letters nor digits" } else { "not ASCII" },
                );
                self.report(&rule::INVALID_NAME, message, label)
                    .set_help("give the error a name: `name: …`, in snake_case");
            }
            return;
        };
        let written = row.name.as_ref().unwrap_or(code);
        // A name derived from a code is valid, unless it is the code itself.
        let what = if row.name.is_some() { "name" } else { "code" };
        if written.value == key.value && !self.snake_case(what, written, |_| false) {
            return;
        }
        let variant = names::upper_camel_case(&key.value);
        if names::is_keyword(&variant) {
            self.keyword(written, &variant);
        }
        let diagnostics = self.diagnostics.len();
        self.take(taken, variant, written, NAME);
        // Codes need not change, since errors can have names of their own.
        if let Some(collision) = self.diagnostics.get_mut(diagnostics) {
            collision.set_help("give one of the two another name: `name: …`, or another code");
        }
    }

    /// Reports a code that the header field with the code cannot contain.
    fn code_in_header(&mut self, code: &Text) {
        let Some((header, _)) = self.document.header() else { return };
        if !CodeHeader::can_hold(&code.value) {
            let message = format!("the code `{code}` cannot be sent in the header `{header}`");
            self.report(&rule::INVALID_CODE, message, (code.span, "not ASCII"));
        }
    }

    fn param_names(&mut self) {
        let of_contexts = self.document.contexts.iter().map(|it| (&it.params, &it.text));
        let of_rows = self.document.rows().map(|it| (&it.params, &it.detail));
        for (params, text) in of_contexts.chain(of_rows) {
            let parsed = text.as_ref().map(|text| template::parse(&text.value));
            let used = parsed.iter().flat_map(template::Parsed::placeholders);
            let used: HashSet<&str> = used.map(|it| it.name.as_str()).collect();
            let declared: HashSet<&str> = params.iter().map(|it| it.name.value.as_str()).collect();
            for Param { name, .. } in params {
                // If only the placeholder has the better name, it is this parameter that is meant.
                let is_used = used.contains(name.value.as_str());
                let is_taken =
                    |better: &str| declared.contains(better) || is_used && used.contains(better);
                if self.snake_case("parameter", name, is_taken)
                    && RESERVED_PARAMETERS.contains(&name.value.as_str())
                {
                    let message = format!("no parameter can be called `{name}`");
                    let label = (name.span, "the generated variants have a field of this name");
                    self.report(&rule::RESERVED_NAME, message, label);
                }
            }
        }
        self.member_names();
        for context in &self.document.contexts {
            self.snake_case("context", &context.name, |_| false);
        }
        for operation in &self.document.operations {
            self.snake_case("operation", &operation.name, |_| false);
        }
    }

    /// Checks the names of members in the object of all values: a body has one of each.
    fn member_names(&mut self) {
        for row in self.document.rows() {
            let params = || row.params.iter().chain(self.params_of_context(row));
            if params().all(|param| param.member.is_none()) {
                continue;
            }
            let members = params().map(|param| (&*param.member().value, param.member().span));
            self.repeated(&rule::NAME_COLLISION, members, |name, _| {
                format!("the member `{name}` has two values")
            });
        }
    }

    /// Whether a name is `snake_case` and not a keyword. Reports it if not, and proposes a name that is not taken.
    fn snake_case(&mut self, what: &str, name: &Text, is_taken: impl Fn(&str) -> bool) -> bool {
        if !names::is_snake_case(&name.value) {
            let message = format!("the {what} `{name}` is not a snake_case identifier");
            let help = match names::snake_case_or_keyword(&name.value) {
                Some(better) if names::is_keyword(&better) => {
                    format!(
                        "choose another name: in snake_case, it is `{better}`, a keyword in Rust"
                    )
                }
                Some(better) if is_taken(&better) => {
                    format!("choose another name: `{better}` is used here too")
                }
                Some(better) => format!("write `{better}`"),
                None => "use lower-case ASCII letters, digits and `_`, beginning with a letter"
                    .to_owned(),
            };
            self.report(&rule::INVALID_NAME, message, (name.span, "not snake_case")).set_help(help);
            return false;
        }
        if names::is_keyword(&name.value) {
            self.keyword(name, &name.value);
            return false;
        }
        true
    }

    fn keyword(&mut self, name: &Text, identifier: &str) {
        let message = if name.value == identifier {
            format!("`{identifier}` is a keyword in Rust")
        } else {
            format!("`{name}` becomes `{identifier}`, a keyword in Rust")
        };
        self.report(&rule::KEYWORD, message, (name.span, "a keyword"));
    }

    /// Checks names that become types next to the error enum.
    fn type_names(&mut self) {
        let mut taken = Taken::new();
        if let Some(name) = &self.document.catalog {
            for suffix in ["Error", "ErrorCode"] {
                taken.insert(format!("{name}{suffix}"), name);
            }
        }
        for context in &self.document.contexts {
            let type_name = names::upper_camel_case(&context.name.value);
            self.take_type(&mut taken, type_name.clone(), &context.name);
            self.choice_types(&mut taken, &type_name, &context.params);
        }
        let mut seen = HashSet::new();
        for row in self.document.rows() {
            let Some(key) = &row.key else { continue };
            let type_name = names::upper_camel_case(&key.value);
            // A collision of two names was already reported, so collisions of their types would repeat it.
            if seen.insert(type_name.clone()) {
                self.choice_types(&mut taken, &type_name, &row.params);
            }
        }
        for operation in &self.document.operations {
            let name = &operation.name;
            self.take_type(&mut taken, operation_type(&name.value), name);
        }
    }

    fn choice_types(&mut self, taken: &mut Taken<'d>, owner: &str, params: &'d [Param]) {
        for param in params.iter().filter(|param| !param.choices.is_empty()) {
            self.take_type(taken, choice_type(owner, &param.name.value), &param.name);
        }
    }

    /// Claims the identifier of a type, unless every catalog defines this type.
    fn take_type(&mut self, taken: &mut Taken<'d>, identifier: String, name: &'d Text) {
        if BUILT_IN_TYPES.contains(&identifier.as_str()) {
            let message = format!("`{name}` becomes `{identifier}`, which every catalog defines");
            let label = (name.span, format!("becomes `{identifier}`"));
            self.report(&rule::RESERVED_NAME, message, label);
        } else {
            self.take(taken, identifier, name, NAME);
        }
    }

    /// Claims an identifier, or reports which name already has it.
    fn take(&mut self, taken: &mut Taken<'d>, identifier: String, name: &'d Text, twice: Twice) {
        let Some(first) = taken.get(&identifier) else {
            taken.insert(identifier, name);
            return;
        };
        if first.value == name.value {
            let (rule, what, done) = twice;
            let message = format!("the {what} `{name}` is {done} twice");
            self.report(rule, message, (name.span, "again here")).also((first.span, "first here"));
            return;
        }
        let message = format!("`{name}` and `{first}` both become `{identifier}`");
        let second = (name.span, format!("becomes `{identifier}`"));
        let first = (first.span, format!("so does `{first}`"));
        self.report(&rule::NAME_COLLISION, message, second).also(first);
    }
}
