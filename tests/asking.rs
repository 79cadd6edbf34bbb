//! Asking: it ends within the bound it states, asks each thing once, asks nothing for a criterion that is settled or
//! once the outcome is known, and comes to the same end whatever the order.

use proptest::prelude::*;
use trial_prescreen::import::answer::{
    self, Answer, CheckedFields, CourseFields, DateFields, DoseFields, DrinkFields, NumberFields, OnsetFields, Rest,
};
use trial_prescreen::{
    Absence, AnswerKind, AsOf, Ask, Asking, Determination, Fact, Record, Respondent, Route, Severity, Trial, Verdict,
    evaluate, import, next_question,
};

fn trial() -> Trial {
    import::trial(include_bytes!("../www/trials/NCT07084012.json")).expect("the bundled trial is sound").output
}

pub(crate) fn as_of() -> AsOf {
    AsOf::new("2026-03-15T14:30+08:00".parse().expect("a minute")).expect("a minute")
}

/// The answer that a byte chooses.
fn answer_to(ask: &Ask, choice: u8) -> Answer {
    if choice.is_multiple_of(7) {
        return Answer::Absent(if choice.is_multiple_of(2) { Absence::AskedUnknown } else { Absence::AskedDeclined });
    }
    if ask.checklist {
        let ticked = ask.items.iter().enumerate().filter(|(i, _)| usize::from(choice) >> 4 == *i);
        let rest = [Rest::No, Rest::No, Rest::AskedUnknown, Rest::AskedDeclined][usize::from(choice) % 4];
        return Answer::Checked(CheckedFields { checked: ticked.map(|(_, item)| item.key.clone()).collect(), rest });
    }
    let text = |number: u8| number.to_string();
    match &ask.items[0].answer {
        AnswerKind::YesNo => Answer::Choice(if choice.is_multiple_of(2) { "yes" } else { "no" }.to_owned()),
        AnswerKind::Choice(codes) => Answer::Choice(codes[usize::from(choice) % codes.len()].clone()),
        AnswerKind::Quantity(kind) => Answer::Number(NumberFields {
            value: text(choice % 41),
            unit: kind.units.first().cloned().unwrap_or_default(),
            upper_limit: if choice.is_multiple_of(3) { String::new() } else { "12".to_owned() },
            ..NumberFields::default()
        }),
        AnswerKind::Date => {
            Answer::Date(DateFields { year: (1935 + i32::from(choice % 80)).to_string(), ..DateFields::default() })
        }
        AnswerKind::LastTime if choice.is_multiple_of(3) => Answer::Choice("never".to_owned()),
        AnswerKind::LastTime => {
            Answer::Date(DateFields { year: (1935 + i32::from(choice % 80)).to_string(), ..DateFields::default() })
        }
        AnswerKind::Course(_) => Answer::Course(CourseFields {
            choice: ["now", "past", "never"][usize::from(choice % 3)].to_owned(),
            ..CourseFields::default()
        }),
        AnswerKind::Onset => Answer::Onset(OnsetFields {
            basis: "seen".to_owned(),
            year: "2026".to_owned(),
            month: "3".to_owned(),
            day: text(10 + choice % 5),
            hour: text(choice % 24),
            minute: "0".to_owned(),
            offset: "+08:00".to_owned(),
        }),
        AnswerKind::Doses(medicines) => Answer::Doses(
            (0..choice % 3)
                .map(|i| DoseFields {
                    medicine: medicines[usize::from(i)].clone(),
                    amount: text(choice % 9 + 1),
                    route: None,
                })
                .collect(),
        ),
        AnswerKind::Drinks => Answer::Drinks(
            (0..choice % 2)
                .map(|_| DrinkFields {
                    volume: "330".to_owned(),
                    strength: "5".to_owned(),
                    count: text(choice % 5),
                    per: "day".to_owned(),
                })
                .collect(),
        ),
    }
}

/// Asks to the end, in the planner's order.
pub(crate) fn ask_all(trial: &Trial, asking: Asking<'_>, choices: &[u8]) -> (Vec<String>, Vec<Fact>) {
    let (mut asked, mut facts) = (Vec::new(), Vec::new());
    let mut bound = usize::MAX;
    loop {
        let plan = next_question(trial, &Record::new(facts.clone()), &as_of(), asking);
        assert!(plan.at_most < bound, "after {asked:?} the bound went from {bound} to {}", plan.at_most);
        bound = plan.at_most;
        let Some(ask) = plan.question else { return (asked, facts) };
        let known = evaluate(trial, &Record::new(facts.clone()), &as_of());
        assert!(asking.go_on || known.determination == Determination::Undetermined, "{} was asked for nothing", ask.id);
        for id in &ask.criteria {
            let pending = known.criteria.iter().any(|c| c.id == *id && c.verdict == Verdict::Pending);
            assert!(pending, "{} was asked for {id}, which is settled", ask.id);
        }
        let choice = choices[asked.len() % choices.len()];
        let read = answer::facts(trial, &ask.id, &answer_to(&ask, choice), &as_of(), asking.respondent);
        assert!(read.diagnostics.iter().all(|d| d.severity != Severity::Error), "{}: {:?}", ask.id, read.diagnostics);
        assert!(!read.output.is_empty(), "{} states nothing", ask.id);
        for item in &ask.items {
            assert!(!asked.contains(&item.key), "{} was asked twice", item.key);
            asked.push(item.key.clone());
        }
        facts.extend(read.output);
    }
}

fn respondents() -> impl Strategy<Value = Asking<'static>> {
    (prop_oneof![Just(Respondent::Patient), Just(Respondent::Caregiver), Just(Respondent::Staff)], any::<bool>())
        .prop_map(|(respondent, go_on)| Asking { respondent, go_on, ..Asking::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn asking_ends_within_the_bound_it_states(asking in respondents(), choices in prop::collection::vec(any::<u8>(), 40)) {
        ask_all(&trial(), asking, &choices);
    }

    #[test]
    fn the_order_of_questions_never_changes_the_outcome(
        choices in prop::collection::vec(any::<u8>(), 40),
        order in any::<u64>(),
    ) {
        let trial = trial();
        let (_, facts) = ask_all(&trial, Asking { respondent: Respondent::Staff, go_on: true, ..Asking::default() }, &choices);
        let mut shuffled = facts.clone();
        let mut seed = order;
        for i in (1..shuffled.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, (seed >> 33) as usize % (i + 1));
        }
        let in_order = evaluate(&trial, &Record::new(facts), &as_of());
        let out_of_order = evaluate(&trial, &Record::new(shuffled), &as_of());
        prop_assert_eq!(in_order.determination, out_of_order.determination);
        prop_assert_eq!(in_order.determining, out_of_order.determining);
    }
}

/// How a medicine is given decides, once somebody says it; a medicine with no route is left open.
#[test]
fn a_route_closes_what_hangs_on_it() {
    let document = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{"status":"published",
        "criteria":[{"id":"E1","category":"exclusion","text":{"en":{"full":"Oral antifungals","short":"","patient":""}},
        "source":{"document":"","item":"1"},"expression":{"present":{"subject":{"text":"antifungal"},"status":"current","routes":["oral"]}}}]}}"#;
    let mut trial = import::trial(document.as_bytes()).expect("a document").output;
    trial.questions = import::question::missing(&trial);
    let verdict = |choice: &str, route| {
        let fields = CourseFields { choice: choice.to_owned(), route, ..CourseFields::default() };
        let read = answer::facts(&trial, "text:antifungal", &Answer::Course(fields), &as_of(), Respondent::Patient);
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        evaluate(&trial, &Record::new(read.output), &as_of()).criteria[0].verdict
    };
    assert_eq!(verdict("now", Some(Route::Oral)), Verdict::Fail);
    assert_eq!(verdict("now", None), Verdict::Pending);
    assert_eq!(verdict("past", Some(Route::Oral)), Verdict::Pass);
    assert_eq!(verdict("never", None), Verdict::Pass);
}
