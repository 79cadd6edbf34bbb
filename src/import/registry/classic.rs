//! ClinicalTrials.gov, as its classic site gave a study until 2024: XML with texts wrapped at eighty columns.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Arm, Contact, Design, Intervention, Site, Trial};
use crate::read::Language;

use super::codes::{code, date, phases, sex, status};
use super::draft::Draft;
use super::lists::Lists;
use super::words::unwrapped;
use super::xml::Element;

const REGISTRY: &str = "ClinicalTrials.gov";

/// Mapped, or left out: results, documents, references, what others worked out of the record, and people.
const ELSEWHERE: [&str; 33] = [
    "required_header",
    "id_info",
    "brief_title",
    "official_title",
    "acronym",
    "sponsors.lead_sponsor.agency",
    "brief_summary",
    "detailed_description",
    "overall_status",
    "start_date",
    "completion_date",
    "last_update_posted",
    "phase",
    "study_type",
    "study_design_info.allocation",
    "study_design_info.masking",
    "enrollment",
    "condition",
    "arm_group",
    "intervention.intervention_type",
    "intervention.intervention_name",
    "eligibility",
    "overall_official",
    "overall_contact",
    "overall_contact_backup",
    "location",
    "reference",
    "results_reference",
    "responsible_party",
    "clinical_results",
    "condition_browse",
    "intervention_browse",
    "link",
];

pub(super) fn import(study: Element<'_>) -> Result<Warned<Trial>, ImportError> {
    let id = study.at("id_info/nct_id").text().ok_or_else(|| {
        let message = "the record does not say which study it is";
        Diagnostic::error(Code::MissingKey, message, "get the whole record, with its `nct_id`")
    })?;
    let mut draft = Draft::new(REGISTRY, id, Language::English);
    for alias in study.at("id_info").each("nct_alias") {
        draft.identify(REGISTRY, alias.text());
    }
    draft.identify("Sponsor", study.at("id_info/org_study_id").text());
    for other in study.at("id_info").each("secondary_id") {
        draft.identify("Other", other.text());
    }
    let block = |name: &str| study.at(name).at("textblock").lines().map(|text| unwrapped(&text));
    let said = |name: &str| draft.said(study.at(name).text());
    let (title, official) = (said("brief_title"), said("official_title"));
    let sponsor = said("sponsors/lead_sponsor/agency");
    let (overview, description) = (draft.said(block("brief_summary")), draft.said(block("detailed_description")));
    let conditions = draft.each_said(study.each("condition").filter_map(Element::text));
    let kind = |text: Option<String>| text.map(|text| text.replace(' ', "_").replace(':', "").to_uppercase());
    let arm = |arm: Element<'_>| Arm {
        kind: kind(arm.at("arm_group_type").text()).unwrap_or_default(),
        label: draft.said(arm.at("arm_group_label").text()),
        description: draft.said(arm.at("description").text()),
    };
    let given = |given: Element<'_>| Intervention {
        kind: kind(given.at("intervention_type").text()).unwrap_or_default(),
        name: draft.said(given.at("intervention_name").text()),
        dosage_form: None,
        strength: None,
    };
    let site = |place: Element<'_>| {
        let city = place.at("facility/address/city").text();
        Site {
            name: draft.said(place.at("facility/name").text().or_else(|| city.clone())),
            city: draft.said(city),
            country: draft.said(place.at("facility/address/country").text()),
            coordinates: None,
            status: place.at("status").text().map(|text| status(&text)),
            protocol: None,
        }
    };
    let contact = |one: Element<'_>| Contact {
        name: draft.said(one.at("last_name").text()),
        phone: one.at("phone").text(),
        email: one.at("email").text(),
    };
    let arms: Vec<Arm> = study.each("arm_group").map(arm).collect();
    let interventions = study.each("intervention").map(given).collect();
    let sites = study.each("location").map(site).collect();
    let contacts = ["overall_contact", "overall_contact_backup"].into_iter().flat_map(|name| study.each(name));
    let contacts = contacts.map(contact).collect();
    let day = |name: &str| study.at(name).text().and_then(|text| date(&text));

    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.acronym = study.at("acronym").text();
    trial.version.registry_date = day("last_update_posted");
    trial.status = study.at("overall_status").text().map(|text| status(&text));
    trial.phases = study.at("phase").text().map(|text| phases(&text)).unwrap_or_default();
    let types = ["INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS"];
    trial.study_type = study.at("study_type").text().map(|text| code(&text, &types));
    let allocations = ["RANDOMIZED", "NON_RANDOMIZED", "NA"];
    trial.design = Some(Design {
        allocation: study.at("study_design_info/allocation").text().map(|text| code(&text, &allocations)),
        masking: study.at("study_design_info/masking").text(),
        arms,
    })
    .filter(|design| *design != Design::default());
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.sponsor = Some(sponsor).filter(|sponsor| !sponsor.is_empty());
    trial.enrollment = study.at("enrollment").text().and_then(|count| count.parse().ok());
    trial.start_date = day("start_date");
    trial.completion_date = day("completion_date");
    trial.overview = overview;
    trial.description = description;
    trial.sites = sites;
    trial.contacts = contacts;

    let whom = study.at("eligibility");
    trial.eligibility.healthy_volunteers = match whom.at("healthy_volunteers").text().as_deref() {
        Some("Accepts Healthy Volunteers") => Some(true),
        Some("No") => Some(false),
        _ => None,
    };
    draft.people.minimum = whom.at("minimum_age").text();
    draft.people.maximum = whom.at("maximum_age").text();
    draft.people.sex = whom.at("gender").text().map(|text| sex(&text));
    draft.people.by_gender = whom
        .at("gender_based")
        .text()
        .filter(|by_gender| by_gender == "Yes")
        .map(|_| whom.at("gender_description").text().unwrap_or_default());
    let criteria = whom.at("criteria/textblock").lines().map(|text| unwrapped(&text));
    draft.lists = criteria.map_or(Lists::None, Lists::Whole);
    study.keep(&mut draft.rest, &ELSEWHERE);
    draft.finish()
}
