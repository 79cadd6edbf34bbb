//! ClinicalTrials.gov, as its API of version 2 gives a study. Any module may be missing.

use crate::diagnostic::{Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Arm, Contact, Design, Intervention, Site, Trial};
use crate::read::Language;

use super::draft::Draft;
use super::lists::Lists;
use crate::import::look::Look;

const REGISTRY: &str = "ClinicalTrials.gov";

/// Mapped to a place of the document, or left out: results, documents, references, what others worked out of the
/// record, and people but for the study's own contacts.
const ELSEWHERE: [&str; 34] = [
    "hasResults",
    "resultsSection",
    "documentSection",
    "derivedSection",
    "protocolSection.identificationModule.nctId",
    "protocolSection.identificationModule.nctIdAliases",
    "protocolSection.identificationModule.orgStudyIdInfo.id",
    "protocolSection.identificationModule.secondaryIdInfos",
    "protocolSection.identificationModule.briefTitle",
    "protocolSection.identificationModule.officialTitle",
    "protocolSection.identificationModule.acronym",
    "protocolSection.statusModule.overallStatus",
    "protocolSection.statusModule.startDateStruct.date",
    "protocolSection.statusModule.completionDateStruct.date",
    "protocolSection.statusModule.lastUpdatePostDateStruct.date",
    "protocolSection.sponsorCollaboratorsModule.leadSponsor.name",
    "protocolSection.sponsorCollaboratorsModule.responsibleParty",
    "protocolSection.descriptionModule",
    "protocolSection.conditionsModule.conditions",
    "protocolSection.designModule.studyType",
    "protocolSection.designModule.phases",
    "protocolSection.designModule.designInfo.allocation",
    "protocolSection.designModule.designInfo.maskingInfo.masking",
    "protocolSection.designModule.enrollmentInfo.count",
    "protocolSection.armsInterventionsModule.armGroups.label",
    "protocolSection.armsInterventionsModule.armGroups.type",
    "protocolSection.armsInterventionsModule.armGroups.description",
    "protocolSection.armsInterventionsModule.interventions.name",
    "protocolSection.armsInterventionsModule.interventions.type",
    "protocolSection.eligibilityModule.eligibilityCriteria",
    "protocolSection.eligibilityModule.healthyVolunteers",
    "protocolSection.contactsLocationsModule",
    "protocolSection.referencesModule",
    "protocolSection.ipdSharingStatementModule",
];

/// Whether this is a study, or the part of one that a request for some fields gave.
pub(super) fn is_one(record: Look<'_, '_>) -> bool {
    record.key("protocolSection").is_there()
}

pub(super) fn import(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let of = |module: &str| record.at("protocolSection").key(module);
    let (identity, status, design) = (of("identificationModule"), of("statusModule"), of("designModule"));
    let id = identity.key("nctId").text().ok_or_else(|| {
        let message = "the record does not say which study it is";
        Diagnostic::error(crate::Code::MissingKey, message, "get it again with the field NCTId")
    })?;
    let mut draft = Draft::new(REGISTRY, id.clone(), Language::English);
    for alias in identity.key("nctIdAliases").each() {
        draft.identify(REGISTRY, alias.text());
    }
    draft.identify("Sponsor", identity.at("orgStudyIdInfo.id").text());
    for other in identity.key("secondaryIdInfos").each() {
        let whose = other.key("domain").text().or_else(|| other.key("type").text());
        draft.identify(whose.as_deref().unwrap_or("Other"), other.key("id").text());
    }
    let language = |text| draft.said(text);
    let (title, official) =
        (language(identity.key("briefTitle").text()), language(identity.key("officialTitle").text()));
    let sponsor = language(of("sponsorCollaboratorsModule").at("leadSponsor.name").text());
    let overview = language(of("descriptionModule").key("briefSummary").text());
    let description = language(of("descriptionModule").key("detailedDescription").text());
    let conditions = draft.each_said(of("conditionsModule").key("conditions").each().filter_map(Look::text));
    let arms = of("armsInterventionsModule");
    let arm = |arm: Look<'_, '_>| Arm {
        kind: arm.key("type").text().unwrap_or_default(),
        label: draft.said(arm.key("label").text()),
        description: draft.said(arm.key("description").text()),
    };
    let intervention = |given: Look<'_, '_>| Intervention {
        kind: given.key("type").text().unwrap_or_default(),
        name: draft.said(given.key("name").text()),
        dosage_form: None,
        strength: None,
    };
    let arms_of = arms.key("armGroups").each().map(arm).collect();
    let interventions = arms.key("interventions").each().map(intervention).collect();
    let places = of("contactsLocationsModule");
    let sites = places.key("locations").each().map(|place| site(&draft, place)).collect();
    let contacts = places.key("centralContacts").each().map(|one| contact(&draft, one)).collect();

    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.acronym = identity.key("acronym").text();
    trial.version.registry_date = status.at("lastUpdatePostDateStruct.date").text().and_then(|date| date.parse().ok());
    trial.status = status.key("overallStatus").text();
    trial.phases = design.key("phases").each().filter_map(Look::text).collect();
    trial.study_type = design.key("studyType").text();
    trial.design = Some(Design {
        allocation: design.at("designInfo.allocation").text(),
        masking: design.at("designInfo.maskingInfo.masking").text(),
        arms: arms_of,
    })
    .filter(|design| *design != Design::default());
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.sponsor = Some(sponsor).filter(|sponsor| !sponsor.is_empty());
    trial.enrollment = design.at("enrollmentInfo.count").count();
    trial.start_date = status.at("startDateStruct.date").text().and_then(|date| date.parse().ok());
    trial.completion_date = status.at("completionDateStruct.date").text().and_then(|date| date.parse().ok());
    trial.overview = overview;
    trial.description = description;
    trial.sites = sites;
    trial.contacts = contacts;
    if let Some(source) = trial.source.first_mut() {
        source.read_on =
            record.at("derivedSection.miscInfoModule.versionHolder").text().and_then(|date| date.parse().ok());
        let digits = id.strip_prefix("NCT").filter(|rest| rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_digit()));
        source.link = digits.map(|_| format!("https://clinicaltrials.gov/study/{id}"));
    }

    let whom = of("eligibilityModule");
    trial.eligibility.healthy_volunteers = whom.key("healthyVolunteers").truth();
    draft.people.minimum = whom.key("minimumAge").text();
    draft.people.maximum = whom.key("maximumAge").text();
    draft.people.sex = whom.key("sex").text();
    draft.people.by_gender = whom
        .key("genderBased")
        .truth()
        .filter(|by_gender| *by_gender)
        .map(|_| whom.key("genderDescription").text().unwrap_or_default());
    draft.lists = whom.key("eligibilityCriteria").lines().map_or(Lists::None, Lists::Whole);
    if let Some(node) = record.node() {
        draft.rest.keep_tree(node, &ELSEWHERE);
    }
    draft.finish()
}

fn site(draft: &Draft, place: Look<'_, '_>) -> Site {
    let number = |path: &str| place.at(path).text().and_then(|number| number.parse().ok());
    let city = place.key("city").text();
    Site {
        name: draft.said(place.key("facility").text().or_else(|| city.clone())),
        city: draft.said(city),
        country: draft.said(place.key("country").text()),
        coordinates: number("geoPoint.lat").zip(number("geoPoint.lon")).map(|(lat, lon)| [lat, lon]),
        status: place.key("status").text(),
        protocol: None,
    }
}

fn contact(draft: &Draft, one: Look<'_, '_>) -> Contact {
    let phone = one.key("phone").text().map(|phone| match one.key("phoneExt").text() {
        Some(extension) => format!("{phone} ext. {extension}"),
        None => phone,
    });
    Contact { name: draft.said(one.key("name").text()), phone, email: one.key("email").text() }
}
