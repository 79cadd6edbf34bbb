//! What no fact speaks of and no statement denies.

use trial_prescreen::{Exact, Expression};

use super::Builder;
use super::denied::{Refuted, covered};
use super::number::{around, possible};
use crate::oracle::dose::Class;
use crate::oracle::{Item, Moment, What};

impl Builder<'_, '_> {
    /// When a value was that no fact speaks of: at no time in particular, at some moment, or for some days.
    pub(super) fn filled(&mut self, key: &str, leaf: &Expression) -> Option<(Option<Moment>, Option<Moment>)> {
        let at = self.open(true)?;
        let dose = Class::of_total(key).is_some();
        Some(match (self.pick)(3) {
            0 if dose => (Some(at), None),
            1 if dose => (None, Some(at)),
            2 if !matches!(leaf, Expression::Change(_)) || dose => (None, None),
            _ => (Some(at), Some(at)),
        })
    }

    /// Adds what no fact speaks of and no statement denies.
    pub(super) fn fill(&mut self, leaf: &Expression, refuted: &[(String, Refuted)]) -> Option<()> {
        let subject = leaf.subject()?;
        let key = subject.key();
        for _ in 0..2 {
            let open = Item::OPEN;
            let item = match leaf {
                Expression::Compare(_) | Expression::Change(_) => {
                    let mut marks = self.marks(&key, None, None);
                    if matches!(leaf, Expression::Change(_)) {
                        // by half and by as much again
                        let more = |at: &Exact| [(11, 10), (3, 2), (2, 1)].map(|(n, d)| at.times(Exact::ratio(n, d)?));
                        marks.extend(marks.iter().flat_map(more).flatten().collect::<Vec<_>>());
                    }
                    let mut fit = possible(&key, around(marks.into_iter()));
                    fit.retain(|at| *at >= Exact::ZERO);
                    let value = self.any(&fit).unwrap_or(Exact::ONE);
                    let (from, to) = self.filled(&key, leaf)?;
                    Item { what: self.what(&key, value, None, None), from, to, ..open }
                }
                Expression::IsOneOf(is) => {
                    let mut codes = is.values.clone();
                    codes.push("another".to_owned());
                    let (from, to) = self.filled(&key, leaf)?;
                    Item { what: What::Code(self.any(&codes).unwrap_or_default()), from, to, ..open }
                }
                Expression::Present(_) | Expression::Elapsed(_) => {
                    let kind = (self.pick)(4);
                    let at = if kind == 1 { self.open(false) } else { self.open(true) };
                    let what = if kind == 1 { What::Planned } else { What::Happened };
                    let to = if kind == 2 { Some(self.world.now) } else { at };
                    if kind == 0 {
                        continue;
                    }
                    Item { what, from: at, to, ..open }
                }
                _ => continue,
            };
            let sure =
                matches!(leaf, Expression::Compare(_) | Expression::IsOneOf(_)) && Class::of_total(&key).is_none();
            let about = || refuted.iter().filter(|(name, _)| covered(name).contains(&key.as_str()));
            let denied = about().any(|(_, refuted)| self.denies(refuted, &item));
            let stands = |refuted: &Refuted| Refuted { to: None, ..refuted.clone() };
            let gainsaid = about().any(|(_, refuted)| refuted.once && self.denies(&stands(refuted), &item));
            if sure || !denied {
                let item = Item { gainsaid: gainsaid && !sure, ..item };
                self.world.items.entry(key.clone()).or_default().push(item);
            }
        }
        Some(())
    }
}
