//! Ages that nobody has.

use crate::model::expression::{Bound, Expression};
use crate::model::record::Subject;

use super::bounds::apart;
use super::clause::Reading;

/// "Younger than 6 months and older than 80 years" excludes either: nobody is both.
pub(super) fn either_age(read: Reading, excludes: bool) -> Reading {
    let Reading::Whole(both @ Expression::AllOf(parts)) = &read else { return read };
    let ages = excludes && parts.len() == 2 && parts.iter().all(|part| aged(part).is_some());
    if ages && at_odds(both) { Reading::Whole(Expression::AnyOf(parts.clone())) } else { read }
}

/// "19 to 70 … 1 to 7", "< 8 months … ≥ 8 months": no value meets both.
pub(super) fn at_odds(read: &Expression) -> bool {
    let mut ages = Vec::new();
    let Expression::AllOf(parts) = read else { return false };
    for part in parts {
        if let Expression::AllOf(inner) = part {
            ages.extend(inner.iter().filter_map(aged));
        } else {
            ages.extend(aged(part));
        }
    }
    let apart = |(low, _): &(Option<&Bound>, Option<&Bound>), (_, high): &(Option<&Bound>, Option<&Bound>)| {
        low.zip(*high).is_some_and(|(low, high)| apart(low, high))
    };
    ages.iter().any(|one| ages.iter().any(|other| apart(one, other)))
}

/// The bounds of an age.
fn aged(part: &Expression) -> Option<(Option<&Bound>, Option<&Bound>)> {
    let Expression::Compare(compare) = part else { return None };
    let own = compare.subject == Subject::concept("age");
    own.then_some((compare.low.as_ref(), compare.high.as_ref()))
}
