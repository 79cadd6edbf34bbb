//! Stretches of time during which something went on, joined to courses where no day lies between them.

use crate::evaluate::mark::{Mark, decided};
use crate::evaluate::occurrence::Occurrence;
use crate::model::name::Name;
use crate::sort;
use crate::truth::Truth;

/// A stretch that a fact tells of. It has a beginning, known or not; without an end it goes on.
#[derive(Clone, Debug)]
pub(crate) struct Stretch<'a> {
    pub(crate) fact: &'a Name,
    pub(crate) begin: Mark,
    pub(crate) end: Option<Mark>,
    pub(crate) when: Occurrence,
    /// It is about the thing itself: where it begins, the thing begins. One of its kind may follow upon another.
    pub(crate) own: bool,
}

/// Stretches without a break between them.
#[derive(Clone, Debug)]
pub(crate) struct Course<'a> {
    pub(crate) begin: Mark,
    pub(crate) end: Option<Mark>,
    /// Where it begins, the thing begins.
    pub(crate) begins_itself: bool,
    /// Where it ends, the thing ends.
    pub(crate) ends_itself: bool,
    pub(crate) stretches: Vec<Stretch<'a>>,
}

/// Pairs of which it is not known whether they touch, and courses that one of them is part of: of more, every way
/// would be too many.
const MOST_PAIRS: usize = 8;
const MOST_COURSES: usize = 64;

/// The courses that stretches make, in every way in which those may touch whose dates are not known to the day; `None`
/// where there are too many ways.
pub(crate) fn courses<'a>(stretches: Vec<Stretch<'a>>) -> Option<Vec<Vec<Course<'a>>>> {
    let (mut exact, vague): (Vec<Stretch<'a>>, Vec<_>) = stretches.into_iter().partition(Stretch::is_exact);
    sort::by(&mut exact, |a, b| a.begin.first.cmp(&b.begin.first));
    let mut courses: Vec<Course<'a>> = Vec::new();
    for stretch in exact {
        let next = Course::of(stretch);
        match courses.last_mut() {
            Some(last) if last.touches(&next) == Truth::True => last.join(next),
            Some(_) | None => courses.push(next),
        }
    }
    let known = courses.len();
    courses.extend(vague.into_iter().map(Course::of));
    if courses.len() == known {
        return Some(vec![courses]);
    }
    if courses.len() > MOST_COURSES {
        return None;
    }
    let (mut joined, mut unsure) = (Vec::new(), Vec::new());
    for (at, one) in courses.iter().enumerate().skip(known) {
        for (before, other) in courses.iter().enumerate().take(at) {
            match one.touches(other) {
                Truth::True => joined.push((before, at)),
                Truth::Unknown => unsure.push((before, at)),
                Truth::False => {}
            }
        }
    }
    if unsure.len() > MOST_PAIRS {
        return None;
    }
    let ways = 0..1_usize << unsure.len();
    Some(
        ways.map(|way| {
            let chosen = unsure.iter().enumerate().filter(|(bit, _)| way >> bit & 1 == 1).map(|(_, pair)| *pair);
            grouped(&courses, joined.iter().copied().chain(chosen))
        })
        .collect(),
    )
}

fn grouped<'a>(courses: &[Course<'a>], pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Course<'a>> {
    let mut group: Vec<usize> = (0..courses.len()).collect();
    for (a, b) in pairs {
        let of = |at: usize| group.get(at).copied().unwrap_or(at);
        let (kept, gone) = (of(a), of(b));
        group.iter_mut().filter(|own| **own == gone).for_each(|own| *own = kept);
    }
    let mut made: Vec<(usize, Course<'a>)> = Vec::new();
    for (own, course) in group.into_iter().zip(courses) {
        match made.iter_mut().find(|(other, _)| *other == own) {
            Some((_, joined)) => joined.join(course.clone()),
            None => made.push((own, course.clone())),
        }
    }
    made.into_iter().map(|(_, course)| course).collect()
}

impl<'a> Stretch<'a> {
    pub(crate) fn of(fact: &'a Name, when: Occurrence, own: bool) -> Stretch<'a> {
        Stretch { fact, begin: when.begin.unwrap_or(Mark::ANY), end: when.end, when, own }
    }

    fn is_exact(&self) -> bool {
        let to_the_day = |mark: &Mark| mark.first_day == mark.last_day;
        to_the_day(&self.begin) && self.end.as_ref().is_none_or(to_the_day)
    }
}

impl<'a> Course<'a> {
    fn of(stretch: Stretch<'a>) -> Course<'a> {
        Course {
            begin: stretch.begin,
            end: stretch.end,
            begins_itself: stretch.own,
            ends_itself: stretch.own,
            stretches: vec![stretch],
        }
    }

    /// No day lies between the two.
    fn touches(&self, other: &Course<'_>) -> Truth {
        let reaches = |one: &Course<'_>, other: &Course<'_>| {
            one.end.map_or(Truth::True, |end| {
                let end = end.plus_days(1);
                decided(end.first_day >= other.begin.last_day, end.last_day < other.begin.first_day)
            })
        };
        reaches(self, other).and(reaches(other, self))
    }

    fn join(&mut self, other: Course<'a>) {
        let first = |one: &Course<'_>, two: &Course<'_>| one.begin.last_day <= two.begin.first_day;
        let last = |one: &Course<'_>, two: &Course<'_>| match (one.end, two.end) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(one), Some(two)) => one.first_day >= two.last_day,
        };
        // the first says how the course begins, and the last how it ends
        let which = |mine, others, [one, two]: [bool; 2]| match (mine, others) {
            (true, true) => one || two,
            (true, false) => one,
            (false, true) => two,
            (false, false) => one && two,
        };
        self.begins_itself = which(first(self, &other), first(&other, self), [self.begins_itself, other.begins_itself]);
        self.ends_itself = which(last(self, &other), last(&other, self), [self.ends_itself, other.ends_itself]);
        self.begin = self.begin.older(other.begin);
        self.end = self.end.zip(other.end).map(|(one, two)| one.newer(two));
        self.stretches.extend(other.stretches);
    }

    /// What may be the same thing goes before it or follows it: then it neither begins nor ends itself.
    pub(crate) fn may_go_on_as(&mut self, other: &Stretch<'a>) {
        if self.touches(&Course::of(other.clone())) == Truth::False {
            return;
        }
        self.begins_itself &= other.begin.first_day >= self.begin.last_day;
        self.ends_itself &= match (self.end, other.end) {
            (Some(end), Some(other)) => other.last_day <= end.first_day,
            (Some(_), None) => false,
            (None, _) => true,
        };
    }

    pub(crate) fn facts(&self) -> impl Iterator<Item = &'a Name> {
        self.stretches.iter().map(|stretch| stretch.fact)
    }
}
