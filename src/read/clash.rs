//! Criteria of which nobody can meet both: a heading for some of the people was missed, and it is asked which they are.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::criterion::{Category, Criterion};
use crate::model::expression::{Compare, Expression, Unread};

use super::bounds::apart;

/// Leaves bounds that stand against each other to a question in words.
pub(super) fn ask(criteria: &mut [Criterion], diagnostics: &mut Vec<Diagnostic>) {
    let included = |criterion: &&Criterion| criterion.category == Category::Inclusion && criterion.cohorts.is_empty();
    let needed: Vec<(String, Vec<Compare>)> = criteria
        .iter()
        .filter(included)
        .map(|criterion| (criterion.id.clone(), needed(&criterion.expression).into_iter().cloned().collect()))
        .collect();
    let clashing: Vec<&String> = needed
        .iter()
        .filter(|(id, own)| {
            let against = |(other, bounds): &(String, Vec<Compare>)| {
                other != id && own.iter().any(|one| bounds.iter().any(|other| above(one, other) || above(other, one)))
            };
            needed.iter().any(against)
        })
        .map(|(id, _)| id)
        .collect();
    for criterion in criteria.iter_mut().filter(|criterion| clashing.contains(&&criterion.id)) {
        let Some(text) = criterion.text.values().next().map(|words| words.full.clone()) else { continue };
        let span = criterion.source.span;
        let problem = Diagnostic::warning(
            Code::UnclearScope,
            format!("nobody can meet both {} and another criterion of the same list", quoted(&text)),
            "say for whom of the people each of them is; it is asked as it stands until then",
        );
        diagnostics.extend(span.map(|span| problem.at(span)));
        criterion.expression = Expression::Unread(Unread { id: criterion.id.clone(), text, span });
    }
}

/// What is compared, and must hold for everybody.
fn needed(read: &Expression) -> Vec<&Compare> {
    match read {
        Expression::Compare(compare) => vec![compare],
        Expression::AllOf(parts) => parts.iter().flat_map(needed).collect(),
        Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => Vec::new(),
    }
}

/// The one lies above the other.
fn above(high: &Compare, low: &Compare) -> bool {
    let same = high.subject == low.subject && high.window == low.window && high.select == low.select;
    same && high.low.as_ref().zip(low.high.as_ref()).is_some_and(|(from, to)| apart(from, to))
}
