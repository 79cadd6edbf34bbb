//! Daily doses against bounds: what several medicines on one day add up to.

use crate::evaluate::atom::Leaf;
use crate::evaluate::cited::{Cited, of_both};
use crate::evaluate::compiled::Atom;
use crate::evaluate::course::{DayTotal, Medicines, NOTHING, Said};
use crate::evaluate::frame::Frame;
use crate::evaluate::mark::Mark;
use crate::evaluate::result::{Derived, GapKind, Needs, Side};
use crate::evaluate::{Scope, compare};
use crate::model::decimal::Exact;
use crate::model::expression::{Compare, Select};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::quantity::{End, Interval};
use crate::model::window::{Anchor, Duration, TimeUnit, Window};
use crate::sort;
use crate::truth::Truth;

/// What is asked of a total.
#[derive(Clone, Copy)]
struct Asked<'a> {
    atom: &'a Atom,
    medicines: &'a Medicines,
    compare: &'a Compare,
    /// The bounds in the unit of the total.
    range: Option<Interval>,
    /// Margins are wanted.
    margins: bool,
}

/// The daily total against the bounds: of the highest or lowest day of the window, of any or all, their mean, or that
/// of the latest day. Without a statement that the list is complete there may be more.
pub(crate) fn evaluate<'a>(
    scope: &Scope<'a>,
    atom: &'a Atom,
    medicines: &'a Medicines,
    compare: &'a Compare,
    now: Now,
) -> Leaf<'a> {
    let asked = Asked { atom, medicines, compare, range: atom.range, margins: scope.margins };
    let leaf = at(scope, asked, now);
    if compare.select != Select::Mean || !now.timed {
        return leaf;
    }
    // a mean changes from day to day while something moves through the window
    const FARTHEST: i64 = 400;
    let Some(event) = leaf.next else { return leaf };
    for days in 1..=FARTHEST {
        let minute = now.start_of(now.day.plus_days(days));
        if minute >= event {
            return leaf;
        }
        if days == FARTHEST || at(scope, asked, now.moved_to(minute)).truth != leaf.truth {
            return leaf.later([minute]);
        }
    }
    leaf
}

fn at<'a>(scope: &Scope<'a>, asked: Asked<'a>, now: Now) -> Leaf<'a> {
    let compare = asked.compare;
    let whole = compare.window.as_ref().map(|window| Frame::new(scope, window, now));
    if whole.as_ref().is_some_and(Frame::is_adrift) {
        return Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), Cited::new()).framed(
            asked.atom,
            whole.as_ref(),
            false,
        );
    }
    if compare.select != Select::Latest {
        return within(scope, asked, whole, now);
    }
    let passing = whole.as_ref().map(|frame| frame.passing(None, now)).unwrap_or_default();
    let mut leaves = latest_days(scope, compare.window.as_ref(), whole.as_ref(), now)
        .into_iter()
        .map(|frame| within(scope, asked, Some(frame), now));
    let Some(mut leaf) = leaves.next() else {
        return Leaf::unknown(GapKind::Absent, None, Cited::new());
    };
    // it is not known which day is the latest
    for other in leaves {
        let next = leaf.next.into_iter().chain(other.next);
        let facts = of_both(leaf.because.clone(), other.because);
        leaf = if other.truth == leaf.truth {
            Leaf { because: facts, ..leaf }.later(next)
        } else {
            Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), facts).later(next)
        };
    }
    // which day is the latest hangs on the window, whatever is taken on it
    leaf.later(passing).framed(asked.atom, whole.as_ref(), true)
}

/// The days that may be the latest: that of the as-of moment, or the day of the window that is nearest to it.
fn latest_days<'a>(scope: &Scope<'a>, window: Option<&Window>, whole: Option<&Frame<'a>>, now: Now) -> Vec<Frame<'a>> {
    let day = |anchor: &Anchor, at: Duration| {
        Frame::new(scope, &Window { anchor: anchor.clone(), from: Some(at), to: Some(at), ..Window::default() }, now)
    };
    let today = || day(&Anchor::AsOf, Duration { count: 0, unit: TimeUnit::Day });
    let (Some(window), Some(whole)) = (window, whole) else { return vec![today()] };
    let here = Mark::at(now);
    let (begun, not_over) = (whole.not_before_start(&here), whole.not_after_end(&here));
    let mut days = Vec::new();
    days.extend((begun.and(not_over) != Truth::False).then(today));
    days.extend(window.to.filter(|_| not_over != Truth::True).map(|to| day(&window.anchor, to)));
    days.extend(window.from.filter(|_| begun != Truth::True).map(|from| day(&window.anchor, from)));
    days
}

fn within<'a>(scope: &Scope<'a>, asked: Asked<'a>, frame: Option<Frame<'a>>, now: Now) -> Leaf<'a> {
    let mut said = asked.medicines.listen(scope, &asked.compare.routes, frame.as_ref(), now);
    let mut next = std::mem::take(&mut said.next);
    next.extend(said.moved_by_now(frame.as_ref(), None, now));
    let told = said.framed || !(said.courses.is_empty() && said.outside.is_empty());
    let framed = frame.as_ref().is_some_and(|frame| told || frame.hangs_on_event());
    let leaf = match asked.range {
        None => Leaf::unknown(GapKind::Incomparable, Some(Needs::Unit), Cited::new()),
        Some(range) => judge(asked, &said, &range, frame.as_ref(), now),
    };
    leaf.later(next).framed(asked.atom, frame.as_ref(), framed)
}

/// What the days of a window say.
struct Finding<'a> {
    /// What they say whatever else there may be, and the facts behind it.
    surely: Option<(Truth, Cited<'a>)>,
    /// What they say where these are all.
    listed: Truth,
    total: Interval,
}

fn judge<'a>(asked: Asked<'_>, said: &Said<'a>, range: &Interval, frame: Option<&Frame<'a>>, now: Now) -> Leaf<'a> {
    let named = said.ids();
    if named.is_empty() {
        let closing = if said.none.is_empty() { &said.complete } else { &said.none };
        if closing.is_empty() {
            let kind = if said.outside.is_empty() { GapKind::Absent } else { GapKind::Stale };
            return Leaf::unknown(kind, None, said.outside.clone());
        }
        return known(asked, NOTHING.lies_in(range), closing.clone(), &NOTHING, &[]);
    }
    let found = found(&said.days(frame, now), range, asked.compare);
    if let Some((truth, facts)) = found.surely {
        return known(asked, truth, facts.clone(), &found.total, &facts);
    }
    if !said.none.is_empty() {
        return Leaf::unknown(GapKind::Conflicting, None, of_both(named, said.none.clone()));
    }
    if found.listed.is_known() && !said.complete.is_empty() {
        let because = of_both(named.clone(), said.complete.clone());
        return known(asked, found.listed, because, &found.total, &named);
    }
    let (kind, needs) = said.lacking(found.listed.is_known());
    Leaf::unknown(kind, needs, named)
}

fn found<'a>(days: &[DayTotal<'a>], range: &Interval, compare: &Compare) -> Finding<'a> {
    let two_sided = compare.low.is_some() && compare.high.is_some();
    let of_total = |(total, facts): (Interval, Cited<'a>)| {
        // these alone decide, whatever else there may be
        let truth = Interval { low: total.low, high: None }.lies_in(range);
        Finding { surely: truth.is_known().then_some((truth, facts)), listed: total.lies_in(range), total }
    };
    match compare.select {
        Select::Any if two_sided => each(days, range, Truth::True),
        Select::All if two_sided => each(days, range, Truth::False),
        Select::Max => of_total(highest(days)),
        Select::Min => of_total(lowest(days)),
        // a day over a low bound: the highest is
        Select::Any if compare.low.is_some() => of_total(highest(days)),
        Select::Any => of_total(lowest(days)),
        Select::All if compare.low.is_some() => of_total(lowest(days)),
        Select::All => of_total(highest(days)),
        Select::Mean => of_total(mean(days)),
        Select::Latest => of_total(some(days)),
    }
}

/// One day that is `deciding` settles it (any: true, all: false).
fn each<'a>(days: &[DayTotal<'a>], range: &Interval, deciding: Truth) -> Finding<'a> {
    let (total, _) = some(days);
    let mut surely = None;
    let mut listed = deciding.not();
    for day in days {
        if day.inside == Truth::True && (Interval { high: None, ..day.total }).lies_in(range) == deciding {
            surely = surely.or_else(|| Some((deciding, day.surely.clone())));
        }
        let truth = day.total.lies_in(range);
        let outside = day.inside == Truth::False || truth == deciding.not();
        let decides = day.inside == Truth::True && truth == deciding;
        if decides {
            listed = deciding;
        } else if !outside && listed != deciding {
            listed = Truth::Unknown;
        }
    }
    Finding { surely, listed, total }
}

/// The highest total, and the facts of the day that surely reaches it.
fn highest<'a>(days: &[DayTotal<'a>]) -> (Interval, Cited<'a>) {
    let mut best = NOTHING;
    let mut facts = Cited::new();
    for day in days.iter().filter(|day| day.inside != Truth::False) {
        best.high = further(best.high, day.total.high, true, true);
        if day.inside == Truth::True {
            let low = further(best.low, day.total.low, false, true);
            if low != best.low {
                facts.clone_from(&day.surely);
            }
            best.low = low;
        }
    }
    (best, facts)
}

/// The lowest total.
fn lowest<'a>(days: &[DayTotal<'a>]) -> (Interval, Cited<'a>) {
    let (mut best, facts) = some(days);
    best.high = None;
    for day in days.iter().filter(|day| day.inside == Truth::True) {
        best.high = further(best.high, day.total.high, true, false);
    }
    (best, facts)
}

/// The total of one of these days, whichever it is.
fn some<'a>(days: &[DayTotal<'a>]) -> (Interval, Cited<'a>) {
    let mut possible = days.iter().filter(|day| day.inside != Truth::False);
    let Some(first) = possible.next() else { return (Interval::default(), Cited::new()) };
    let (mut total, mut facts) = (first.total, first.surely.clone());
    for day in possible {
        total = total.hull(&day.total);
        facts.extend(day.surely.iter().copied());
    }
    (total, facts)
}

/// The mean of the days of a window with two ends; one of which it is not known where it ends has the mean of some of
/// its days.
fn mean<'a>(days: &[DayTotal<'a>]) -> (Interval, Cited<'a>) {
    let (total, facts) = some(days);
    let weighed = || {
        let mut sum = NOTHING;
        let mut count = 0;
        for (day, following) in days.iter().zip(days.iter().skip(1)).filter(|(day, _)| day.inside == Truth::True) {
            let length = following.day.number() - day.day.number();
            count += length;
            sum = sum.plus(&day.total.times(Exact::whole(length))?)?;
        }
        sum.times(Exact::ratio(1, i128::from(count))?)
    };
    let open = days.iter().any(|day| day.inside == Truth::Unknown);
    let endless = [days.first(), days.last()].into_iter().flatten().any(|day| day.inside == Truth::True);
    let mean = if open || endless { None } else { weighed() };
    (mean.unwrap_or(if endless { Interval { low: NOTHING.low, high: None } } else { total }), facts)
}

fn known<'a>(asked: Asked<'_>, truth: Truth, because: Cited<'a>, total: &Interval, from: &[&'a Name]) -> Leaf<'a> {
    let Asked { medicines, compare, .. } = asked;
    if !asked.margins {
        return Leaf::known(truth, because);
    }
    let margins = [(&compare.low, Side::Low), (&compare.high, Side::High)];
    let margin = margins.into_iter().filter_map(|(bound, side)| {
        let bound = bound.as_ref()?;
        let total = total.converted(medicines.conversion(bound.unit.as_deref()?)?.inverse()?)?;
        compare::margin(&total, bound, side)
    });
    let shown = total.single().and_then(|single| single.rounded(2)).filter(|_| !from.is_empty());
    let derived = shown.map(|value| {
        let mut formula = String::from(if compare.select == Select::Mean { "mean " } else { "" });
        formula.push_str(medicines.name());
        let mut from: Vec<Name> = from.iter().map(|id| (*id).clone()).collect();
        sort::ascending(&mut from);
        from.dedup();
        Derived { value: [&value.to_string(), medicines.unit].join(" "), formula, from }
    });
    Leaf {
        margin: margin.min().map(|(_, margin)| Box::new(margin)),
        derived: derived.map(Box::new),
        ..Leaf::known(truth, because)
    }
}

/// The larger or the smaller of two ends; an open one is the smallest below and the largest above.
fn further(a: Option<End>, b: Option<End>, above: bool, larger: bool) -> Option<End> {
    match (a, b) {
        (Some(a), Some(b)) if a.at == b.at => Some(End { at: a.at, inclusive: a.inclusive || b.inclusive }),
        (Some(a), Some(b)) => Some(if (a.at > b.at) == larger { a } else { b }),
        (None, other) | (other, None) => other.filter(|_| above != larger),
    }
}
