//! Random catalogs, random edits of them, and hostile values.

use std::fmt::Write as _;

use kate_errors_codegen::catalog::Param;
use kate_errors_model::template::CONTEXT_SEPARATOR;
use kate_errors_model::types::{self, Type};

/// A deterministic random number generator.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    pub(super) fn of(&mut self, items: &[&'static str]) -> &'static str {
        items[self.below(items.len())]
    }

    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const LITERALS: &[&str] = &[
    "Job",
    " ",
    " is ",
    ": ",
    CONTEXT_SEPARATOR,
    ".",
    ", ",
    "-",
    "a",
    "0",
    " '",
    "' ",
    " (",
    ")",
    "No job ",
];

/// Returns a type. How often it is a text does not depend on how many types there are.
fn any_type(random: &mut Random) -> &'static str {
    match random.below(16) {
        0..4 => "text",
        4 => "lines",
        5..8 => "word",
        8 => "{ one_of: [a, a b, b, is] }",
        9 => "{ one_of: [a, is] }",
        _ => types::SCALARS[random.below(types::SCALARS.len())].info.name,
    }
}

const VALUES: &[&str] = &[
    "",
    "a",
    "a b",
    "0",
    "-7",
    "1.50",
    "Job",
    "Job is a",
    "is",
    ": ",
    CONTEXT_SEPARATOR,
    "a. ",
    "'",
    "' a",
    ")",
    "a-0",
    "2026-11-26",
    " ",
    " is ",
    "a: 0",
    "b is a",
    "No job a",
    "a\nb",
    "{p0}",
    "\"",
    "007",
    " a ",
];

const SCALARS: &[&str] =
    &["0", "7", "-7", "1234", "18446744073709551615", "1.50", "-0.0", "007.0", "true"];

const ENVELOPES: &[&str] = &[
    "",
    "",
    "",
    "wire: { use: detail_and_code }\n",
    "wire: { use: detail_and_code, identity: code_or_detail }\n",
    "wire: { use: detail_and_code, identity: code }\n",
    "wire: { use: detail_and_code, identity: code_and_detail }\n",
    "wire: { body: { code: \"{code}\", message: \"{detail}\", values: \"{params}\" }, identity: code }\n",
    "wire: { header: { x-code: \"{code}\" } }\n",
    "wire: { body: { code: \"{code}\", message: \"{detail}\", values: \"{params}\" }, identity: code }\n",
    "wire: { body: { code: \"{code}\", message: \"{detail}\", values: \"{params}\" }, identity: code_or_detail }\n",
    "wire: { body: { code: \"{code}\", message: \"{detail}\", p0: \"{p0?}\", beside: \"{beside?}\" }, identity: code }\n",
    "wire: { body: { code: \"{code}\", values: \"{params}\" }, identity: code }\n",
    "wire: { use: detail_and_code, reads: [detail], identity: code }\n",
    "wire: { body: { detail: \"{detail}\", values: \"{params}\" } }\n",
    "wire: { body: { detail: \"{detail}\", p0: \"{p0?}\", beside: \"{beside?}\" }, reads: [detail] }\n",
    "wire: { body: { code: \"{code}\", detail: \"{detail}\", values: \"{params}\" }, identity: code_and_detail }\n",
    "wire: { body: { error: \"{detail}\" }, reads: [detail] }\n",
];

/// Types of a value that is in no message, but only in bodies.
const BESIDE: &[&str] =
    &["text", "u64", "{ type: u64, optional: true }", "{ type: text, optional: true }"];

/// A random error.
#[derive(Clone)]
pub(super) struct Error {
    pub(super) code: String,
    /// Whether responses have no code, if the catalog allows that.
    without_code: bool,
    status: &'static str,
    detail: String,
    /// The names and types of its parameters.
    params: Vec<(String, &'static str)>,
    former: Vec<String>,
    rest: &'static str,
    /// The error of which it is an alias.
    base: Option<String>,
}

#[derive(Clone)]
pub(super) struct Made {
    pub(super) wire: &'static str,
    pub(super) errors: Vec<Error>,
    context: (String, &'static str),
}

fn message(random: &mut Random) -> (String, Vec<(String, &'static str)>) {
    let mut text = random.of(LITERALS).to_owned();
    let mut params = Vec::new();
    for at in 0..random.below(3) {
        let _ = write!(text, "{}{{p{at}}}", random.of(LITERALS));
        params.push((format!("p{at}"), any_type(random)));
    }
    if random.once_in(2) {
        text.push_str(random.of(LITERALS));
    }
    (text.trim().to_owned(), params)
}

fn error(random: &mut Random, code: String) -> Error {
    let (detail, params) = message(random);
    let status = random.of(&["409", "409", "404", "[404, 409]"]);
    let rest = if random.once_in(5) { "context: more" } else { "" };
    let mut params = params;
    if random.once_in(6) {
        params.push(("beside".to_owned(), random.of(BESIDE)));
    }
    // From another sequence, so that there are no others without it.
    let without_code = Random(!random.0).once_in(3);
    Error { code, without_code, status, detail, params, former: Vec::new(), rest, base: None }
}

pub(super) fn catalog(random: &mut Random) -> Made {
    let errors = (0..=random.below(3)).map(|at| error(random, format!("job_{at}"))).collect();
    Made { wire: random.of(ENVELOPES), errors, context: ("Left: {left}".to_owned(), "u64") }
}

/// Returns an edited catalog, with a bias to edits that a comparison calls compatible.
pub(super) fn edited(made: &Made, random: &mut Random) -> Made {
    let mut made = made.clone();
    for _ in 0..=random.below(2) {
        let at = random.below(made.errors.len());
        let fresh = made.errors.len() + 10;
        let error = &mut made.errors[at];
        error.without_code ^= Random(!random.0).once_in(20);
        match random.below(26) {
            0..=2 => {
                let former = error.detail.clone();
                let (detail, _) = message(random);
                let mut detail = detail.replace("{p", "{q");
                for (at, (name, _)) in error.params.iter().enumerate() {
                    let placeholder = format!("{{q{at}}}");
                    if !detail.contains(&placeholder) {
                        let _ = write!(detail, "{}{placeholder}", random.of(LITERALS));
                    }
                    detail = detail.replace(&placeholder, &format!("{{{name}}}"));
                }
                if !detail.contains("{q") {
                    error.detail = detail;
                    if !random.once_in(4) {
                        error.former.push(former);
                    }
                }
            }
            // An instance of an existing message, or a text that contains one.
            15 | 16 => {
                let value = random.of(&["a", "0", "is", "a b"]);
                let detail = error.detail.replace("{p0}", value).replace("{p1}", value);
                let twin =
                    Error { detail, params: Vec::new(), former: Vec::new(), ..error.clone() };
                if random.once_in(2) {
                    made.errors.remove(at);
                }
                made.errors.push(Error { code: format!("job_{fresh}"), ..twin });
            }
            // Another literal after the last value, or none.
            17..=19 => {
                let former = error.detail.clone();
                let end = former.rfind('}').map_or(former.len(), |end| end + 1);
                let more = [random.of(LITERALS), random.of(LITERALS)].concat();
                error.detail = format!("{}{more}", &former[..end]).trim().to_owned();
                error.former.push(former);
            }
            3..=5 => made.errors.push(self::error(random, format!("job_{fresh}"))),
            6 => error.detail.push_str(random.of(LITERALS)),
            7 => {
                error.rest = if random.once_in(2) { "retired: { reason: It is over }" } else { "" }
            }
            8 => error.status = random.of(&["404", "[409, 404]", "409", "[404, 409]"]),
            9 => {
                if let Some((_, ty)) = error.params.first_mut() {
                    *ty = if *ty == "{ one_of: [a, is] }" {
                        "{ one_of: [a, is, b, a b] }"
                    } else {
                        any_type(random)
                    };
                }
            }
            10 => {
                let detail = error.detail.clone();
                error.detail =
                    detail.replace("{p0}", "{x}").replace("{p1}", "{p0}").replace("{x}", "{p1}");
            }
            11 => error.code = format!("job_{}", random.below(fresh)),
            12 | 20 | 21 => made.wire = random.of(ENVELOPES),
            22 | 23 => {
                error.params.retain(|(name, _)| name != "beside");
                if random.once_in(2) {
                    error.params.push(("beside".to_owned(), random.of(BESIDE)));
                }
            }
            24 => {
                let twin = Error {
                    code: format!("job_{fresh}"),
                    detail: String::new(),
                    params: Vec::new(),
                    former: Vec::new(),
                    base: Some(error.code.clone()),
                    ..error.clone()
                };
                made.errors.push(twin);
            }
            25 => {
                for (name, _) in &mut error.params {
                    let before = format!("{{{name}}}");
                    *name = name.replace('p', "r");
                    error.detail = error.detail.replace(&before, &format!("{{{name}}}"));
                }
            }
            13 => {
                made.errors.remove(at);
                let code = format!("job_{}", random.below(4));
                made.errors.push(self::error(random, code));
            }
            _ => made.context = (format!("{}{{left}}", random.of(LITERALS)), any_type(random)),
        }
    }
    made
}

pub(super) fn text(made: &Made) -> String {
    let mut text = format!(
        "catalog: Jobs\n{}statuses:\n  404: {{ name: Not Found, description: Nothing }}\n  409: {{ name: Conflict, \
         description: Not now }}\nallow_warnings: [unused-context, unused-parameter]\n",
        made.wire
    );
    if made.errors.iter().any(|error| error.rest.starts_with("context")) {
        let (context, ty) = &made.context;
        let _ = writeln!(
            text,
            "contexts: {{ more: {{ text: {context:?}, params: {{ left: {ty} }} }} }}"
        );
    }
    text.push_str("sections:\n  - name: Jobs\n    cause: It ended\n    fix: Wait\n    errors:\n");
    for error in &made.errors {
        let params: Vec<String> =
            error.params.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        let Error { code, status, detail, former, rest, base, .. } = error;
        let is_none = error.without_code && made.wire.contains("code_or_detail");
        let code = if is_none { format!("none, name: {code}") } else { code.clone() };
        if let Some(base) = base {
            let _ = writeln!(text, "      - {{ code: {code}, same_as: {base}, status: {status} }}");
            continue;
        }
        let _ = write!(
            text,
            "      - code: {}\n        status: {status}\n        detail: {detail:?}\n        params: {{ {} }}\n        \
             former: {former:?}\n        {rest}\n",
            code.replace(", ", "\n        "),
            params.join(", ")
        );
    }
    text.replace("allow_warnings: [unused-context, unused-parameter]\n", "")
        .replace("        former: []\n", "")
        .replace("        params: {  }\n", "")
}

/// Returns a value of the parameter. Servers mend texts; values of other types are valid.
pub(super) fn value(param: &Param, random: &mut Random) -> String {
    if let Some(choices) = param.choices() {
        return choices.choices[random.below(choices.choices.len())].text.clone();
    }
    let is_text = matches!(param.ty, Type::Text | Type::Word | Type::Lines);
    let value = random.of(if is_text { VALUES } else { SCALARS });
    let is_valid = is_text || param.ty.holds(value);
    if is_valid { value } else { param.ty.info().example }.to_owned()
}
