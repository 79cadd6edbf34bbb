//! What grows with the days and is counted in completed units: an age, the weeks of a pregnancy.
//!
//! All of it is counted from a day: that of birth, the first of the last menstrual period (280 days before the expected
//! date of delivery), or for the corrected age of a child born preterm the day on which it was due. Terms: American
//! Academy of Pediatrics, Age terminology during the perinatal period, Pediatrics 2004;114:1362.

use crate::evaluate::age::{self, Birth};
use crate::evaluate::atom::Leaf;
use crate::evaluate::cited::Cited;
use crate::evaluate::compiled::Atom;
use crate::evaluate::frame::Frame;
use crate::evaluate::length::completed;
use crate::evaluate::mark::{Mark, first_day_reaching};
use crate::evaluate::result::{Derived, GapKind, Margin, Needs, Side};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::{Scope, compare, event};
use crate::model::concept::Concept;
use crate::model::date::{Day, When};
use crate::model::decimal::Exact;
use crate::model::expression::{Bound, Compare, Present};
use crate::model::moment::Now;
use crate::model::quantity::{End, Interval};
use crate::model::record::{FactValue, Status, Subject};
use crate::model::window::{Duration, TimeUnit};
use crate::truth::Truth;

/// Days from the first of the last menstrual period to the expected date of delivery.
const TERM: i64 = 280;
/// Born before so many days is born preterm.
const PRETERM: i64 = 37 * 7;
/// No pregnancy lasts longer.
const LONGEST: i64 = 45 * 7;

/// The day that something is counted from, as some facts have it.
#[derive(Clone, Debug)]
struct Start<'a> {
    facts: Cited<'a>,
    day: Birth<'a>,
    /// How it was worked out; none where it was stated, or is an age.
    how: &'static str,
    of_birth: bool,
}

/// What a record says of the day to count from.
#[derive(Default)]
struct Starts<'a> {
    list: Vec<Start<'a>>,
    /// What is missing where there is none.
    lacking: Option<&'static str>,
}

/// Completed units against bounds, on the day of the window or of the as-of moment.
pub(crate) fn evaluate<'a>(
    scope: &Scope<'a>,
    atom: &'a Atom,
    concept: &'static Concept,
    compare: &'a Compare,
    now: Now,
) -> Leaf<'a> {
    let frame = compare.window.as_ref().map(|window| Frame::new(scope, window, now));
    let here = (Mark::at(now), Some(Duration { count: 0, unit: TimeUnit::Day }));
    let (on, moves) = match &frame {
        None => here,
        Some(frame) if frame.is_adrift() => {
            return Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), Cited::new()).framed(atom, Some(frame), false);
        }
        Some(frame) => frame.end(now).unwrap_or(here),
    };
    let mut next = Soonest::default();
    let gestation = concept.id == "gestational-age";
    if gestation && frame.is_none() {
        let leaf = is_pregnant(scope, now);
        next.extend(leaf.next);
        if leaf.truth == Truth::False {
            // who is not pregnant has no weeks of pregnancy
            return leaf.later(next);
        }
    }
    let starts = of(scope, concept);
    let mut decided: Option<Leaf<'a>> = None;
    let mut facts = Cited::new();
    let mut over = true;
    for start in &starts.list {
        let at = if start.day.grows { on } else { Mark::at(scope.as_of.now()) };
        let old = completed(start.day.last, at.first_day, TimeUnit::Day);
        let too_old = gestation && old > LONGEST;
        over &= too_old;
        let mut truth = Truth::True;
        let mut margin: Option<(Exact, Margin)> = None;
        for (bound, side) in [(&compare.low, Side::Low), (&compare.high, Side::High)] {
            let Some(bound) = bound else { continue };
            let unit = atom.age_unit(side);
            let interval = start.between(&at, unit);
            truth = truth.and(interval.lies_in(&range(bound, side)));
            next.extend(start.turning(bound.value.exact(), unit, moves, now));
            if scope.margins {
                let other = compare::margin(&interval, bound, side);
                margin = [margin, other].into_iter().flatten().min_by_key(|(distance, _)| *distance);
            }
        }
        if gestation {
            next.extend(start.crossing(start.day.last.plus_days(LONGEST + 1), moves, now));
        }
        facts.extend(start.facts.iter().copied());
        decided = Some(match decided {
            None if truth.is_known() => Leaf {
                margin: margin.map(|(_, margin)| Box::new(margin)),
                derived: Some(start)
                    .filter(|_| scope.margins)
                    .and_then(|start| start.derived(concept, &at))
                    .map(Box::new),
                ..Leaf::known(truth, Cited::new())
            },
            None => Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), Cited::new()),
            Some(leaf) if leaf.truth == truth => leaf,
            Some(_) => Leaf::unknown(GapKind::Conflicting, None, Cited::new()),
        });
    }
    let leaf = match decided {
        // it was known once, and is over
        Some(_) if over => Leaf::unknown(GapKind::Stale, None, facts),
        Some(leaf) => Leaf { because: facts, ..leaf },
        None => {
            let unusable = age::without_unit(scope, concept.id);
            if unusable.is_empty() {
                let leaf = Leaf::unknown(GapKind::Absent, None, unusable);
                let ask = |missing: &str| (vec![concept.id.into(), missing.into()], None);
                leaf.lacking(starts.lacking.map(ask))
            } else {
                Leaf::unknown(GapKind::Incomparable, Some(Needs::Unit), unusable)
            }
        }
    };
    leaf.later(next).framed(atom, frame.as_ref(), true)
}

/// The only value that it can have now, in completed units; `None` where several are told or none.
pub(crate) fn only(scope: &Scope<'_>, concept: &'static Concept, unit: TimeUnit, now: Now) -> Option<Interval> {
    let starts = of(scope, concept);
    let [start] = starts.list.as_slice() else { return None };
    Some(start.between(&Mark::at(if start.day.grows { now } else { scope.as_of.now() }), unit))
}

fn is_pregnant<'a>(scope: &Scope<'a>, now: Now) -> Leaf<'a> {
    let present = Present {
        subject: Subject::concept("pregnancy"),
        status: Status::Current,
        window: None,
        lasting: None,
        routes: Vec::new(),
    };
    let about = scope.about_concept("pregnancy");
    let ended = about.iter().filter(|fact| matches!(fact.value, FactValue::Present(_)));
    let ends = ended.map(|fact| fact.when.and_then(|when| when.end).filter(|_| fact.during.is_some()));
    let last = ends.collect::<Option<Vec<Mark>>>().and_then(|ends| ends.into_iter().reduce(Mark::newer));
    match last {
        Some(end) if end.last_day < now.day => Leaf::known(Truth::False, about.iter().map(|fact| &fact.id).collect()),
        Some(end) => event::stated(about, &present, now).later(now.shows(now.start_of(end.last_day.plus_days(1)))),
        None => event::stated(about, &present, now),
    }
}

fn range(bound: &Bound, side: Side) -> Interval {
    let end = Some(End { at: bound.value.exact(), inclusive: bound.inclusive });
    match side {
        Side::Low => Interval { low: end, high: None },
        Side::High => Interval { low: None, high: end },
    }
}

fn of<'a>(scope: &Scope<'a>, concept: &'static Concept) -> Starts<'a> {
    let born = || age::births(scope);
    match concept.id {
        "gestational-age" => {
            let dated = |id, back: i64| {
                age::dates(scope, id).map(move |day| Start {
                    facts: [day.fact].into_iter().collect(),
                    day: moved(day, -back, -back),
                    how: "",
                    of_birth: false,
                })
            };
            let mut list = counted(scope, concept.id);
            if list.is_empty() {
                list = dated("due-date", TERM)
                    .map(|start| Start { how: "280 days before the due date", ..start })
                    .collect();
            }
            if list.is_empty() {
                list = dated("last-menstrual-period", 0)
                    .map(|start| Start { how: "days since the last period", ..start })
                    .collect();
            }
            Starts { list, lacking: None }
        }
        "corrected-age" | "postmenstrual-age" => {
            let list = counted(scope, concept.id);
            if !list.is_empty() {
                return Starts { list, lacking: None };
            }
            let (births, before) = (born(), counted(scope, "gestational-age-at-birth"));
            let lacking = match (births.is_empty(), before.is_empty()) {
                (true, false) => Some("birth-date"),
                (false, true) => Some("gestational-age-at-birth"),
                (true, true) | (false, false) => None,
            };
            let corrected = concept.id == "corrected-age";
            let both = births.iter().flat_map(|birth| before.iter().map(move |before| (birth, before)));
            let list = both.map(|(birth, before)| {
                let today = scope.as_of.now().day.number();
                // the number of days in the womb, from the latest start to the earliest
                let (least, most) = (today - before.day.last.number(), today - before.day.first.number());
                let (first, last, how) = if corrected {
                    let early = |days: i64| if days < PRETERM { TERM - days } else { 0 };
                    (early(most), early(least), "age since the day on which birth was due")
                } else {
                    (-most, -least, "weeks at birth and those since")
                };
                let mut facts: Cited<'a> = [birth.fact].into_iter().collect();
                facts.extend(before.facts.iter().copied());
                Start { facts, day: moved(*birth, first, last), how, of_birth: false }
            });
            Starts { list: list.collect(), lacking }
        }
        "gestational-age-at-birth" => Starts { list: counted(scope, concept.id), lacking: None },
        _ => {
            let start =
                |day: Birth<'a>| Start { facts: [day.fact].into_iter().collect(), day, how: "", of_birth: true };
            Starts { list: born().into_iter().map(start).collect(), lacking: None }
        }
    }
}

fn moved(day: Birth<'_>, first: i64, last: i64) -> Birth<'_> {
    Birth { first: day.first.plus_days(first), last: day.last.plus_days(last), ..day }
}

/// The days to count from that numbers with a date lead to: the newest, or all that may be.
fn counted<'a>(scope: &Scope<'a>, concept: &'static str) -> Vec<Start<'a>> {
    let at_birth = concept == "gestational-age-at-birth";
    let now = scope.as_of.now();
    let mut found: Vec<(Start<'a>, Mark)> = Vec::new();
    for fact in scope.about_concept(concept) {
        let on = if at_birth { None } else { fact.on };
        if on.is_some_and(|on| Mark::of(on, now).is_ahead(now)) {
            continue;
        }
        let when = on.unwrap_or(When::On(scope.as_of.date()));
        let Some(day) = age::birth_on(fact, when) else { continue };
        let day = Birth { grows: on.is_some(), ..day };
        found.push((
            Start { facts: [day.fact].into_iter().collect(), day, how: "", of_birth: false },
            Mark::of(when, now),
        ));
    }
    let newest = found.iter().map(|(_, mark)| mark.first_day).max();
    let newest = |mark: &Mark| newest.is_none_or(|newest| mark.last_day >= newest);
    let grown = found.into_iter().filter(|(_, mark)| newest(mark)).map(|(start, mark)| {
        let since = start.day.grows && mark.last_day < now.day;
        Start { how: if since { "counting on from that day" } else { "" }, ..start }
    });
    grown.collect()
}

impl Start<'_> {
    /// Completed units on a day that is known to lie between two.
    fn between(&self, on: &Mark, unit: TimeUnit) -> Interval {
        let end = |at: i64| Some(End { at: Exact::whole(at), inclusive: true });
        let least = completed(self.day.last, on.first_day, unit);
        // who is there was born; a child born preterm may still be younger than nothing, counted from the due date
        let least = if self.of_birth { least.max(0) } else { least };
        Interval { low: end(least), high: end(completed(self.day.first, on.last_day, unit).max(least)) }
    }

    /// When time alone brings it to so many units, and past them.
    fn turning(&self, count: Exact, unit: TimeUnit, moves: Option<Duration>, now: Now) -> Soonest {
        let whole = count.to_formula() as i32;
        let counts = [whole, whole.saturating_add(1)];
        let days = [self.day.first, self.day.last].into_iter();
        let days = days.flat_map(|start| counts.map(|count| Duration { count, unit }.after(start)));
        days.filter_map(|day| self.crossing(day, moves, now)).collect()
    }

    /// When the day that it is asked of, which lies so far from now, comes to be this one.
    fn crossing(&self, day: Day, moves: Option<Duration>, now: Now) -> Option<i64> {
        let by = moves.filter(|_| now.timed && self.day.grows)?;
        first_day_reaching(by, day, now.day).map(|day| now.start_of(day))
    }

    /// The value as it has grown, for showing.
    fn derived(&self, concept: &Concept, on: &Mark) -> Option<Derived> {
        let days = self.between(on, TimeUnit::Day).single()?;
        let days = days.to_formula() as i64;
        let value = if concept.unit_text == "wk" {
            [&days.div_euclid(7).to_string(), "+", &days.rem_euclid(7).to_string(), " wk"].concat()
        } else {
            let months = self.between(on, TimeUnit::Month).single()?.rounded(0)?;
            [&months.to_string(), " mo"].concat()
        };
        let from = self.facts.iter().map(|id| (*id).to_owned()).collect();
        (!self.how.is_empty()).then(|| Derived { value, formula: self.how.to_owned(), from })
    }
}
