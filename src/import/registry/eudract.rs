//! The European Union's older register: one record a member state, as text with numbered lines, or as tables of it.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Contact, Intervention, Site, Trial};
use crate::read::Language;

use super::codes::{date, status};
use super::draft::Draft;
use super::lists::Lists;
use super::words::{lines, said, unwrapped};
use crate::import::look::Look;

const REGISTRY: &str = "EudraCT";

/// One field: its number (`E.3`), its name, the language of a translation, what it says.
struct Field {
    number: String,
    name: String,
    language: Option<String>,
    value: String,
}

/// Whether a text is a download of the register.
pub(super) fn is_text(text: &str) -> bool {
    text.contains("EudraCT Number:") && text.contains("\nE.3 ")
}

/// Every record of a download, in its order.
pub(super) fn import_text(text: &str) -> Vec<Result<Warned<Trial>, ImportError>> {
    let mut records: Vec<Vec<Field>> = Vec::new();
    for line in text.lines() {
        if line.trim() == "Summary" {
            records.push(Vec::new());
            continue;
        }
        let Some(record) = records.last_mut() else { continue };
        match field(line) {
            Some(field) => record.push(field),
            None => {
                if let Some(last) = record.last_mut() {
                    last.value.push('\n');
                    last.value.push_str(line);
                }
            }
        }
    }
    records.into_iter().map(|record| import(&record)).collect()
}

/// A line that begins a field: `E.3 Principal inclusion criteria (es): …`, or one of the summary.
fn field(line: &str) -> Option<Field> {
    const SUMMARY: [&str; 7] = [
        "EudraCT Number",
        "Sponsor's Protocol Code Number",
        "National Competent Authority",
        "Clinical Trial Type",
        "Trial Status",
        "Date on which this record was first entered in the EudraCT database",
        "Link",
    ];
    let (head, value) = line.split_once(':').unwrap_or((line, ""));
    if let Some(name) = SUMMARY.iter().find(|name| **name == head) {
        return Some(Field {
            number: String::new(),
            name: (*name).to_owned(),
            language: None,
            value: value.to_owned(),
        });
    }
    let (number, name) = head.split_once([' ', '\t'])?;
    let mut parts = number.split('.');
    let letter = parts.next()?;
    let is_number = letter.len() == 1
        && letter.bytes().all(|byte| byte.is_ascii_uppercase())
        && number.len() > 2
        && parts.clone().next().is_some()
        && parts.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number {
        return None;
    }
    let name = name.trim();
    let (name, language) = match name.rsplit_once(" (").and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?))) {
        Some((name, tag)) if tag.len() == 2 => (name, Some(tag.to_owned())),
        _ => (name, None),
    };
    Some(Field { number: number.to_owned(), name: name.to_owned(), language, value: value.to_owned() })
}

/// Whether this is a record as a collector of registers parsed it: the same fields by names made of theirs.
pub(super) fn is_one(record: Look<'_, '_>) -> bool {
    record.key("a2_eudract_number").is_there()
}

pub(super) fn import_parsed(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let mut fields: Vec<Field> = Vec::new();
    let mut open: Vec<(&str, Look<'_, '_>)> = record.entries().collect();
    open.reverse();
    while let Some((key, look)) = open.pop() {
        if let Some(value) = look.lines() {
            fields.extend(parsed(key, value));
            continue;
        }
        let inside: Vec<(&str, Look<'_, '_>)> = look.each().flat_map(Look::entries).collect();
        open.extend(inside.into_iter().rev());
    }
    import(&fields)
}

/// `e3_principal_inclusion_criteria_es` is E.3 in Spanish.
fn parsed(key: &str, value: String) -> Option<Field> {
    const SUMMARY: [(&str, &str); 3] = [
        ("x5_trial_status", "Trial Status"),
        (
            "x6_date_on_which_this_record_was_first_entered_in_the_eudract_database",
            "Date on which this record was first entered in the EudraCT database",
        ),
        ("a2_eudract_number", "EudraCT Number"),
    ];
    if let Some((_, name)) = SUMMARY.iter().find(|(known, _)| *known == key) {
        return Some(Field { number: String::new(), name: (*name).to_owned(), language: None, value });
    }
    let (number, name) = key.split_once('_')?;
    let (letter, digits) = number.split_at_checked(1)?;
    if !letter.bytes().all(|byte| byte.is_ascii_lowercase())
        || digits.is_empty()
        || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let parts: Vec<String> = digits.chars().map(String::from).collect();
    let number = format!("{}.{}", letter.to_uppercase(), parts.join("."));
    let (name, language) = match name.rsplit_once('_') {
        Some((name, tag)) if tag.len() == 2 && LANGUAGES.contains(&tag) => (name, Some(tag.to_owned())),
        _ => (name, None),
    };
    Some(Field { number, name: name.replace('_', " "), language, value })
}

const LANGUAGES: [&str; 24] = [
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv",
];

/// Mapped, by their numbers; of the contact point only what is public is.
const ELSEWHERE: [&str; 22] = [
    "A.2", "A.3", "A.3.1", "A.3.2", "A.4.1", "A.5.1", "A.5.2", "B.1.1", "B.5.1", "B.5.2", "B.5.4", "B.5.5", "B.5.6",
    "D.3.1", "D.3.4", "E.1.1", "E.2.1", "E.3", "E.4", "F.2.1", "F.2.2", "F.3.1",
];

fn import(fields: &[Field]) -> Result<Warned<Trial>, ImportError> {
    let first =
        |number: &str| fields.iter().find(|f| f.number == number && f.language.is_none()).and_then(|f| said(&f.value));
    let named = |name: &str| fields.iter().find(|field| field.name == name).and_then(|field| said(&field.value));
    let id = named("EudraCT Number").or_else(|| first("A.2")).ok_or_else(|| {
        let message = "the record has no EudraCT number";
        Diagnostic::error(Code::MissingKey, message, "download the record again, with its summary")
    })?;
    let mut draft = Draft::new(REGISTRY, id, Language::English);
    draft.identify("Sponsor", first("A.4.1"));
    draft.identify("ISRCTN", first("A.5.1"));
    draft.identify("ClinicalTrials.gov", first("A.5.2"));
    let text = |number: &str| {
        let list = fields.iter().filter(|f| f.number == number && f.language.is_none());
        lines(&list.map(|f| f.value.as_str()).collect::<Vec<_>>().join("\n")).map(|text| unwrapped(&text))
    };
    let conditions = draft.each_said(first("E.1.1"));
    let products = fields.iter().filter(|f| matches!(f.number.as_str(), "D.3.1" | "D.2.1.1.1"));
    let mut names: Vec<String> = Vec::new();
    for name in products.filter_map(|field| said(&field.value)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let intervention = |name: String| Intervention {
        kind: "DRUG".to_owned(),
        name: draft.said(Some(name)),
        dosage_form: None,
        strength: None,
    };
    let interventions = names.into_iter().map(intervention).collect();
    let title = first("A.3.1").or_else(|| first("A.3"));
    let (title, official, overview) = (draft.said(title), draft.said(first("A.3")), draft.said(first("E.2.1")));
    let sponsor = first("B.1.1").map(|name| draft.said(Some(name)));
    // the register's status is that of one member state
    let state = first("A.1").map(|state| Site {
        name: draft.said(Some(state.clone())),
        city: draft.said(None),
        country: draft.said(state.split(" - ").next().map(str::to_owned)),
        coordinates: None,
        status: named("Trial Status").map(|text| status(&text)),
        protocol: None,
    });
    let point = Contact {
        name: draft.said(first("B.5.2").or_else(|| first("B.5.1"))),
        phone: first("B.5.4"),
        email: first("B.5.6"),
    };

    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.acronym = first("A.3.2");
    trial.overview = overview;
    trial.study_type = Some("INTERVENTIONAL".to_owned());
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.sponsor = sponsor;
    trial.version.registry_date =
        named("Date on which this record was first entered in the EudraCT database").and_then(|text| date(&text));
    trial.sites = state.into_iter().collect();
    trial.contacts = Some(point).filter(|point| *point != Contact::default()).into_iter().collect();
    let says = |number: &str| match first(number).as_deref() {
        Some("Yes") => Some(true),
        Some("No") => Some(false),
        _ => None,
    };
    trial.eligibility.healthy_volunteers = says("F.3.1");
    draft.people.sex = match (says("F.2.1"), says("F.2.2")) {
        (Some(true), Some(true)) => Some("ALL".to_owned()),
        (Some(true), Some(false)) => Some("FEMALE".to_owned()),
        (Some(false), Some(true)) => Some("MALE".to_owned()),
        (Some(_) | None, Some(_) | None) => None,
    };
    draft.lists = match (text("E.3"), text("E.4")) {
        (None, None) => Lists::None,
        (inclusion, exclusion) => Lists::Two { inclusion, exclusion },
    };
    for field in fields.iter().filter(|f| f.language.is_some() || !ELSEWHERE.contains(&f.number.as_str())) {
        if field.number.starts_with("B.5") || field.name == "EudraCT Number" || field.name == "Link" {
            continue;
        }
        let name = [field.number.as_str(), field.name.as_str()].join(" ").trim().to_owned();
        let name = field.language.as_ref().map_or_else(|| name.clone(), |language| format!("{name} ({language})"));
        draft.rest.keep(&name, &field.value);
    }
    draft.finish()
}
