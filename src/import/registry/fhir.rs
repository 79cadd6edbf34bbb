//! FHIR: a study with the group it is for, or that group alone. What a characteristic says in words is read; its codes
//! and numbers stand beside the words and are held as text where there are none.

use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::import::ImportError;
use crate::model::trial::{Contact, Trial};
use crate::read::Language;

use super::codes::{code, date, phases};
use super::draft::Draft;
use super::lists::{Item, Lists};
use crate::import::look::Look;

const REGISTRY: &str = "FHIR";
const RESOURCES: [&str; 4] = ["Group", "EvidenceVariable", "ResearchStudy", "Bundle"];

pub(super) fn is_one(record: Look<'_, '_>) -> bool {
    record.key("resourceType").text().is_some_and(|kind| RESOURCES.contains(&kind.as_str()))
}

/// The resources of a bundle, or the one there is with those it contains.
fn resources<'n, 't>(record: Look<'n, 't>) -> Vec<Look<'n, 't>> {
    let entries = record.key("entry").each().map(|entry| entry.key("resource"));
    std::iter::once(record)
        .chain(entries)
        .flat_map(|one| std::iter::once(one).chain(one.key("contained").each()))
        .collect()
}

fn is_a(one: Look<'_, '_>, kinds: &[&str]) -> bool {
    one.key("resourceType").text().is_some_and(|kind| kinds.contains(&kind.as_str()))
}

pub(super) fn import(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let all = resources(record);
    let study = all.iter().copied().find(|one| is_a(*one, &["ResearchStudy"]));
    let referred = study.and_then(|study| {
        let reference = study.at("recruitment.eligibility.reference").text();
        reference.or_else(|| study.key("enrollment").each().next()?.key("reference").text())
    });
    let named = |one: &Look<'_, '_>| {
        let id = one.key("id").text();
        let of = |reference: &String| id.as_ref().is_some_and(|id| reference.rsplit(['/', '#']).next() == Some(id));
        referred.as_ref().is_some_and(of)
    };
    let groups = || all.iter().copied().filter(|one| is_a(*one, &["Group", "EvidenceVariable"]));
    let group = groups().find(named).or_else(|| groups().find(|one| one.key("characteristic").is_there()));
    let subject = study.or(group).ok_or_else(|| {
        let message = "there is neither a study nor a group of people in it";
        Diagnostic::error(Code::NotATrial, message, "choose a ResearchStudy, a Group or an EvidenceVariable")
    })?;

    let id = number(subject).or_else(|| subject.key("id").text()).unwrap_or_else(|| "unnamed".to_owned());
    let mut draft = Draft::new(REGISTRY, id, Language::English);
    for one in subject.key("identifier").each() {
        let whose = one.at("assigner.display").text().or_else(|| one.key("system").text());
        draft.identify(whose.as_deref().unwrap_or("Other"), one.key("value").text());
    }
    let said = |key: &str| draft.said(subject.key(key).text());
    let title = [said("title"), said("name")].into_iter().find(|title| !title.is_empty()).unwrap_or_default();
    let overview = study.map(|study| draft.said(study.key("descriptionSummary").text())).unwrap_or_default();
    let description = study.map(|study| draft.said(study.key("description").text())).unwrap_or_default();
    let conditions = draft.each_said(subject.key("condition").each().filter_map(concept));
    let party = |role: &str| {
        let of = |one: &Look<'_, '_>| concept(one.key("role")).is_some_and(|text| text.to_lowercase().contains(role));
        study.into_iter().flat_map(|study| study.key("associatedParty").each().collect::<Vec<_>>()).find(of)
    };
    let sponsor = party("sponsor").and_then(|one| one.key("name").text()).map(|name| draft.said(Some(name)));
    let contact = |one: Look<'_, '_>| {
        let telecom = |system: &str| {
            let of = |one: &Look<'_, '_>| one.key("system").text().as_deref() == Some(system);
            one.key("telecom").each().find(of).and_then(|one| one.key("value").text())
        };
        Contact { name: draft.said(one.key("name").text()), phone: telecom("phone"), email: telecom("email") }
    };
    // a study of the older version has its public contacts under this key
    let contacts =
        study.into_iter().flat_map(|study| study.key("contact").each().collect::<Vec<_>>()).map(contact).collect();

    let trial = &mut draft.trial;
    trial.title = title;
    trial.overview = overview;
    trial.description = description;
    trial.conditions = conditions;
    trial.sponsor = sponsor;
    trial.contacts = contacts;
    trial.status = study.and_then(|study| {
        let progress = study.key("progressStatus").each().filter_map(|one| concept(one.key("state"))).last();
        progress.map(|text| code(&text, &["RECRUITING", "COMPLETED", "TERMINATED", "WITHDRAWN", "SUSPENDED"]))
    });
    trial.phases = study
        .and_then(|study| concept(study.key("phase")))
        .map(|text| phases(&text.replace('-', " ")))
        .unwrap_or_default();
    trial.version.registry_date =
        ["date", "meta.lastUpdated"].into_iter().find_map(|path| date(&subject.at(path).text()?));
    trial.version.protocol = subject.key("version").text();
    if let Some(group) = group {
        draft.lists = lists(group, &mut draft.diagnostics);
    }
    for key in ["copyright", "publisher", "purpose", "useContext"] {
        if let Some(value) = subject.key(key).text() {
            draft.rest.keep(key, &value);
        }
    }
    draft.finish()
}

/// A registry's number in the name or among the identifiers.
fn number(subject: Look<'_, '_>) -> Option<String> {
    let own = subject.key("identifier").each().filter_map(|one| one.key("value").text());
    let names = ["title", "name"].into_iter().filter_map(|key| subject.key(key).text());
    let word = |text: String| {
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        words
            .find(|word| {
                word.len() == 11 && word.starts_with("NCT") && word.bytes().skip(3).all(|b| b.is_ascii_digit())
            })
            .map(str::to_owned)
    };
    own.chain(names).find_map(word)
}

/// The words of a coded value.
fn concept(at: Look<'_, '_>) -> Option<String> {
    let coding =
        || at.key("coding").each().find_map(|one| one.key("display").text().or_else(|| one.key("code").text()));
    at.key("text").text().or_else(coding)
}

/// Everything that a group demands is one criterion each; where any one is enough, or some of them, all of it is one.
fn lists(group: Look<'_, '_>, diagnostics: &mut Vec<Diagnostic>) -> Lists {
    let (mut inclusion, mut exclusion) = (Vec::new(), Vec::new());
    for one in group.key("characteristic").each() {
        let Some(text) = words(one) else { continue };
        let label = one.key("id").text().or_else(|| one.key("linkId").text());
        let item = Item { text, label, ..Item::default() };
        match one.key("exclude").truth() {
            Some(true) => exclusion.push(item),
            Some(false) | None => inclusion.push(item),
        }
    }
    let least = group.key("combinationThreshold").count();
    match group.key("combinationMethod").text().as_deref() {
        Some("any-of" | "at-least") if inclusion.len() + exclusion.len() > 1 => {
            diagnostics.push(Diagnostic {
                severity: Severity::Warning,
                ..Diagnostic::warning(
                    Code::UnclearScope,
                    "the group asks for some of its characteristics, and not for all of them",
                    "see how they hang together; they are asked as one sentence until then",
                )
            });
            let without = |item: &Item| format!("not: {}", item.text);
            let each = inclusion.iter().map(|item| item.text.clone()).chain(exclusion.iter().map(without));
            let joined = each.map(|text| text.replace('\n', " ")).collect::<Vec<_>>().join("; or: ");
            let text = format!("In the words of the group, at least {} of these. {joined}", least.unwrap_or(1));
            Lists::Each { inclusion: vec![Item { text, ..Item::default() }], exclusion: Vec::new() }
        }
        _ if inclusion.is_empty() && exclusion.is_empty() => {
            group.key("description").lines().map_or(Lists::None, Lists::Whole)
        }
        _ => Lists::Each { inclusion, exclusion },
    }
}

/// What a characteristic says: in its own words, else in those of its code and value.
fn words(one: Look<'_, '_>) -> Option<String> {
    let own = [one.key("description").lines(), one.at("valueCodeableConcept.text").lines()].into_iter().flatten();
    if let Some(text) =
        own.map(|text| text.trim_start_matches(['_', '*', ' ']).to_owned()).find(|text| !text.is_empty())
    {
        return Some(text);
    }
    let name = concept(one.key("code"));
    let amount = |at: Look<'_, '_>| {
        let sign = at.key("comparator").text().map(|sign| format!("{sign} ")).unwrap_or_default();
        let unit = at.key("unit").text().or_else(|| at.key("code").text()).unwrap_or_default();
        at.key("value").text().map(|value| format!("{sign}{value} {unit}").trim_end().to_owned())
    };
    let range = one.key("valueRange");
    let value = concept(one.key("valueCodeableConcept"))
        .or_else(|| amount(one.key("valueQuantity")))
        .or_else(|| match (amount(range.key("low")), amount(range.key("high"))) {
            (Some(low), Some(high)) => Some(format!("{low} to {high}")),
            (Some(low), None) => Some(format!("at least {low}")),
            (None, Some(high)) => Some(format!("at most {high}")),
            (None, None) => None,
        })
        .or_else(|| one.key("valueBoolean").text());
    match (name, value) {
        (Some(name), Some(value)) => Some(format!("{name}: {value}")),
        (name, value) => name.or(value),
    }
}
