//! Values against bounds, and how they change.

use super::{Checker, below, key};
use crate::diagnostic::{Code, quoted};
use crate::import::readable::Step;
use crate::model::concept::{Concept, Kind};
use crate::model::expression::{Bound, Change, Compare, Select};
use crate::model::medicine::DoseClass;
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::Subject;
use crate::model::route::Route;
use crate::model::unit::{BoundUnit, Substance, Unit};
use crate::model::window::{Duration, TimeUnit};

impl Checker<'_> {
    pub(super) fn compare(&mut self, compare: &Compare, here: &[Step]) {
        let concept = self.subject(&compare.subject, below(here, key("subject")), &[Kind::Quantity, Kind::Dose]);
        if compare.low.is_none() && compare.high.is_none() {
            self.no_bound(here.to_vec());
        }
        let mut unit = |bound: &Option<Bound>, name: &str| {
            let bound = bound.as_ref()?;
            self.unit(bound, concept, &below(here, key(name)))
        };
        let units = (unit(&compare.low, "low"), unit(&compare.high, "high"));
        if let (Some(BoundUnit::Of(low)), Some(BoundUnit::Of(high))) = units {
            let substance = concept.map_or(Substance::Unknown, |c| c.substance);
            let conversion = Conversion::between(high, low, substance).ok();
            self.range(&compare.low, &compare.high, conversion, here);
        }
        self.window(compare.window.as_ref(), below(here, key("window")));
        self.no_half_lives(compare.window.as_ref(), below(here, key("window")));
        if let Some(window) = compare.window.as_ref().filter(|_| concept.is_some_and(Concept::is_counted))
            && (window.to.is_none() || window.from != window.to)
        {
            let message = "an age is that of one day, and this window has several";
            let help = "give the same \"from\" and \"to\", such as \"0 d\" for the day of the anchor";
            self.error(below(here, key("window")), Code::ImpossibleWindow, message, help);
        }
        self.dosed(&compare.routes, concept, here);
        if compare.select == Select::Mean {
            self.mean(compare, here);
        }
    }

    /// Something lies between the bounds, where the higher one converts to the unit of the lower.
    fn range(&mut self, low: &Option<Bound>, high: &Option<Bound>, conversion: Option<Conversion>, here: &[Step]) {
        let (Some(low), Some(high), Some(conversion)) = (low, high, conversion) else { return };
        let end = |bound: &Bound, conversion: Conversion| {
            Some(End { at: conversion.of(bound.value.exact())?, inclusive: bound.inclusive })
        };
        if (Interval { low: end(low, Conversion::SAME), high: end(high, conversion) }).is_empty() {
            self.empty_range(here.to_vec());
        }
    }

    /// Only what is taken is given by a route.
    fn dosed(&mut self, routes: &[Route], concept: Option<&Concept>, here: &[Step]) {
        let dosed = |concept: &Concept| concept.kind == Kind::Dose || DoseClass::of(concept.id).is_some();
        if !routes.is_empty() && !concept.is_none_or(dosed) {
            let message = "only a medicine is given by a route";
            self.error(below(here, key("routes")), Code::WrongType, message, "take the routes out, or ask for a dose");
        }
    }

    /// A mean is one of daily doses, over a window of whole days that begins and ends.
    fn mean(&mut self, compare: &Compare, here: &[Step]) {
        let dosed = match &compare.subject {
            Subject::Concept(id) => {
                DoseClass::of(id).is_some() || Concept::named(id).is_none_or(|concept| concept.kind == Kind::Dose)
            }
            Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
        };
        let days = |end: Option<Duration>| end.is_some_and(|end| !end.unit.is_clock());
        if !dosed {
            self.error(
                below(here, key("select")),
                Code::WrongType,
                "only daily doses have a mean",
                "select latest, any, all, max or min",
            );
        } else if !compare.window.as_ref().is_some_and(|window| days(window.from) && days(window.to)) {
            self.error(
                below(here, key("select")),
                Code::MissingKey,
                "the days to take the mean of are missing",
                "add a window with \"from\" and \"to\" in days, weeks, months or years",
            );
        }
    }

    /// A bound of a change is a share of the earlier value, or a difference.
    pub(super) fn change(&mut self, change: &Change, here: &[Step]) {
        let concept = self.subject(&change.subject, below(here, key("subject")), &[Kind::Quantity, Kind::Dose]);
        let mut factor = |bound: &Option<Bound>, name: &str| {
            let bound = bound.as_ref()?;
            let path = below(here, key(name));
            let text = bound.unit.as_deref().unwrap_or("");
            let points = text == "%{points}";
            if text == "%" {
                return Some((true, Conversion::SAME.factor));
            }
            let own = concept.and_then(|concept| concept.unit);
            if points && own.is_some() && own == Unit::from_text("%") {
                return Some((false, Unit::from_text("%")?.factor));
            }
            if points
                || matches!(BoundUnit::from_text(text), Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit))
            {
                self.error(
                    below(&path, key("unit")),
                    Code::IncomparableUnit,
                    format!("a change of this is not counted in {}", quoted(text)),
                    "use % for a share of the earlier value, or a unit of the value",
                );
                return None;
            }
            match self.unit(bound, concept, &path)? {
                BoundUnit::Of(unit) => Some((false, unit.factor)),
                BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit => None,
            }
        };
        let (low, high) = (factor(&change.low, "low"), factor(&change.high, "high"));
        if let (Some((a, low)), Some((b, high))) = (low, high)
            && a == b
        {
            let conversion = high.over(low).map(|factor| Conversion { factor, ..Conversion::SAME });
            self.range(&change.low, &change.high, conversion, here);
        }
        if change.within.is_some_and(|within| within.count <= 0) {
            self.error(
                below(here, key("within")),
                Code::BadDuration,
                "two points lie apart by more than nothing",
                "write a length of time such as \"24 h\" or \"7 d\"",
            );
        }
        self.dosed(&change.routes, concept, here);
        self.window(change.window.as_ref(), below(here, key("window")));
        self.no_half_lives(change.window.as_ref(), below(here, key("window")));
    }

    /// A length of time between bounds.
    pub(super) fn length(&mut self, [low, high]: [&Option<Bound>; 2], here: Vec<Step>) {
        if low.is_none() && high.is_none() {
            self.no_bound(here.clone());
        }
        let mut ends = Vec::new();
        for (name, bound) in [("low", low), ("high", high)] {
            let Some(bound) = bound else { continue };
            match bound.unit.as_deref().map(TimeUnit::from_text) {
                Some(Some(unit)) => {
                    if bound.value.exact() != crate::Exact::whole(0) && whole(bound).is_none() {
                        self.error(
                            below(&below(&here, key(name)), key("value")),
                            Code::BadNumber,
                            format!("{} is not a whole number of {}", bound.value, name_of(unit)),
                            "use a smaller unit, so that the number is whole",
                        );
                    }
                    ends.push((unit, bound));
                }
                Some(None) => self.error(
                    below(&below(&here, key(name)), key("unit")),
                    Code::IncomparableUnit,
                    format!("{} is not a unit of time", quoted(bound.unit.as_deref().unwrap_or(""))),
                    "use min, h, d, wk, mo or y",
                ),
                None => self.missing_unit(below(&here, key(name)), "min, h, d, wk, mo or y"),
            }
        }
        if let [(a, low), (b, high)] = ends.as_slice()
            && a == b
            && (low.value > high.value || (low.value == high.value && !(low.inclusive && high.inclusive)))
        {
            self.empty_range(here);
        }
    }
}

fn whole(bound: &Bound) -> Option<i64> {
    bound.value.to_string().parse().ok()
}

fn name_of(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Minute => "minutes",
        TimeUnit::Hour => "hours",
        TimeUnit::Day => "days",
        TimeUnit::Week => "weeks",
        TimeUnit::Month => "months",
        TimeUnit::Year => "years",
    }
}
