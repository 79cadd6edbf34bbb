//! The unified study definitions of CDISC and TransCelerate, versions 3 and 4: one criterion an object, its text HTML
//! with places that a dictionary fills.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Arm, Cohort, Design, Intervention, Trial};
use crate::read::Language;

use super::codes::{date, phases};
use super::draft::Draft;
use super::lists::{Item, Lists};
use super::words::{from_html, said};
use crate::import::look::Look;

const REGISTRY: &str = "USDM";
/// Texts that a dictionary may fill into others.
const LAYERS: usize = 4;

pub(super) fn is_one(record: Look<'_, '_>) -> bool {
    let study = study(record);
    study.key("versions").is_there() || study.key("studyDesigns").is_there()
}

fn study<'n, 't>(record: Look<'n, 't>) -> Look<'n, 't> {
    let inner = record.key("study");
    if inner.is_there() { inner } else { record }
}

pub(super) fn import(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let study = study(record);
    // the newest version stands first
    let version = study.key("versions").each().next().unwrap_or(study);
    let design = version.key("studyDesigns").each().next().unwrap_or(version);
    let population = ["population", "populations", "studyPopulations"].map(|key| design.key(key));
    let population = population.into_iter().flat_map(Look::each).next().unwrap_or_else(|| design.key("population"));
    let identifiers: Vec<String> = version
        .key("studyIdentifiers")
        .each()
        .filter_map(|one| one.key("text").text().or_else(|| one.key("studyIdentifier").text()))
        .collect();
    let id = identifiers.first().cloned().or_else(|| study.key("name").text()).ok_or_else(|| {
        let message = "the definition has neither a number nor a name";
        Diagnostic::error(Code::MissingKey, message, "export it again, with its `studyIdentifiers`")
    })?;
    let mut draft = Draft::new("Sponsor", id, Language::English);
    for other in identifiers {
        let whose = if other.starts_with("NCT") { "ClinicalTrials.gov" } else { "Other" };
        draft.identify(whose, Some(other));
    }
    let titled = |kind: &str| {
        let of = |one: &Look<'_, '_>| one.at("type.decode").text().is_some_and(|decode| decode.contains(kind));
        version.key("titles").each().find(of).and_then(|one| one.key("text").text())
    };
    let official = titled("Official").or_else(|| version.key("studyTitle").text());
    let title =
        titled("Brief").or_else(|| titled("Public")).or_else(|| official.clone()).or_else(|| study.key("name").text());
    let arm = |arm: Look<'_, '_>| Arm {
        kind: arm.at("type.decode").text().unwrap_or_default(),
        label: draft.said(name_of(arm)),
        description: draft.said(arm.key("description").text()),
    };
    let arms = design.key("arms").each().map(arm).collect();
    let given = [version.key("studyInterventions"), design.key("studyInterventions")];
    let intervention = |one: Look<'_, '_>| Intervention {
        kind: one.at("type.decode").text().unwrap_or_default(),
        name: draft.said(name_of(one)),
        dosage_form: None,
        strength: None,
    };
    let interventions = given.into_iter().flat_map(Look::each).map(intervention).collect();
    let conditions = draft.each_said(design.key("indications").each().filter_map(name_of));
    let is_sponsor = |one: &Look<'_, '_>| one.at("type.code").text().as_deref() == Some("C70793");
    let sponsor = version.key("organizations").each().find(is_sponsor).and_then(name_of);
    let (title, official) = (draft.said(title), draft.said(official));
    let sponsor = sponsor.map(|name| draft.said(Some(name)));
    let (overview, phase) = (draft.said(design.key("description").text()), design.at("studyPhase.standardCode.decode"));

    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.acronym = titled("Acronym");
    trial.version.protocol = version.key("versionIdentifier").text();
    trial.version.amendment = version.key("amendments").each().last().and_then(|one| one.key("number").text());
    trial.version.registry_date = version.key("dateValues").each().find_map(|one| date(&one.key("dateValue").text()?));
    trial.study_type = design.at("studyType.decode").text().map(|text| match text.as_str() {
        "Interventional Study" => "INTERVENTIONAL".to_owned(),
        "Observational Study" => "OBSERVATIONAL".to_owned(),
        _ => text,
    });
    trial.phases = phase.text().map(|text| phases(text.trim_end_matches(" Trial"))).unwrap_or_default();
    trial.design =
        Some(Design { allocation: None, masking: design.at("blindingSchema.standardCode.decode").text(), arms })
            .filter(|design| *design != Design::default());
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.sponsor = sponsor;
    trial.overview = overview;
    trial.enrollment =
        ["plannedEnrollmentNumber.value", "plannedEnrollmentNumber.maxValue", "plannedEnrollmentNumberQuantity.value"]
            .into_iter()
            .find_map(|path| population.at(path).count());
    trial.eligibility.healthy_volunteers = population.key("includesHealthySubjects").truth();
    let words = Words { root: record, version };
    draft.people.sex = sexes(population);
    for (own, key) in [(&mut draft.people.minimum, "minValue"), (&mut draft.people.maximum, "maxValue")] {
        let limit = population.at("plannedAge").key(key);
        let unit = || unit(population.at("plannedAge.unit"));
        *own = match limit.text() {
            Some(number) => unit().map(|unit| format!("{} {unit}", whole(&number))),
            None => quantity(limit),
        };
    }
    draft.lists = words.lists(design, population);
    let cohort =
        |one: Look<'_, '_>| Some(Cohort { id: one.key("id").text()?, label: draft.said(name_of(one)), open: None });
    let cohorts: Vec<Cohort> = population.key("cohorts").each().filter_map(cohort).collect();
    for (at, cohort) in population.key("cohorts").each().enumerate() {
        for (name, value) in
            [("minValue", cohort.at("plannedAge.minValue")), ("maxValue", cohort.at("plannedAge.maxValue"))]
        {
            if let Some(age) = quantity(value).or_else(|| value.text()) {
                draft.rest.keep(&format!("population.cohorts[{at}].plannedAge.{name}"), &age);
            }
        }
    }
    match cohorts.as_slice() {
        // one alone parts nobody from anybody
        [only] => {
            let label = only.label.iter().next().map(|(_, label)| label.clone()).unwrap_or_default();
            draft.rest.keep("population.cohorts[0]", &label);
        }
        _ => draft.trial.eligibility.cohorts = cohorts,
    }
    for (name, at) in [("rationale", version.key("rationale")), ("population", population.key("description"))] {
        if let Some(value) = at.text() {
            draft.rest.keep(name, &value);
        }
    }
    if let Some(source) = draft.trial.source.first_mut() {
        REGISTRY.clone_into(&mut source.name);
    }
    draft.finish()
}

fn name_of(one: Look<'_, '_>) -> Option<String> {
    one.key("label").text().or_else(|| one.key("name").text()).or_else(|| one.key("description").text())
}

/// `300.0` is 300.
fn whole(number: &str) -> &str {
    number.strip_suffix(".0").unwrap_or(number)
}

/// A number with its unit.
fn quantity(at: Look<'_, '_>) -> Option<String> {
    let value = at.key("value").text()?;
    Some(unit(at.key("unit")).map_or_else(|| whole(&value).to_owned(), |unit| format!("{} {unit}", whole(&value))))
}

fn unit(at: Look<'_, '_>) -> Option<String> {
    at.at("standardCode.decode").text().or_else(|| at.key("decode").text())
}

fn sexes(population: Look<'_, '_>) -> Option<String> {
    let sexes = population.key("plannedSex");
    let planned = sexes.each().filter_map(|one| one.key("decode").text());
    let planned: Vec<String> = planned.map(|sex| sex.to_uppercase()).collect();
    match planned.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => None,
        ["FEMALE"] => Some("FEMALE".to_owned()),
        ["MALE"] => Some("MALE".to_owned()),
        _ => Some("ALL".to_owned()),
    }
}

/// The cohorts that a criterion is for alone: those that name it, where the population itself does not.
fn of(criterion: Look<'_, '_>, population: Look<'_, '_>) -> Vec<String> {
    let Some(id) = criterion.key("id").text() else { return Vec::new() };
    let names = |whom: Look<'_, '_>| whom.key("criterionIds").each().any(|one| one.text().as_ref() == Some(&id));
    if names(population) {
        return Vec::new();
    }
    population
        .key("cohorts")
        .each()
        .filter(|cohort| names(*cohort))
        .filter_map(|cohort| cohort.key("id").text())
        .collect()
}

/// The texts of criteria, their places filled.
struct Words<'n, 't> {
    root: Look<'n, 't>,
    version: Look<'n, 't>,
}

impl<'n, 't> Words<'n, 't> {
    fn lists(&self, design: Look<'n, 't>, population: Look<'n, 't>) -> Lists {
        // version 4 has them beside the design's parts, version 3 in the population or in the design
        let places = [design.key("eligibilityCriteria"), population.key("criteria"), self.version.key("criteria")];
        let criteria = places.into_iter().find(|place| place.each().next().is_some());
        let of_all = criteria.into_iter().flat_map(Look::each).map(|criterion| (criterion, of(criterion, population)));
        // in version 3 a cohort has its own ones itself
        let of_one = population.key("cohorts").each().flat_map(|cohort| {
            let id: Vec<String> = cohort.key("id").text().into_iter().collect();
            cohort.key("criteria").each().map(move |criterion| (criterion, id.clone()))
        });
        let several = population.key("cohorts").each().count() > 1;
        let (mut inclusion, mut exclusion) = (Vec::new(), Vec::new());
        for (criterion, cohorts) in of_all.chain(of_one) {
            let Some(text) = self.text(criterion) else { continue };
            let label = criterion.key("name").text().or_else(|| criterion.key("identifier").text());
            let cohorts = if several { cohorts } else { Vec::new() };
            let item = Item { text, label, cohorts, ..Item::default() };
            match criterion.at("category.code").text().as_deref() {
                Some("C25370") => exclusion.push(item),
                Some("C25532") => inclusion.push(item),
                _ if criterion
                    .at("category.decode")
                    .text()
                    .is_some_and(|decode| decode.to_lowercase().contains("exclusion")) =>
                {
                    exclusion.push(item);
                }
                _ => inclusion.push(item),
            }
        }
        if inclusion.is_empty() && exclusion.is_empty() { Lists::None } else { Lists::Each { inclusion, exclusion } }
    }

    fn text(&self, criterion: Look<'n, 't>) -> Option<String> {
        let item = criterion.key("criterionItemId").text();
        let of = |one: &Look<'_, '_>| one.key("id").text() == item;
        let item = self.version.key("eligibilityCriterionItems").each().find(|one| item.is_some() && of(one));
        let holder = item.unwrap_or(criterion);
        let html = holder.key("text").lines().or_else(|| criterion.key("description").lines())?;
        from_html(&self.filled(&html, holder.key("dictionaryId").text(), 0))
    }

    /// The places of a text with what its dictionary says; one that it has nothing for is shown as a gap.
    fn filled(&self, html: &str, dictionary: Option<String>, depth: usize) -> String {
        const TAG: &str = "<usdm:tag";
        // version 3 has its dictionaries in the design
        let dictionary = dictionary.and_then(|id| find(self.root, &id));
        let mut text = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(TAG) {
            text.push_str(before);
            let (tag, after) = after.split_once('>').unwrap_or((after, ""));
            rest = after.strip_prefix("</usdm:tag>").unwrap_or(after);
            let name = attribute(tag, "name");
            let map = dictionary.and_then(|d| d.key("parameterMaps").each().find(|map| map.key("tag").text() == name));
            let value = map.and_then(|map| self.referred(&map.key("reference").lines()?, depth));
            text.push_str(value.as_deref().unwrap_or("[…]"));
        }
        text.push_str(rest);
        text
    }

    /// What `<usdm:ref klass="Quantity" id="Quantity_9" attribute="value"/>` points at; text that is no reference is itself.
    fn referred(&self, reference: &str, depth: usize) -> Option<String> {
        if !reference.contains("<usdm:ref") {
            return said(reference);
        }
        if depth >= LAYERS {
            return None;
        }
        let (id, key) = (attribute(reference, "id")?, attribute(reference, "attribute")?);
        let at = find(self.root, &id)?;
        // a number without its unit is none where the unit is known
        let value = at.key(&key).text()?;
        Some(self.filled(whole(&value), at.key("dictionaryId").text(), depth + 1))
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!("{name}=\""))?;
    after.split_once('"').map(|(value, _)| value.to_owned())
}

/// The object with an id, wherever it stands.
fn find<'n, 't>(root: Look<'n, 't>, id: &str) -> Option<Look<'n, 't>> {
    let mut open = vec![root];
    while let Some(look) = open.pop() {
        if look.key("id").text().as_deref() == Some(id) {
            return Some(look);
        }
        let inside = look.entries().map(|(_, inside)| inside).chain(look.items());
        open.extend(inside);
    }
    None
}
