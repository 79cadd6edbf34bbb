//! Totals of daily doses, on and beside what the medicines come to.

use proptest::prelude::prop_assert_eq;
use trial_prescreen::{
    AsOf, Category, Date, Decimal, Exact, Fact, FactValue, Period, Quantity, Record, Subject, Truth, evaluate,
};

use super::generate::{named, trial_of};
use super::{choices, holds_for_triples};
use crate::oracle::dose::Class;

type Pick<'p> = dyn FnMut(usize) -> usize + 'p;

/// What a medicine comes to at the least and at the most; nobody can say at the most of one without a factor.
struct Share {
    fact: Fact,
    low: Exact,
    high: Option<Exact>,
}

fn share(pick: &mut Pick<'_>, class: &Class, began: Date) -> Share {
    const AMOUNTS: [&str; 6] = ["3", "7.5", "12", "20", "25", "60"];
    let doses: Vec<(&str, &str)> = class.doses().collect();
    let (medicine, unit) = doses[pick(doses.len())];
    let unit = if pick(4) == 0 { "mg/wk" } else { unit };
    let mut amount = || AMOUNTS[pick(AMOUNTS.len())].parse::<Decimal>().unwrap();
    let (one, other) = (amount(), amount());
    let exact = Quantity::exactly(one, Some(unit));
    let (quantity, low, high) = if pick(3) == 0 {
        let (low, high) = (one.min(other), one.max(other));
        (Quantity { value: None, low: Some(low), high: Some(high), ..exact }, low, high)
    } else {
        (exact, one, one)
    };
    let factor = class.amount(medicine, unit);
    let of = |dose: Decimal| dose.exact().times(factor?);
    let during = Some(Period { from: Some(began), to: None });
    let fact = Fact { during, ..Fact::new("", Subject::concept(medicine), FactValue::Quantity(quantity)) };
    Share { fact, low: of(low).unwrap_or(Exact::ZERO), high: of(high) }
}

#[test]
fn a_total_is_known_as_far_as_its_medicines_are() {
    let name = "a_total_is_known_as_far_as_its_medicines_are";
    let (today, began): (Date, Date) = ("2026-03-15".parse().unwrap(), "2026-01-01".parse().unwrap());
    holds_for_triples(name, proptest::num::u64::ANY, |seed| {
        let mut pick = choices(seed);
        let class = &Class::ALL[pick(Class::ALL.len())];
        let shares: Vec<Share> = (0..=pick(3)).map(|_| share(&mut pick, class, began)).collect();
        let sum = |total: Exact, more: Exact| total.plus(more).unwrap();
        let least = shares.iter().map(|share| share.low).fold(Exact::ZERO, sum);
        let most = shares.iter().map(|share| share.high).try_fold(Exact::ZERO, |total, more| total.plus(more?));
        let end = most.filter(|_| pick(2) == 0).unwrap_or(least);
        // on an end, or a hundredth beside it
        let beside = Exact::ratio(pick(3) as i128 - 1, 100).unwrap();
        let bound = end.plus(beside).unwrap().rounded(6).unwrap();
        let (low, inclusive, all) = (pick(2) == 0, pick(2) == 0, pick(2) == 0);
        let side = if low { "low" } else { "high" };
        let text = format!(
            r#"{{"compare":{{"subject":{{"concept":"{}"}},"select":"max","window":{{"from":"-1 d","to":"0 d"}},
            "{side}":{{"value":"{bound}","unit":"mg/d","inclusive":{inclusive}}}}}}}"#,
            class.total
        );
        let trial = trial_of(vec![(Category::Inclusion, serde_json::from_str(&text).unwrap())]);
        let complete = Fact::new("", Subject::concept(class.total), FactValue::Complete);
        let record = named(shares.into_iter().map(|share| share.fact).chain(all.then_some(complete)).collect());
        let over = |total: Exact| total > bound.exact() || (total == bound.exact() && inclusive == low);
        // unless these are all, there may be more
        let (least, most) = (over(least), most.filter(|_| all).is_none_or(over));
        let expected = if least == most { Truth::from(least == low) } else { Truth::Unknown };
        let found = evaluate(&trial, &record, &AsOf::new(today).unwrap()).criteria[0].truth;
        prop_assert_eq!(found, expected, "{} of {:#?}", text, Record::new(record.facts.clone()));
        Ok(())
    });
}
