//! Questions for what criteria use and nothing asks for.
//!
//! What the vocabulary knows has its wording, where that asks what the criteria ask; everything else a question of the
//! criteria's own words, by its kind: a number with its unit, a date, yes or no with the time that is meant. What was
//! not read is asked word for word. Beside each question stands the sentence that it serves.

mod about;
mod presence;
mod time;

pub(crate) use about::short;

use crate::import::limits;
use crate::model::concept::{Concept, Kind};
use crate::model::criterion::Criterion;
use crate::model::derivation::sources_of;
use crate::model::expression::Expression;
use crate::model::medicine::{DoseClass, members_of};
use crate::model::question::{Question, QuestionText};
use crate::model::record::Subject;
use crate::model::table::Table;
use crate::model::trial::Trial;
use crate::model::window::Anchor;

/// The questions of a trial with one more for everything that its criteria use and no question asks for.
///
/// # Example
///
/// ```
/// use trial_prescreen::import;
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{"status":"published",
///   "criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"Serum ferritin at least 50 ng/mL","short":"","patient":""}},
///   "source":{"document":"","item":"Inclusion 1"},
///   "expression":{"compare":{"subject":{"text":"serum ferritin"},"low":{"value":"50","unit":"ng/mL"}}}}]}}"#;
/// let trial = import::trial(text.as_bytes()).unwrap().output;
/// let questions = import::question::missing(&trial);
/// let words = questions.get("text:serum ferritin").unwrap().text.get("en").unwrap();
/// assert_eq!(words.patient, "What was your latest result for serum ferritin?");
/// assert_eq!(words.why, "Inclusion 1: “Serum ferritin at least 50 ng/mL”");
/// ```
pub fn missing(trial: &Trial) -> Table<Question> {
    let mut questions = trial.questions.clone();
    let mut room = limits::QUESTIONS.saturating_sub(questions.iter().count());
    let uses = uses(trial);
    for use_ in &uses {
        for subject in asked_for(&use_.subject) {
            let key = subject.key();
            if room == 0 || questions.contains_key(&key) {
                continue;
            }
            // what a formula takes is asked for its sake, with no bound of its own
            let source = || Use {
                subject: subject.clone(),
                leaves: Vec::new(),
                criteria: use_.criteria.clone(),
                anchors: false,
            };
            let own = uses.iter().find(|own| own.subject == subject);
            questions.insert(key, own.map_or_else(|| source().question(), Use::question));
            room -= 1;
        }
    }
    questions
}

/// Everything that the criteria say about one thing.
#[derive(Clone, Debug)]
struct Use<'t> {
    subject: Subject,
    leaves: Vec<&'t Expression>,
    criteria: Vec<&'t Criterion>,
    /// Windows hang on its day.
    anchors: bool,
}

/// What is used, in the order of the protocol.
fn uses(trial: &Trial) -> Vec<Use<'_>> {
    let mut uses: Vec<Use<'_>> = Vec::new();
    let mut places: Table<usize> = Table::new();
    for criterion in &trial.eligibility.criteria {
        for leaf in criterion.expression.leaves() {
            let Some(subject) = leaf.subject() else { continue };
            let event = leaf.window().and_then(|window| match window.anchor {
                Anchor::Event(_) | Anchor::Text(_) | Anchor::Onset => Some((window.anchor.subject()?, None)),
                Anchor::AsOf | Anchor::Consent | Anchor::Screening | Anchor::Randomization | Anchor::FirstDose => None,
            });
            for (subject, leaf) in subject.parts().iter().map(|part| (part.clone(), Some(leaf))).chain(event) {
                let key = subject.key();
                let at = places.get(&key).copied().unwrap_or_else(|| {
                    places.insert(key, uses.len());
                    uses.push(Use { subject, leaves: Vec::new(), criteria: Vec::new(), anchors: false });
                    uses.len() - 1
                });
                let Some(use_) = uses.get_mut(at) else { continue };
                use_.anchors |= leaf.is_none();
                use_.leaves.extend(leaf);
                if use_.criteria.last().is_none_or(|last| last.id != criterion.id) {
                    use_.criteria.push(criterion);
                }
            }
        }
    }
    uses
}

/// What is asked to know something: itself, and what a formula works it out from; for an age the day it is counted from.
fn asked_for(subject: &Subject) -> Vec<Subject> {
    const BY_DAY: [&str; 3] = ["age", "corrected-age", "postmenstrual-age"];
    let Subject::Concept(id) = subject else { return vec![subject.clone()] };
    let Some(concept) = Concept::named(id) else { return vec![subject.clone()] };
    let sources = sources_of(concept.id);
    if BY_DAY.contains(&concept.id) {
        return sources.iter().map(|source| Subject::concept(source)).collect();
    }
    let own = std::iter::once(subject.clone());
    if concept.kind == Kind::Dose || DoseClass::of(concept.id).is_some() || members_of(concept.id).next().is_some() {
        return own.collect();
    }
    own.chain(sources.iter().map(|source| Subject::concept(source))).collect()
}

impl Use<'_> {
    fn question(&self) -> Question {
        let mut question = match &self.subject {
            Subject::Concept(id) => match Concept::named(id) {
                Some(concept) => self.about_concept(concept),
                None => self.about_text(id),
            },
            Subject::Text(text) => self.about_text(text),
            Subject::Judgement(_) => self.about_judgement(),
            Subject::Unread(_) | Subject::Ratio(_) => self.verbatim(),
        };
        let why = self.why();
        for language in ["en", "zh-CN"] {
            if let Some(text) = question.text.get_mut(language)
                && text.why.is_empty()
            {
                text.why.clone_from(&why);
            }
        }
        question
    }

    /// The sentences that the question serves, the first few of them.
    fn why(&self) -> String {
        const MOST: usize = 3;
        let said = |criterion: &&Criterion| {
            let words = criterion.text.iter().next().map(|(_, words)| words.full.as_str()).unwrap_or_default();
            format!("{}: “{words}”", criterion.source.item)
        };
        self.criteria.iter().take(MOST).map(said).collect::<Vec<_>>().join(" ")
    }
}

/// Words in both languages.
fn in_both(english: QuestionText, chinese: QuestionText) -> Table<QuestionText> {
    [("en".to_owned(), english), ("zh-CN".to_owned(), chinese)].into_iter().collect()
}
