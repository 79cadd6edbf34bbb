//! A person's facts made ready: sorted by what they are about, with their dates and amounts worked out once.

use std::cmp::Ordering;
use std::ops::Deref;
use std::sync::{Mutex, OnceLock};

use crate::evaluate::compiled::{Bearing, Compiled};
use crate::evaluate::event;
use crate::evaluate::expression::Plain;
use crate::evaluate::mark::Mark;
use crate::evaluate::occurrence::Occurrence;
use crate::evaluate::result::Needs;
use crate::evaluate::soonest::Soonest;
use crate::model::concept::Concept;
use crate::model::date::When;
use crate::model::decimal::Exact;
use crate::model::moment::{AsOf, Now};
use crate::model::name::Name;
use crate::model::quantity::{Conversion, Interval, Quantity};
use crate::model::record::{Fact, FactValue, Subject};
use crate::model::unit::{Dimension, Substance, Unit};
use crate::model::window::Anchor;
use crate::sort;
use crate::sort::Sorted;

/// A fact made ready.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) fact: Fact,
    /// When it was.
    pub(crate) when: Option<Occurrence>,
    /// All the values that it may be, in the unit it was given in.
    pub(crate) interval: Option<Interval>,
    /// The same in the concept's own unit, where it can be said in it.
    pub(crate) canonical: Option<Interval>,
    /// As a multiple of the upper limit of normal that came with it, or what is missing for that.
    pub(crate) of_upper: Result<Interval, Needs>,
    /// As a multiple of the lower limit.
    pub(crate) of_lower: Result<Interval, Needs>,
}

impl Deref for Entry {
    type Target = Fact;

    fn deref(&self) -> &Fact {
        &self.fact
    }
}

impl Entry {
    pub(crate) fn new(fact: Fact, now: Now) -> Entry {
        let quantity = match &fact.value {
            FactValue::Quantity(quantity) => Some(quantity),
            FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Refuted(_)
            | FactValue::Absent(_)
            | FactValue::Complete => None,
        };
        let interval = quantity.and_then(Quantity::interval);
        let concept = match &fact.subject {
            Subject::Concept(id) => Concept::named(id),
            Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
        };
        let unit = quantity.and_then(|quantity| quantity.unit.as_deref());
        let canonical = interval.zip(concept).and_then(|(interval, concept)| canonical(interval, unit, concept));
        let substance = concept.map_or(Substance::Unknown, |concept| concept.substance);
        let of = |limit: &Option<Quantity>, needs| multiple(interval, unit, limit.as_ref(), substance, needs);
        let of_upper = of(&fact.upper_limit, Needs::UpperLimit);
        let of_lower = of(&fact.lower_limit, Needs::LowerLimit);
        Entry { when: Occurrence::of(&fact, now), interval, canonical, of_upper, of_lower, fact }
    }
}

impl Entry {
    fn says_when(&self) -> About {
        let is_date = matches!(self.value, FactValue::Date(_));
        if self.when.is_none() && self.within.is_none() && !is_date { About::Undated } else { About::Dated }
    }
}

/// The value in the concept's own unit. A number without a unit is one only where the concept is a plain number.
fn canonical(interval: Interval, unit: Option<&str>, concept: &Concept) -> Option<Interval> {
    let own = concept.unit?;
    let text = match unit {
        Some(text) => text,
        None if own.dimension == Dimension::Number => "",
        None => return None,
    };
    if text == concept.unit_text {
        return Some(interval);
    }
    interval.converted(Conversion::between(Unit::from_text(text)?, own, concept.substance).ok()?)
}

/// The value as a multiple of the limit that came with it. A limit without a unit is in the unit of its result.
fn multiple(
    interval: Option<Interval>,
    unit: Option<&str>,
    limit: Option<&Quantity>,
    substance: Substance,
    needs: Needs,
) -> Result<Interval, Needs> {
    let limit = limit.ok_or(needs)?;
    if unit.is_none() && limit.unit.is_some() {
        return Err(Needs::Unit);
    }
    let ratio = || {
        let one = limit.interval()?.single()?;
        let conversion = match (unit, limit.unit.as_deref()) {
            (Some(unit), Some(of_limit)) if unit != of_limit => {
                Conversion::between(Unit::from_text(unit)?, Unit::from_text(of_limit)?, substance).ok()?
            }
            _ => Conversion::SAME,
        };
        (one > Exact::ZERO).then_some(())?;
        interval?.converted(conversion)?.times(Exact::ONE.over(one)?)
    };
    ratio().ok_or(needs)
}

/// What facts say of when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// There are none.
    #[default]
    Nothing,
    /// What they say, they say of no time.
    Undated,
    /// At least one of them is of some time.
    Dated,
}

/// Where the facts about a subject begin among all facts, where they end, and what they say of when.
#[derive(Clone, Copy, Debug)]
struct Slot {
    start: usize,
    end: usize,
    about: About,
}

/// The facts about one person.
#[derive(Debug, Default)]
pub(crate) struct Chart {
    /// Sorted by subject, then by id: the order in which facts are given changes nothing.
    entries: Vec<Entry>,
    /// Where the facts about each of the trial's subjects are.
    slots: Vec<Slot>,
    /// What is remembered of each criterion and leaf that time does not change.
    remembered: Vec<OnceLock<Plain>>,
    /// What leaves that are stated more than once say at a moment, by their numbers and its first minute.
    moments: Mutex<Sorted<(usize, i64, bool), Plain>>,
    /// What the trial's windows hang on, where that is known.
    pub(crate) anchors: Vec<Anchored>,
}

/// When an anchor is, and the facts that say so.
#[derive(Debug)]
pub(crate) struct Anchored {
    pub(crate) anchor: Anchor,
    pub(crate) mark: Mark,
    pub(crate) because: Vec<Name>,
}

impl Anchored {
    /// One of the facts that say when it is stands beside another that says it was not.
    pub(crate) fn is_denied(&self, about: &[Entry], now: Now, next: &mut Soonest) -> bool {
        if self.because.is_empty() {
            return false;
        }
        let mut denied = false;
        for (_, mark) in event::newest(about, now) {
            for fact in about {
                denied |= event::denies(fact, &mark, now, next);
            }
        }
        denied
    }
}

impl Chart {
    pub(crate) fn new(compiled: &Compiled, facts: impl IntoIterator<Item = Fact>, as_of: &AsOf) -> Chart {
        let now = as_of.now();
        let mut entries: Vec<Entry> = facts.into_iter().map(|fact| Entry::new(fact, now)).collect();
        sort::by(&mut entries, |a, b| (&a.subject, &a.id).cmp(&(&b.subject, &b.id)));
        let mut chart = Chart { entries, ..Chart::default() };
        chart.index(compiled, as_of);
        chart
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes out the facts with this id.
    pub(crate) fn take(&mut self, id: &str) -> Vec<Entry> {
        self.entries.extract_if(.., |entry| entry.id == id).collect()
    }

    /// Works out anew what hangs on the moment that is judged from.
    pub(crate) fn move_to(&mut self, compiled: &Compiled, as_of: &AsOf) {
        let now = as_of.now();
        for entry in &mut self.entries {
            entry.when = Occurrence::of(&entry.fact, now);
        }
        self.anchor(compiled, as_of);
    }

    /// Puts a fact where it belongs; `index` must follow.
    pub(crate) fn put(&mut self, new: Entry) {
        let at = self.entries.partition_point(|entry| (&entry.subject, &entry.id) <= (&new.subject, &new.id));
        self.entries.insert(at, new);
    }

    /// Finds the facts about each subject of the trial, and the anchors.
    pub(crate) fn index(&mut self, compiled: &Compiled, as_of: &AsOf) {
        let mut at = 0;
        self.slots.clear();
        for subject in &compiled.subjects {
            let rest = self.entries.get(at..).unwrap_or(&[]);
            at += rest.iter().take_while(|entry| entry.subject < *subject).count();
            let rest = self.entries.get(at..).unwrap_or(&[]);
            let end = at + rest.iter().take_while(|entry| entry.subject == *subject).count();
            let own = self.entries.get(at..end).unwrap_or(&[]);
            let about = own.iter().map(Entry::says_when).max().unwrap_or_default();
            self.slots.push(Slot { start: at, end, about });
            at = end;
        }
        self.remembered.clear();
        self.remembered.resize_with(compiled.parts, OnceLock::new);
        self.anchor(compiled, as_of);
    }

    fn anchor(&mut self, compiled: &Compiled, as_of: &AsOf) {
        let now = as_of.now();
        self.moments = Mutex::default();
        self.anchors = compiled.anchors.iter().filter_map(|anchor| self.anchored(anchor, as_of, now)).collect();
    }

    /// The newest date that is given for it, as for time since an event.
    fn anchored(&self, anchor: &Anchor, as_of: &AsOf, now: Now) -> Option<Anchored> {
        if let Some(date) = as_of.anchors.get(anchor) {
            return Some(Anchored { anchor: anchor.clone(), mark: Mark::of(When::On(date), now), because: Vec::new() });
        }
        let facts = self.about_anchor(anchor);
        let dated = event::newest(facts, now);
        let mark = dated.iter().map(|(_, mark)| *mark).reduce(Mark::newer)?;
        Some(Anchored {
            anchor: anchor.clone(),
            mark,
            because: dated.iter().map(|(entry, _)| entry.id.clone()).collect(),
        })
    }

    /// What the facts say of a criterion or a leaf, looked at once where time does not change it.
    ///
    /// INVARIANT: where nothing relevant is known, and where all that is known is undated and what is asked for is not
    /// when, time changes nothing.
    pub(crate) fn recalled(&self, bearing: &Bearing, look: &dyn Fn() -> Plain) -> Plain {
        let remembered = match self.about_all(bearing) {
            About::Nothing => Some(&bearing.of_nothing),
            About::Undated if bearing.is_timeless => self.remembered.get(bearing.place),
            About::Undated | About::Dated => None,
        };
        match remembered {
            Some(remembered) => *remembered.get_or_init(|| Plain { next: None, ..look() }),
            None => look(),
        }
    }

    /// What all facts say of when that bear on a criterion or a leaf.
    fn about_all(&self, bearing: &Bearing) -> About {
        let mut about = About::Nothing;
        for slot in &bearing.relevant {
            if let Some(slot) = self.slots.get(*slot) {
                about = about.max(slot.about);
            }
        }
        about
    }

    /// Time alone changes nothing of a criterion, as long as the anchors stay.
    pub(crate) fn stands_still(&self, bearing: &Bearing) -> bool {
        match self.about_all(bearing) {
            About::Nothing => true,
            About::Undated => bearing.is_timeless,
            About::Dated => false,
        }
    }

    /// What a leaf says at a moment, looked at once where it is stated more than once.
    pub(crate) fn at_moment(&self, twin: Option<usize>, now: Now, look: &dyn Fn() -> Plain) -> Plain {
        let Some(twin) = twin else { return look() };
        let key = (twin, now.first, now.timed);
        let known = self.moments.lock().ok().and_then(|moments| moments.get(&key).copied());
        known.unwrap_or_else(|| {
            let plain = look();
            self.moments.lock().into_iter().for_each(|mut moments| {
                moments.insert(key, plain);
            });
            plain
        })
    }

    /// The facts about one of the trial's subjects, by its place among them, in the order of their ids.
    pub(crate) fn at(&self, slot: usize) -> &[Entry] {
        self.slots.get(slot).and_then(|slot| self.entries.get(slot.start..slot.end)).unwrap_or(&[])
    }

    /// The facts about a concept, in the order of their ids.
    pub(crate) fn about_concept(&self, id: &str) -> &[Entry] {
        self.run(&|entry| entry.subject.cmp_concept(id))
    }

    /// The facts about what a window hangs on, in the order of their ids.
    pub(crate) fn about_anchor(&self, anchor: &Anchor) -> &[Entry] {
        if let Anchor::Text(text) = anchor {
            return self.run(&|entry| entry.subject.cmp_text(text));
        }
        anchor.concept().map_or(&[], |concept| self.about_concept(concept))
    }

    /// The facts about any subject, in the order of their ids.
    pub(crate) fn about(&self, subject: &Subject) -> &[Entry] {
        self.run(&|entry| entry.subject.cmp(subject))
    }

    fn run(&self, order: &dyn Fn(&Entry) -> Ordering) -> &[Entry] {
        let start = self.entries.partition_point(|entry| order(entry).is_lt());
        let rest = self.entries.get(start..).unwrap_or(&[]);
        let length = rest.iter().take_while(|entry| order(entry).is_eq()).count();
        rest.get(..length).unwrap_or(&[])
    }
}
