//! Medicines that count together: by what they are, and by how strong they are.

use std::sync::OnceLock;

use crate::model::route::Route;
use crate::sort;

/// Medicines whose daily doses add up once each is expressed in one of them.
///
/// # Example
///
/// ```
/// use trial_prescreen::DoseClass;
/// let opioids = DoseClass::of("opioid-dose").unwrap();
/// let oxycodone = opioids.members.iter().find(|member| member.medicine == "oxycodone").unwrap();
/// assert_eq!((oxycodone.unit, oxycodone.factor), ("mg/d", Some((3, 2)))); // 20 mg of it are 30 mg of morphine
/// assert!(DoseClass::of("statin").is_none());
/// ```
#[derive(Debug)]
pub struct DoseClass {
    /// The concept whose value is the total.
    pub concept: &'static str,
    /// The concept that is there as soon as one member is: none of it is none of each.
    pub class: &'static str,
    /// What the total is called in reasons.
    pub name: &'static str,
    /// The number of this table; another one may compare otherwise.
    pub version: u32,
    /// Where the equivalents were published.
    pub source: &'static str,
    /// How a medicine must be given to count, as the table says.
    pub routes: &'static str,
    /// Given so, it counts only where the criterion says so.
    pub local: &'static [Route],
    /// The unit of the total.
    pub unit: &'static str,
    /// The medicines.
    pub members: &'static [Equivalent],
}

/// How strong one medicine is.
#[derive(Clone, Copy, Debug)]
pub struct Equivalent {
    /// Its concept.
    pub medicine: &'static str,
    /// The unit that the factor is for.
    pub unit: &'static str,
    /// How much of the total one such unit is, as numerator and denominator; `None` where the table has no factor, so
    /// that any dose of it is some amount that nobody can compare.
    pub factor: Option<(i64, i64)>,
}

const fn milligrams(medicine: &'static str, numerator: i64, denominator: i64) -> Equivalent {
    Equivalent { medicine, unit: "mg/d", factor: Some((numerator, denominator)) }
}

const fn without_factor(medicine: &'static str) -> Equivalent {
    Equivalent { medicine, unit: "mg/d", factor: None }
}

/// Every dose class.
pub const DOSE_CLASSES: [DoseClass; 2] = [
    DoseClass {
        concept: "systemic-corticosteroid",
        class: "systemic-corticosteroid",
        name: "prednisone equivalent",
        version: 1,
        // 15 mg of prednisolone equal cortisone 75, hydrocortisone 60, prednisone 15, methylprednisolone 12,
        // triamcinolone 12, dexamethasone 2.25 and betamethasone 2.25 mg
        source: "prednisolone label approved by the US FDA",
        routes: "oral or intravenous; inhaled and topical ones do not count",
        local: &Route::LOCAL,
        unit: "mg/d",
        members: &[
            milligrams("cortisone", 1, 5),
            milligrams("hydrocortisone", 1, 4),
            milligrams("prednisone", 1, 1),
            milligrams("prednisolone", 1, 1),
            milligrams("methylprednisolone", 5, 4),
            milligrams("triamcinolone", 5, 4),
            milligrams("dexamethasone", 20, 3),
            milligrams("betamethasone", 20, 3),
        ],
    },
    DoseClass {
        concept: "opioid-dose",
        class: "opioid",
        name: "oral morphine equivalent",
        version: 1,
        source: "CDC Clinical Practice Guideline for Prescribing Opioids for Pain. MMWR Recomm Rep 2022;71(3):1–95",
        routes: "by mouth, and fentanyl through the skin",
        local: &[],
        unit: "mg/d",
        members: &[
            milligrams("codeine", 3, 20),
            Equivalent { medicine: "fentanyl-transdermal", unit: "ug/h", factor: Some((12, 5)) },
            milligrams("hydrocodone", 1, 1),
            milligrams("hydromorphone", 5, 1),
            milligrams("methadone", 47, 10),
            milligrams("morphine", 1, 1),
            milligrams("oxycodone", 3, 2),
            milligrams("oxymorphone", 3, 1),
            milligrams("tapentadol", 2, 5),
            milligrams("tramadol", 1, 5),
            without_factor("buprenorphine"),
            without_factor("fentanyl"),
        ],
    },
];

impl DoseClass {
    /// The class whose total this concept is.
    pub fn of(concept: &str) -> Option<&'static DoseClass> {
        DOSE_CLASSES.iter().find(|class| class.concept == concept)
    }
}

/// Classes of medicines and what belongs to them: medicines, or classes within.
const CLASSES: [(&str, &str); 10] = [
    ("anticoagulant", "direct-oral-anticoagulant enoxaparin heparin vitamin-k-antagonist"),
    ("antiplatelet", "aspirin clopidogrel prasugrel ticagrelor"),
    ("direct-oral-anticoagulant", "apixaban dabigatran edoxaban rivaroxaban"),
    ("diuretic", "loop-diuretic potassium-sparing-diuretic thiazide-diuretic"),
    ("loop-diuretic", "bumetanide furosemide torasemide"),
    ("potassium-sparing-diuretic", "amiloride eplerenone spironolactone"),
    ("sglt2-inhibitor", "canagliflozin dapagliflozin empagliflozin"),
    ("statin", "atorvastatin pravastatin rosuvastatin simvastatin"),
    ("thiazide-diuretic", "chlortalidone hydrochlorothiazide indapamide"),
    ("vitamin-k-antagonist", "warfarin"),
];

/// Everything that belongs to a class, however deep: a stated one of them states the class.
///
/// # Example
///
/// ```
/// use trial_prescreen::{classes_of, members_of};
/// assert_eq!(members_of("loop-diuretic").collect::<Vec<_>>(), ["bumetanide", "furosemide", "torasemide"]);
/// assert!(members_of("anticoagulant").any(|member| member == "warfarin"));
/// assert_eq!(classes_of("warfarin").collect::<Vec<_>>(), ["anticoagulant", "vitamin-k-antagonist"]);
/// assert_eq!(classes_of("alt").count(), 0);
/// ```
pub fn members_of(class: &str) -> impl Iterator<Item = &'static str> {
    belonging(0, class)
}

/// Every class that something belongs to: none of one of them is none of it.
pub fn classes_of(member: &str) -> impl Iterator<Item = &'static str> {
    belonging(1, member)
}

/// Pairs of a class and a member by class, and pairs of a member and a class by member.
type Pairs = [Vec<(&'static str, &'static str)>; 2];

fn belonging(by: usize, name: &str) -> impl Iterator<Item = &'static str> {
    static PAIRS: OnceLock<Pairs> = OnceLock::new();
    let pairs = PAIRS.get_or_init(pairs).get(by).map_or(&[][..], Vec::as_slice);
    let run = pairs.partition_point(|(first, _)| *first < name)..pairs.partition_point(|(first, _)| *first <= name);
    pairs.get(run).unwrap_or(&[]).iter().map(|(_, second)| *second)
}

fn pairs() -> Pairs {
    let mut by_class: Vec<(&str, &str)> = Vec::new();
    for (class, members) in CLASSES {
        by_class.extend(members.split(' ').map(|member| (class, member)));
    }
    for DoseClass { concept, class, members, .. } in &DOSE_CLASSES {
        by_class.extend(members.iter().map(|member| (*class, member.medicine)));
        by_class.extend((concept != class).then_some((*class, *concept)));
    }
    // INVARIANT: classes lie at most one within another; a test looks
    let within: Vec<(&str, &str)> = by_class
        .iter()
        .flat_map(|(class, inner)| {
            by_class.iter().filter(move |(own, _)| own == inner).map(move |pair| (*class, pair.1))
        })
        .collect();
    by_class.extend(within);
    sort::ascending(&mut by_class);
    let mut by_member: Vec<(&str, &str)> = by_class.iter().map(|(class, member)| (*member, *class)).collect();
    sort::ascending(&mut by_member);
    [by_class, by_member]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::concept::{Concept, Kind};
    use crate::model::unit::{Dimension, Unit};

    #[test]
    fn classes_lie_at_most_one_within_another() {
        for (class, members) in CLASSES {
            for inner in members.split(' ').filter(|member| CLASSES.iter().any(|(class, _)| class == member)) {
                assert_ne!(inner, class);
                assert!(members_of(inner).all(|member| members_of(member).next().is_none()), "{class} {inner}");
            }
        }
    }

    #[test]
    fn classes_and_members_stand_in_the_vocabulary() {
        for (class, members) in CLASSES {
            for id in members.split(' ').chain([class]) {
                assert!(Concept::named(id).is_some_and(|c| matches!(c.kind, Kind::Presence | Kind::Dose)), "{id}");
            }
        }
        for class in &DOSE_CLASSES {
            assert!(Concept::named(class.concept).is_some_and(|concept| concept.unit_text == class.unit));
            assert!(Concept::named(class.class).is_some() && !class.source.is_empty() && !class.routes.is_empty());
            for member in class.members {
                assert!(Concept::named(member.medicine).is_some_and(|c| c.kind == Kind::Dose), "{}", member.medicine);
                assert!(Unit::from_text(member.unit).is_some_and(|unit| unit.dimension == Dimension::DoseRate));
                assert!(member.factor.is_none_or(|(numerator, denominator)| numerator > 0 && denominator > 0));
            }
        }
    }
}
