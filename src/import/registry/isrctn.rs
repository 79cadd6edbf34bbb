//! The ISRCTN registry: a text for each list, ages as limits with their units.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Design, Intervention, Site, Trial};
use crate::read::Language;

use super::codes::{date, phases, sex, status};
use super::draft::Draft;
use super::lists::Lists;
use crate::import::look::Look;

const REGISTRY: &str = "ISRCTN";

/// Mapped, or left out: results, files, the parties behind the study.
const ELSEWHERE: [&str; 26] = [
    "isrctn",
    "ctrname",
    "record_last_import",
    "trialDescription.title",
    "trialDescription.scientificTitle",
    "trialDescription.acronym",
    "trialDescription.plainEnglishSummary",
    "trialDescription.studyHypothesis",
    "externalRefs",
    "trialDesign.studyDesign",
    "trialDesign.primaryStudyDesign",
    "participants.trialCentres",
    "participants.inclusion",
    "participants.exclusion",
    "participants.lowerAgeLimit",
    "participants.upperAgeLimit",
    "participants.gender",
    "participants.targetEnrolment",
    "participants.recruitmentStart",
    "participants.recruitmentStatusOverride",
    "conditions.condition.description",
    "interventions.intervention.drugNames",
    "results",
    "outputs",
    "parties",
    "attachedFiles",
];

pub(super) fn is_one(record: Look<'_, '_>) -> bool {
    record.key("isrctn").is_there() && record.key("participants").is_there()
}

pub(super) fn import(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let number = record.key("isrctn").text().ok_or_else(|| {
        let message = "the record has no number";
        Diagnostic::error(Code::MissingKey, message, "get the whole record, with its ISRCTN")
    })?;
    let digits = number.trim_start_matches("ISRCTN").to_owned();
    let id = format!("ISRCTN{digits}");
    let mut draft = Draft::new(REGISTRY, id.clone(), Language::English);
    let refs = record.key("externalRefs");
    let known = |text: Option<String>| text.filter(|text| !matches!(text.as_str(), "Nil known" | "N/A" | "nil known"));
    draft.identify("DOI", known(refs.key("doi").text()));
    draft.identify("EudraCT", known(refs.key("eudraCTNumber").text()));
    draft.identify("IRAS", known(refs.key("irasNumber").text()));
    draft.identify("ClinicalTrials.gov", known(refs.key("clinicalTrialsGovNumber").text()));
    draft.identify("Sponsor", known(refs.key("protocolSerialNumber").text()));

    let about = record.key("trialDescription");
    let people = record.key("participants");
    let list = |path: &str| record.at(path).each();
    let conditions =
        draft.each_said(list("conditions.condition").filter_map(|condition| condition.key("description").text()));
    let given = |given: Look<'_, '_>| Intervention {
        kind: given.key("interventionType").text().unwrap_or_default().to_uppercase(),
        name: draft.said(given.key("drugNames").text().or_else(|| given.key("description").text())),
        dosage_form: None,
        strength: None,
    };
    let interventions: Vec<Intervention> = list("interventions.intervention").map(given).collect();
    let phase = list("interventions.intervention").find_map(|given| given.key("phase").text());
    let site = |place: Look<'_, '_>| Site {
        name: draft.said(place.key("name").text()),
        city: draft.said(place.key("city").text()),
        country: draft.said(place.key("country").text()),
        coordinates: None,
        status: None,
        protocol: None,
    };
    let sites = people.at("trialCentres.trialCentre").each().map(site).collect();
    let said = |path: &str| draft.said(about.key(path).text());
    let (title, official, overview, description) =
        (said("title"), said("scientificTitle"), said("plainEnglishSummary"), said("studyHypothesis"));
    let day = |path: &str| record.at(path).text().and_then(|text| date(&text));

    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.acronym = about.key("acronym").text();
    trial.overview = overview;
    trial.description = description;
    trial.status = people.key("recruitmentStatusOverride").text().map(|text| status(&text));
    trial.phases = phase.map(|text| phases(&text)).unwrap_or_default();
    trial.study_type = record.at("trialDesign.primaryStudyDesign").text().map(|text| text.to_uppercase());
    trial.design =
        record.at("trialDesign.studyDesign").text().map(|text| Design { allocation: Some(text), ..Design::default() });
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.enrollment = people.key("targetEnrolment").count();
    trial.start_date = day("participants.recruitmentStart");
    trial.completion_date = day("trialDesign.overallEndDate");
    trial.sites = sites;
    if let Some(source) = trial.source.first_mut() {
        source.read_on = day("record_last_import");
        let plain = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        source.link = plain.then(|| format!("https://www.isrctn.com/{id}"));
    }
    draft.people.minimum = people.key("lowerAgeLimit").text();
    draft.people.maximum = people.key("upperAgeLimit").text();
    draft.people.sex = people.key("gender").text().map(|text| sex(&text));
    draft.lists = match (people.key("inclusion").lines(), people.key("exclusion").lines()) {
        (None, None) => Lists::None,
        (inclusion, exclusion) => Lists::Two { inclusion, exclusion },
    };
    if let Some(node) = record.node() {
        draft.rest.keep_tree(node, &ELSEWHERE);
    }
    draft.finish()
}
