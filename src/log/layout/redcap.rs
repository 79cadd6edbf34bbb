//! REDCap: records to import, and the data dictionary of the project that takes them.
//!
//! A record is a person, an attempt an instance of the repeating instrument `prescreening`. Each criterion that the log
//! knows is a choice of three checkbox fields: those that failed, those that are open, those that were the reason.

use std::collections::BTreeSet;

use crate::evaluate::Allowance;
use crate::log::Log;
use crate::log::event::{Channel, OtherReason, State};
use crate::log::layout::copy::{list, shown, unclear, waiting};
use crate::log::layout::sheet::Sheet;
use crate::log::layout::word;
use crate::log::row::{Judged, Row};
use crate::model::record::Respondent;

const EVENT: &str = "prescreening_arm_1";
const FORM: &str = "prescreening";

/// What a field holds.
enum Holds {
    Text,
    Day,
    Whole,
    Notes,
    /// One of these.
    One(Vec<(String, String)>),
    /// Any of these.
    Any(Vec<(String, String)>),
}

struct Field {
    name: &'static str,
    label: &'static str,
    holds: Holds,
    /// It may point at a person.
    identifies: bool,
    tell: fn(&Log, &Row) -> Vec<String>,
}

/// The choices with a code of their own: lower case letters, digits and underscores.
fn coded(names: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String, String)> {
    let mut taken = BTreeSet::new();
    let code = |(id, label): (String, String)| {
        let plain: String =
            id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).take(20).collect();
        let mut code = plain.clone();
        let mut further = 2;
        while !taken.insert(code.clone()) {
            code = format!("{plain}_{further}");
            further += 1;
        }
        (id, code, label)
    };
    names.into_iter().map(code).collect()
}

/// Every criterion of every edition once, with its code and words.
fn criteria(log: &Log) -> Vec<(String, String, String)> {
    let mut seen = BTreeSet::new();
    let all = log.editions().iter().flat_map(|edition| {
        edition
            .criteria
            .iter()
            .map(|listed| (listed.id.clone(), format!("{}: {}", edition.called(&listed.id), listed.text)))
    });
    coded(all.filter(|(id, _)| seen.insert(id.clone())))
}

fn judged(row: &Row, tell: impl Fn(&Judged) -> String) -> Vec<String> {
    vec![row.assessed.as_ref().map_or(String::new(), tell)]
}

fn words<T: serde::Serialize>(all: &[T]) -> Vec<(String, String)> {
    all.iter().map(word).map(|word| (word.clone(), word)).collect()
}

fn fields(log: &Log) -> Vec<Field> {
    let pairs = || criteria(log).into_iter().map(|(id, _, label)| (id, label)).collect::<Vec<_>>();
    let channels = [
        Channel::Chart,
        Channel::Clinic,
        Channel::Referral,
        Channel::Advertisement,
        Channel::Registry,
        Channel::Inquiry,
        Channel::Other,
    ];
    let reasons = [
        OtherReason::NotApproached,
        OtherReason::NotReached,
        OtherReason::OtherStudy,
        OtherReason::Distance,
        OtherReason::Time,
        OtherReason::Language,
        OtherReason::Clinician,
        OtherReason::NoPlace,
        OtherReason::Other,
    ];
    let determinations =
        || ["eligible", "ineligible", "undetermined"].map(|word| (word.to_owned(), word.to_owned())).to_vec();
    let field = |name, label, holds, identifies, tell| Field { name, label, holds, identifies, tell };
    vec![
        field("ps_number", "Pre-screening number", Holds::Whole, false, |_, row| vec![row.number.to_string()]),
        field("ps_earlier", "Number of the attempt before", Holds::Whole, false, |_, row| {
            vec![row.earlier.map_or(String::new(), |number| number.to_string())]
        }),
        field("ps_identified", "First identified", Holds::Day, true, |_, row| vec![row.identified.to_string()]),
        field("ps_channel", "How they came into view", Holds::One(words(&channels)), false, |_, row| {
            vec![word(&row.channel)]
        }),
        field("ps_detail", "Where exactly", Holds::Text, true, |_, row| vec![row.detail.clone()]),
        field("ps_as_of", "Assessed as of", Holds::Day, true, |_, row| {
            judged(row, |judged| judged.as_of.first_day().to_string())
        }),
        field("ps_answered", "Who the facts are from", Holds::Any(words(&Respondent::ALL)), false, |_, row| {
            row.assessed.iter().flat_map(|judged| &judged.answered_by).map(word).collect()
        }),
        field("ps_age", "Age in completed years, from 90 on grouped", Holds::Text, false, |_, row| {
            judged(row, |judged| judged.age.map_or(String::new(), |age| age.to_string()))
        }),
        field("ps_sex", "Sex", Holds::Text, false, |_, row| {
            judged(row, |judged| judged.sex.clone().unwrap_or_default())
        }),
        field("ps_found", "As evaluated", Holds::One(determinations()), false, |_, row| {
            judged(row, |judged| word(&judged.calculated))
        }),
        field("ps_determination", "As it counts", Holds::One(determinations()), false, |_, row| {
            judged(row, |judged| word(&judged.determination))
        }),
        field("ps_first_failed", "First criterion that failed", Holds::One(pairs()), false, |_, row| {
            judged(row, |judged| judged.failed.first().cloned().unwrap_or_default())
        }),
        field("ps_failed", "Criteria that failed", Holds::Any(pairs()), false, |_, row| {
            row.assessed.iter().flat_map(|judged| judged.failed.clone()).collect()
        }),
        field("ps_open", "Criteria that are open", Holds::Any(pairs()), false, |_, row| {
            row.assessed.iter().flat_map(|judged| &judged.pending).map(|pending| pending.id.clone()).collect()
        }),
        field(
            "ps_again",
            "Another try, by the protocol's rules",
            Holds::One(words(&[Allowance::After, Allowance::Investigator, Allowance::Never])),
            false,
            |_, row| judged(row, |judged| judged.again.map_or(String::new(), |again| word(&again.allowed))),
        ),
        field("ps_call_back", "Call back from", Holds::Day, true, |_, row| {
            vec![row.call_back().map_or(String::new(), |date| date.first_day().to_string())]
        }),
        field("ps_expires", "The assessment expires", Holds::Text, true, |_, row| {
            judged(row, |judged| shown(judged.expires))
        }),
        field("ps_state", "State", Holds::One(words(&State::ALL)), false, |_, row| vec![word(&row.state)]),
        field("ps_since", "Since (UTC)", Holds::Text, true, |_, row| vec![row.since.to_string()]),
        field("ps_who", "Decided by", Holds::Text, true, |_, row| vec![row.by.who.clone()]),
        field("ps_role", "In the role of", Holds::Text, false, |_, row| vec![row.by.role.clone()]),
        field("ps_reason", "Because of", Holds::Any(pairs()), false, |_, row| row.criteria.clone()),
        field("ps_other", "Because of a reason that no criterion is", Holds::One(words(&reasons)), false, |_, row| {
            vec![row.other.as_ref().map(word).unwrap_or_default()]
        }),
        field("ps_words", "In words", Holds::Notes, true, |_, row| vec![row.words.clone()]),
        field("ps_overrides", "Reasons of overrides", Holds::Notes, true, |_, row| {
            vec![list(row.overrides.iter().map(|ruling| ruling.reason.as_str()))]
        }),
        field("ps_corrections", "Facts put right", Holds::Whole, false, |_, row| vec![row.corrections.to_string()]),
        field("ps_notes", "Notes", Holds::Notes, true, |_, row| vec![row.notes.join("\n")]),
        field("ps_unclear", "Criteria that wait for an answer", Holds::Any(pairs()), false, waiting),
        field("ps_queries", "What is not clear of criteria, and what was answered", Holds::Notes, true, |log, row| {
            vec![unclear(log, row)]
        }),
        field("ps_document", "Number of the trial document", Holds::Whole, false, |log, row| {
            judged(row, |judged| log.edition(&judged.trial).document.to_string())
        }),
        field("ps_trial", "Digest of the trial document", Holds::Text, false, |_, row| {
            judged(row, |judged| judged.trial.clone())
        }),
        field("ps_engine", "Version of the engine", Holds::Text, false, |_, row| {
            judged(row, |judged| judged.engine.clone())
        }),
        field("ps_receipt", "Digest of the receipt", Holds::Text, true, |_, row| {
            judged(row, |judged| judged.receipt.clone())
        }),
    ]
}

/// One row for each attempt.
pub(super) fn records(log: &Log) -> Sheet {
    let fields = fields(log);
    let mut sheet =
        Sheet::with(&["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"]);
    for field in &fields {
        match &field.holds {
            Holds::Any(choices) => {
                let codes = coded(choices.iter().cloned());
                sheet.columns.extend(codes.into_iter().map(|(_, code, _)| format!("{}___{code}", field.name)));
            }
            Holds::Text | Holds::Day | Holds::Whole | Holds::Notes | Holds::One(_) => {
                sheet.columns.push(field.name.to_owned());
            }
        }
    }
    sheet.columns.push(format!("{FORM}_complete"));
    for row in log.rows() {
        let mut cells = vec![row.person.to_string(), EVENT.to_owned(), FORM.to_owned(), row.attempt.to_string()];
        for field in &fields {
            let told = (field.tell)(log, row);
            match &field.holds {
                Holds::Any(choices) => {
                    cells.extend(choices.iter().map(|(id, _)| u8::from(told.contains(id)).to_string()));
                }
                Holds::One(choices) => {
                    let codes = coded(choices.iter().cloned());
                    let chosen = codes.into_iter().find(|(id, ..)| told.contains(id));
                    cells.push(chosen.map_or(String::new(), |(_, code, _)| code));
                }
                Holds::Text | Holds::Day | Holds::Whole | Holds::Notes => cells.extend(told),
            }
        }
        let open = matches!(row.state, State::Candidate | State::PreScreened);
        cells.push(if open { "0" } else { "2" }.to_owned());
        sheet.rows.push(cells);
    }
    sheet
}

/// The columns of a data dictionary, as REDCap names them.
const DICTIONARY: [&str; 18] = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
];

/// The fields, for a project that has none of them yet.
pub(super) fn dictionary(log: &Log) -> Sheet {
    let mut sheet = Sheet::with(&DICTIONARY);
    let mut push =
        |name: &str, form: &str, kind: &str, label: &str, choices: &str, validation: &str, identifies: bool| {
            let mut cells: Vec<String> =
                [name, form, "", kind, label, choices, "", validation, "", ""].map(str::to_owned).to_vec();
            cells.push(if identifies { "y" } else { "" }.to_owned());
            cells.resize(DICTIONARY.len(), String::new());
            sheet.rows.push(cells);
        };
    push("record_id", "person", "text", "Number of the person's first attempt", "", "", false);
    // a choice ends at a stroke, and its code at the first comma
    let plain = |text: &str| text.replace('|', "/").replace(['\r', '\n'], " ");
    let choices = |choices: Vec<(String, String)>| {
        let one = |(_, code, label): (String, String, String)| format!("{code}, {}", plain(&label));
        coded(choices).into_iter().map(one).collect::<Vec<_>>().join(" | ")
    };
    for Field { name, label, holds, identifies, .. } in fields(log) {
        let (kind, chosen, validation) = match holds {
            Holds::Text => ("text", String::new(), ""),
            Holds::Day => ("text", String::new(), "date_ymd"),
            Holds::Whole => ("text", String::new(), "integer"),
            Holds::Notes => ("notes", String::new(), ""),
            Holds::One(of) => ("dropdown", choices(of), ""),
            Holds::Any(of) => ("checkbox", choices(of), ""),
        };
        push(name, FORM, kind, label, &chosen, validation, identifies);
    }
    sheet
}
