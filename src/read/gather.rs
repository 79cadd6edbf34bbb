//! What several parts say together, each read for itself.

use crate::model::expression::Expression;

use super::clause::{Clause, Reading};
use super::doubt::Doubt;
use super::sentence::{reading, unread};

/// The parts of a list as they were read.
pub(super) struct Gathered<'t> {
    pub(super) read: Vec<Expression>,
    /// The parts of which nothing was read that can stand here.
    pub(super) left: Vec<Clause<'t>>,
    /// Every part was read whole.
    pub(super) whole: bool,
    pub(super) doubts: Vec<Doubt>,
}

/// Reads each part. Where all of them count, what one needs may stand for it beside the whole sentence; where any does,
/// what is enough for one may.
pub(super) fn gathered<'t>(parts: impl Iterator<Item = Clause<'t>>, all: bool) -> Gathered<'t> {
    let mut found = Gathered { read: Vec::new(), left: Vec::new(), whole: true, doubts: Vec::new() };
    for part in parts {
        let mut own = reading(part);
        if let Some(Reading::Unclear(inner, doubt)) = own {
            found.doubts.push(doubt);
            own = Some(*inner);
        }
        match own {
            Some(Reading::Whole(expression)) => found.read.push(expression),
            Some(Reading::Necessary(expression)) if !all => {
                found.read.push(Expression::AllOf(vec![expression, unread(part)]));
            }
            Some(Reading::Necessary(expression)) => {
                found.whole = false;
                found.read.push(expression);
            }
            Some(Reading::Sufficient(expression)) if !all => {
                found.whole = false;
                found.read.push(expression);
            }
            Some(Reading::Doubtful(doubt)) => {
                found.whole = false;
                found.doubts.push(doubt);
                found.left.push(part);
            }
            Some(Reading::Sufficient(_) | Reading::Unclear(_, _)) | None => {
                found.whole = false;
                found.left.push(part);
            }
        }
    }
    found
}
