//! Words that are there in one language and not in another, and questions that do not say where the answer stands.

use super::{Findings, below, key};
use crate::diagnostic::{Code, quoted};
use crate::import::readable::Step;
use crate::model::question::{AnswerKind, Question, QuestionText};
use crate::model::table::Table;
use crate::model::trial::{Localized, Trial};
use crate::model::wording::wording;

pub(super) fn check(trial: &Trial, findings: &mut Findings) {
    let mut words = Words { languages: trial.languages().collect(), findings };
    words.of_the_trial(trial);
    for (index, criterion) in trial.eligibility.criteria.iter().enumerate() {
        let here = [key("eligibility"), key("criteria"), Step::Index(index), key("text")];
        for (language, text) in criterion.text.iter() {
            for (name, text) in [("full", &text.full), ("short", &text.short), ("patient", &text.patient)] {
                if text.trim().is_empty() {
                    words.missing(below(&here, [key(language), key(name)]), language);
                }
            }
        }
    }
    for (name, question) in trial.questions.iter() {
        let here = [key("questions"), key(name)];
        words.of_a_question(&question.text, &below(&here, [key("text")]));
        words.of_the_options(question, &below(&here, [key("text")]));
        words.place(name, question, &here);
    }
    for (name, checklist) in trial.checklists.iter() {
        let here = [key("checklists"), key(name), key("text")];
        for language in words.languages.clone() {
            if !checklist.text.contains_key(language) {
                words.missing(here.to_vec(), language);
            }
        }
        words.of_a_question(&checklist.text, &here);
    }
}

struct Words<'t, 'f> {
    languages: Vec<&'t str>,
    findings: &'f mut Findings,
}

impl<'t> Words<'t, '_> {
    fn missing(&mut self, path: Vec<Step>, language: &str) {
        let message = format!("the words in {} are missing", quoted(language));
        self.findings.warning(path, Code::MissingTranslation, message, "add them; until then other words are shown");
    }

    fn localized(&mut self, text: &Localized, path: Vec<Step>) {
        if text.is_empty() {
            return;
        }
        for language in self.languages.clone() {
            if text.get(language).is_none_or(|text| text.trim().is_empty()) {
                self.missing(path.clone(), language);
            }
        }
    }

    fn of_the_trial(&mut self, trial: &'t Trial) {
        let whole = [
            ("title", &trial.title),
            ("officialTitle", &trial.official_title),
            ("overview", &trial.overview),
            ("emergencySigns", &trial.emergency_signs),
            ("description", &trial.description),
        ];
        for (name, text) in whole.into_iter().chain(trial.sponsor.as_ref().map(|text| ("sponsor", text))) {
            self.localized(text, vec![key(name)]);
        }
        let arms = trial.design.iter().flat_map(|design| &design.arms);
        for (index, arm) in arms.enumerate() {
            let here = [key("design"), key("arms"), Step::Index(index)];
            self.localized(&arm.label, below(&here, [key("label")]));
            self.localized(&arm.description, below(&here, [key("description")]));
        }
        for (index, text) in trial.conditions.iter().enumerate() {
            self.localized(text, vec![key("conditions"), Step::Index(index)]);
        }
        for (index, intervention) in trial.interventions.iter().enumerate() {
            let here = [key("interventions"), Step::Index(index)];
            self.localized(&intervention.name, below(&here, [key("name")]));
            if let Some(form) = &intervention.dosage_form {
                self.localized(form, below(&here, [key("dosageForm")]));
            }
        }
        for (index, approval) in trial.approvals.iter().enumerate() {
            let here = [key("approvals"), Step::Index(index)];
            self.localized(&approval.regulator, below(&here, [key("regulator")]));
            self.localized(&approval.indication, below(&here, [key("indication")]));
            self.localized(&approval.conclusion, below(&here, [key("conclusion")]));
        }
        for (index, site) in trial.sites.iter().enumerate() {
            let here = [key("sites"), Step::Index(index)];
            self.localized(&site.name, below(&here, [key("name")]));
            self.localized(&site.city, below(&here, [key("city")]));
            self.localized(&site.country, below(&here, [key("country")]));
        }
        for (index, contact) in trial.contacts.iter().enumerate() {
            self.localized(&contact.name, vec![key("contacts"), Step::Index(index), key("name")]);
        }
        for (index, faq) in trial.faqs.iter().enumerate() {
            let here = [key("faqs"), Step::Index(index)];
            self.localized(&faq.question, below(&here, [key("question")]));
            self.localized(&faq.answer, below(&here, [key("answer")]));
        }
        for (index, cohort) in trial.eligibility.cohorts.iter().enumerate() {
            let here = [key("eligibility"), key("cohorts"), Step::Index(index)];
            self.localized(&cohort.label, below(&here, [key("label")]));
        }
    }

    /// What one language says the others say too; the words for the person, for staff and for lists are always there.
    fn of_a_question(&mut self, text: &Table<QuestionText>, path: &[Step]) {
        let fields = |text: &QuestionText| -> [(&'static str, bool); 7] {
            let there = |text: &str| !text.trim().is_empty();
            [
                ("patient", there(&text.patient)),
                ("staff", there(&text.staff)),
                ("short", there(&text.short)),
                ("caregiver", there(&text.caregiver)),
                ("why", there(&text.why)),
                ("place", there(&text.place)),
                ("hint", there(&text.hint)),
            ]
        };
        for (language, own) in text.iter() {
            for (at, (name, there)) in fields(own).into_iter().enumerate() {
                let elsewhere = || text.values().any(|other| fields(other).get(at).is_some_and(|(_, there)| *there));
                if !there && (at < 3 || elsewhere()) {
                    self.missing(below(path, [key(language), key(name)]), language);
                }
            }
        }
    }

    fn of_the_options(&mut self, question: &Question, path: &[Step]) {
        let AnswerKind::Choice(codes) = &question.answer else { return };
        for (language, text) in question.text.iter() {
            for code in codes.iter().filter(|code| text.options.get(code).is_none_or(|words| words.trim().is_empty())) {
                let message = format!("the option {} has no words in {}", quoted(code), quoted(language));
                let help = "add them under \"options\"; until then the code itself is shown";
                let path = below(path, [key(language), key("options")]);
                self.findings.warning(path, Code::MissingTranslation, message, help);
            }
        }
    }

    /// A number or a date stands somewhere, but for what everybody knows of himself.
    fn place(&mut self, name: &str, question: &Question, here: &[Step]) {
        let looked_up = match &question.answer {
            AnswerKind::Quantity(_) | AnswerKind::Date | AnswerKind::Onset | AnswerKind::Doses(_) => true,
            AnswerKind::YesNo
            | AnswerKind::Choice(_)
            | AnswerKind::LastTime
            | AnswerKind::Course(_)
            | AnswerKind::Drinks => false,
        };
        let known = wording(name);
        let everybody_knows = known.is_some_and(|row| row.place.english.is_empty());
        if !looked_up || everybody_knows || question.text.values().any(|text| !text.place.trim().is_empty()) {
            return;
        }
        let message = format!("the question {} does not say where the answer stands", quoted(name));
        let help = match known {
            Some(row) => format!("add \"place\", such as {}", quoted(row.place.english)),
            None => "add \"place\": the slip, the letter or the box on which it stands".to_owned(),
        };
        self.findings.warning(below(here, [key("text")]), Code::MissingPlace, message, help);
    }
}
