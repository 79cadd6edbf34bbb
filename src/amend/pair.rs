//! Which criterion of one version is which of the other.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::criterion::Category;

use super::meaning::Meaning;

/// A criterion of both versions, by its places.
pub(super) struct Pair {
    pub(super) before: usize,
    pub(super) after: usize,
    /// It passed others of its list.
    pub(super) moved: bool,
}

/// More comparisons of words than these are not made: what is left then pairs by its id.
const MOST: usize = 400_000;
/// Of a thousand parts of their words that two criteria share, so many make them one; fewer where the one is about all
/// that the other is about, and still fewer where both are about the same.
const ALIKE: usize = 550;
const ALIKE_ABOUT_MORE: usize = 300;
const ALIKE_ABOUT_THE_SAME: usize = 100;

pub(super) fn pairs(old: &[Meaning<'_>], new: &[Meaning<'_>]) -> Vec<Pair> {
    let mut found = Found { old: vec![None; old.len()], new: vec![None; new.len()] };
    let words = |meaning: &Meaning<'_>| Some(format!("{:?}", meaning.words));
    let list = |meaning: &Meaning<'_>| meaning.criterion.category == Category::Exclusion;
    found.by(old, new, &|meaning| Some((list(meaning), words(meaning)?)));
    found.by(old, new, &|meaning| Some((true, words(meaning)?)));
    found
        .by(old, new, &|meaning| Some((list(meaning), format!("{} {}", meaning.criterion.id, meaning.form.as_ref()?))));
    found.by(old, new, &|meaning| Some((list(meaning), meaning.form.clone()?)));
    found.by_likeness(old, new);
    found.pairs(old, new)
}

struct Found {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Found {
    fn tie(&mut self, before: usize, after: usize) {
        if let (Some(old), Some(new)) = (self.old.get_mut(before), self.new.get_mut(after))
            && old.is_none()
            && new.is_none()
        {
            (*old, *new) = (Some(after), Some(before));
        }
    }

    fn open(side: &[Option<usize>]) -> Vec<usize> {
        side.iter().enumerate().filter(|(_, tied)| tied.is_none()).map(|(at, _)| at).collect()
    }

    /// Those of one key, in their order.
    fn by(&mut self, old: &[Meaning<'_>], new: &[Meaning<'_>], key: &dyn Fn(&Meaning<'_>) -> Option<(bool, String)>) {
        let mut known: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
        for at in Found::open(&self.old).into_iter().rev() {
            if let Some(key) = old.get(at).and_then(key) {
                known.entry(key).or_default().push(at);
            }
        }
        for at in Found::open(&self.new) {
            let before = new.get(at).and_then(key).and_then(|key| known.get_mut(&key)?.pop());
            if let Some(before) = before {
                self.tie(before, at);
            }
        }
    }

    /// The likest first; of equals those that lie nearest to one another.
    fn by_likeness(&mut self, old: &[Meaning<'_>], new: &[Meaning<'_>]) {
        let [left, fresh] = [Found::open(&self.old), Found::open(&self.new)];
        let mut ties: Vec<(usize, usize, usize, usize)> = Vec::new();
        let few = left.len().saturating_mul(fresh.len()) <= MOST;
        let grams = |side: &[Meaning<'_>], open: &[usize]| -> BTreeMap<usize, BTreeSet<String>> {
            open.iter().filter_map(|at| Some((*at, grams(side.get(*at)?)))).collect()
        };
        let [ours, theirs] =
            if few { [grams(old, &left), grams(new, &fresh)] } else { [BTreeMap::new(), BTreeMap::new()] };
        for (before, one) in &ours {
            for (after, other) in &theirs {
                let (Some(a), Some(b)) = (old.get(*before), new.get(*after)) else { continue };
                let shared = one.intersection(other).count().saturating_mul(2000);
                let likeness = shared.checked_div(one.len().saturating_add(other.len())).unwrap_or(0);
                let about = |few: &[String], many: &[String]| {
                    !few.is_empty() && few.iter().all(|subject| many.contains(subject))
                };
                let same_subject = !a.subjects.is_empty() && a.subjects == b.subjects;
                let more = about(&a.subjects, &b.subjects) || about(&b.subjects, &a.subjects);
                let enough = match (same_subject, more) {
                    (true, _) => ALIKE_ABOUT_THE_SAME,
                    (false, true) => ALIKE_ABOUT_MORE,
                    (false, false) => ALIKE,
                };
                if likeness >= enough && a.criterion.category == b.criterion.category {
                    let likeness = likeness + if same_subject { 300 } else { 0 };
                    ties.push((1300_usize.saturating_sub(likeness), before.abs_diff(*after), *before, *after));
                }
            }
        }
        if !few {
            let id = |side: &[Meaning<'_>], at: usize| side.get(at).map(|meaning| meaning.criterion.id.clone());
            let ids: BTreeMap<String, usize> = left.iter().filter_map(|at| Some((id(old, *at)?, *at))).collect();
            ties.extend(fresh.iter().filter_map(|after| Some((0, 0, *ids.get(&id(new, *after)?)?, *after))));
        }
        ties.sort_unstable();
        for (_, _, before, after) in ties {
            self.tie(before, after);
        }
    }

    fn pairs(&self, old: &[Meaning<'_>], new: &[Meaning<'_>]) -> Vec<Pair> {
        let tied = || self.new.iter().enumerate().filter_map(|(after, before)| Some(((*before)?, after)));
        let within: Vec<(usize, usize)> = tied()
            .filter(|(before, after)| {
                let category = |side: &[Meaning<'_>], at: usize| side.get(at).map(|meaning| meaning.criterion.category);
                category(old, *before) == category(new, *after)
            })
            .collect();
        let mut stayed: BTreeSet<usize> = BTreeSet::new();
        for exclusion in [false, true] {
            let own = within.iter().filter(|(before, _)| {
                old.get(*before).is_some_and(|m| (m.criterion.category == Category::Exclusion) == exclusion)
            });
            stayed.extend(rising(&own.map(|(before, _)| *before).collect::<Vec<_>>()));
        }
        tied().map(|(before, after)| Pair { before, after, moved: !stayed.contains(&before) }).collect()
    }
}

/// The longest run of places that rises: what is not on it went past others.
fn rising(places: &[usize]) -> Vec<usize> {
    // the smallest last place of a run of each length, and what stands before each place in its run
    let mut ends: Vec<usize> = Vec::new();
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    for place in places {
        let length = ends.partition_point(|end| end < place);
        if let Some(end) = length.checked_sub(1).and_then(|at| ends.get(at)) {
            before.insert(*place, *end);
        }
        match ends.get_mut(length) {
            Some(end) => *end = *place,
            None => ends.push(*place),
        }
    }
    let mut run = Vec::new();
    let mut at = ends.last().copied();
    while let Some(place) = at {
        run.push(place);
        at = before.get(&place).copied();
    }
    run
}

/// Words in pairs and alone; of scripts without spaces, signs in pairs. Numbers count for nothing: they are what moves.
fn grams(meaning: &Meaning<'_>) -> BTreeSet<String> {
    let mut grams = BTreeSet::new();
    for (_, text) in &meaning.words {
        let mut last = String::new();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            if word.is_ascii() {
                grams.insert(word.to_owned());
                grams.insert(format!("{last} {word}"));
                word.clone_into(&mut last);
            } else {
                let signs: Vec<char> = word.chars().collect();
                grams.extend(signs.windows(2).map(|pair| pair.iter().collect::<String>()));
                grams.extend(signs.iter().map(char::to_string));
            }
        }
    }
    grams
}
