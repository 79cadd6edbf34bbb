//! One conversation for several trials.

use serde::Serialize;

use super::ask;
use super::order::Order;
use super::{Ask, Asking, Outlook, Stop};
use crate::evaluate::Determination;
use crate::evaluate::compiled::Compiled;
use crate::model::moment::AsOf;
use crate::model::record::Record;
use crate::model::trial::Trial;

/// A trial that a question serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Served {
    /// The trial's id.
    pub trial: String,
    /// The ids of its criteria that the question serves.
    pub criteria: Vec<String>,
}

/// A trial for which nothing more is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// The trial's id.
    pub trial: String,
    /// What is known of it.
    pub determination: Determination,
    /// Why nothing is asked.
    pub stopped: Stop,
}

/// What to ask next in the interest of several trials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanOfAll {
    /// The next question.
    pub question: Option<Ask>,
    /// The id of the trial whose words the question has: an answer is read with that trial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worded_by: Option<String>,
    /// The trials that the question serves, in the order given.
    pub serves: Vec<Served>,
    /// The trials for which nothing more is asked, in the order given.
    pub settled: Vec<Settled>,
    /// Why there is no question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stop>,
    /// No more than so many screens can still come, this one included.
    pub at_most: usize,
}

/// The next question in the interest of several trials: the one that brings most of them nearest to being settled for
/// its burden.
///
/// A question counts for every trial that uses what it asks, and is asked once, in the words of the first trial that
/// has it; it stands on that trial's checklists. For a trial it is worth the share of that trial's expected burden
/// that it takes away. Nothing holds the order to that of a protocol.
///
/// # Example
///
/// ```
/// use trial_prescreen::*;
/// let trial = |id: &str, own: &str| {
///     let criterion = |id: &str, text: &str| format!(r#"{{"id":"{id}","category":"exclusion","text":{{}},
///       "source":{{"document":"","item":""}},"expression":{{"present":{{"subject":{{"text":"{text}"}},"status":"current"}}}}}}"#);
///     let question = |text: &str| format!(r#""text:{text}":{{"answer":"yes-no","answerableBy":["patient"],"text":{{}}}}"#);
///     let text = format!(r#"{{"format":"trial-prescreen/1","id":"{id}","title":{{"en":"{id}"}},"source":[],
///       "eligibility":{{"status":"published","criteria":[{},{}]}},"questions":{{{},{}}}}}"#,
///       criterion("E1", own), criterion("E2", "cancer"), question(own), question("cancer"));
///     import::trial(text.as_bytes()).unwrap().output
/// };
/// let (a, b) = (trial("A", "asthma"), trial("B", "gout"));
/// let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
/// let plan = next_question_of_all(&[&a, &b], &Record::default(), &as_of, Asking::default());
/// assert_eq!(plan.question.unwrap().id, "text:cancer"); // both use it
/// assert_eq!(plan.serves.len(), 2);
/// assert_eq!(plan.at_most, 3);
/// ```
pub fn next_question_of_all(trials: &[&Trial], record: &Record, as_of: &AsOf, asking: Asking<'_>) -> PlanOfAll {
    let compiled: Vec<Compiled> = trials.iter().map(|trial| Compiled::new(trial)).collect();
    let ready: Vec<(&Trial, &Compiled)> = trials.iter().copied().zip(&compiled).collect();
    of_all(&ready, record, as_of, asking)
}

/// The same for trials that were made ready before.
pub(crate) fn of_all(trials: &[(&Trial, &Compiled)], record: &Record, as_of: &AsOf, asking: Asking<'_>) -> PlanOfAll {
    let outlooks: Vec<Outlook<'_>> =
        trials.iter().map(|(trial, compiled)| Outlook::of(trial, compiled, record, as_of, asking)).collect();
    let orders: Vec<Order<'_, '_>> = outlooks.iter().map(|look| Order::of(&look.inquiry, &look.useful)).collect();
    let settled = trials.iter().zip(&outlooks).filter(|(_, look)| !look.useful.items.contains(&true));
    let settled: Vec<Settled> = settled
        .map(|((trial, _), look)| Settled {
            trial: trial.id.clone(),
            determination: look.determination,
            stopped: look.stop(),
        })
        .collect();
    let screens = screens(trials, &outlooks, &orders, asking);
    let worth: Vec<f64> = screens.iter().map(|screen| screen.worth(&orders)).collect();
    let best = if let ([order], [look]) = (&orders[..], &outlooks[..]) {
        let first = order.first().and_then(|first| Some(look.inquiry.items.get(*first.items.first()?)?.key));
        first.and_then(|key| screens.iter().find(|screen| screen.keys.contains(&key)))
    } else {
        let each = screens.iter().zip(worth);
        // what is equal but for rounding keeps the order in which the trials were given
        each.reduce(|best, next| if next.1 > best.1 * (1.0 + 1e-9) { next } else { best }).map(|(screen, _)| screen)
    };
    let at_most = at_most(trials, &outlooks, asking);
    let Some((screen, (trial, _))) = best.and_then(|screen| Some((screen, trials.get(screen.words)?))) else {
        let determined = settled.iter().all(|settled| settled.stopped == Stop::Determined);
        let stopped = Some(if determined { Stop::Determined } else { Stop::NothingLeft });
        return PlanOfAll { question: None, worded_by: None, serves: Vec::new(), settled, stopped, at_most: 0 };
    };
    let mut serves = Vec::new();
    let mut own = Vec::new();
    for (at, ((served, _), look)) in trials.iter().zip(&outlooks).enumerate() {
        let criteria = look.inquiry.serves(served, &useful_items(look, &screen.keys));
        if at == screen.words {
            own.clone_from(&criteria);
        }
        if !criteria.is_empty() {
            serves.push(Served { trial: served.id.clone(), criteria });
        }
    }
    PlanOfAll {
        question: Some(ask::screen(trial, &screen.keys, own, asking.respondent)),
        worded_by: Some(trial.id.clone()),
        serves,
        settled,
        stopped: None,
        at_most,
    }
}

/// Keys that are asked together in the words of one trial.
struct Screen<'t> {
    /// Whose words, by place.
    words: usize,
    list: Option<&'t str>,
    keys: Vec<&'t str>,
    burdens: Vec<f64>,
}

/// The first trial that has the question for this respondent, and the checklist it stands on there.
fn worded<'t>(
    trials: &[(&'t Trial, &Compiled)],
    key: &str,
    asking: Asking<'_>,
) -> Option<(usize, Option<&'t str>, f64)> {
    trials.iter().enumerate().find_map(|(at, (trial, _))| {
        let question = trial.questions.get(key)?;
        let list = question.checklist.as_deref();
        question.answerable_by.contains(&asking.respondent).then(|| (at, list, ask::burden(question)))
    })
}

/// The screens that can come next.
fn screens<'t>(
    trials: &[(&'t Trial, &Compiled)],
    looks: &[Outlook<'t>],
    orders: &[Order<'_, 't>],
    asking: Asking<'_>,
) -> Vec<Screen<'t>> {
    let mut screens: Vec<Screen<'t>> = Vec::new();
    let first = looks
        .iter()
        .zip(orders)
        .map(|(look, order)| (look, order.next(&look.inquiry.every_way(), &|_| false).concat()));
    let first: Vec<(&Outlook<'t>, Vec<usize>)> = first.collect();
    // what else is worth asking goes onto the checklists that come up
    let beside = first.iter().map(|(look, items)| {
        let beside = |item: &usize| look.inquiry.beside(&[*item], &look.worth);
        (*look, items.iter().flat_map(beside).collect::<Vec<usize>>())
    });
    for (look, items) in first.iter().cloned().chain(beside) {
        for item in items {
            let Some(item) = look.inquiry.items.get(item) else { continue };
            let Some((words, list, burden)) = worded(trials, item.key, asking) else { continue };
            let same = |screen: &&mut Screen<'t>| {
                screen.words == words
                    && if list.is_some() { screen.list == list } else { screen.keys.contains(&item.key) }
            };
            match screens.iter_mut().find(same) {
                Some(screen) if screen.keys.contains(&item.key) => {}
                Some(screen) => {
                    screen.keys.push(item.key);
                    screen.burdens.push(burden);
                }
                None => screens.push(Screen { words, list, keys: vec![item.key], burdens: vec![burden] }),
            }
        }
    }
    screens
}

fn useful_items(look: &Outlook<'_>, keys: &[&str]) -> Vec<usize> {
    let items = look.inquiry.items.iter().enumerate();
    let useful = |at: usize| look.worth.get(at) == Some(&true);
    items.filter(|(at, item)| useful(*at) && keys.contains(&item.key)).map(|(at, _)| at).collect()
}

impl Screen<'_> {
    /// The share that it takes away of the burden to be expected, for all trials together and for its own burden.
    fn worth(&self, orders: &[Order<'_, '_>]) -> f64 {
        let shares = orders.iter().map(|order| {
            let items = order.inquiry.items.iter().enumerate();
            let own =
                items.filter(|(at, item)| order.useful.items.get(*at) == Some(&true) && self.keys.contains(&item.key));
            order.share(&own.map(|(at, _)| at).collect::<Vec<_>>())
        });
        shares.sum::<f64>() / ask::together(self.burdens.iter().copied())
    }
}

/// No more than so many screens can still come: those items of a checklist that concern everybody share one.
fn at_most(trials: &[(&Trial, &Compiled)], outlooks: &[Outlook<'_>], asking: Asking<'_>) -> usize {
    // each key, and whether it stands under a condition somewhere
    let mut keys: Vec<(&str, bool)> = Vec::new();
    let mut add = |key, apart| match keys.iter_mut().find(|(other, _)| *other == key) {
        Some((_, before)) => *before |= apart,
        None => keys.push((key, apart)),
    };
    for look in outlooks {
        for (at, item) in look.inquiry.items.iter().enumerate().filter(|(at, _)| look.worth.get(*at) == Some(&true)) {
            add(item.key, look.inquiry.is_guarded(at));
            item.instead.iter().for_each(|key| add(key, true));
        }
    }
    let mut lists: Vec<(usize, &str)> = Vec::new();
    let mut most = keys.len();
    for (key, _) in keys.iter().filter(|(_, apart)| !apart) {
        if let Some((words, Some(list), _)) = worded(trials, key, asking) {
            if lists.contains(&(words, list)) {
                most -= 1;
            } else {
                lists.push((words, list));
            }
        }
    }
    most
}
