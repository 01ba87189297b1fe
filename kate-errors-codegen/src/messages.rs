//! From a text of the file and its parameters to a template.

use std::collections::HashMap;

use kate_errors_model::template::{Part, Piece, Template, parse};
use kate_errors_model::types::Type;

use crate::check::has_readable_values;
use crate::syntax::document::Param;

/// The template that a text is. A placeholder without a parameter is left out; a parameter without a type is a text: both
/// were reported.
pub(crate) fn template(text: &str, params: &[Param]) -> Template<'static> {
    let index = index(params);
    let piece = |part| match part {
        Part::Literal(literal) => Some(Piece::Literal(literal.into())),
        Part::Placeholder(placeholder) => {
            let at = *index.get(placeholder.name.as_str())?;
            let ty = params[at].ty.as_ref().map_or(Type::Text, |ty| ty.value.clone());
            Some(Piece::Placeholder(at, ty))
        }
    };
    Template::new(parse(text).parts.into_iter().filter_map(piece))
}

/// A message of an error that is known by its code: its texts end at whole literals. It is not read if nobody can tell
/// where its values end, which `check` allows if all of them stand beside it.
pub(crate) fn by_code(template: Template<'static>) -> Template<'static> {
    if has_readable_values(&template) { template.with_whole_marks() } else { template.unread() }
}

/// Where the parameters of each name stand: the first of them, if there are several.
pub(crate) fn index(params: &[Param]) -> HashMap<&str, usize> {
    let params = params.iter().enumerate().rev();
    params.map(|(at, param)| (param.name.value.as_str(), at)).collect()
}

/// The template of a context, whose parameters come behind `own` of the error's.
pub(crate) fn behind(mut template: Template<'static>, own: usize) -> Template<'static> {
    for segment in template.segments.to_mut() {
        segment.param += own;
    }
    template
}
