//! What an entry proposes: facts about concepts, or the reason why it gives none.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use smallvec::{SmallVec, smallvec};

use crate::model::concept::{Concept, Kind as Of};
use crate::model::date::{Period, When};
use crate::model::decimal::Decimal;
use crate::model::name::Name;
use crate::model::quantity::Quantity;
use crate::model::record::{Absence, Fact, FactValue, Respondent, Status, Subject};
use crate::model::wording::wording;

use super::amount::{self, Units};
use super::charts::{Chart, Doubt, Kept, Left, Proposal, Why};
use super::codes::{self, Meant, System};
use super::entry::{Amount, Called, Entry, Kind, Said};
use super::phrases::{self, Polarity, Qualified};

/// Something that happens, and is not a state that goes on.
const EVENTS: [&str; 14] = [
    "coronary-intervention",
    "gastrointestinal-bleeding",
    "intracranial-haemorrhage",
    "ischaemic-stroke",
    "myocardial-infarction",
    "organ-transplant",
    "seizure",
    "stem-cell-transplant",
    "stroke",
    "subarachnoid-haemorrhage",
    "thrombectomy",
    "thrombolysis",
    "transient-ischaemic-attack",
    "venous-thromboembolism",
];

/// The stages of chronic kidney disease and the filtration they stand for, in mL/min/1.73 m².
const STAGES: [(&str, &str, &str); 5] = [
    ("N18.30", "30", "59.99"),
    ("N18.31", "45", "59.99"),
    ("N18.32", "30", "44.99"),
    ("N18.3", "30", "59.99"),
    ("N18.4", "15", "29.99"),
];

/// A concept that an entry is about, and how it was found.
struct About {
    concept: &'static Concept,
    doubts: Vec<Doubt>,
    /// The name says that it was.
    past: bool,
}

/// What entries are looked at with: a unit is looked up once, and a fact that has no id yet holds the same nothing.
#[derive(Default)]
pub(super) struct Proposing {
    units: Units,
    blank: Name,
}

impl Proposing {
    /// Every fact that an entry proposes, or the one reason why it proposes none.
    pub(super) fn propose(&mut self, entry: &Entry<'_>, found: &mut Chart) {
        if let Said::Left(why) = &entry.said {
            return found.left.push(self.left(entry, *why));
        }
        if entry.called.is_empty() {
            return found.left.push(self.left(entry, Why::Nameless));
        }
        if let Some(none) = none_known(&entry.called) {
            return self.whole_list(entry, none, found);
        }
        let about = match about(entry) {
            Ok(about) => about,
            Err(why) => return found.left.push(self.left(entry, why)),
        };
        let before = found.proposals.len();
        let mut refused = None;
        for one in &about {
            match value(entry, one, &mut self.units) {
                Ok((value, doubts)) => found.proposals.push(self.proposal(entry, one, value, doubts)),
                Err(why) => refused = refused.or(Some(why)),
            }
        }
        found.proposals.extend(self.stage(entry));
        if found.proposals.len() == before {
            found.left.extend(refused.map(|why| self.left(entry, why)));
        }
    }

    fn left(&self, entry: &Entry<'_>, why: Why) -> Left {
        let says = matches!(why, Why::NotKnown | Why::Unclear | Why::NoValue | Why::Denied);
        let kept = (says && !entry.called.is_empty()).then(|| self.kept(entry));
        Left { kept, ..Left::new(entry.origin.as_ref().clone(), entry.called.shown(), why) }
    }

    /// The fact as the record words it.
    fn kept(&self, entry: &Entry<'_>) -> Box<Kept> {
        let value = match &entry.said {
            Said::There(status) => FactValue::Present(*status),
            Said::Not(status) => FactValue::Refuted(*status),
            Said::Amount(amount) => FactValue::Quantity(amount.in_unit(amount.unit.as_deref())),
            Said::Coded(called) => FactValue::Code(called.shown()),
            Said::Truth(true) => FactValue::Present(Status::Any),
            Said::Truth(false) => FactValue::Refuted(Status::Current),
            Said::Words(words) => FactValue::Code(words.clone().into_owned()),
            Said::Day(when) => FactValue::Date(*when),
            Said::Nothing | Said::Left(_) => FactValue::Absent(Absence::Unknown),
        };
        let name = entry.called.shown();
        let fact = Fact { on: entry.on, ..self.fact(entry, Subject::Text(name), value) };
        let codes = entry.called.codings.iter().filter(|coding| !coding.code.is_empty());
        let codes = codes.map(|coding| format!("{}|{}", coding.address, coding.code)).collect();
        Box::new(Kept { codes, fact })
    }

    fn fact(&self, entry: &Entry<'_>, subject: Subject, value: FactValue) -> Fact {
        Fact {
            id: self.blank.clone(),
            subject,
            value,
            on: None,
            during: None,
            within: None,
            upper_limit: None,
            lower_limit: None,
            route: entry.route,
            half_life: None,
            source: Respondent::Record,
            note: entry.origin.resource.as_str().to_owned(),
        }
    }

    fn proposal(&mut self, entry: &Entry<'_>, about: &About, value: FactValue, doubts: Vec<Doubt>) -> Proposal {
        let mut all: Vec<Doubt> = entry.doubts.iter().chain(&about.doubts).copied().chain(doubts).collect();
        let mut made = self.fact(entry, Subject::concept(about.concept.id), value);
        place(entry, about.concept.id, &mut made);
        if let FactValue::Quantity(_) = made.value
            && entry.kind == Kind::Result
        {
            let mut limit = |limit: &Option<Amount<'_>>| {
                let other = entry.other_unit.as_deref();
                let (limit, doubts) = amount::measured(about.concept, limit.as_ref()?, other, &mut self.units);
                (!doubts.contains(&Doubt::UnitUnfit)).then_some(limit)
            };
            made.upper_limit = limit(&entry.limits.high);
            made.lower_limit = limit(&entry.limits.low);
            all.extend(entry.limits.unclear.then_some(Doubt::SeveralLimits));
        }
        let dated = made.on.is_some() || made.during.is_some() || matches!(made.value, FactValue::Date(_));
        let timeless = ["sex", "birth-date"].contains(&about.concept.id);
        all.extend((!dated && !timeless && !all.contains(&Doubt::OtherDate)).then_some(Doubt::NoDate));
        all.sort_unstable();
        all.dedup();
        Proposal { fact: made, origin: entry.origin.as_ref().clone(), said: entry.called.shown(), doubts: all }
    }

    /// What the stage of a kidney disease says of the filtration.
    fn stage(&self, entry: &Entry<'_>) -> Option<Proposal> {
        let codings = entry.called.codings.iter().filter(|coding| coding.system == Some(System::Icd10));
        let (_, low, high) =
            codings.filter_map(|coding| STAGES.into_iter().find(|(code, _, _)| coding.code == *code)).next()?;
        let concept = Concept::named("egfr")?;
        let range = Quantity { low: low.parse().ok(), high: high.parse().ok(), ..Quantity::default() };
        let range = Quantity { unit: Some(concept.unit_text.to_owned()), ..range };
        let mut made = self.fact(entry, Subject::concept("egfr"), FactValue::Quantity(range));
        made.on = entry.during.and_then(|during| during.from).map(When::On).or(entry.on);
        let doubts = [Doubt::FromStage].into_iter().chain(made.on.is_none().then_some(Doubt::NoDate)).collect();
        Some(Proposal { fact: made, origin: entry.origin.as_ref().clone(), said: entry.called.shown(), doubts })
    }

    /// "No known medications": every medicine that the lists know is said not to be taken.
    fn whole_list(&mut self, entry: &Entry<'_>, none: &'static str, found: &mut Chart) {
        let (system, status) = match none {
            "no-known-allergies" | "no-known-medication-allergies" => (System::NoneKnown, Status::Any),
            "no-known-medications" => (System::Medicine, Status::Current),
            "no-known-problems" => (System::Condition, Status::Current),
            "no-known-procedures" => (System::Procedure, Status::Any),
            _ => return found.left.push(self.left(entry, Why::Absent)),
        };
        let concepts = codes::concepts(system);
        for concept in concepts {
            let about = About { concept, doubts: vec![Doubt::WholeList], past: false };
            found.proposals.push(self.proposal(entry, &about, FactValue::Refuted(status), Vec::new()));
        }
    }
}

fn systems(kind: Kind) -> (&'static [System], Option<System>) {
    match kind {
        Kind::Condition => (&[System::Icd10], Some(System::Condition)),
        Kind::Medicine => (&[System::Atc, System::RxNorm], Some(System::Medicine)),
        Kind::Procedure => (&[System::Icd10], Some(System::Procedure)),
        Kind::Allergy => (&[], None),
        Kind::Result => (&[System::Loinc], None),
    }
}

/// The concepts that an entry is about: by its codes where a list knows one, else by its names.
fn about(entry: &Entry<'_>) -> Result<SmallVec<[About; 1]>, Why> {
    if entry.kind == Kind::Allergy {
        return allergy(&entry.called);
    }
    let (coded, named) = systems(entry.kind);
    let mut found: SmallVec<[About; 1]> = SmallVec::new();
    let mut unclear = false;
    for coding in &entry.called.codings {
        let system = coding.system.filter(|system| coded.contains(system));
        match system.and_then(|system| codes::coded(system, &coding.code)) {
            Some(Meant::Concepts(ids)) => add(&mut found, ids, &[], false),
            Some(Meant::Unclear) => unclear = true,
            None => {}
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    if unclear {
        return Err(Why::Unclear);
    }
    for name in entry.called.names() {
        let name = phrases::plain(name);
        let Some(system) = named else {
            if let Some(concept) = called(&name) {
                found.push(About { concept, doubts: vec![Doubt::ByWords], past: false });
            }
            continue;
        };
        let names = codes::named(system, &name);
        if names.is_empty() {
            continue;
        }
        let (doubt, past) = match phrases::qualified(&name) {
            Qualified::Plain => (None, false),
            Qualified::Past => (None, true),
            Qualified::Unsure => (Some(Doubt::Unconfirmed), false),
            Qualified::Family => return Err(Why::Family),
            Qualified::Denied => return Err(Why::Denied),
        };
        for one in names {
            if name.get(..one.at).is_some_and(|before| before.ends_with("non-") || before.ends_with("non ")) {
                unclear = true;
                continue;
            }
            match one.meant {
                Meant::Unclear => unclear = true,
                Meant::Concepts(ids) => {
                    let by_words = (!one.whole && entry.kind != Kind::Medicine).then_some(Doubt::ByWords);
                    let doubts: Vec<Doubt> = by_words.into_iter().chain(doubt).collect();
                    add(&mut found, ids, &doubts, past);
                }
            }
        }
        if !found.is_empty() || unclear {
            break;
        }
    }
    match (found.is_empty(), unclear) {
        (false, false) => Ok(found),
        (_, true) => Err(Why::Unclear),
        (true, false) => Err(Why::NotKnown),
    }
}

fn add(found: &mut SmallVec<[About; 1]>, concepts: &'static [&'static Concept], doubts: &[Doubt], past: bool) {
    for concept in concepts {
        if found.iter().all(|one| one.concept.id != concept.id) {
            found.push(About { concept, doubts: doubts.to_vec(), past });
        }
    }
}

/// The concept that a result is called by, to the letter: of several with one name the first.
fn called(name: &str) -> Option<&'static Concept> {
    static NAMES: OnceLock<BTreeMap<String, &'static Concept>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names = BTreeMap::new();
        for concept in Concept::all() {
            let words = wording(concept.id);
            let others = words.iter().flat_map(|words| words.synonyms_english.iter().chain(&words.synonyms_chinese));
            for name in [concept.english, concept.chinese].into_iter().chain(others.copied()) {
                names.entry(name.to_lowercase()).or_insert(concept);
            }
        }
        names
    });
    names.get(name).copied()
}

fn allergy(called: &Called<'_>) -> Result<SmallVec<[About; 1]>, Why> {
    let medicine = |system| matches!(system, Some(System::RxNorm | System::Atc));
    let coded = called.codings.iter().any(|coding| medicine(coding.system));
    let named = || {
        called.names().any(|name| {
            let name = phrases::plain(name);
            !codes::named(System::Medicine, &name).is_empty() || phrases::is_medicine(&name)
        })
    };
    let concept = Concept::named("drug-allergy").filter(|_| coded || named());
    concept.map(|concept| smallvec![About { concept, doubts: Vec::new(), past: false }]).ok_or(Why::NotKnown)
}

/// What the entry says of the concept, as the value of a fact.
fn value(entry: &Entry<'_>, about: &About, units: &mut Units) -> Result<(FactValue, Vec<Doubt>), Why> {
    let concept = about.concept;
    let past = |status: Status| if about.past { Status::History } else { status };
    let totals = crate::model::medicine::DoseClass::of(concept.id).is_some();
    let sure = |value: FactValue| Ok((value, Vec::new()));
    match (&entry.said, concept.kind) {
        (Said::There(Status::Current), Of::Dose) if entry.dose.is_some() => {
            let dose = Amount::from(entry.dose.clone().unwrap_or_default());
            let (dose, doubts) = amount::measured(concept, &dose, None, units);
            if doubts.is_empty() { sure(FactValue::Quantity(dose)) } else { sure(FactValue::Present(Status::Current)) }
        }
        (Said::There(Status::Current), Of::Presence) if EVENTS.contains(&concept.id) => {
            sure(FactValue::Present(Status::History))
        }
        (Said::There(status), Of::Presence | Of::Dose) => sure(FactValue::Present(past(*status))),
        (Said::There(status), Of::Quantity) if totals => sure(FactValue::Present(past(*status))),
        // no breast cancer is not no cancer, and who does not take one of a group may take another
        (Said::Not(_), Of::Presence | Of::Dose | Of::Quantity) if !is_whole(entry, concept) => Err(Why::Denied),
        (Said::Not(status), Of::Presence | Of::Dose) => sure(FactValue::Refuted(*status)),
        (Said::Not(status), Of::Quantity) if totals => sure(FactValue::Refuted(*status)),
        (Said::Truth(so), Of::Presence) => sure(polar(Some(*so)).ok_or(Why::NoValue)?),
        (Said::Coded(answer), Of::Presence) => {
            let polarity = answer.names().find_map(|name| phrases::polarity(concept.id, &phrases::plain(name)));
            match polarity {
                Some(Polarity::Yes) => sure(FactValue::Present(Status::Current)),
                Some(Polarity::No) => sure(FactValue::Refuted(Status::Current)),
                None => Err(Why::NoValue),
            }
        }
        (Said::Words(words), Of::Presence) => {
            let value = match phrases::polarity(concept.id, &phrases::plain(words)) {
                Some(Polarity::Yes) => FactValue::Present(Status::Current),
                Some(Polarity::No) => FactValue::Refuted(Status::Current),
                None => return Err(Why::NoValue),
            };
            Ok((value, vec![Doubt::FromText]))
        }
        (Said::Amount(given), Of::Quantity) => {
            let (given, doubts) = amount::measured(concept, given, entry.other_unit.as_deref(), units);
            // a share of cells goes by the name of their count
            if about.doubts.contains(&Doubt::ByWords) && doubts.contains(&Doubt::UnitUnfit) {
                return Err(Why::Unclear);
            }
            Ok((FactValue::Quantity(given), doubts))
        }
        (Said::Coded(answer), Of::Quantity) => {
            let ordinal = answer.codings.iter().find_map(|coding| coding.ordinal.as_deref());
            if let Some(ordinal) = ordinal.and_then(amount::decimal) {
                let (given, doubts) = amount::measured(concept, &Amount::plain(ordinal), None, units);
                return Ok((FactValue::Quantity(given), doubts));
            }
            let number = answer.names().find_map(leading_number).ok_or(Why::NoValue)?;
            let (given, mut doubts) = amount::measured(concept, &Amount::plain(number), None, units);
            doubts.push(Doubt::FromText);
            Ok((FactValue::Quantity(given), doubts))
        }
        (Said::Words(words), Of::Quantity) => {
            let given = amount::in_words(words).ok_or(Why::NoValue)?;
            let (given, mut doubts) = amount::measured(concept, &given, entry.other_unit.as_deref(), units);
            doubts.push(Doubt::FromText);
            Ok((FactValue::Quantity(given), doubts))
        }
        (Said::Coded(answer), Of::Code) => {
            let code = answer.names().find_map(|name| phrases::code(concept, &phrases::plain(name)));
            let code =
                code.or_else(|| answer.codings.iter().find_map(|c| phrases::code(concept, &phrases::plain(&c.code))));
            sure(FactValue::Code(code.ok_or(Why::NoValue)?.to_owned()))
        }
        (Said::Words(words), Of::Code) => {
            let code = phrases::code(concept, &phrases::plain(words)).ok_or(Why::NoValue)?;
            Ok((FactValue::Code(code.to_owned()), vec![Doubt::FromText]))
        }
        (Said::Day(when), Of::Date) => sure(FactValue::Date(*when)),
        (Said::Nothing, _) => Err(Why::NoValue),
        (
            Said::There(_)
            | Said::Not(_)
            | Said::Truth(_)
            | Said::Coded(_)
            | Said::Words(_)
            | Said::Amount(_)
            | Said::Day(_)
            | Said::Left(_),
            Of::Presence | Of::Dose | Of::Quantity | Of::Code | Of::Date,
        ) => Err(Why::NoValue),
    }
}

/// The entry is called as the concept is, and not as something that belongs to it.
fn is_whole(entry: &Entry<'_>, concept: &Concept) -> bool {
    entry.called.names().any(|name| called(&phrases::plain(name)).is_some_and(|same| same.id == concept.id))
}

fn polar(so: Option<bool>) -> Option<FactValue> {
    Some(if so? { FactValue::Present(Status::Current) } else { FactValue::Refuted(Status::Current) })
}

/// `3` of "3 - moderate", and nothing of "3rd degree".
fn leading_number(name: &str) -> Option<Decimal> {
    let name = name.trim();
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    let (number, rest) = name.split_at_checked(end)?;
    let ends = rest.is_empty() || rest.starts_with([' ', ':', '-', '=', '.', '：']);
    number.parse().ok().filter(|_| ends && !number.is_empty() && number.len() <= 3)
}

/// When it was: at one time, or while it went on.
fn place(entry: &Entry<'_>, concept: &str, fact: &mut Fact) {
    let lasting = match &fact.value {
        FactValue::Present(Status::Planned) | FactValue::Date(_) => return,
        FactValue::Present(_) => !EVENTS.contains(&concept) && matches!(entry.kind, Kind::Condition | Kind::Medicine),
        FactValue::Quantity(_) => entry.kind == Kind::Medicine,
        FactValue::Code(_) | FactValue::Refuted(_) | FactValue::Absent(_) | FactValue::Complete => false,
    };
    match (lasting, entry.during) {
        (true, Some(during)) => fact.during = Some(during),
        (false, Some(Period { from: Some(from), .. })) if entry.on.is_none() => {
            fact.on = Some(When::On(from));
        }
        (true | false, _) => fact.on = entry.on,
    }
}

/// What is said not to be there at all, as the code of a patient summary.
fn none_known(called: &Called<'_>) -> Option<&'static str> {
    let coded = called.codings.iter().filter(|coding| coding.system == Some(System::NoneKnown));
    let code = coded.filter_map(|coding| phrases::none_code(&coding.code)).next();
    code.or_else(|| {
        called
            .names()
            .filter(|name| phrases::may_be_none(name))
            .find_map(|name| phrases::none_said(&phrases::plain(name)))
    })
}
