//! Simulated people who check themselves for the bundled trial, in the planner's order and in that of the protocol.
//!
//! Out of a hundred who open the page, so many (assumptions of ours, from what is usual in acute stroke; a round number
//! stands where sources differ): onset more than 72 hours ago 75, older than 75 about 22, women 45, not ischaemic 13,
//! mRS before of 2 or more 16, thrombolysis 16, thrombectomy 8, eGFR under 60 18, ALT or AST over 2.5 times the limit 2
//! each, NIHSS under 8 58, drinking over the limit 8, cancer 7, severe infection 5, severe heart disease 6, the other
//! illnesses 1 to 4.
//! Half do not know their laboratory values, 3 of a hundred are not sure of anything else.
//!
//! What is saved hangs on these numbers and on the document's own `failing`: [`SETTINGS`] shows other ones.

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

/// Other numbers than those above.
struct Setting {
    name: &'static str,
    /// Onset more than 72 hours ago, and NIHSS under 8: of a hundred.
    late: usize,
    mild: usize,
    /// Everything else that rules out, so many hundredths of the number above.
    rest: usize,
}

const SETTINGS: [Setting; 5] = [
    Setting { name: "as assumed", late: 75, mild: 58, rest: 100 },
    Setting { name: "half come in time", late: 50, mild: 58, rest: 100 },
    Setting { name: "most come in time", late: 20, mild: 58, rest: 100 },
    Setting { name: "most come in time and are badly affected", late: 20, mild: 25, rest: 100 },
    Setting { name: "everything else half as often", late: 75, mild: 58, rest: 50 },
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
    fn any(chance: &mut Chance, setting: &Setting) -> Person {
        let rarely = |of_hundred: usize| (of_hundred * setting.rest).div_ceil(100);
        // some things rule out if they are so, some if they are not
        let often = |key: &str, of_hundred: usize| match key {
            "ischaemic-stroke" | "anterior-circulation-infarct" | "contraception" => 100 - rarely(100 - of_hundred),
            _ => rarely(of_hundred),
        };
        let yes_or_no = |yes: bool| choice(if yes { "yes" } else { "no" });
        let mut says: BTreeMap<&str, Answer> =
            YES.iter().map(|(key, yes)| (*key, yes_or_no(chance.percent(often(key, *yes))))).collect();
        let age = 30 + (0..4).map(|_| chance.below(19)).sum::<usize>();
        let born = DateFields {
            year: (2026 - age).to_string(),
            month: (1 + chance.below(12)).to_string(),
            day: (1 + chance.below(28)).to_string(),
            ago: None,
        };
        says.insert("birth-date", Answer::Date(born));
        let female = chance.percent(45);
        says.insert("sex", choice(if female { "female" } else { "male" }));
        let late = chance.percent(setting.late);
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
        let score = if chance.percent(setting.mild) { chance.below(8) } else { 8 + chance.below(15) };
        says.insert("nihss", number(score, ""));
        says.insert("nihss-1a", number([0, 0, 0, 0, 0, 0, 1, 1, 2, 3][chance.below(10)], ""));
        says.insert("midline-shift", number(chance.below(12), "mm"));
        for lab in ["ast", "alt"] {
            let least = if chance.percent(2) { 110 } else { 12 };
            says.insert(lab, number(least + chance.below(28), "U/L"));
        }
        let low = chance.percent(rarely(18));
        says.insert("egfr", number(if low { 30 } else { 61 } + chance.below(29), "mL/min/1.73m2"));
        says.insert("creatinine", number(if low { 150 } else { 70 }, "umol/L"));
        let dose = DoseFields { medicine: "prednisone".to_owned(), amount: "20".to_owned(), route: None };
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

/// Asks in the planner's order: bound to that of the protocol with so many screens to spare, or not at all.
fn planned(trial: &Trial, person: &Person, respondent: Respondent, detour: Option<usize>) -> (Effort, Determination) {
    let (mut facts, mut effort) = (Vec::new(), Effort::default());
    let mut asked: Vec<String> = Vec::new();
    loop {
        let record = Record::new(facts.clone());
        let asked_so_far = detour.map(|_| &asked[..]);
        let asking = Asking { respondent, go_on: false, asked: asked_so_far, detour: detour.unwrap_or(0) };
        let plan = next_question(trial, &record, &as_of(), asking);
        let Some(ask) = plan.question else { return (effort, evaluate(trial, &record, &as_of()).determination) };
        asked.push(ask.id.clone());
        effort.add(trial, &ask.items.iter().map(|item| item.key.as_str()).collect::<Vec<_>>());
        facts.extend(ask.items.iter().flat_map(|item| person.facts(trial, &item.key, respondent)));
    }
}

/// The next question in the order of the protocol: of the first criterion that is open, the first that is open of it.
fn next_in_order(trial: &Trial, facts: &[Fact], evaluation: &Evaluation, respondent: Respondent) -> Option<String> {
    trial.eligibility.criteria.iter().zip(&evaluation.criteria).find_map(|(criterion, known)| {
        let open = |subject: &Subject| known.gaps.iter().find(|gap| *gap.subject == *subject);
        let leaves = criterion.expression.leaves().into_iter().filter(|_| known.verdict == Verdict::Pending);
        leaves.filter_map(|leaf| open(&leaf.subject()?)).flat_map(|gap| gap.asks.iter()).find_map(|key| {
            let asked = facts.iter().any(|fact| fact.subject == Subject::concept(key));
            let question = trial.questions.get(key).filter(|_| !asked)?;
            question.answerable_by.contains(&respondent).then(|| key.to_string())
        })
    })
}

fn ask_of(trial: &Trial, facts: &[Fact], respondent: Respondent) -> Option<Ask> {
    next_question(
        trial,
        &Record::new(facts.to_vec()),
        &as_of(),
        Asking { respondent, go_on: false, ..Asking::default() },
    )
    .question
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

/// Sums over people: how many, their effort, and that in the order of the protocol.
#[derive(Default)]
struct Sum {
    people: usize,
    ours: [usize; 3],
    theirs: [usize; 3],
    /// Who had more.
    more: [usize; 3],
    most_more: [usize; 3],
    /// The screens in the protocol's order beyond the fourth.
    beyond_four: usize,
}

impl Sum {
    fn add(&mut self, ours: Effort, theirs: Effort) {
        let figures = |effort: Effort| [effort.screens, effort.items, effort.seconds as usize];
        self.people += 1;
        self.beyond_four += theirs.screens.saturating_sub(4);
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

/// So many, with the setting's numbers: for each detour what the ruled-out and the others have to answer.
fn run(
    trial: &Trial,
    setting: &Setting,
    respondent: Respondent,
    count: usize,
    detours: &[Option<usize>],
) -> Vec<[Sum; 2]> {
    let mut chance = Chance::new(20_260_315);
    let mut sums: Vec<[Sum; 2]> = detours.iter().map(|_| Default::default()).collect();
    for _ in 0..count {
        let person = Person::any(&mut chance, setting);
        let (theirs, in_order) = in_order(trial, &person, respondent);
        for (detour, sums) in detours.iter().zip(&mut sums) {
            let (ours, determination) = planned(trial, &person, respondent, *detour);
            assert_eq!(determination, in_order, "the order changed the outcome");
            sums[usize::from(determination != Determination::Ineligible)].add(ours, theirs);
        }
    }
    sums
}

const EVERYBODY: [Respondent; 3] = [Respondent::Patient, Respondent::Caregiver, Respondent::Staff];

fn people() -> usize {
    100 * setting("PRESCREEN_CASES").unwrap_or(1) as usize
}

/// 10,000 people in the full run (`PRESCREEN_CASES=100`), with the figures (`--nocapture`).
///
/// The first three questions of the protocol each rule out by themselves. Whoever they rule out needs as many screens in
/// any order that gives nobody more; anybody else needs a fourth. So with nothing to spare no order saves the ruled-out
/// more than what they answer beyond four, which is less than 30 of a hundred. One screen to spare is enough.
#[test]
fn people_who_cannot_take_part_answer_a_third_less_and_nobody_more_than_one_screen_more() {
    let trial = trial();
    for respondent in EVERYBODY {
        let detours = [Some(1), Some(0), None];
        let sums = run(&trial, &SETTINGS[0], respondent, people(), &detours);
        println!("{respondent:?}: screens, single questions, seconds");
        for (detour, [out, others]) in detours.iter().zip(&sums) {
            let bound = detour.map_or("not bound".to_owned(), |detour| format!("{detour} to spare"));
            out.tell(&format!("{bound}, ruled out"));
            others.tell(&format!("{bound}, others"));
            if let Some(detour) = detour {
                assert!(out.most_more[0] <= *detour && others.most_more[0] == 0);
            }
        }
        let [out, _] = &sums[0];
        println!(
            "  with none to spare at the most {:.1} % less",
            100.0 * out.beyond_four as f64 / out.theirs[0] as f64
        );
        assert!(out.saved()[0] >= 0.3, "{:?}", out.saved());
        assert!(sums[1][0].saved()[0] * out.theirs[0] as f64 <= out.beyond_four as f64);
    }
}

#[test]
fn whatever_the_numbers_nobody_answers_more_than_one_screen_more() {
    let trial = trial();
    for setting in &SETTINGS[1..] {
        println!("{}: screens, single questions, seconds", setting.name);
        for respondent in [Respondent::Patient, Respondent::Staff] {
            let sums = run(&trial, setting, respondent, people() / 2, &[Some(1)]);
            sums[0][0].tell(&format!("{respondent:?}, ruled out"));
            assert!(sums[0].iter().all(|sum| sum.most_more[0] <= 1));
        }
    }
}
