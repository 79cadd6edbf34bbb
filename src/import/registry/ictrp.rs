//! The search portal of the World Health Organization: trials of eighteen registries as XML.
//!
//! Its export writes `=` where a registry has ≤ or ≥, so no sentence with a number in it is computed; and it often puts
//! both lists into one field.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Intervention, Trial};
use crate::read::Language;

use super::codes::{date, phases, sex, status};
use super::draft::Draft;
use super::lists::Lists;
use super::words::{unwrapped, with_breaks};
use super::xml::Element;

/// Mapped, or left out.
const ELSEWHERE: [&str; 22] = [
    "TrialID",
    "Source_Register",
    "Public_title",
    "Scientific_title",
    "Acronym",
    "Primary_sponsor",
    "Recruitment_Status",
    "Inclusion_agemin",
    "Inclusion_agemax",
    "Inclusion_gender",
    "Date_enrollement",
    "Target_size",
    "Study_type",
    "Phase",
    "Condition",
    "Intervention",
    "Inclusion_Criteria",
    "Exclusion_Criteria",
    "Secondary_ID",
    "Last_Refreshed_on",
    "Internal_Number",
    "web_address",
];

pub(super) fn import(record: Element<'_>) -> Result<Warned<Trial>, ImportError> {
    let id = record.at("TrialID").text().ok_or_else(|| {
        let message = "the record does not say which trial it is";
        Diagnostic::error(Code::MissingKey, message, "export it again, with its `TrialID`")
    })?;
    let register = record.at("Source_Register").text().unwrap_or_else(|| "ICTRP".to_owned());
    let mut draft = Draft::new(&register, id, Language::English);
    for other in record.at("Secondary_ID").text().unwrap_or_default().split(';') {
        draft.identify("Other", Some(other.trim().to_owned()).filter(|other| !other.is_empty()));
    }
    let broken = |name: &str| record.at(name).lines().and_then(|text| with_breaks(&text));
    let line = |name: &str| broken(name).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let said = |name: &str| draft.said(line(name));
    let (title, official, sponsor) = (said("Public_title"), said("Scientific_title"), said("Primary_sponsor"));
    let conditions = draft.each_said(line("Condition").map(|text| shorter(&text)));
    let interventions = line("Intervention").map(|text| Intervention {
        kind: "OTHER".to_owned(),
        name: draft.said(Some(shorter(&text))),
        dosage_form: None,
        strength: None,
    });
    let trial = &mut draft.trial;
    trial.title = if title.is_empty() { official.clone() } else { title };
    trial.official_title = official;
    trial.acronym = line("Acronym");
    trial.sponsor = Some(sponsor).filter(|sponsor| !sponsor.is_empty());
    trial.status = line("Recruitment_Status").map(|text| status(&text));
    trial.phases = line("Phase").map(|text| phases(&text)).unwrap_or_default();
    trial.study_type = line("Study_type");
    trial.conditions = conditions;
    trial.interventions = interventions.into_iter().collect();
    trial.enrollment = line("Target_size").and_then(|count| count.parse().ok());
    trial.start_date = line("Date_enrollement").and_then(|text| date(&text));
    if let Some(source) = trial.source.first_mut() {
        "ICTRP".clone_into(&mut source.name);
        source.read_on = line("Last_Refreshed_on").and_then(|text| date(&text));
    }
    draft.people.minimum = line("Inclusion_agemin");
    draft.people.maximum = line("Inclusion_agemax");
    draft.people.sex = broken("Inclusion_gender").map(|text| sex(&text));
    draft.signs_lost = true;
    let list = |name: &str| broken(name).map(|text| unwrapped(&text)).filter(|text| !is_bare(text));
    draft.lists = match (list("Inclusion_Criteria"), list("Exclusion_Criteria")) {
        (None, None) => Lists::None,
        // both lists may stand in the first field, under headings of their own
        (Some(both), None) => Lists::Whole(both),
        (inclusion, exclusion) => Lists::Two { inclusion, exclusion },
    };
    record.keep(&mut draft.rest, &ELSEWHERE);
    draft.finish()
}

/// A heading with nothing under it.
fn is_bare(text: &str) -> bool {
    matches!(text.trim().trim_end_matches(':').to_lowercase().as_str(), "inclusion criteria" | "exclusion criteria")
}

fn shorter(text: &str) -> String {
    const MOST: usize = 1_000;
    text.chars().take(MOST).collect()
}
