//! Simulated people who check themselves for the bundled trial, in the planner's order and in that of the protocol.
//!
//! Out of a hundred who open the page, so many (assumptions of ours, from what is usual in acute stroke; a round number
//! stands where sources differ): onset more than 72 hours ago 75, older than 75 about 22, women 45, not ischaemic 13,
//! mRS before of 2 or more 16, thrombolysis 16, thrombectomy 8, eGFR under 60 18, ALT or AST over 2.5 times the limit 2
//! each, NIHSS under 8 58, drinking over the limit 8, cancer 7, severe infection 5, severe heart disease 6, the other
//! illnesses 1 to 4.
//! Half do not know their laboratory values, 3 of a hundred are not sure of anything else.

use std::collections::BTreeMap;

use trial_prescreen::import::answer::{self, Answer, DateFields, DoseFields, DrinkFields, NumberFields, OnsetFields};
use trial_prescreen::{
    Absence, Ask, Asking, Determination, Evaluation, Fact, Record, Respondent, Subject, Trial, Verdict, evaluate,
    import, next_question,
};

use super::as_of;
use super::toy::Chance;
use crate::properties::setting;

fn trial() -> Trial {
    import::trial(include_bytes!("../../www/trials/NCT07084012.json")).expect("the bundled trial is sound").output
}

/// Of a hundred, so many say yes.
const YES: &[(&str, usize)] = &[
    ("ischaemic-stroke", 87),
    ("anterior-circulation-infarct", 75),
    ("thrombolysis", 16),
    ("thrombectomy", 8),
    ("epilepsy", 2),
    ("secondary-epilepsy", 50),
    ("antiseizure-medicine", 60),
    ("parkinsons-disease", 2),
    ("alzheimers-disease", 3),
    ("severe-depression", 4),
    ("intracranial-haemorrhage", 8),
    ("petechial-haemorrhage-only", 40),
    ("large-mca-infarct", 8),
    ("brain-tumour", 1),
    ("malignancy", 7),
    ("severe-cardiovascular-disease", 6),
    ("severe-infection", 5),
    ("immunosuppressant", 2),
    ("contraception", 85),
    ("gamete-donation-plan", 1),
    ("pregnancy-plan", 3),
    ("interventional-trial", 2),
    ("cell-therapy", 1),
    ("consent-person", 60),
    ("consent-guardian", 30),
];

/// What somebody would say to every question.
struct Person(BTreeMap<&'static str, Answer>);

fn choice(code: &str) -> Answer {
    Answer::Choice(code.to_owned())
}

fn number(value: usize, unit: &str) -> Answer {
    let upper_limit = if unit == "U/L" { "40".to_owned() } else { String::new() };
    Answer::Number(NumberFields {
        value: value.to_string(),
        unit: unit.to_owned(),
        upper_limit,
        ..NumberFields::default()
    })
}

impl Person {
    fn any(chance: &mut Chance) -> Person {
        let yes_or_no = |yes: bool| choice(if yes { "yes" } else { "no" });
        let mut says: BTreeMap<&str, Answer> =
            YES.iter().map(|(key, yes)| (*key, yes_or_no(chance.percent(*yes)))).collect();
        let age = 30 + (0..4).map(|_| chance.below(19)).sum::<usize>();
        let born = DateFields {
            year: (2026 - age).to_string(),
            month: (1 + chance.below(12)).to_string(),
            day: (1 + chance.below(28)).to_string(),
        };
        says.insert("birth-date", Answer::Date(born));
        let female = chance.percent(45);
        says.insert("sex", choice(if female { "female" } else { "male" }));
        let late = chance.percent(75);
        let begun = OnsetFields {
            basis: "seen".to_owned(),
            year: "2026".to_owned(),
            month: if late { 1 + chance.below(3) } else { 3 }.to_string(),
            day: if late { 1 + chance.below(12) } else { 13 + chance.below(2) }.to_string(),
            hour: if late { 8 } else { chance.below(24) }.to_string(),
            minute: "15".to_owned(),
            offset: "+08:00".to_owned(),
        };
        says.insert("onset", Answer::Onset(begun));
        let before =
            ["0", "1", "2", "3", "4", "5"][[68, 84, 91, 96, 99].partition_point(|of| *of <= chance.below(100))];
        says.insert("mrs-before-onset", choice(before));
        // more than half of the strokes are mild
        let score = if chance.percent(58) { chance.below(8) } else { 8 + chance.below(15) };
        says.insert("nihss", number(score, ""));
        says.insert("nihss-1a", number([0, 0, 0, 0, 0, 0, 1, 1, 2, 3][chance.below(10)], ""));
        says.insert("midline-shift", number(chance.below(12), "mm"));
        for lab in ["ast", "alt"] {
            let least = if chance.percent(2) { 110 } else { 12 };
            says.insert(lab, number(least + chance.below(28), "U/L"));
        }
        let low = chance.percent(18);
        says.insert("egfr", number(if low { 30 } else { 61 } + chance.below(29), "mL/min/1.73m2"));
        says.insert("creatinine", number(if low { 150 } else { 70 }, "umol/L"));
        let dose = DoseFields { medicine: "prednisone".to_owned(), amount: "20".to_owned() };
        says.insert("systemic-corticosteroid", Answer::Doses(if chance.percent(3) { vec![dose] } else { Vec::new() }));
        let count = if chance.percent(8) { 6 } else { chance.below(2) };
        let (volume, strength) = ("330".to_owned(), "5".to_owned());
        let drink = DrinkFields { volume, strength, count: count.to_string(), per: "day".to_owned() };
        says.insert("alcohol-intake", Answer::Drinks(if count > 0 { vec![drink] } else { Vec::new() }));
        let potential = age < if female { 50 } else { 70 };
        says.insert("reproductive-potential", yes_or_no(potential));
        says.insert("pregnancy", yes_or_no(female && potential && chance.percent(1)));
        says.insert("breastfeeding", yes_or_no(female && potential && chance.percent(1)));
        for (key, answer) in &mut says {
            let unsure = match *key {
                "birth-date" | "sex" => 0,
                "ast" | "alt" | "egfr" | "creatinine" => 50,
                _ => 3,
            };
            if chance.percent(unsure) {
                *answer = Answer::Absent(Absence::AskedUnknown);
            }
        }
        Person(says)
    }

    /// The facts that an answer states.
    fn facts(&self, trial: &Trial, key: &str, respondent: Respondent) -> Vec<Fact> {
        let answer = self.0.get(key).unwrap_or_else(|| panic!("nobody has an answer to {key}"));
        let read = answer::facts(trial, key, answer, &as_of(), respondent);
        assert!(!read.output.is_empty(), "{key} states nothing: {:?}", read.diagnostics);
        read.output
    }
}

/// What somebody had to answer until it was settled.
#[derive(Clone, Copy, Debug, Default)]
struct Effort {
    screens: usize,
    items: usize,
    seconds: u32,
}

impl Effort {
    fn add(&mut self, trial: &Trial, keys: &[&str]) {
        self.screens += 1;
        self.items += keys.len();
        let burdens = keys.iter().map(|key| trial.questions.get(key).and_then(|question| question.burden));
        self.seconds += burdens.max().flatten().expect("a burden") + 3 * (keys.len() as u32 - 1);
    }
}

/// Asks in the planner's order.
fn planned(trial: &Trial, person: &Person, respondent: Respondent) -> (Effort, Determination) {
    let (mut facts, mut effort) = (Vec::new(), Effort::default());
    loop {
        let record = Record::new(facts.clone());
        let plan = next_question(trial, &record, &as_of(), Asking { respondent, go_on: false });
        let Some(ask) = plan.question else { return (effort, evaluate(trial, &record, &as_of()).determination) };
        effort.add(trial, &ask.items.iter().map(|item| item.key.as_str()).collect::<Vec<_>>());
        facts.extend(ask.items.iter().flat_map(|item| person.facts(trial, &item.key, respondent)));
    }
}

/// The next question in the order of the protocol: of the first criterion that is open, the first that is open of it.
fn next_in_order(trial: &Trial, facts: &[Fact], evaluation: &Evaluation, respondent: Respondent) -> Option<String> {
    trial.eligibility.criteria.iter().zip(&evaluation.criteria).find_map(|(criterion, known)| {
        let open = |subject: &Subject| known.gaps.iter().find(|gap| gap.subject == *subject);
        let leaves = criterion.expression.leaves().into_iter().filter(|_| known.verdict == Verdict::Pending);
        leaves.filter_map(|leaf| open(&leaf.subject()?)).flat_map(|gap| &gap.asks).find_map(|key| {
            let asked = facts.iter().any(|fact| fact.subject == Subject::concept(key));
            let question = trial.questions.get(key).filter(|_| !asked)?;
            question.answerable_by.contains(&respondent).then(|| key.clone())
        })
    })
}

fn ask_of(trial: &Trial, facts: &[Fact], respondent: Respondent) -> Option<Ask> {
    next_question(trial, &Record::new(facts.to_vec()), &as_of(), Asking { respondent, go_on: false }).question
}

/// Asks one by one in the order of the protocol, until nothing can change the determination.
fn in_order(trial: &Trial, person: &Person, respondent: Respondent) -> (Effort, Determination) {
    let (mut facts, mut effort) = (Vec::new(), Effort::default());
    loop {
        let evaluation = evaluate(trial, &Record::new(facts.clone()), &as_of());
        if ask_of(trial, &facts, respondent).is_none() {
            return (effort, evaluation.determination);
        }
        let key = next_in_order(trial, &facts, &evaluation, respondent).expect("something is open");
        effort.add(trial, &[&key]);
        facts.extend(person.facts(trial, &key, respondent));
    }
}

/// The planner's order held back so far that nobody answers more screens than in the order of the protocol: a screen
/// that the protocol would not ask next is asked only after as many as the protocol has got through with what is known.
fn held_back(trial: &Trial, person: &Person, respondent: Respondent) -> Effort {
    let (mut facts, mut effort, mut asked): (Vec<Fact>, Effort, Vec<String>) = Default::default();
    while let Some(ask) = ask_of(trial, &facts, respondent) {
        let (mut before, mut got_through) = (Vec::new(), 0);
        let next = loop {
            let evaluation = evaluate(trial, &Record::new(before.clone()), &as_of());
            match next_in_order(trial, &before, &evaluation, respondent) {
                Some(key) if asked.contains(&key) => before.extend(person.facts(trial, &key, respondent)),
                next => break next,
            }
            got_through += 1;
        };
        let mut keys: Vec<String> = ask.items.iter().map(|item| item.key.clone()).collect();
        if let (Some(next), false) = (next, effort.screens < got_through) {
            let list = |key: &str| trial.questions.get(key).and_then(|question| question.checklist.clone());
            let own = |key: &&String| **key == next || (list(key).is_some() && list(key) == list(&next));
            let open = trial.questions.keys().filter(own).filter(|key| !asked.contains(key));
            keys = open.cloned().collect();
        }
        effort.add(trial, &keys.iter().map(String::as_str).collect::<Vec<_>>());
        facts.extend(keys.iter().flat_map(|key| person.facts(trial, key, respondent)));
        asked.extend(keys);
    }
    effort
}

/// Sums over people: how many, their effort, and that in the order of the protocol.
#[derive(Default)]
struct Sum {
    people: usize,
    ours: [usize; 3],
    theirs: [usize; 3],
    /// Who had more.
    more: [usize; 3],
    most_more: [usize; 3],
}

impl Sum {
    fn add(&mut self, ours: Effort, theirs: Effort) {
        let figures = |effort: Effort| [effort.screens, effort.items, effort.seconds as usize];
        self.people += 1;
        for (at, (ours, theirs)) in figures(ours).into_iter().zip(figures(theirs)).enumerate() {
            self.ours[at] += ours;
            self.theirs[at] += theirs;
            self.more[at] += usize::from(ours > theirs);
            self.most_more[at] = self.most_more[at].max(ours.saturating_sub(theirs));
        }
    }

    /// How much less, of one.
    fn saved(&self) -> [f64; 3] {
        [0, 1, 2].map(|at| 1.0 - self.ours[at] as f64 / self.theirs[at] as f64)
    }

    fn tell(&self, who: &str) {
        let mean = |sums: [usize; 3]| sums.map(|sum| (100.0 * sum as f64 / self.people as f64).round() / 100.0);
        let saved = self.saved().map(|part| (1000.0 * part).round() / 10.0);
        println!(
            "  {who}, {} people: {:?} for {:?} in order, {saved:?} % less",
            self.people,
            mean(self.ours),
            mean(self.theirs)
        );
        println!("    more than in order: {:?} people, by {:?} at the most", self.more, self.most_more);
    }
}

fn people() -> usize {
    200 * setting("PRESCREEN_CASES").unwrap_or(1) as usize
}

/// 10,000 people in the full run (`PRESCREEN_CASES=50`), with the figures (`--nocapture`).
///
/// Whoever fails only over what the protocol asks first answers more than in its order, in every order that does not
/// begin as the protocol does. Everybody who is not ruled out answers fewer screens.
#[test]
fn people_who_cannot_take_part_answer_a_third_less() {
    let trial = trial();
    for respondent in [Respondent::Patient, Respondent::Staff] {
        let mut chance = Chance::new(20_260_315);
        let (mut out, mut others) = (Sum::default(), Sum::default());
        for _ in 0..people() {
            let person = Person::any(&mut chance);
            let (ours, determination) = planned(&trial, &person, respondent);
            let (theirs, in_order) = in_order(&trial, &person, respondent);
            assert_eq!(determination, in_order, "the order changed the outcome");
            let sum = if determination == Determination::Ineligible { &mut out } else { &mut others };
            sum.add(ours, theirs);
        }
        println!("{respondent:?}: screens, single questions, seconds");
        out.tell("ruled out");
        others.tell("others");
        let [screens, _, seconds] = out.saved();
        assert!(seconds > 0.1, "{seconds}");
        assert!(screens >= 0.3 || respondent != Respondent::Patient, "{screens}");
        assert_eq!(others.more[0], 0, "who is not ruled out answers more screens than in order");
    }
}

#[test]
fn held_back_to_the_protocol_nobody_answers_more() {
    let trial = trial();
    let mut chance = Chance::new(20_260_315);
    let mut all = Sum::default();
    for _ in 0..people() / 4 {
        let person = Person::any(&mut chance);
        let (theirs, _) = in_order(&trial, &person, Respondent::Patient);
        all.add(held_back(&trial, &person, Respondent::Patient), theirs);
    }
    all.tell("held back");
    assert_eq!(all.more[0], 0);
}
