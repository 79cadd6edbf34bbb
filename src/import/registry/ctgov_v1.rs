//! ClinicalTrials.gov, as its API of version 1 gave a study until 2024 and collections keep it: the names of version 2
//! in capitals, each list in an object of its own.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Arm, Contact, Design, Intervention, Site, Trial};
use crate::read::Language;

use super::codes::{code, date, phases, status};
use super::draft::Draft;
use super::lists::Lists;
use crate::import::look::Look;

const REGISTRY: &str = "ClinicalTrials.gov";

/// Mapped, or left out: results, documents, what others worked out of the record, and people.
const ELSEWHERE: [&str; 17] = [
    "Rank",
    "ResultsSection",
    "DocumentSection",
    "DerivedSection",
    "ProtocolSection.IdentificationModule",
    "ProtocolSection.StatusModule.OverallStatus",
    "ProtocolSection.StatusModule.StartDateStruct.StartDate",
    "ProtocolSection.StatusModule.CompletionDateStruct.CompletionDate",
    "ProtocolSection.StatusModule.LastUpdatePostDateStruct.LastUpdatePostDate",
    "ProtocolSection.SponsorCollaboratorsModule",
    "ProtocolSection.DescriptionModule",
    "ProtocolSection.ConditionsModule.ConditionList",
    "ProtocolSection.ArmsInterventionsModule",
    "ProtocolSection.EligibilityModule.EligibilityCriteria",
    "ProtocolSection.ContactsLocationsModule",
    "ProtocolSection.ReferencesModule",
    "ProtocolSection.IPDSharingStatementModule",
];

/// The studies of an answer of the interface; none where it is another file.
pub(super) fn studies<'n, 't>(record: Look<'n, 't>) -> impl Iterator<Item = Look<'n, 't>> {
    record.at("FullStudiesResponse.FullStudies").items()
}

/// The study of a record, which the interface wraps twice.
fn study<'n, 't>(record: Look<'n, 't>) -> Look<'n, 't> {
    let wrapped = [record.at("FullStudy.Study"), record.key("Study"), record];
    wrapped.into_iter().find(|study| study.key("ProtocolSection").is_there()).unwrap_or(record)
}

pub(super) fn is_one(record: Look<'_, '_>) -> bool {
    study(record).key("ProtocolSection").is_there()
}

pub(super) fn import(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let study = study(record);
    let of = |module: &str| study.at("ProtocolSection").key(module);
    let (identity, state, design) = (of("IdentificationModule"), of("StatusModule"), of("DesignModule"));
    let id = identity.key("NCTId").text().ok_or_else(|| {
        let message = "the record does not say which study it is";
        Diagnostic::error(Code::MissingKey, message, "get it again with the field NCTId")
    })?;
    let mut draft = Draft::new(REGISTRY, id.clone(), Language::English);
    draft.identify("Sponsor", identity.at("OrgStudyIdInfo.OrgStudyId").text());
    for other in identity.at("SecondaryIdInfoList.SecondaryIdInfo").each() {
        let whose = other.key("SecondaryIdDomain").text().or_else(|| other.key("SecondaryIdType").text());
        draft.identify(whose.as_deref().unwrap_or("Other"), other.key("SecondaryId").text());
    }
    let said = |at: Look<'_, '_>| draft.said(at.text());
    let (title, official) = (said(identity.key("BriefTitle")), said(identity.key("OfficialTitle")));
    let sponsor = said(of("SponsorCollaboratorsModule").at("LeadSponsor.LeadSponsorName"));
    let overview = said(of("DescriptionModule").key("BriefSummary"));
    let description = said(of("DescriptionModule").key("DetailedDescription"));
    let conditions = of("ConditionsModule").at("ConditionList.Condition");
    let conditions = draft.each_said(conditions.each().filter_map(Look::text));
    let arms = of("ArmsInterventionsModule");
    let arm = |arm: Look<'_, '_>| Arm {
        kind: capitals(arm.key("ArmGroupType")).unwrap_or_default(),
        label: said(arm.key("ArmGroupLabel")),
        description: said(arm.key("ArmGroupDescription")),
    };
    let given = |given: Look<'_, '_>| Intervention {
        kind: capitals(given.key("InterventionType")).unwrap_or_default(),
        name: said(given.key("InterventionName")),
        dosage_form: None,
        strength: None,
    };
    let arms_of = arms.at("ArmGroupList.ArmGroup").each().map(arm).collect();
    let interventions = arms.at("InterventionList.Intervention").each().map(given).collect();
    let places = of("ContactsLocationsModule");
    let site = |place: Look<'_, '_>| Site {
        name: draft.said(place.key("LocationFacility").text().or_else(|| place.key("LocationCity").text())),
        city: said(place.key("LocationCity")),
        country: said(place.key("LocationCountry")),
        coordinates: None,
        status: place.key("LocationStatus").text().map(|text| status(&text)),
        protocol: None,
    };
    let contact = |one: Look<'_, '_>| Contact {
        name: said(one.key("CentralContactName")),
        phone: one.key("CentralContactPhone").text(),
        email: one.key("CentralContactEMail").text(),
    };
    let sites = places.at("LocationList.Location").each().map(site).collect();
    let contacts = places.at("CentralContactList.CentralContact").each().map(contact).collect();

    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.acronym = identity.key("Acronym").text();
    let day = |path: &str| state.at(path).text().and_then(|text| date(&text));
    trial.version.registry_date = day("LastUpdatePostDateStruct.LastUpdatePostDate");
    trial.start_date = day("StartDateStruct.StartDate");
    trial.completion_date = day("CompletionDateStruct.CompletionDate");
    trial.status = state.key("OverallStatus").text().map(|text| status(&text));
    trial.phases = design.at("PhaseList.Phase").each().filter_map(Look::text).flat_map(|text| phases(&text)).collect();
    trial.study_type = capitals(design.key("StudyType"));
    trial.design = Some(Design {
        allocation: capitals(design.at("DesignInfo.DesignAllocation")),
        masking: capitals(design.at("DesignInfo.DesignMaskingInfo.DesignMasking")),
        arms: arms_of,
    })
    .filter(|design| *design != Design::default());
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.sponsor = Some(sponsor).filter(|sponsor| !sponsor.is_empty());
    trial.enrollment = design.at("EnrollmentInfo.EnrollmentCount").count();
    trial.overview = overview;
    trial.description = description;
    trial.sites = sites;
    trial.contacts = contacts;
    if let Some(source) = trial.source.first_mut() {
        let version = study.at("DerivedSection.MiscInfoModule.VersionHolder");
        source.read_on = version.text().and_then(|text| date(&text));
        let digits = id.strip_prefix("NCT").filter(|rest| rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_digit()));
        source.link = digits.map(|_| format!("https://clinicaltrials.gov/study/{id}"));
    }

    let whom = of("EligibilityModule");
    trial.eligibility.healthy_volunteers = match whom.key("HealthyVolunteers").text().as_deref() {
        Some("No") => Some(false),
        Some("Accepts Healthy Volunteers" | "Yes") => Some(true),
        Some(_) | None => None,
    };
    draft.people.minimum = whom.key("MinimumAge").text();
    draft.people.maximum = whom.key("MaximumAge").text();
    draft.people.sex = whom.key("Gender").text().map(|text| code(&text, &["ALL", "FEMALE", "MALE"]));
    draft.people.by_gender = whom
        .key("GenderBased")
        .text()
        .filter(|by_gender| by_gender == "Yes")
        .map(|_| whom.key("GenderDescription").text().unwrap_or_default());
    draft.lists = whom.key("EligibilityCriteria").lines().map_or(Lists::None, Lists::Whole);
    if let Some(node) = study.node() {
        draft.rest.keep_tree(node, &ELSEWHERE);
    }
    draft.finish()
}

/// `Active Comparator` as `ACTIVE_COMPARATOR`; what has other signs stays.
fn capitals(at: Look<'_, '_>) -> Option<String> {
    let text = at.text()?;
    let plain = text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'));
    Some(if plain { text.replace([' ', '-'], "_").to_ascii_uppercase() } else { text })
}
