//! Scores of which only a part is known, against every way in which the rest can turn out.

use trial_prescreen::{AsOf, Expression, Fact, FactValue, Quantity, Record, Subject, Verdict, evaluate};

use super::generate::{named, trial_of};

/// Each input of the Child-Pugh score with a value of one, of two and of three points.
const INPUTS: [(&str, [&str; 3], Option<&str>); 5] = [
    ("bilirubin", ["1.9", "2.5", "3.5"], Some("mg/dL")),
    ("albumin", ["36", "30", "25"], Some("g/L")),
    ("inr", ["1.2", "2", "2.5"], None),
    ("ascites", ["none", "slight", "moderate-severe"], None),
    ("hepatic-encephalopathy-grade", ["0", "2", "4"], None),
];

/// What is known: the points of each input, or none.
fn record(points: [usize; 5]) -> Record {
    let born = FactValue::Date(trial_prescreen::When::On("1960-01-01".parse().unwrap()));
    let mut facts = vec![Fact::new("", Subject::concept("birth-date"), born)];
    for ((concept, values, unit), points) in INPUTS.into_iter().zip(points) {
        let Some(value) = points.checked_sub(1).map(|at| values[at]) else { continue };
        let value = match value.parse() {
            Ok(number) => FactValue::Quantity(Quantity::exactly(number, unit)),
            Err(_) => FactValue::Code(value.to_owned()),
        };
        facts.push(Fact::new("", Subject::concept(concept), value));
    }
    named(facts)
}

#[test]
fn a_score_known_in_part_is_all_that_it_still_may_be() {
    let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
    let bounds = [6, 9, 12];
    let classes = [("A", 5..=6), ("B", 7..=9), ("C", 10..=15)];
    let high = |bound: usize| {
        format!(r#"{{"compare":{{"subject":{{"concept":"child-pugh-score"}},"high":{{"value":"{bound}"}}}}}}"#)
    };
    let class =
        |code: &str| format!(r#"{{"isOneOf":{{"subject":{{"concept":"child-pugh-class"}},"values":["{code}"]}}}}"#);
    let texts = bounds.map(high).into_iter().chain(classes.clone().map(|(code, _)| class(code)));
    let expressions: Vec<Expression> = texts.map(|text| serde_json::from_str(&text).unwrap()).collect();
    let trial = trial_of(expressions.into_iter().map(|e| (trial_prescreen::Category::Inclusion, e)).collect());
    for number in (1..4_usize.pow(5)).step_by(7) {
        let points: [usize; 5] = std::array::from_fn(|at| number / 4_usize.pow(at as u32) % 4);
        let least: usize = points.iter().map(|points| (*points).max(1)).sum();
        let most: usize = points.iter().map(|points| if *points == 0 { 3 } else { *points }).sum();
        let verdicts: Vec<Verdict> =
            evaluate(&trial, &record(points), &as_of).criteria.iter().map(|criterion| criterion.verdict).collect();
        let may = |holds: &dyn Fn(usize) -> bool| {
            let all: Vec<bool> = (least..=most).map(holds).collect();
            match (all.contains(&true), all.contains(&false)) {
                (true, false) => Verdict::Pass,
                (true, true) => Verdict::Pending,
                (false, _) => Verdict::Fail,
            }
        };
        let mut expected: Vec<Verdict> = bounds.iter().map(|bound| may(&|score| score <= *bound)).collect();
        expected.extend(classes.iter().map(|(_, scores)| may(&|score| scores.contains(&score))));
        assert_eq!(verdicts, expected, "points {points:?}");
    }
}
