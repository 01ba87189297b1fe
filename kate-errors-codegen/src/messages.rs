//! Converts a text of the file and its parameters to a template.

use std::collections::HashMap;

use kate_errors_model::template::{Part, Piece, Template, parse};
use kate_errors_model::types::Type;

use crate::check::has_readable_values;
use crate::syntax::document::Param;

/// Returns the template of a text. Placeholders without a parameter are left out, and parameters without a type
/// are texts: both were reported.
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

/// Returns the template of a message whose error is identified by its code: texts end at the whole literals
/// after them. If members have all values, messages contain them unaltered, and a message from which values
/// cannot be read is allowed.
pub(crate) fn by_code(template: Template<'static>, is_beside: bool) -> Template<'static> {
    if !is_beside {
        template.with_whole_marks()
    } else if has_readable_values(&template) {
        template.with_values_beside()
    } else {
        template.unread()
    }
}

/// Returns the index of the parameter with each name: the first one if several have the same name.
pub(crate) fn index(params: &[Param]) -> HashMap<&str, usize> {
    let params = params.iter().enumerate().rev();
    params.map(|(at, param)| (param.name.value.as_str(), at)).collect()
}

/// Returns the template of a context, whose parameters follow `own` parameters of the error.
pub(crate) fn behind(mut template: Template<'static>, own: usize) -> Template<'static> {
    for segment in template.segments.to_mut() {
        segment.param += own;
    }
    template
}
