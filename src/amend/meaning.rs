//! What a criterion asks, and its words, in a form in which two can be compared.

use crate::model::criterion::Criterion;
use crate::model::decimal::Decimal;
use crate::model::expression::{AtLeast, Bound, Conditional, Expression};
use crate::model::quantity::Conversion;
use crate::model::record::Subject;
use crate::model::unit::{BoundUnit, Substance};
use crate::model::window::{Duration, TimeUnit, Window};

/// A criterion with its words folded and its expression in one form.
pub(super) struct Meaning<'t> {
    pub(super) criterion: &'t Criterion,
    /// Its words by language, letters and digits and what has a meaning between them.
    pub(super) words: Vec<(&'t str, String)>,
    /// Its expression in one form, as text that two can be compared by; none where a part is not computed.
    pub(super) form: Option<String>,
    /// The keys of what it is about.
    pub(super) subjects: Vec<String>,
}

impl<'t> Meaning<'t> {
    pub(super) fn of(criterion: &'t Criterion) -> Meaning<'t> {
        let words = criterion.text.iter().map(|(tag, text)| (tag.as_str(), folded(&text.full))).collect();
        let leaves = criterion.expression.leaves();
        let computed = leaves.iter().all(|leaf| !is_said(leaf));
        let named = |leaf: &&Expression| match leaf.subject() {
            Some(subject @ (Subject::Concept(_) | Subject::Text(_) | Subject::Ratio(_))) => Some(subject.key()),
            Some(Subject::Judgement(_) | Subject::Unread(_)) | None => None,
        };
        let mut subjects: Vec<String> = leaves.iter().filter_map(named).collect();
        subjects.sort_unstable();
        subjects.dedup();
        Meaning { criterion, words, form: computed.then(|| form(&criterion.expression)), subjects }
    }

    /// In every language that both have, and there is one.
    pub(super) fn same_words(&self, other: &Meaning<'_>) -> bool {
        let mut shared = self.words.iter().filter_map(|(tag, text)| {
            other.words.iter().find(|(known, _)| known == tag).map(|(_, theirs)| (text, theirs))
        });
        match shared.next() {
            None => self.form.is_some() && self.form == other.form,
            Some((own, theirs)) => own == theirs && shared.all(|(own, theirs)| own == theirs),
        }
    }
}

/// It has words and nothing that is computed.
pub(super) fn is_said(leaf: &Expression) -> bool {
    matches!(leaf, Expression::Judgement(_) | Expression::Unread(_))
}

/// Letters in one size, one space between words.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches(['.', ';', '。', '；'])
        .to_owned()
}

/// One text for all expressions that differ in nothing but their order, their nesting, and how lengths and units are
/// written.
pub(super) fn form(expression: &Expression) -> String {
    format!("{:?}", plain(expression))
}

/// The parts of a group of this sort, those of such groups inside it among them; anything else is its only part.
pub(super) fn parts_of(expression: &Expression, all: bool) -> Vec<&Expression> {
    let inner = match (expression, all) {
        (Expression::AllOf(parts), true) | (Expression::AnyOf(parts), false) => parts,
        _ => return vec![expression],
    };
    inner.iter().flat_map(|part| parts_of(part, all)).collect()
}

/// INVARIANT: the depth is bounded by the reader's.
fn plain(expression: &Expression) -> Expression {
    match expression {
        Expression::AllOf(_) => group(parts_of(expression, true), Expression::AllOf),
        Expression::AnyOf(_) => group(parts_of(expression, false), Expression::AnyOf),
        Expression::Not(part) => {
            let part = plain(part);
            if let Expression::Not(inner) = part { *inner } else { Expression::Not(Box::new(part)) }
        }
        Expression::AtLeast(at_least) => {
            let mut of: Vec<Expression> = at_least.of.iter().map(plain).collect();
            of.sort_by_cached_key(|part| format!("{part:?}"));
            Expression::AtLeast(AtLeast { count: at_least.count, of })
        }
        Expression::When(conditional) => Expression::When(Box::new(Conditional {
            condition: plain(&conditional.condition),
            then: plain(&conditional.then),
        })),
        Expression::Compare(compare) => {
            let mut compare = compare.clone();
            for bound in [&mut compare.low, &mut compare.high].into_iter().flatten() {
                *bound = plain_bound(bound);
            }
            compare.window = compare.window.as_ref().map(plain_window);
            compare.routes.sort_unstable();
            Expression::Compare(compare)
        }
        Expression::IsOneOf(is_one_of) => {
            let mut is_one_of = is_one_of.clone();
            is_one_of.values.sort_unstable();
            is_one_of.window = is_one_of.window.as_ref().map(plain_window);
            Expression::IsOneOf(is_one_of)
        }
        Expression::Present(present) => {
            let mut present = present.clone();
            present.window = present.window.as_ref().map(plain_window);
            if let Some(lasting) = &mut present.lasting {
                for bound in [&mut lasting.low, &mut lasting.high].into_iter().flatten() {
                    *bound = plain_bound(bound);
                }
            }
            present.routes.sort_unstable();
            Expression::Present(present)
        }
        Expression::Elapsed(elapsed) => {
            let mut elapsed = elapsed.clone();
            for bound in [&mut elapsed.low, &mut elapsed.high].into_iter().flatten() {
                *bound = plain_bound(bound);
            }
            Expression::Elapsed(elapsed)
        }
        Expression::Change(change) => {
            let mut change = change.clone();
            for bound in [&mut change.low, &mut change.high].into_iter().flatten() {
                *bound = plain_bound(bound);
            }
            change.window = change.window.as_ref().map(plain_window);
            change.within = change.within.map(plain_length);
            change.routes.sort_unstable();
            Expression::Change(change)
        }
        Expression::Judgement(judgement) => {
            let mut judgement = judgement.clone();
            (judgement.id, judgement.text) = (String::new(), folded(&judgement.text));
            Expression::Judgement(judgement)
        }
        Expression::Unread(unread) => {
            let mut unread = unread.clone();
            (unread.id, unread.text, unread.span) = (String::new(), folded(&unread.text), None);
            Expression::Unread(unread)
        }
    }
}

fn group(parts: Vec<&Expression>, sort: impl Fn(Vec<Expression>) -> Expression) -> Expression {
    let mut parts: Vec<Expression> = parts.into_iter().map(plain).collect();
    parts.sort_by_cached_key(|part| format!("{part:?}"));
    parts.dedup();
    if parts.len() == 1 { parts.remove(0) } else { sort(parts) }
}

/// Weeks as days, years as months.
pub(super) fn plain_length(length: Duration) -> Duration {
    let (times, unit) = match length.unit {
        TimeUnit::Week => (7, TimeUnit::Day),
        TimeUnit::Year => (12, TimeUnit::Month),
        TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day | TimeUnit::Month => (1, length.unit),
    };
    let unit = if length.count == 0 && unit == TimeUnit::Month { TimeUnit::Day } else { unit };
    Duration { count: length.count.saturating_mul(times), unit }
}

pub(super) fn plain_window(window: &Window) -> Window {
    Window { from: window.from.map(plain_length), to: window.to.map(plain_length), ..window.clone() }
}

/// A bound in lengths of time as [`plain_length`] has them; other units as they are.
pub(super) fn plain_bound(bound: &Bound) -> Bound {
    let length = bound.unit.as_deref().and_then(|unit| format!("{} {unit}", bound.value).parse::<Duration>().ok());
    match length.map(plain_length) {
        Some(length) => Bound {
            value: Decimal::new(i64::from(length.count), 0),
            unit: length.to_string().split_once(' ').map(|(_, unit)| unit.to_owned()),
            inclusive: bound.inclusive,
        },
        None => Bound { unit: bound.unit.as_deref().map(str::trim).map(str::to_owned), ..bound.clone() },
    }
}

/// How two bounds lie to one another, where their units are of one dimension.
pub(super) fn ordered(before: &Bound, after: &Bound) -> Option<std::cmp::Ordering> {
    let [before, after] = [plain_bound(before), plain_bound(after)];
    if before.unit == after.unit {
        return Some(before.value.exact().cmp(&after.value.exact()));
    }
    let unit = |bound: &Bound| match BoundUnit::from_text(bound.unit.as_deref()?)? {
        BoundUnit::Of(unit) => Some(unit),
        BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit => None,
    };
    let conversion = Conversion::between(unit(&before)?, unit(&after)?, Substance::Unknown).ok()?;
    Some(conversion.of(before.value.exact())?.cmp(&after.value.exact()))
}
