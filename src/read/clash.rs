//! Bounds of which nobody can meet both: a heading for some of the people was missed, and it is asked which they are.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::criterion::{Category, Criterion};
use crate::model::expression::{Bound, Compare, Expression};
use crate::model::record::Subject;

use super::bounds::{about_days, apart, below};
use super::doubt::ask_for_whom;

/// What is compared with what: one subject at one time, in units that can be told apart.
type Measured<'a> = (&'a Subject, String);

/// The tightest bound that a value must be over, and the tightest that it must be under.
type Ends<'a> = (Option<&'a Bound>, Option<&'a Bound>);

/// Leaves bounds that stand against each other to a question in words.
pub(super) fn ask(criteria: &mut [Criterion], diagnostics: &mut Vec<Diagnostic>) {
    for place in clashing(criteria) {
        let Some(criterion) = criteria.get_mut(place) else { continue };
        let problem = |text: &str| format!("nobody can meet {text} and all else that the same list asks for");
        ask_for_whom(criterion, problem, diagnostics);
    }
}

/// The places of criteria that stand against another one, or against themselves.
fn clashing(criteria: &[Criterion]) -> Vec<usize> {
    let included = |criterion: &Criterion| criterion.category == Category::Inclusion && criterion.cohorts.is_empty();
    let needed: Vec<(usize, Vec<&Compare>)> = criteria
        .iter()
        .enumerate()
        .filter(|(_, criterion)| included(criterion))
        .map(|(place, criterion)| (place, needed(&criterion.expression)))
        .collect();
    let mut ends: BTreeMap<Measured<'_>, Ends<'_>> = BTreeMap::new();
    for compare in needed.iter().flat_map(|(_, compares)| compares) {
        let (low, high) = ends.entry(measured(compare)).or_default();
        let (own_low, own_high) = (compare.low.as_ref(), compare.high.as_ref());
        *low = own_low.filter(|own| low.is_none_or(|low| is_below(low, own) || is_level(low, own))).or(*low);
        *high = own_high.filter(|own| high.is_none_or(|high| is_below(own, high) || is_level(high, own))).or(*high);
    }
    let clashes = |compare: &&Compare| {
        ends.get(&measured(compare)).is_some_and(|(low, high)| {
            let against = |(low, high): (&Bound, &Bound)| apart(low, high);
            compare.low.as_ref().zip(*high).is_some_and(against) || low.zip(compare.high.as_ref()).is_some_and(against)
        })
    };
    needed.iter().filter(|(_, compares)| compares.iter().any(clashes)).map(|(place, _)| *place).collect()
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

fn measured(compare: &Compare) -> Measured<'_> {
    let unit = compare.low.as_ref().or(compare.high.as_ref()).and_then(|bound| bound.unit.as_deref());
    let unit = unit.filter(|unit| about_days(unit).is_none());
    (&compare.subject, format!("{unit:?} {:?} {:?}", compare.window, compare.select))
}

/// The same value, which the other leaves out.
fn is_level(one: &Bound, other: &Bound) -> bool {
    one.value == other.value && one.unit == other.unit && !other.inclusive
}

/// Its value is the lower one.
fn is_below(one: &Bound, other: &Bound) -> bool {
    below((one.value, one.unit.as_deref()), (other.value, other.unit.as_deref()))
}
