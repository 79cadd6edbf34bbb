//! The European Union's Clinical Trials Information System: one criterion an element, with its translations.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Intervention, Site, Trial};
use crate::read::Language;

use super::codes::{date, phases, status};
use super::draft::Draft;
use super::lists::{Item, Lists};
use crate::import::look::Look;

const REGISTRY: &str = "CTIS";

/// Under these stands what only the system itself needs, what it has as documents, or people.
const ELSEWHERE: [&str; 22] = [
    "ctNumber",
    "ctStatus",
    "events",
    "results",
    "documents",
    "correctiveMeasures",
    "publicEvaluation",
    "applications",
    "memberStatesConcerned",
    "mscTrialNotificationsInfoList",
    "primarySponsor",
    "coSponsors",
    "authorizedApplication.authorizedPartsII",
    "authorizedApplication.authorizedPartI.products",
    "authorizedApplication.authorizedPartI.productRoleGroupInfos",
    "authorizedApplication.authorizedPartI.sponsors",
    "authorizedApplication.authorizedPartI.rowCountriesInfo",
    "authorizedPartsII",
    "authorizedPartI.products",
    "authorizedPartI.productRoleGroupInfos",
    "authorizedPartI.sponsors",
    "authorizedPartI.rowCountriesInfo",
];
/// Names under which everything is mapped, or is the system's own numbering.
const NAMES: [&str; 13] = [
    "id",
    "uuid",
    "eligibilityCriteria",
    "clinicalTrialIdentifiers",
    "scientificAdviceAndPip",
    "populationOfTrialSubjects",
    "medicalCondition",
    "medicalConditions",
    "businessKey",
    "isBusinessKeyValidated",
    "fullTitleTranslations",
    "publicTitleTranslations",
    "language",
];

pub(super) fn is_one(record: Look<'_, '_>) -> bool {
    record.key("ctNumber").is_there()
        && (record.key("authorizedApplication").is_there() || record.key("authorizedPartI").is_there())
}

pub(super) fn import(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let id = record.key("ctNumber").text().ok_or_else(|| {
        let message = "the record has no trial number";
        Diagnostic::error(Code::MissingKey, message, "get the whole record, with its `ctNumber`")
    })?;
    // the system's second generation puts everything one step further down
    let inner = record.key("authorizedApplication");
    let application = if inner.is_there() { inner } else { record };
    let part = application.key("authorizedPartI");
    let (details, information) = (part.key("trialDetails"), part.at("trialDetails.trialInformation"));
    let identity = details.key("clinicalTrialIdentifiers");
    let mut draft = Draft::new(REGISTRY, id.clone(), Language::English);
    let numbers = identity.key("secondaryIdentifyingNumbers");
    draft.identify("ClinicalTrials.gov", numbers.at("nctNumber.number").text());
    draft.identify("ISRCTN", numbers.at("isrctnNumber.number").text());
    draft.identify("WHO UTN", numbers.at("whoUniversalTrialNumber.number").text());
    draft.identify("EudraCT", record.at("eudraCtInfo.eudraCtCode").text());
    draft.identify("Sponsor", identity.key("shortTitle").text());

    let official = identity.key("fullTitle").text().or_else(|| record.key("title").text());
    let title = identity.key("publicTitle").text().or_else(|| official.clone());
    let conditions = draft.each_said(
        information
            .at("medicalCondition.partIMedicalConditions")
            .each()
            .filter_map(|one| one.key("medicalCondition").text()),
    );
    let product = |given: Look<'_, '_>| {
        let dictionary = given.key("productDictionaryInfo");
        let name = given.key("productName").text().or_else(|| dictionary.key("prodName").text());
        let name = name.or_else(|| dictionary.key("activeSubstanceName").text())?;
        let form = given.key("pharmaceuticalFormDisplay").text();
        Some(Intervention {
            kind: "DRUG".to_owned(),
            name: draft.said(Some(name)),
            dosage_form: form.map(|form| draft.said(Some(form))),
            strength: None,
        })
    };
    let interventions = part.key("products").each().filter_map(product).collect();
    let sponsors = [part.key("sponsors"), record.key("primarySponsor")];
    let sponsor = sponsors.into_iter().flat_map(Look::each).find_map(|one| one.at("organisation.name").text());
    let sponsor = sponsor.map(|name| draft.said(Some(name)));
    let site = |country: Option<String>, place: Look<'_, '_>| {
        let at = place.key("organisationAddressInfo");
        let name = at.at("organisation.name").text()?;
        Some(Site {
            name: draft.said(Some(name)),
            city: draft.said(at.at("address.city").text()),
            country: draft.said(at.at("address.countryName").text().or(country)),
            coordinates: None,
            status: None,
            protocol: None,
        })
    };
    let states = application.key("authorizedPartsII").each();
    let sites = states.flat_map(|state| {
        let country = state.at("mscInfo.countryName").text();
        state.key("trialSites").each().filter_map(move |place| site(country.clone(), place)).collect::<Vec<_>>()
    });
    let sites = sites.collect();
    let (title, official) = (draft.said(title), draft.said(official));
    let objective = draft.said(information.at("trialObjective.mainObjective").text());

    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.status = state(record);
    trial.phases = record.key("trialPhase").text().map(|text| phase(&text)).unwrap_or_default();
    trial.study_type = Some("INTERVENTIONAL".to_owned());
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.sponsor = sponsor;
    trial.enrollment = record.key("totalNumberEnrolled").count();
    trial.start_date = record.key("startDateEU").text().and_then(|text| date(&text));
    trial.completion_date = information.at("trialDuration.estimatedEndDate").text().and_then(|text| date(&text));
    trial.version.registry_date =
        ["lastUpdated", "publishDate"].into_iter().find_map(|key| date(&record.key(key).text()?));
    trial.description = objective;
    trial.sites = sites;
    if let Some(source) = trial.source.first_mut() {
        let plain = id.len() == 17 && id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        source.link =
            plain.then(|| format!("https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={id}"));
    }

    let people = information.key("populationOfTrialSubjects");
    draft.people.sex = match (people.key("isFemaleSubjects").truth(), people.key("isMaleSubjects").truth()) {
        (Some(true), Some(true)) => Some("ALL".to_owned()),
        (Some(true), Some(false)) => Some("FEMALE".to_owned()),
        (Some(false), Some(true)) => Some("MALE".to_owned()),
        (Some(_) | None, Some(_) | None) => None,
    };
    let criteria = information.key("eligibilityCriteria");
    let items = |list: &str| criteria.key(list).each().filter_map(|one| item(one, list)).collect::<Vec<Item>>();
    let (inclusion, exclusion) = (items("principalInclusionCriteria"), items("principalExclusionCriteria"));
    draft.lists =
        if inclusion.is_empty() && exclusion.is_empty() { Lists::None } else { Lists::Each { inclusion, exclusion } };
    if let Some(node) = record.node() {
        draft.rest.keep_tree_but(node, &ELSEWHERE, &NAMES);
    }
    draft.finish()
}

/// The words of the status; the second generation writes its number, which says more than the words beside it.
fn state(record: Look<'_, '_>) -> Option<String> {
    const NUMBERED: [&str; 12] = [
        "Under evaluation",
        "Authorised, recruitment pending",
        "Authorised, recruiting",
        "Ongoing, recruiting",
        "Ongoing, recruitment ended",
        "Temporarily halted",
        "Suspended",
        "Ended",
        "Expired",
        "Revoked",
        "Not authorised",
        "Cancelled",
    ];
    let written = record.key("ctStatus");
    let number =
        [record.key("ctPublicStatusCode"), written].into_iter().find_map(|at| at.text()?.parse::<usize>().ok());
    let words = number.map(|number| number.checked_sub(1).and_then(|at| NUMBERED.get(at)).map(|words| status(words)));
    match words {
        Some(Some(words)) => Some(words),
        // a number of no meaning
        Some(None) | None => written.text().filter(|text| text.parse::<usize>().is_err()).map(|text| status(&text)),
    }
}

fn item(one: Look<'_, '_>, list: &str) -> Option<Item> {
    let translation = |other: Look<'_, '_>| {
        let language = other.key("languageDescription").text().and_then(|name| tag(&name))?;
        Some((language.to_owned(), other.key("attributeTranslation").text()?))
    };
    let translations = one.key(&format!("{list}Translations")).each().filter_map(translation).collect();
    Some(Item { text: one.key(list).lines()?, translations, ..Item::default() })
}

/// The tag of a language of the Union.
fn tag(name: &str) -> Option<&'static str> {
    const TAGS: [(&str, &str); 26] = [
        ("Bulgarian", "bg"),
        ("Croatian", "hr"),
        ("Czech", "cs"),
        ("Danish", "da"),
        ("Dutch", "nl"),
        ("Estonian", "et"),
        ("Finnish", "fi"),
        ("French", "fr"),
        ("German", "de"),
        ("Greek", "el"),
        ("Hungarian", "hu"),
        ("Icelandic", "is"),
        ("Irish", "ga"),
        ("Italian", "it"),
        ("Latvian", "lv"),
        ("Lithuanian", "lt"),
        ("Maltese", "mt"),
        ("Norwegian", "no"),
        ("Polish", "pl"),
        ("Portuguese", "pt"),
        ("Romanian", "ro"),
        ("Slovak", "sk"),
        ("Slovenian", "sl"),
        ("Spanish", "es"),
        ("Swedish", "sv"),
        ("English", "en"),
    ];
    TAGS.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag)
}

/// `Therapeutic exploratory (Phase II)`
fn phase(text: &str) -> Vec<String> {
    let inside = text.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    phases(inside.unwrap_or(text))
}
