//! Which version of a trial applies at a site on a day.

use serde::Serialize;

use crate::model::date::{Date, Day};
use crate::model::table::Table;

/// From when on a version of a trial applies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activation {
    /// Nowhere before this.
    pub effective_from: Option<Date>,
    /// From when on at each site, by the site's number, where sites change over on different days.
    pub sites: Table<Date>,
}

/// Which version applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InForce {
    /// This one, by its place.
    Version(usize),
    /// One of these: a date is not known to the day.
    OneOf(Vec<usize>),
    /// None yet.
    None,
}

/// The version that applies at a site on a day: the one that began last, and of two that began together the later one.
///
/// Versions come in the order in which they follow one another. A version that lists sites applies at those alone, and
/// nowhere before it is effective. The first version applies from the beginning where nothing is said of it; of any
/// other that nobody dates nothing is known, and it does not apply.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Activation, Day, InForce, in_force};
/// let first = Activation::default();
/// let second = Activation {
///     effective_from: "2026-03-01".parse().ok(),
///     sites: [("012".to_owned(), "2026-03-20".parse().unwrap())].into_iter().collect(),
/// };
/// let at = |site: &str, day| in_force(&[first.clone(), second.clone()], site, Day::new(2026, 3, day).unwrap());
/// assert_eq!(at("012", 19), InForce::Version(0));
/// assert_eq!(at("012", 20), InForce::Version(1));
/// assert_eq!(at("013", 31), InForce::Version(0)); // not activated there
/// ```
pub fn in_force(versions: &[Activation], site: &str, on: Day) -> InForce {
    let mut last: Option<(Day, usize)> = None;
    let mut perhaps: Vec<usize> = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        let Some((first, latest)) = version.begins(site, at == 0) else { continue };
        if latest <= on {
            last = last.max(Some((latest, at)));
        } else if first <= on {
            perhaps.push(at);
        }
    }
    match (last, perhaps.is_empty()) {
        (Some((_, at)), true) => InForce::Version(at),
        (None, true) => InForce::None,
        (last, false) => InForce::OneOf(last.map(|(_, at)| at).into_iter().chain(perhaps).collect()),
    }
}

impl Activation {
    /// The first and the last day on which it may have begun at a site.
    fn begins(&self, site: &str, is_first: bool) -> Option<(Day, Day)> {
        let own = match self.sites.get(site) {
            Some(date) => Some(*date),
            None if self.sites.is_empty() => self.effective_from,
            None => return None,
        };
        let Some(own) = own else { return is_first.then_some((Day::FIRST, Day::FIRST)) };
        let from = self.effective_from.unwrap_or(own);
        Some((own.first_day().max(from.first_day()), own.last_day().max(from.last_day())))
    }
}
