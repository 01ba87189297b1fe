//! Classes of HTTP errors, and how an error of a class responds.

use crate::Reason;
use crate::bodies::Sent;
use crate::frameworks::{self, Kind, Known};
use crate::package::Symbol;
use crate::syntax::{self, Argument, Class, Function, Statement};
use crate::values::{Arguments, Cases, Frame, Value, each, fixed, single, unknown};
use crate::walk::{all, has_status, is_status};

/// The maximum number of a class's ancestors.
const MAX_ANCESTORS: usize = 64;

/// The maximum number of statements of a function that is followed for its result, and the maximum nesting of
/// such calls.
const MAX_STATEMENTS: usize = 10;
const MAX_FOLLOWED: usize = 3;

/// Names for the status of a response in error classes of applications.
const STATUSES: [&str; 5] = ["code", "http_status", "status", "status_code", "http_status_code"];

/// The response of an error, before it is put together.
pub(crate) struct Outcome<'a> {
    pub(crate) status: Cases<'a>,
    /// `Nothing` if the text follows from the status.
    pub(crate) detail: Cases<'a>,
    pub(crate) code: Option<Cases<'a>>,
    pub(crate) headers: Option<Cases<'a>>,
    pub(crate) sent: Sent,
}

/// What creates an error: a class of the package, or a class or function of a framework.
pub(crate) enum Maker<'a> {
    Own(&'a Class<'a>),
    Known(Known),
}

impl<'a> Maker<'a> {
    /// Returns the error class of a framework with this path.
    fn of_framework(path: &str) -> Option<Self> {
        frameworks::known(path).filter(|known| !known.kind.is_function()).map(Self::Known)
    }

    /// Returns the class, if it is one of the package.
    pub(crate) fn own(&self) -> Option<&'a Class<'a>> {
        match self {
            Self::Own(class) => Some(*class),
            Self::Known(_) => None,
        }
    }

    /// Returns its kind, if it belongs to a framework.
    pub(crate) fn kind(&self) -> Option<Kind> {
        match self {
            Self::Own(_) => None,
            Self::Known(known) => Some(known.kind),
        }
    }
}

impl<'a> Frame<'_, 'a> {
    /// Returns the HTTP error class of a symbol, if it is one.
    pub(crate) fn error_class(&self, symbol: &Symbol<'a>) -> Option<Maker<'a>> {
        match symbol {
            Symbol::External(path) => Maker::of_framework(path),
            Symbol::Class(class) => {
                let is_known = |ancestor: &Maker<'_>| matches!(ancestor, Maker::Known(_));
                self.ancestors(class).iter().any(is_known).then_some(Maker::Own(class))
            }
            _ => None,
        }
    }

    /// Returns a class and its ancestors, approximately in Python's method resolution order.
    pub(crate) fn ancestors(&self, class: &'a Class<'a>) -> Vec<Maker<'a>> {
        let mut ancestors = Vec::new();
        let mut open = vec![Maker::Own(class)];
        while let Some(next) = open.pop().filter(|_| ancestors.len() < MAX_ANCESTORS) {
            if let Maker::Own(class) = &next {
                let Some(frame) = self.call(class.module) else { break };
                for base in class.bases.iter().rev() {
                    for case in frame.eval(base).iter() {
                        match &case.value {
                            Value::Symbol(Symbol::Class(base)) => open.push(Maker::Own(base)),
                            Value::Symbol(Symbol::External(path)) => {
                                open.extend(Maker::of_framework(path));
                            }
                            _ => {}
                        }
                    }
                }
            }
            ancestors.push(next);
        }
        ancestors
    }

    /// Returns what a class or its ancestors define under a name.
    pub(crate) fn member(&self, class: &'a Class<'a>, name: &str) -> Option<Cases<'a>> {
        self.inherited(class, name).map(|symbol| self.symbol(symbol))
    }

    fn inherited(&self, class: &'a Class<'a>, name: &str) -> Option<Symbol<'a>> {
        let member = |class| self.package.member(class, name);
        member(class)
            .or_else(|| self.ancestors(class).iter().filter_map(Maker::own).find_map(member))
    }

    /// Returns how an error that is created with these arguments responds: several outcomes if its `__init__`
    /// has branches.
    pub(crate) fn outcomes(
        &self,
        maker: &Maker<'a>,
        arguments: &Arguments<'a>,
    ) -> Result<Vec<Outcome<'a>>, Reason> {
        match maker {
            Maker::Known(known) => Ok(vec![self.known_outcome(*known, arguments, None)?]),
            Maker::Own(class) => self.own_outcomes(class, &self.ancestors(class), arguments),
        }
    }

    fn own_outcomes(
        &self,
        class: &'a Class<'a>,
        ancestors: &[Maker<'a>],
        arguments: &Arguments<'a>,
    ) -> Result<Vec<Outcome<'a>>, Reason> {
        for (index, ancestor) in ancestors.iter().enumerate() {
            match ancestor {
                Maker::Known(known) => {
                    return Ok(vec![self.known_outcome(*known, arguments, Some(class))?]);
                }
                Maker::Own(own) => {
                    if let Some(Symbol::Function(init)) = self.package.member(own, "__init__") {
                        return self.initialized(class, init, &ancestors[index + 1..], arguments);
                    }
                }
            }
        }
        Err(Reason::Computed(class.name.to_owned()))
    }

    /// Runs `__init__` and follows its calls of the next `__init__`.
    fn initialized(
        &self,
        class: &'a Class<'a>,
        init: &'a Function<'a>,
        ancestors: &[Maker<'a>],
        arguments: &Arguments<'a>,
    ) -> Result<Vec<Outcome<'a>>, Reason> {
        let computed = || Reason::Computed(format!("{}.__init__", class.name));
        let mut frame = self.initialize(class, init, arguments).ok_or_else(computed)?;
        let mut outcomes = Vec::new();
        for call in std::mem::take(&mut frame.walk.super_calls) {
            outcomes.extend(self.own_outcomes(class, ancestors, &call)?);
        }
        let set = |name: &str| frame.variables.get(name).cloned();
        if let ([], Some(status), Some(detail)) =
            (outcomes.as_slice(), set("self.status_code"), set("self.detail"))
        {
            let headers = set("self.headers");
            outcomes.push(Outcome { status, detail, code: None, headers, sent: Sent::Detail });
        }
        for outcome in &mut outcomes {
            outcome.status = set("self.status_code").unwrap_or_else(|| outcome.status.clone());
            outcome.detail = set("self.detail").unwrap_or_else(|| outcome.detail.clone());
        }
        if outcomes.is_empty() { Err(computed()) } else { Ok(outcomes) }
    }

    /// Runs `__init__`.
    pub(crate) fn initialize(
        &self,
        class: &'a Class<'a>,
        init: &'a Function<'a>,
        arguments: &Arguments<'a>,
    ) -> Option<Self> {
        let mut frame = self.call(init.module)?;
        frame.this = Some(class);
        let mut arguments = arguments.clone();
        arguments.positions.insert(0, unknown(Reason::Variable("self".to_owned())));
        frame.bind(init, &arguments);
        frame.run(&init.body);
        Some(frame)
    }

    /// Whether an error class of the package has the status of a response: in its arguments, in its class, or in what
    /// `__init__` passes on.
    pub(crate) fn has_status(&self, class: &'a Class<'a>, arguments: &Arguments<'a>) -> bool {
        let is_one = |cases: Cases<'a>| cases.iter().any(is_status);
        if has_status(arguments)
            || STATUSES.iter().filter_map(|name| self.member(class, name)).any(is_one)
        {
            return true;
        }
        let Some(Symbol::Function(init)) = self.inherited(class, "__init__") else { return false };
        let Some(frame) = self.initialize(class, init, arguments) else { return false };
        let set = |name: &&str| frame.variables.get(format!("self.{name}").as_str()).cloned();
        frame.walk.super_calls.iter().any(has_status) || STATUSES.iter().filter_map(set).any(is_one)
    }

    /// Returns how an error of a framework responds. `class` is the package's class derived from it.
    fn known_outcome(
        &self,
        known: Known,
        arguments: &Arguments<'a>,
        class: Option<&'a Class<'a>>,
    ) -> Result<Outcome<'a>, Reason> {
        let argument = |name: &str| {
            arguments.get(name, known.parameters.iter().position(|parameter| *parameter == name))
        };
        let default = |name: &str| self.member(class?, name);
        let number = |status: u16| single(Value::Number(i64::from(status)));
        let has_rest_framework = self.package.rest[self.module];
        let sent = known.sent(has_rest_framework);
        let missing = || unknown(Reason::Variable("status_code".to_owned()));
        let (status, detail) = match known.kind {
            Kind::Http => {
                // What the class defines is replaced by the arguments, also by missing ones.
                let status = argument("status_code").unwrap_or_else(missing);
                let detail = argument("detail").or_else(|| argument("message"));
                (status, detail.unwrap_or_else(|| single(Value::Nothing)))
            }
            Kind::Validation => return Err(Reason::Validation),
            Kind::Rest { status, default: text } => {
                if argument("wait").is_some() {
                    return Err(Reason::FrameworkText);
                }
                let text = default("default_detail").unwrap_or_else(|| fixed(text));
                let text = match known.parameters {
                    // The default texts of DRF with a value.
                    [name @ ("method" | "media_type"), ..] => {
                        each(&text, |text| Self::filled(text, name, argument(name)))
                    }
                    _ => text,
                };
                let detail = argument("detail").unwrap_or_else(|| single(Value::Nothing));
                let detail = each(&detail, |detail| match detail {
                    Value::Nothing => text.clone(),
                    detail => single(detail.clone()),
                });
                (default("status_code").unwrap_or_else(|| number(status)), detail)
            }
            Kind::Django { status, default } => match argument("detail") {
                Some(detail) => (number(status), detail),
                None if has_rest_framework => (number(status), fixed(default)),
                None => return Err(Reason::FrameworkText),
            },
            Kind::Werkzeug { status } => {
                let detail = argument("description").or_else(|| default("description"));
                (
                    default("code").or_else(|| status.map(number)).unwrap_or_else(missing),
                    detail.ok_or(Reason::FrameworkText)?,
                )
            }
            Kind::Abort { .. } => {
                let status = argument("status").unwrap_or_else(missing);
                let text = argument(known.parameters[1]);
                (status, text.ok_or(Reason::FrameworkText)?)
            }
            Kind::Response { status } => return Self::response(status, &argument),
            Kind::Partial => return Err(Reason::Partial),
        };
        let code = match known.kind {
            Kind::Rest { .. } => argument("code").or_else(|| default("default_code")),
            _ => None,
        };
        let headers = argument("headers");
        Ok(Outcome { status, detail, code, headers, sent })
    }

    fn response(
        status: u16,
        argument: &dyn Fn(&str) -> Option<Cases<'a>>,
    ) -> Result<Outcome<'a>, Reason> {
        let given = argument("status").or_else(|| argument("status_code"));
        let mut contents = ["content", "data", "response"].into_iter().filter_map(argument);
        let content = contents.next().ok_or(Reason::OtherBody)?;
        let detail = each(&content, |content| match content {
            Value::Dict(_) => single(content.clone()),
            _ => unknown(Reason::OtherBody),
        });
        Ok(Outcome {
            status: given.unwrap_or_else(|| single(Value::Number(i64::from(status)))),
            detail,
            code: None,
            headers: argument("headers"),
            sent: Sent::Body,
        })
    }

    /// Returns the result of a small function of the package, which is called as `function`.
    pub(crate) fn returned(
        &self,
        function: &'a syntax::Expr<'a>,
        callee: &'a Function<'a>,
        arguments: &'a [Argument<'a>],
    ) -> Option<Cases<'a>> {
        let body = &callee.body;
        if self.calls >= MAX_FOLLOWED || !is_small(body, MAX_STATEMENTS) {
            return None;
        }
        let mut frame = self.call(callee.module)?;
        frame.this = self.receiver(function);
        frame.bind(callee, &self.arguments_of(function, callee, arguments));
        let ends = frame.run(body);
        let returns = std::mem::take(&mut frame.walk.returns);
        let is_text = |case: &crate::values::Case<'a>| !matches!(case.value, Value::Unknown(..));
        if ends || !returns.iter().any(|cases| cases.iter().any(is_text)) {
            return None;
        }
        match returns.as_slice() {
            [one] => Some(one.clone()),
            _ => Some(frame.union(0, "return", returns.into_iter().enumerate())),
        }
    }

    /// Returns the arguments of `super().__init__(…)` or `Base.__init__(self, …)`.
    pub(crate) fn super_arguments(&self, expr: &'a syntax::Expr<'a>) -> Option<Arguments<'a>> {
        let syntax::Kind::Call(function, arguments) = &expr.kind else { return None };
        let syntax::Kind::Attribute(owner, "__init__") = &function.kind else { return None };
        let is_super = matches!(&owner.kind, syntax::Kind::Call(name, _) if name.text == "super");
        Some(self.arguments(if is_super { arguments } else { arguments.get(1..)? }))
    }
}

impl Known {
    fn sent(self, has_rest_framework: bool) -> Sent {
        match self.kind {
            Kind::Abort { sends_message: true } => Sent::Message,
            Kind::Werkzeug { .. } | Kind::Abort { .. } => Sent::Page,
            Kind::Django { .. } if !has_rest_framework => Sent::Page,
            Kind::Django { .. } | Kind::Rest { .. } => Sent::DetailOrBody,
            // Django Ninja converts it to a text.
            Kind::Http if self.parameters.contains(&"message") => Sent::DetailText,
            _ => Sent::Detail,
        }
    }
}

/// Whether a function has at most `most` statements, including those in its branches.
pub(crate) fn is_small(body: &[Statement<'_>], most: usize) -> bool {
    all(body, Statement::blocks).nth(most).is_none()
}
