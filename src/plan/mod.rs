//! What is still worth asking, and in which order.
//!
//! In: a trial, what is known, who answers. Out: the next question, or why there is none. Never: a question whose
//! answer could change nothing.
//!
//! What for: the least burden, on average, until the determination is known or nothing that can be asked could change
//! it. To find out whether all of several independent conditions hold, it costs least to check first those with the
//! least burden for their chance of failing ([`order`]); with few open questions every order is tried ([`exact`]). A
//! fact counts for every criterion that uses it. Questions of one checklist are asked together. What stands under a
//! condition is asked only of those whom it concerns. Nobody answers many more screens than in the order of the protocol
//! ([`reading`]).

mod ask;
mod exact;
mod inquiry;
mod knowledge;
mod order;
mod prospect;
mod reading;
pub(crate) mod several;
mod table;
mod useful;

use serde::Serialize;

use crate::evaluate::chart::Chart;
use crate::evaluate::compiled::Compiled;
use crate::evaluate::{Determination, Scope, standing};
use crate::model::moment::AsOf;
use crate::model::question::AnswerKind;
use crate::model::record::{Record, Respondent};
use crate::model::route::Route;
use crate::model::table::Table;
use crate::model::trial::Trial;

use inquiry::{Asker, Inquiry, Part};
use order::{First, Order};
use useful::Useful;

pub use several::{PlanOfAll, Served, Settled, next_question_of_all};

/// Who is asked, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking<'a> {
    /// Who answers.
    pub respondent: Respondent,
    /// Go on although the determination is known: the rest helps in talking to the study team.
    pub go_on: bool,
    /// The ids of the screens that were answered in this conversation; everything else in the record was known before
    /// it. Where it is not known what was asked, nothing holds the order to that of the protocol.
    pub asked: Option<&'a [String]>,
    /// So many screens more than in the order of the protocol anybody may have to answer.
    pub detour: usize,
}

impl Default for Asking<'_> {
    fn default() -> Self {
        Asking { respondent: Respondent::default(), go_on: false, asked: None, detour: 1 }
    }
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
    /// In which of these ways it is given is asked too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
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
    /// About so many screens are to be expected, this one included: the mean over people to whom the questions' `failing`
    /// applies, rounded.
    pub expected: usize,
    /// No more than so many screens can still come, this one included.
    pub at_most: usize,
}

/// The next question for a respondent: the one after which the least burden is expected until the trial is settled.
///
/// Only what could still change the determination is asked: not what belongs to a cohort that is out or closed, nor
/// what could only let somebody in where others' answers are needed for that anyway. With [`Asking::go_on`] everything
/// follows that could still change a criterion. Answers are taken to be independent, with the question's `failing` of a
/// hundred speaking against the person in most places where what it asks is still open; its `burden` is counted in
/// seconds. With up to a dozen open questions every order is tried, where no more than 10,000 states of knowledge come up,
/// which a dozen hardly ever exceed; and up to 4096 combinations of answers as to what is useful: beyond that, what could change a
/// criterion is asked. A trial with more than 10,000 conditions, counted once for each cohort, is asked in the order of
/// the protocol.
///
/// A question is asked once: any answer to it, also "not sure" and "prefer not to say", takes it off the list.
///
/// With [`Asking::asked`] nobody answers more than [`Asking::detour`] screens more than if the criteria were read from top
/// to bottom, the first thing that is open of the first criterion that is open asked by itself, until nothing can change
/// the determination. This holds whatever the answers where no two criteria share a fact; where they do, about one in ten
/// thousand random people has a screen more than that. With no screen to spare the order stays close to the protocol's.
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
/// assert_eq!((plan.expected, plan.at_most), (1, 1));
/// ```
pub fn next_question(trial: &Trial, record: &Record, as_of: &AsOf, asking: Asking<'_>) -> Plan {
    of_one(trial, &Compiled::new(trial), record, as_of, asking)
}

/// The screen with this id as it was shown, so that its answer can be given or changed without the plan that led to it.
/// `None` where the trial has no such question. Its `criteria` are empty: which ones it serves depends on the answers.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Respondent, import, question};
/// let trial = import::trial(include_bytes!("../../www/trials/NCT07084012.json")).unwrap().output;
/// let id = "checklist:stroke-treatment|thrombolysis|thrombectomy";
/// let shown = question(&trial, id, Respondent::Patient).unwrap();
/// assert_eq!((shown.id.as_str(), shown.items.len()), (id, 2));
/// assert_eq!(question(&trial, "checklist:stroke-treatment|thrombolysis", Respondent::Patient), None);
/// for other in ["shoe-size", "", "checklist:stroke-treatment|thrombolysis|thrombectomy|shoe-size"] {
///     assert_eq!(question(&trial, other, Respondent::Patient), None);
/// }
/// ```
pub fn question(trial: &Trial, id: &str, respondent: Respondent) -> Option<Ask> {
    let keys: Vec<&str> = reading::keys(id).collect();
    let screen = ask::screen(trial, &keys, Vec::new(), respondent);
    (screen.id == id && screen.items.len() == keys.len()).then_some(screen)
}

/// [`next_question`] of a trial that was made ready before.
pub(crate) fn of_one(trial: &Trial, compiled: &Compiled, record: &Record, as_of: &AsOf, asking: Asking<'_>) -> Plan {
    let look = Outlook::of(trial, compiled, record, as_of, asking);
    let order = Order::of(&look.inquiry, &look.useful);
    let Some(First { items: mut first, screens, open }) = order.first() else {
        return Plan { question: None, stopped: Some(look.stop()), expected: 0, at_most: 0 };
    };
    let due = look.due(&order, (trial, compiled), record, as_of, asking);
    if let Some(due) = due.filter(|due| !first.contains(due)) {
        let screens = order.next(&look.inquiry.every_way(), &|_| false);
        first = screens.into_iter().find(|screen| screen.contains(&due)).unwrap_or_else(|| vec![due]);
    }
    let items = look.inquiry.beside(&first, &look.worth);
    let keys: Vec<&str> = items.iter().filter_map(|item| Some(look.inquiry.items.get(*item)?.key)).collect();
    let question = ask::screen(trial, &keys, look.inquiry.serves(trial, &items), asking.respondent);
    let at_most = look.inquiry.at_most(&look.worth);
    // what cannot change the determination comes afterwards, for those of whom it stays open
    let along = at_most.saturating_sub(look.inquiry.at_most(&look.useful.items)) as f64;
    let open = if look.determines { open } else { 1.0 };
    let expected = ((screens + open * along).round() as usize).clamp(1, at_most.max(1));
    Plan { question: Some(question), stopped: None, expected, at_most }
}

/// What is still worth asking for a trial.
struct Outlook<'t> {
    determination: Determination,
    inquiry: Inquiry<'t>,
    /// What is asked first: while the determination is open, what could change it.
    useful: Useful,
    /// Whether it could.
    determines: bool,
    /// Everything that is still worth asking, by item.
    worth: Vec<bool>,
}

impl<'t> Outlook<'t> {
    fn of(trial: &'t Trial, compiled: &Compiled, record: &Record, as_of: &AsOf, asking: Asking<'_>) -> Outlook<'t> {
        let chart = Chart::new(compiled, record.facts.iter().cloned(), as_of);
        let scope = Scope::new(trial, compiled, &chart, as_of);
        let now = as_of.now();
        let verdicts = scope.verdicts(now);
        let determination = standing(trial, &verdicts, None);
        let open = determination == Determination::Undetermined;
        if !open && !asking.go_on {
            let useful = Useful { items: Vec::new(), eligible: false };
            return Outlook {
                determination,
                inquiry: Inquiry::default(),
                useful,
                determines: false,
                worth: Vec::new(),
            };
        }
        let answered = record.facts.iter().map(|fact| fact.subject.key()).collect();
        let asker = Asker { trial, answered, respondent: asking.respondent };
        let mut inquiry = asker.inquiry(&scope, &verdicts, now);
        let nothing = || Useful { items: vec![false; inquiry.items.len()], eligible: true };
        let mut useful = if open { useful::for_determination(&inquiry) } else { nothing() };
        let determines = useful.items.contains(&true);
        let mut worth = useful.items.clone();
        if asking.go_on {
            let each = useful::for_criteria(&inquiry);
            for items in &each {
                worth.iter_mut().zip(items).for_each(|(worth, changes)| *worth |= changes);
            }
            let first = each.into_iter().enumerate().find(|(_, items)| items.contains(&true));
            if let (false, Some((number, items))) = (determines, first) {
                // the criteria one after the other, in the order of the protocol
                inquiry.parts = vec![Part::Criterion(number)];
                useful = Useful { items, eligible: true };
            }
        }
        Outlook { determination, inquiry, useful, determines, worth }
    }

    /// The item that must come now so that nobody answers more than the detour beyond reading.
    fn due(
        &self,
        order: &Order<'_, '_>,
        ready: (&Trial, &Compiled),
        record: &Record,
        as_of: &AsOf,
        asking: Asking<'_>,
    ) -> Option<usize> {
        if !self.determines {
            return None;
        }
        let useful = order.screens.iter().flatten().filter_map(|item| Some(self.inquiry.items.get(*item)?.key));
        let next = reading::due(ready, record, as_of, asking, &useful.collect::<Vec<&str>>())?;
        self.inquiry.items.iter().position(|item| item.key == next)
    }

    /// Why nothing is asked, where nothing is.
    fn stop(&self) -> Stop {
        if self.determination == Determination::Undetermined { Stop::NothingLeft } else { Stop::Determined }
    }
}
