//! Who takes which medicine when: the courses that a record tells of, and what they come to on each day.

use crate::evaluate::chart::Entry;
use crate::evaluate::cited::Cited;
use crate::evaluate::frame::Frame;
use crate::evaluate::mark::{Mark, decided, first_day_reaching};
use crate::evaluate::occurrence::{Occurrence, spoken_of};
use crate::evaluate::result::{GapKind, Needs};
use crate::evaluate::soonest::Soonest;
use crate::evaluate::{Scope, event};
use crate::model::concept::{Concept, Kind};
use crate::model::date::Day;
use crate::model::decimal::Exact;
use crate::model::medicine::{DoseClass, Equivalent, classes_of};
use crate::model::moment::Now;
use crate::model::quantity::{Conversion, End, Interval, Quantity};
use crate::model::record::{FactValue, Status};
use crate::model::route::{self, Route};
use crate::model::unit::{Substance, Unit};
use crate::model::window::Duration;
use crate::sort;
use crate::truth::Truth;

/// What is added up: the members of a dose class, or one medicine alone.
#[derive(Debug)]
pub(crate) struct Medicines {
    class: Option<&'static DoseClass>,
    /// The unit of the total.
    pub(crate) unit: &'static str,
    /// Of what facts are heard.
    heard: Vec<Medicine>,
}

/// One medicine, or a class of them, of which facts are heard.
#[derive(Debug)]
struct Medicine {
    /// Its place among the trial's subjects.
    slot: usize,
    of: Equivalent,
    /// That there is none of it, or that these are all, closes the list.
    closes: bool,
    /// It is a class of which what is added up is only one.
    vague: bool,
}

/// One medicine over one stretch of time, in the unit of the total.
pub(crate) struct Course<'a> {
    pub(crate) fact: &'a Entry,
    /// How much a day, never less than nothing.
    pub(crate) amount: Interval,
    /// Why the amount is not known at all.
    pub(crate) lacks: Option<Option<Needs>>,
    /// A statement about a class of which the medicine is only one.
    vague: bool,
    /// `None` where nobody said when.
    when: Option<Occurrence>,
}

/// Everything said about the medicines that bears on a window.
#[derive(Default)]
pub(crate) struct Said<'a> {
    pub(crate) courses: Vec<Course<'a>>,
    /// Courses and statements about another time.
    pub(crate) outside: Cited<'a>,
    /// Statements that these are all.
    pub(crate) complete: Cited<'a>,
    /// Statements that there are none.
    pub(crate) none: Cited<'a>,
    /// The routes that count, and those that do not where none is named.
    given: (Vec<Route>, &'static [Route]),
    /// The window told statements apart.
    pub(crate) framed: bool,
    pub(crate) next: Soonest,
}

/// The total of one day, and of those after it that are alike.
pub(crate) struct DayTotal<'a> {
    pub(crate) day: Day,
    /// It lies inside the window.
    pub(crate) inside: Truth,
    /// At least what surely coincides, at most what may.
    pub(crate) total: Interval,
    /// The facts behind the least.
    pub(crate) surely: Cited<'a>,
}

const ZERO: End = End { at: Exact::ZERO, inclusive: true };

/// Some amount, and nobody can say how much.
const SOME: Interval = Interval { low: Some(ZERO), high: None };

pub(crate) const NOTHING: Interval = Interval { low: Some(ZERO), high: Some(ZERO) };

impl Medicines {
    /// What to add up for a concept; `None` where it is no medicine with a dose.
    pub(crate) fn of(concept: &'static Concept, slot: impl Fn(&str) -> usize) -> Option<Medicines> {
        let (class, unit) = (DoseClass::of(concept.id), concept.unit_text);
        let mut heard = Vec::new();
        let mut hear =
            |of: Equivalent, closes, vague| heard.push(Medicine { slot: slot(of.medicine), of, closes, vague });
        let itself = |medicine| Equivalent { medicine, unit, factor: Some((1, 1)) };
        match class {
            Some(class) => {
                hear(itself(concept.id), true, false);
                if class.class != concept.id {
                    hear(itself(class.class), true, false);
                }
                class.members.iter().for_each(|member| hear(*member, false, false));
            }
            None if concept.kind == Kind::Dose => {
                hear(itself(concept.id), true, false);
                classes_of(concept.id).for_each(|class| {
                    hear(Equivalent { medicine: class, unit, factor: None }, true, true);
                });
            }
            None => return None,
        }
        Some(Medicines { class, unit, heard })
    }

    /// What the total is called in reasons.
    pub(crate) fn name(&self) -> &'static str {
        self.class.map_or("daily total", |class| class.name)
    }

    /// From a unit to that of the total.
    pub(crate) fn conversion(&self, unit: &str) -> Option<Conversion> {
        per_day(unit, self.unit)
    }

    /// What the facts say, and where on the time line it lies.
    pub(crate) fn listen<'a>(
        &self,
        scope: &Scope<'a>,
        routes: &[Route],
        frame: Option<&Frame<'a>>,
        now: Now,
    ) -> Said<'a> {
        let local = self.class.map_or(&[][..], |class| class.local);
        let mut said = Said { given: (routes.to_vec(), local), ..Said::default() };
        for medicine in &self.heard {
            let about = scope.chart.at(medicine.slot);
            said.hear(about, medicine, self.unit, frame, now);
            if medicine.closes {
                said.hear_statements(about, frame, now);
            }
        }
        // another of the class does not contradict that it is not this one
        if !said.none.is_empty() {
            said.courses.retain(|course| !course.vague);
        }
        said
    }
}

impl<'a> Said<'a> {
    /// Statements that there are none, or that these are all.
    fn hear_statements(&mut self, about: &'a [Entry], frame: Option<&Frame<'a>>, now: Now) {
        for fact in about {
            if !route::speaks_of_all(fact.route, &self.given.0) {
                continue;
            }
            let list = match fact.value {
                FactValue::Refuted(Status::Any | Status::History) => &mut self.none,
                FactValue::Complete => &mut self.complete,
                FactValue::Quantity(_)
                | FactValue::Code(_)
                | FactValue::Date(_)
                | FactValue::Present(_)
                | FactValue::Refuted(Status::Current | Status::Planned)
                | FactValue::Absent(_) => continue,
            };
            let covers = match (frame, spoken_of(fact, now, &mut self.next)) {
                (_, None) => true,
                // without a window, what was said on a day stands until something else is said
                (None, Some(when)) => fact.during.is_none() && when.end.is_some(),
                (Some(frame), Some(when)) => {
                    self.framed = true;
                    self.next.extend(frame.next_covered(&when, now));
                    frame.is_covered_by(&when, false, now)
                }
            };
            if covers { list } else { &mut self.outside }.push(&fact.id);
        }
    }

    /// Is it given by a route that counts?
    fn counts(&self, fact: &Entry) -> Truth {
        let (routes, local) = &self.given;
        let acts_there = routes.is_empty() && fact.route.is_some_and(|route| local.contains(&route));
        if acts_there { Truth::False } else { route::counts(fact.route, routes) }
    }

    fn hear(&mut self, about: &'a [Entry], medicine: &Medicine, total: &str, frame: Option<&Frame<'a>>, now: Now) {
        let Medicine { of, vague, .. } = medicine;
        for fact in about {
            let (amount, lacks) = match &fact.value {
                FactValue::Quantity(quantity) => match amount_of(quantity, of, total) {
                    Some(amount) => (amount, None),
                    None => (SOME, Some(of.factor.map(|_| Needs::Dose))),
                },
                FactValue::Present(_) => (SOME, Some(of.factor.map(|_| Needs::Dose))),
                FactValue::Code(_)
                | FactValue::Date(_)
                | FactValue::Refuted(_)
                | FactValue::Absent(_)
                | FactValue::Complete => continue,
            };
            let (amount, lacks) = match self.counts(fact) {
                Truth::True => (amount, lacks),
                // it may not count, and however much it is, it is asked first how it is given
                Truth::Unknown => (Interval { low: NOTHING.low, ..amount }, Some(Some(Needs::Route))),
                Truth::False => {
                    self.outside.push(&fact.id);
                    continue;
                }
            };
            let when = match (fact.when, &fact.value) {
                (Some(when), _) => Some(when.there(event::goes_on(&fact.value))),
                // what is planned lies ahead, and may be over before anything else changes
                (None, FactValue::Present(Status::Planned)) => {
                    let ahead = Some(Mark::from_now_on(now));
                    Some(Occurrence { begin: ahead, end: ahead, half_life: fact.half_life })
                }
                (None, _) => None,
            };
            let ahead = fact.on.is_none() && fact.during.is_none();
            let meets = match (frame, &when) {
                (None, _) => Truth::True,
                (Some(_), None) => Truth::Unknown,
                (Some(frame), Some(_)) if ahead => {
                    self.next.extend(frame.passing(fact.half_life, now));
                    frame.meets_what_is_ahead(fact.half_life, now)
                }
                (Some(frame), Some(when)) => {
                    self.next.extend(frame.next(when, now));
                    frame.meets(when)
                }
            };
            if meets == Truth::False {
                self.outside.push(&fact.id);
            } else {
                self.courses.push(Course { fact, amount, lacks, vague: *vague, when });
            }
        }
    }

    pub(crate) fn ids(&self) -> Cited<'a> {
        self.courses.iter().map(|course| &course.fact.id).collect()
    }

    /// Why the total is not known well enough, the nearest at hand first. `settled` says that only the list is missing.
    pub(crate) fn lacking(&self, settled: bool) -> (GapKind, Option<Needs>) {
        let lacks: Vec<Option<Needs>> = self.courses.iter().filter_map(|course| course.lacks).collect();
        if let Some(lacks) = lacks.iter().find(|lacks| lacks.is_some()).or(lacks.first()) {
            (GapKind::Incomparable, *lacks)
        } else if settled {
            (GapKind::Imprecise, Some(Needs::List))
        } else if self.courses.iter().any(|course| !course.is_dated()) {
            (GapKind::Imprecise, Some(Needs::Date))
        } else {
            (GapKind::Imprecise, Some(Needs::Value))
        }
    }

    /// The totals of all days that differ, in their order; each holds until the day before the next.
    pub(crate) fn days(&self, frame: Option<&Frame<'a>>, now: Now) -> Vec<DayTotal<'a>> {
        let mut days = vec![Day::of_number(i64::MIN), now.day];
        days.extend(frame.into_iter().flat_map(Frame::edges));
        for when in self.courses.iter().filter_map(|course| course.when) {
            days.extend(when.begin.into_iter().flat_map(|mark| [mark.first_day, mark.last_day]));
            days.extend(when.end.into_iter().flat_map(|mark| [mark.first_day, mark.last_day].map(|d| d.plus_days(1))));
        }
        sort::ascending(&mut days);
        days.dedup();
        days.into_iter().map(|day| self.on(day, frame, now)).collect()
    }

    /// Minutes at which now passes a day on which a total changes, or comes so near to one as is asked, where something
    /// is planned of which nobody says when: it lies ahead of now, and moves with it.
    pub(crate) fn moved_by_now(&self, frame: Option<&Frame<'a>>, within: Option<Duration>, now: Now) -> Soonest {
        if !now.timed || !self.courses.iter().any(Course::lies_ahead) {
            return Soonest::default();
        }
        let standing = self.courses.iter().filter(|course| !course.lies_ahead());
        let changes = standing.filter_map(|course| course.when).flat_map(|when| {
            let begins = when.begin.into_iter().flat_map(|mark| mark.known_days());
            begins.chain(when.end.into_iter().flat_map(|mark| mark.known_days().map(|day| day.plus_days(1))))
        });
        let edges = frame.filter(|frame| frame.stands_still()).into_iter().flat_map(Frame::edges);
        let passed = changes.chain(edges).flat_map(|day| {
            let near = within.into_iter().flat_map(move |within| {
                let reaching = first_day_reaching(within, day, now.day.plus_days(-1));
                reaching.into_iter().chain([within.after(day.plus_days(-1))])
            });
            near.chain([day]).flat_map(|day| [day, day.plus_days(1)])
        });
        passed.filter(|day| *day > now.day).map(|day| now.start_of(day)).collect()
    }

    /// What the total of the later day has more than that of the earlier one.
    pub(crate) fn difference(&self, earlier: Day, later: Day) -> Interval {
        let mut difference = NOTHING;
        for course in &self.courses {
            let (before, after) = (course.runs(earlier), course.runs(later));
            let known = before.is_known() && after.is_known();
            // what surely goes on does not change, however much it is
            if known && before == after {
                continue;
            }
            let (more, less) = (course.amount, course.amount.negated());
            let begins = before != Truth::True && after != Truth::False && course.may_begin(earlier, later);
            let ends = before != Truth::False && after != Truth::True && course.may_end(earlier, later);
            let or_nothing = |end: Option<End>| if known { end } else { Some(ZERO) };
            let share = Interval {
                low: if ends { less.low } else { or_nothing(more.low) },
                high: if begins { more.high } else { or_nothing(less.high) },
            };
            difference = difference.plus(&share).unwrap_or_default();
        }
        difference
    }

    fn on(&self, day: Day, frame: Option<&Frame<'a>>, now: Now) -> DayTotal<'a> {
        let mark = Some(Mark::day(day, now));
        let inside =
            frame.map_or(Truth::True, |frame| frame.meets(&Occurrence { begin: mark, end: mark, half_life: None }));
        let mut total = NOTHING;
        let mut surely: Cited<'a> = Cited::new();
        for course in &self.courses {
            let share = match course.runs(day) {
                Truth::True => {
                    surely.extend(course.lacks.is_none().then_some(&course.fact.id));
                    course.amount
                }
                Truth::Unknown => Interval { low: NOTHING.low, ..course.amount },
                Truth::False => NOTHING,
            };
            total = total.plus(&share).unwrap_or(Interval { low: total.low, high: None });
        }
        DayTotal { day, inside, total, surely }
    }
}

impl Course<'_> {
    /// It is planned, and nobody says when.
    fn lies_ahead(&self) -> bool {
        self.fact.when.is_none() && self.when.is_some()
    }

    /// Begin and end are known to the day, or open.
    fn is_dated(&self) -> bool {
        let exact = |mark: Option<Mark>| mark.is_none_or(|mark| mark.first_day == mark.last_day);
        self.when.is_some_and(|when| exact(when.begin) && exact(when.end))
    }

    /// It may begin after the one day, and by the other.
    fn may_begin(&self, earlier: Day, later: Day) -> bool {
        let Some(when) = self.when else { return true };
        when.begin.is_some_and(|begin| begin.first_day <= later && begin.last_day > earlier)
    }

    /// It may end on the one day or after it, and before the other.
    fn may_end(&self, earlier: Day, later: Day) -> bool {
        let Some(when) = self.when else { return true };
        when.end.is_some_and(|end| end.first_day < later && end.last_day >= earlier)
    }

    /// Is the medicine taken on this day?
    pub(crate) fn runs(&self, day: Day) -> Truth {
        let Some(when) = self.when else { return Truth::Unknown };
        let begun = when.begin.map_or(Truth::True, |mark| decided(mark.last_day <= day, mark.first_day > day));
        let not_over = when.end.map_or(Truth::True, |mark| decided(mark.first_day >= day, mark.last_day < day));
        begun.and(not_over)
    }
}

fn per_day(from: &str, to: &str) -> Option<Conversion> {
    if from == to {
        return Some(Conversion::SAME);
    }
    Conversion::between(Unit::from_text(from)?, Unit::from_text(to)?, Substance::Unknown).ok()
}

/// A dose in the unit of the total. Nothing of a medicine is nothing, however strong it is.
fn amount_of(quantity: &Quantity, of: &Equivalent, total: &str) -> Option<Interval> {
    let dose = quantity.interval()?.converted(per_day(quantity.unit.as_deref()?, of.unit)?)?;
    let none = dose.single() == Some(Exact::ZERO);
    let amount = match of.factor {
        _ if none => NOTHING,
        Some((1, 1)) if of.unit == total => dose,
        Some((numerator, denominator)) => dose.times(Exact::ratio(numerator.into(), denominator.into())?)?,
        None => return None,
    };
    let low = amount.low.filter(|low| low.at >= Exact::ZERO).or(NOTHING.low);
    Some(Interval { low, ..amount })
}
