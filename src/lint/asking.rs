//! Questions to those who cannot know, to nobody, or alone on a list.

use super::{Findings, below, key};
use crate::diagnostic::{Code, quoted};
use crate::evaluate::{closers, evaluate};
use crate::import::readable::Step;
use crate::model::moment::AsOf;
use crate::model::record::{Record, Respondent};
use crate::model::trial::Trial;
use crate::model::wording::wording;

pub(super) fn check(trial: &Trial, findings: &mut Findings) {
    let nothing_known = evaluate(trial, &Record::default(), &AsOf::epoch());
    for (index, criterion) in nothing_known.criteria.iter().enumerate() {
        if let Some(gap) = criterion.gaps.iter().find(|gap| closers(trial, gap).is_empty()) {
            let message = format!("nobody can answer {} for {}", quoted(&gap.subject.key()), quoted(&criterion.id));
            let help = "say under \"answerableBy\" of its question who can";
            let path = vec![key("eligibility"), key("criteria"), Step::Index(index)];
            findings.warning(path, Code::NobodyAnswers, message, help);
        }
    }
    for (name, question) in trial.questions.iter() {
        let path = [key("questions"), key(name), key("answerableBy")];
        let to = |who: &Respondent| question.answerable_by.contains(who);
        let people = [Respondent::Patient, Respondent::Caregiver];
        if people.iter().any(to) && wording(name).is_some_and(|row| row.patient.english.is_empty()) {
            let message = format!("a patient cannot know {}: staff examine or work it out", quoted(name));
            findings.warning(path.to_vec(), Code::NotForPatients, message, "leave it to staff and records");
        }
        if !Respondent::ALL.iter().any(|who| *who != Respondent::Record && to(who)) {
            let message = format!("the question {} is put to no person", quoted(name));
            findings.warning(path.to_vec(), Code::NeverAsked, message, "say who can answer it, or take it out");
        }
    }
    for (name, _) in trial.checklists.iter() {
        let here = [key("checklists"), key(name)];
        let items = trial.questions.values().filter(|question| question.checklist.as_ref() == Some(name)).count();
        if items == 0 {
            let message = format!("no question belongs to the checklist {}", quoted(name));
            findings.warning(below(&here, []), Code::NeverAsked, message, "take it out, or name it in the questions");
        } else if items == 1 {
            let message = format!("the checklist {} has one item", quoted(name));
            let help = "ask it as a question of its own, or add what belongs with it";
            findings.note(below(&here, []), Code::ShortChecklist, message, help);
        }
    }
}
