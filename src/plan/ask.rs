//! A screen: what is shown of the items that are asked together.

use crate::model::question::{AnswerKind, Question, QuestionText};
use crate::model::record::Respondent;
use crate::model::table::Table;
use crate::model::trial::Trial;

use super::{Ask, AskItem, AskText};

/// Seconds that each further item of a checklist takes.
const FURTHER: f64 = 3.0;

/// About how many seconds an answer takes.
pub(super) fn burden(question: &Question) -> f64 {
    let seconds = question.burden.unwrap_or(match question.answer {
        AnswerKind::YesNo | AnswerKind::Choice(_) => 8,
        AnswerKind::Date | AnswerKind::LastTime => 10,
        AnswerKind::Course(_) => 20,
        AnswerKind::Onset | AnswerKind::Quantity(_) => 25,
        AnswerKind::Doses(_) | AnswerKind::Drinks => 30,
    });
    f64::from(seconds.max(1))
}

/// The burden of items that are asked together: the largest, and a little for each of the others.
pub(super) fn together(burdens: impl Iterator<Item = f64>) -> f64 {
    let (mut largest, mut further) = (0.0_f64, -FURTHER);
    for burden in burdens {
        largest = largest.max(burden);
        further += FURTHER;
    }
    largest + further.max(0.0)
}

/// The screen that asks for these keys of one checklist, or for a single one, in the interest of these criteria.
pub(super) fn screen(trial: &Trial, keys: &[&str], criteria: Vec<String>, respondent: Respondent) -> Ask {
    let questions = || keys.iter().filter_map(|key| trial.questions.get_key_value(key));
    let items: Vec<AskItem> = questions()
        .map(|(key, question)| AskItem {
            key: key.clone(),
            answer: question.answer.clone(),
            routes: question.routes.clone(),
            text: words(&question.text, respondent),
        })
        .collect();
    let sensitive = questions().any(|(_, question)| question.sensitive);
    let list = questions().next().and_then(|(_, question)| question.checklist.as_ref()).filter(|_| items.len() > 1);
    match list.and_then(|list| Some((list, trial.checklists.get(list)?))) {
        Some((list, checklist)) => {
            let text = words(&checklist.text, respondent);
            let id = format!("checklist:{list}|{}", keys.join("|"));
            Ask { id, text, checklist: true, items, criteria, sensitive }
        }
        None => {
            let (id, text) = items.first().map(|item| (item.key.clone(), item.text.clone())).unwrap_or_default();
            Ask { id, text, checklist: false, items, criteria, sensitive }
        }
    }
}

/// The words for the one who answers.
fn words(text: &Table<QuestionText>, respondent: Respondent) -> Table<AskText> {
    text.iter()
        .map(|(language, text)| {
            let ask = match respondent {
                Respondent::Patient => &text.patient,
                Respondent::Caregiver if text.caregiver.is_empty() => &text.patient,
                Respondent::Caregiver => &text.caregiver,
                Respondent::Staff | Respondent::Record | Respondent::Investigator => &text.staff,
            };
            let words = AskText {
                ask: ask.clone(),
                short: text.short.clone(),
                why: text.why.clone(),
                place: text.place.clone(),
                hint: text.hint.clone(),
                options: text.options.clone(),
            };
            (language.clone(), words)
        })
        .collect()
}
