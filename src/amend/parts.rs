//! Where two expressions differ, and whom the difference lets in.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::model::expression::{Bound, Expression, Select};
use crate::model::record::{Status, Subject};
use crate::model::window::{Anchor, Duration, Window};

use super::meaning::{form, is_said, ordered, parts_of, plain_length, plain_window};
use super::{Effect, Held, Part, PartChange};

/// What is another between two expressions.
#[derive(Default)]
pub(super) struct Differences {
    pub(super) parts: Vec<PartChange>,
    /// For how many people the expression holds now; none where that did not change.
    pub(super) effect: Option<Effect>,
    /// Words that nobody computed are others: what they change, nobody can say.
    pub(super) unclear: bool,
}

impl Differences {
    fn take(&mut self, other: Differences) {
        self.parts.extend(other.parts);
        self.effect = both(self.effect, other.effect);
        self.unclear |= other.unclear;
    }

    fn one(
        part: Part,
        subject: Option<Subject>,
        before: Option<Held>,
        after: Option<Held>,
        effect: Effect,
    ) -> Differences {
        let change = PartChange { part, subject, before, after };
        Differences { parts: vec![change], effect: Some(effect), unclear: false }
    }
}

fn both(one: Option<Effect>, other: Option<Effect>) -> Option<Effect> {
    match (one, other) {
        (None, effect) | (effect, None) => effect,
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(_), Some(_)) => Some(Effect::Either),
    }
}

fn turned(effect: Effect) -> Effect {
    match effect {
        Effect::Wider => Effect::Narrower,
        Effect::Narrower => Effect::Wider,
        Effect::Either => Effect::Either,
    }
}

/// INVARIANT: the depth is bounded by the reader's.
pub(super) fn differences(before: &Expression, after: &Expression) -> Differences {
    if form(before) == form(after) {
        return Differences::default();
    }
    let either = |sort: fn(&Expression) -> bool| {
        (sort(before) && (sort(after) || !is_group(after))) || (sort(after) && !is_group(before))
    };
    if either(|one| matches!(one, Expression::AllOf(_))) {
        return groups(&parts_of(before, true), &parts_of(after, true), Effect::Narrower);
    }
    if either(|one| matches!(one, Expression::AnyOf(_))) {
        return groups(&parts_of(before, false), &parts_of(after, false), Effect::Wider);
    }
    match (before, after) {
        (Expression::Not(one), Expression::Not(other)) => {
            let found = differences(one, other);
            Differences { effect: found.effect.map(turned), ..found }
        }
        (Expression::AtLeast(one), Expression::AtLeast(other)) => {
            let [before, after] = [&one.of, &other.of].map(|of| of.iter().collect::<Vec<_>>());
            let mut found = groups(&before, &after, Effect::Wider);
            if one.count != other.count {
                let words = |count: u32| Some(Held::Words(vec![count.to_string()]));
                let effect = if other.count > one.count { Effect::Narrower } else { Effect::Wider };
                found.take(Differences::one(Part::Count, None, words(one.count), words(other.count), effect));
            }
            found
        }
        (Expression::When(one), Expression::When(other)) => {
            let mut found = differences(&one.condition, &other.condition);
            found.effect = found.effect.map(|_| Effect::Either);
            found.take(differences(&one.then, &other.then));
            found
        }
        _ => leaves(before, after).unwrap_or_else(|| replaced(Some(before), Some(after), Effect::Either)),
    }
}

fn is_group(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::AllOf(_) | Expression::AnyOf(_) | Expression::AtLeast(_) | Expression::When(_) | Expression::Not(_)
    )
}

/// `more` is what one part more does to a group of this sort.
fn groups(before: &[&Expression], after: &[&Expression], more: Effect) -> Differences {
    let mut found = Differences::default();
    let forms = |side: &[&Expression]| side.iter().map(|part| form(part)).collect::<BTreeSet<_>>();
    let [ours, theirs] = [forms(before), forms(after)];
    let mut left: Vec<&Expression> = before.iter().copied().filter(|part| !theirs.contains(&form(part))).collect();
    let mut fresh: Vec<&Expression> = Vec::new();
    for part in after.iter().copied().filter(|part| !ours.contains(&form(part))) {
        match left.iter().position(|old| alike(old, part)) {
            Some(at) => found.take(differences(left.remove(at), part)),
            None => fresh.push(part),
        }
    }
    // one sentence more or less is clear; another one in its place is not
    found.unclear |= !left.is_empty() && !fresh.is_empty() && left.iter().chain(&fresh).any(|part| says(part));
    for part in left {
        found.take(replaced(Some(part), None, turned(more)));
    }
    for part in fresh {
        found.take(replaced(None, Some(part), more));
    }
    found
}

/// They are one condition with other bounds, and not two conditions.
fn alike(one: &Expression, other: &Expression) -> bool {
    if is_said(one) || is_said(other) {
        return false;
    }
    let same_sort = std::mem::discriminant(one) == std::mem::discriminant(other);
    let subjects = |expression: &Expression| {
        let mut keys: Vec<String> =
            expression.leaves().iter().filter_map(|leaf| leaf.subject()).map(|s| s.key()).collect();
        keys.sort_unstable();
        keys
    };
    same_sort && subjects(one) == subjects(other)
}

fn replaced(before: Option<&Expression>, after: Option<&Expression>, effect: Effect) -> Differences {
    let held = |expression: Option<&Expression>| expression.map(|one| Held::Expression(Box::new(one.clone())));
    let said = |expression: Option<&Expression>| expression.is_some_and(says);
    let subject = before.or(after).and_then(Expression::subject).filter(|_| !said(before) && !said(after));
    let part = if before.is_some_and(is_said) && after.is_some_and(is_said) { Part::Text } else { Part::There };
    let unclear = before.is_some() && after.is_some() && (said(before) || said(after));
    Differences { unclear, ..Differences::one(part, subject, held(before), held(after), effect) }
}

/// A part of it is words that are not computed.
fn says(expression: &Expression) -> bool {
    expression.leaves().into_iter().any(is_said)
}

/// What differs between two leaves of one sort about one thing.
fn leaves(before: &Expression, after: &Expression) -> Option<Differences> {
    if before.subject() != after.subject() {
        return None;
    }
    let subject = before.subject();
    let mut found = Differences::default();
    let differ = |found: &mut Differences, part: Part, before: Option<Held>, after: Option<Held>, effect: Effect| {
        if before != after {
            found.take(Differences::one(part, subject.clone(), before, after, effect));
        }
    };
    let bounds = |found: &mut Differences, one: [&Option<Bound>; 2], other: [&Option<Bound>; 2]| {
        for (part, before, after) in [(Part::Low, one[0], other[0]), (Part::High, one[1], other[1])] {
            let effect = moved(part, before.as_ref(), after.as_ref());
            if let Some(effect) = effect {
                differ(found, part, before.clone().map(Held::Bound), after.clone().map(Held::Bound), effect);
            }
        }
    };
    let windows = |found: &mut Differences, before: Option<&Window>, after: Option<&Window>, any: bool| {
        if before.map(plain_window) == after.map(plain_window) {
            return;
        }
        let effect = if any { reach(before, after) } else { Effect::Either };
        differ(found, Part::Window, before.cloned().map(Held::Window), after.cloned().map(Held::Window), effect);
    };
    match (before, after) {
        (Expression::Compare(one), Expression::Compare(other)) => {
            bounds(&mut found, [&one.low, &one.high], [&other.low, &other.high]);
            let any = one.select == Select::Any && other.select == Select::Any;
            windows(&mut found, one.window.as_ref(), other.window.as_ref(), any);
            differ(&mut found, Part::Select, word(&one.select), word(&other.select), Effect::Either);
            differ(&mut found, Part::Routes, word(&one.routes), word(&other.routes), Effect::Either);
        }
        (Expression::IsOneOf(one), Expression::IsOneOf(other)) => {
            let within = |few: &[String], many: &[String]| few.iter().all(|code| many.contains(code));
            let effect = match (within(&one.values, &other.values), within(&other.values, &one.values)) {
                (true, _) => Effect::Wider,
                (false, true) => Effect::Narrower,
                (false, false) => Effect::Either,
            };
            let held = |values: &[String]| Some(Held::Words(values.to_vec()));
            differ(&mut found, Part::Values, held(&one.values), held(&other.values), effect);
            windows(&mut found, one.window.as_ref(), other.window.as_ref(), false);
        }
        (Expression::Present(one), Expression::Present(other)) => {
            let effect = match (holds_in(one.status, other.status), holds_in(other.status, one.status)) {
                (true, _) => Effect::Wider,
                (false, true) => Effect::Narrower,
                (false, false) => Effect::Either,
            };
            differ(&mut found, Part::Status, word(&one.status), word(&other.status), effect);
            windows(&mut found, one.window.as_ref(), other.window.as_ref(), true);
            if one.lasting != other.lasting {
                let none = None;
                let ends = |lasting: &'_ Option<crate::model::expression::Lasting>| {
                    lasting.clone().map_or((none.clone(), none.clone()), |lasting| (lasting.low, lasting.high))
                };
                let (old, new) = (ends(&one.lasting), ends(&other.lasting));
                let mut inner = Differences::default();
                bounds(&mut inner, [&old.0, &old.1], [&new.0, &new.1]);
                for change in &mut inner.parts {
                    change.part = Part::Lasting;
                }
                found.take(inner);
            }
            differ(&mut found, Part::Routes, word(&one.routes), word(&other.routes), Effect::Either);
        }
        (Expression::Elapsed(one), Expression::Elapsed(other)) => {
            bounds(&mut found, [&one.low, &one.high], [&other.low, &other.high]);
        }
        (Expression::Change(one), Expression::Change(other)) => {
            bounds(&mut found, [&one.low, &one.high], [&other.low, &other.high]);
            differ(&mut found, Part::Direction, word(&one.direction), word(&other.direction), Effect::Either);
            let length = |within: Option<Duration>| within.map(|within| Held::Words(vec![within.to_string()]));
            if one.within.map(plain_length) != other.within.map(plain_length) {
                differ(&mut found, Part::Within, length(one.within), length(other.within), Effect::Either);
            }
            windows(&mut found, one.window.as_ref(), other.window.as_ref(), false);
            differ(&mut found, Part::Routes, word(&one.routes), word(&other.routes), Effect::Either);
        }
        _ => return None,
    }
    Some(found)
}

/// What moving a bound does; none where it stands where it stood, however it is written.
fn moved(part: Part, before: Option<&Bound>, after: Option<&Bound>) -> Option<Effect> {
    let lower = part == Part::Low;
    match (before, after) {
        (None, None) => None,
        (Some(_), None) => Some(Effect::Wider),
        (None, Some(_)) => Some(Effect::Narrower),
        (Some(before), Some(after)) => match ordered(before, after) {
            None => (before != after).then_some(Effect::Either),
            Some(Ordering::Equal) if before.inclusive == after.inclusive => None,
            Some(Ordering::Equal) if after.inclusive => Some(Effect::Wider),
            Some(Ordering::Equal) => Some(Effect::Narrower),
            Some(Ordering::Less) => Some(if lower { Effect::Narrower } else { Effect::Wider }),
            Some(Ordering::Greater) => Some(if lower { Effect::Wider } else { Effect::Narrower }),
        },
    }
}

/// What another stretch of time does where anything in it is enough.
fn reach(before: Option<&Window>, after: Option<&Window>) -> Effect {
    let (Some(before), Some(after)) = (before.map(plain_window), after.map(plain_window)) else {
        return if after.is_none() { Effect::Wider } else { Effect::Narrower };
    };
    let rest = |window: &Window| Window { from: None, to: None, anchor: Anchor::AsOf, ..window.clone() };
    if before.anchor != after.anchor || rest(&before) != rest(&after) {
        return Effect::Either;
    }
    // an absent end is open
    let early = |from: Option<Duration>, other: Option<Duration>| match (from, other) {
        (_, None) => Some(other == from),
        (None, Some(_)) => Some(true),
        (Some(from), Some(other)) => counted(from, other).map(|order| order.is_le()),
    };
    let late = |to: Option<Duration>, other: Option<Duration>| match (to, other) {
        (_, None) => Some(other == to),
        (None, Some(_)) => Some(true),
        (Some(to), Some(other)) => counted(to, other).map(|order| order.is_ge()),
    };
    let holds = |one: &Window, other: &Window| Some(early(one.from, other.from)? && late(one.to, other.to)?);
    match (holds(&after, &before), holds(&before, &after)) {
        (Some(true), _) => Effect::Wider,
        (_, Some(true)) => Effect::Narrower,
        _ => Effect::Either,
    }
}

/// Two lengths of one unit, or one of them nothing; months and days do not compare.
fn counted(one: Duration, other: Duration) -> Option<Ordering> {
    let [one, other] = [one, other].map(plain_length);
    let apart = one.count.signum() != other.count.signum();
    (one.unit == other.unit || apart).then(|| one.count.cmp(&other.count))
}

/// Whoever has it so has it so as well.
fn holds_in(narrow: Status, wide: Status) -> bool {
    match (narrow, wide) {
        (_, Status::Any) | (Status::Current, Status::History) => true,
        (one, other) => one == other,
    }
}

/// The names of something in documents.
fn word<T: serde::Serialize>(value: &T) -> Option<Held> {
    let text = crate::json::text(value)?;
    let words = text.split(['"', '[', ']', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Some(Held::Words(words))
}
