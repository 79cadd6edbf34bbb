//! The event that a window hangs on, where nothing dates it.

use crate::evaluate::chart::Entry;
use crate::evaluate::cited::{Cited, of_both};
use crate::evaluate::event::{date_of, denies};
use crate::evaluate::mark::Mark;
use crate::evaluate::occurrence::spoken_of;
use crate::evaluate::result::GapKind;
use crate::evaluate::soonest::Soonest;
use crate::model::moment::Now;
use crate::model::record::{FactValue, Status};

/// Why nobody can say when the event was, and the facts that do not settle it; no reason where it never was, and the
/// facts that say so.
pub(crate) fn undated<'a>(about: &'a [Entry], now: Now, next: &mut Soonest) -> (Option<GapKind>, Cited<'a>) {
    let marks: Vec<Mark> = about.iter().filter_map(|fact| date_of(fact)).map(|when| Mark::of(when, now)).collect();
    let (mut happened, mut never, mut elsewhen) = (Cited::new(), Cited::new(), Cited::new());
    for fact in about {
        let id = &fact.id;
        match fact.value {
            FactValue::Present(Status::Current | Status::History | Status::Any) | FactValue::Date(_) => {
                happened.push(id);
            }
            FactValue::Refuted(Status::Any | Status::History) => {
                let anywhen = spoken_of(fact, now, next).is_none() && fact.within.is_none();
                if anywhen || marks.iter().any(|mark| denies(fact, mark, now, next)) {
                    never.push(id);
                } else {
                    elsewhen.push(id);
                }
            }
            FactValue::Present(Status::Planned)
            | FactValue::Refuted(Status::Current | Status::Planned)
            | FactValue::Quantity(_)
            | FactValue::Code(_)
            | FactValue::Absent(_)
            | FactValue::Complete => {}
        }
    }
    match (happened.is_empty(), never.is_empty()) {
        (true, false) => (None, never),
        (false, false) => (Some(GapKind::Conflicting), of_both(happened, never)),
        (false, true) => (Some(GapKind::Imprecise), happened),
        (true, true) if elsewhen.is_empty() => (Some(GapKind::Absent), elsewhen),
        (true, true) => (Some(GapKind::Stale), elsewhen),
    }
}
