//! What is still worth asking, and in which order.
//!
//! In: a trial, what is known, who answers. Out: the next question, or why there is none. Never: a question whose
//! answer could change nothing.
//!
//! Why this order: to find out whether all of several independent conditions hold, it costs least on average to check
//! first those with the least burden for their chance of failing. A fact that serves several criteria fails over any
//! of them. Questions of one checklist are asked together.

use serde::Serialize;

use crate::evaluate::chart::Chart;
use crate::evaluate::compiled::Compiled;
use crate::evaluate::complete::{self, Variable};
use crate::evaluate::residual::{self, Open, Residual};
use crate::evaluate::{Determination, Scope, Verdict, determine};
use crate::model::moment::{AsOf, Now};
use crate::model::question::{AnswerKind, Question, QuestionText};
use crate::model::record::{Record, Respondent};
use crate::model::table::Table;
use crate::model::trial::Trial;
use crate::truth::Truth;

/// Who is asked, and how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// Who answers.
    pub respondent: Respondent,
    /// Go on although the determination is known: the rest helps in talking to the study team.
    pub go_on: bool,
}

/// Why there is no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// Nothing more can change the determination.
    Determined,
    /// Nothing that is left can be answered by this respondent.
    NothingLeft,
}

/// A question's words in one language, for the one who answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AskText {
    /// The question.
    pub ask: String,
    /// A few words that name it.
    pub short: String,
    /// Why it is asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Where to find the answer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// A line of help.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// The words for each option.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub options: Table<String>,
}

/// One thing asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskItem {
    /// Its key among the trial's questions.
    pub key: String,
    /// The kind of answer.
    pub answer: AnswerKind,
    /// Its words by language.
    pub text: Table<AskText>,
}

/// One screen: a single question, or several of one checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// The question's key; for a checklist `checklist:`, its id and the keys of the items shown, with `|` between.
    pub id: String,
    /// The words above a checklist; those of the only item otherwise.
    pub text: Table<AskText>,
    /// Several yes-or-no items together.
    pub checklist: bool,
    /// What is asked.
    pub items: Vec<AskItem>,
    /// The ids of the criteria it serves.
    pub criteria: Vec<String>,
    /// The answer may be painful or private.
    pub sensitive: bool,
}

/// What to ask next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The next question.
    pub question: Option<Ask>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stop>,
    /// No more than so many screens can still come, this one included.
    pub at_most: usize,
}

/// The next question for a respondent: the one with the best chance of settling the trial for its burden.
///
/// A question is asked once: any answer to it, also "not sure" and "prefer not to say", takes it off the list.
///
/// # Example
///
/// ```
/// use trial_prescreen::*;
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
///   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
///   "source":{"document":"","item":"1"},
///   "expression":{"compare":{"subject":{"concept":"age"},"low":{"value":"18","unit":"y"}}}}]},
///   "questions":{"birth-date":{"answer":"date","answerableBy":["patient"],
///   "text":{"en":{"patient":"When were you born?","staff":"Date of birth","short":"Date of birth"}}}}}"#;
/// let trial = import::trial(text.as_bytes()).unwrap().output;
/// let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
/// let plan = next_question(&trial, &Record::default(), &as_of, Asking::default());
/// assert_eq!(plan.question.unwrap().id, "birth-date"); // age is worked out from it
/// assert_eq!(plan.at_most, 1);
/// ```
pub fn next_question(trial: &Trial, record: &Record, as_of: &AsOf, asking: Asking) -> Plan {
    let compiled = Compiled::new(trial);
    let chart = Chart::new(&compiled, record.facts.iter().cloned(), as_of);
    let scope = Scope::new(trial, &compiled, &chart, as_of);
    let now = as_of.now();
    let verdicts = scope.verdicts(now);
    let (determination, _) = determine(trial, &verdicts, None);
    if determination != Determination::Undetermined && !asking.go_on {
        return Plan { question: None, stopped: Some(Stop::Determined), at_most: 0 };
    }
    let asker = Asker {
        trial,
        answered: record.facts.iter().map(|fact| fact.subject.key()).collect(),
        respondent: asking.respondent,
    };
    let mut wanted: Vec<Wanted<'_>> = Vec::new();
    let mut later: Vec<&str> = Vec::new();
    let pending = trial.eligibility.criteria.iter().zip(&compiled.criteria).zip(&verdicts);
    for ((criterion, line), _) in pending.filter(|(_, verdict)| **verdict == Verdict::Pending) {
        let residual = residual::of(&scope, &line.node, now);
        let useful = asker.useful(&scope, &residual, now);
        for key in asker.first(&residual, &useful) {
            match wanted.iter_mut().find(|wanted| wanted.key == key) {
                Some(wanted) if wanted.criteria.contains(&criterion.id.as_str()) => {}
                Some(wanted) => wanted.criteria.push(&criterion.id),
                None => {
                    if let Some(question) = trial.questions.get(key) {
                        wanted.push(Wanted { key, question, criteria: vec![&criterion.id] });
                    }
                }
            }
        }
        for key in asker.all(&residual, &useful) {
            if !later.contains(&key) {
                later.push(key);
            }
        }
    }
    let screens = screens(&wanted);
    let shown = |key: &str| screens.iter().any(|screen| screen.wanted.iter().any(|wanted| wanted.key == key));
    let at_most = screens.len() + later.into_iter().filter(|key| !shown(key)).count();
    let best = screens.iter().min_by(|a, b| a.before(b));
    match best {
        Some(screen) => Plan { question: Some(screen.ask(trial, asking.respondent)), stopped: None, at_most },
        None => Plan { question: None, stopped: Some(Stop::NothingLeft), at_most: 0 },
    }
}

/// A question that some criteria want, first in the order of the protocol.
struct Wanted<'t> {
    key: &'t str,
    question: &'t Question,
    criteria: Vec<&'t str>,
}

struct Asker<'t> {
    trial: &'t Trial,
    /// The keys of the questions that have an answer of any kind.
    answered: Vec<String>,
    respondent: Respondent,
}

impl<'t> Asker<'t> {
    /// The question that would close a gap and that this respondent has not answered yet.
    fn key(&self, open: &Open<'_>) -> Option<&'t str> {
        self.keys(open).next()
    }

    fn keys(&self, open: &Open<'_>) -> impl Iterator<Item = &'t str> {
        open.asks().iter().filter(|key| !self.answered.contains(*key)).filter_map(|key| {
            let (key, question) = self.trial.questions.get_key_value(key)?;
            question.answerable_by.contains(&self.respondent).then_some(key.as_str())
        })
    }

    /// The open leaves, by position, whose closing could change the truth, given that whatever cannot be asked stays
    /// open. Where there are too many ways to try, every one that can be asked is taken to.
    fn useful(&self, scope: &Scope<'_>, residual: &Residual<'_>, now: Now) -> Vec<bool> {
        let open = residual.open();
        let all = complete::variables(scope, &open, now);
        let can = |at: &usize| open.get(*at).is_some_and(|open| self.key(open).is_some());
        let askable: Vec<&Variable> = all.iter().filter(|variable| variable.leaves.iter().any(can)).collect();
        let mut useful = vec![false; open.len()];
        let mut truths: Vec<Truth> = Vec::new();
        let tried = complete::every(&askable, open.len(), &mut |ways| {
            truths.push(complete::under(residual, &open, ways));
            true
        });
        let mut stride = 1;
        for variable in askable {
            let ways = variable.ways.len().max(1);
            // the same combination with this variable's first way in the place of its own
            let plain = |number: usize| truths.get(number - number / stride % ways * stride);
            let matters = !tried || truths.iter().enumerate().any(|(number, truth)| plain(number) != Some(truth));
            stride *= ways;
            if matters {
                for leaf in &variable.leaves {
                    useful.get_mut(*leaf).into_iter().for_each(|useful| *useful = true);
                }
            }
        }
        useful
    }

    /// The keys to ask now.
    fn first(&self, residual: &Residual<'_>, useful: &[bool]) -> Vec<&'t str> {
        let all = residual.open();
        let worth = |open: &Open<'_>| {
            all.iter().position(|other| std::ptr::eq(*other, open)).and_then(|at| useful.get(at)) == Some(&true)
        };
        self.frontier(residual, &worth)
    }

    fn frontier(&self, residual: &Residual<'_>, worth: &dyn Fn(&Open<'_>) -> bool) -> Vec<&'t str> {
        match residual {
            Residual::Known(_) => Vec::new(),
            Residual::Open(open) => self.key(open).filter(|_| worth(open)).into_iter().collect(),
            Residual::Not(part) => self.frontier(part, worth),
            Residual::AtLeast { parts, in_order: false, .. } => {
                parts.iter().flat_map(|part| self.frontier(part, worth)).collect()
            }
            Residual::AtLeast { parts, in_order: true, .. } => {
                parts.iter().map(|part| self.frontier(part, worth)).find(|keys| !keys.is_empty()).unwrap_or_default()
            }
            Residual::When { condition, then, .. } => {
                let first = self.frontier(condition, worth);
                if first.is_empty() { self.frontier(then, worth) } else { first }
            }
        }
    }

    /// Every key that may still come up.
    fn all(&self, residual: &Residual<'_>, useful: &[bool]) -> Vec<&'t str> {
        let open = residual.open().into_iter().zip(useful).filter(|(_, useful)| **useful);
        open.flat_map(|(open, _)| self.keys(open)).collect()
    }
}

/// Questions that are asked together.
struct Screen<'t, 'w> {
    checklist: Option<&'t str>,
    wanted: Vec<&'w Wanted<'t>>,
    /// The place of the first of them in the order of the protocol.
    position: usize,
    burden: u64,
    /// Of 100 people, how many fail over it.
    failing: u64,
}

/// Questions of one checklist share a screen; every other has its own.
fn screens<'t, 'w>(wanted: &'w [Wanted<'t>]) -> Vec<Screen<'t, 'w>> {
    let mut screens: Vec<Screen<'t, 'w>> = Vec::new();
    for (position, wanted) in wanted.iter().enumerate() {
        let list = wanted.question.checklist.as_deref();
        let (burden, failing) = (burden(wanted.question), failing(wanted));
        match screens.iter_mut().find(|screen| list.is_some() && screen.checklist == list) {
            Some(screen) => {
                screen.wanted.push(wanted);
                screen.burden = screen.burden.max(burden) + 3;
                screen.failing = 100 - (100 - screen.failing) * (100 - failing) / 100;
            }
            None => screens.push(Screen { checklist: list, wanted: vec![wanted], position, burden, failing }),
        }
    }
    screens
}

fn burden(question: &Question) -> u64 {
    u64::from(question.burden.unwrap_or(match question.answer {
        AnswerKind::YesNo | AnswerKind::Choice(_) => 8,
        AnswerKind::Date => 10,
        AnswerKind::Onset | AnswerKind::Quantity(_) => 25,
        AnswerKind::Doses(_) | AnswerKind::Drinks => 30,
    }))
    .max(1)
}

/// A fact that several criteria use fails over any of them.
fn failing(wanted: &Wanted<'_>) -> u64 {
    let once = u64::from(wanted.question.failing.unwrap_or(10)).clamp(1, 99);
    let mut passing = 100;
    for _ in &wanted.criteria {
        passing = passing * (100 - once) / 100;
    }
    (100 - passing).min(99)
}

impl Screen<'_, '_> {
    /// Less burden for its chance of failing; the protocol's order where equal.
    fn before(&self, other: &Screen<'_, '_>) -> std::cmp::Ordering {
        (self.burden * other.failing).cmp(&(other.burden * self.failing)).then(self.position.cmp(&other.position))
    }

    fn ask(&self, trial: &Trial, respondent: Respondent) -> Ask {
        let items: Vec<AskItem> = self
            .wanted
            .iter()
            .map(|wanted| AskItem {
                key: wanted.key.to_owned(),
                answer: wanted.question.answer.clone(),
                text: words(&wanted.question.text, respondent),
            })
            .collect();
        let serves = |id: &str| self.wanted.iter().any(|wanted| wanted.criteria.contains(&id));
        let criteria = trial.eligibility.criteria.iter().filter(|c| serves(&c.id)).map(|c| c.id.clone()).collect();
        let sensitive = self.wanted.iter().any(|wanted| wanted.question.sensitive);
        let list = self.checklist.filter(|_| items.len() > 1);
        match list.and_then(|list| Some((list, trial.checklists.get(list)?))) {
            Some((list, checklist)) => {
                let text = words(&checklist.text, respondent);
                let keys: Vec<&str> = items.iter().map(|item| item.key.as_str()).collect();
                let id = format!("checklist:{list}|{}", keys.join("|"));
                Ask { id, text, checklist: true, items, criteria, sensitive }
            }
            None => {
                let (id, text) = items.first().map(|item| (item.key.clone(), item.text.clone())).unwrap_or_default();
                Ask { id, text, checklist: false, items, criteria, sensitive }
            }
        }
    }
}

/// The words for the one who answers.
pub(crate) fn words(text: &Table<QuestionText>, respondent: Respondent) -> Table<AskText> {
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
