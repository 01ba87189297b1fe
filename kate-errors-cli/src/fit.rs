//! Parameters of a catalog as the runtime library has them: it knows which values they can hold.

use kate_errors::template::{Kind, Param as RuntimeParam, Piece, Template};
use kate_errors_codegen::catalog::{Param, ParamKind};

/// The texts of a `one_of`; nothing for other types.
pub(crate) fn choices(param: &Param) -> Vec<&str> {
    match &param.kind {
        ParamKind::OneOf(choices) => choices.choices.iter().map(|it| it.text.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// The parameter, with its [`choices`].
pub(crate) fn runtime_param<'p>(param: &'p Param, choices: &'p [&'p str]) -> RuntimeParam<'p> {
    let kind = match &param.kind {
        ParamKind::U64 => Kind::U64,
        ParamKind::I64 => Kind::I64,
        ParamKind::Word => Kind::Word,
        ParamKind::Text { ends_at } => Kind::Text(*ends_at),
        ParamKind::OneOf(_) => Kind::OneOf(choices),
    };
    RuntimeParam { name: &param.name, kind, sensitive: param.sensitive }
}

/// Whether a parameter can hold `value`.
pub(crate) fn fits(param: &Param, value: &str) -> bool {
    let choices = choices(param);
    let params = [runtime_param(param, &choices)];
    Template { pieces: &[Piece::Hole(0)], params: &params }.read(value).is_some()
}
