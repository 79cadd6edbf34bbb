//! Values worked out by hand, and what is refused for which reason.

use proptest::prelude::*;
use trial_prescreen::{Decimal, Exact, Interval, Substance, Unit};

use super::{conversion, number, rows, substance};

const CONVERSIONS: &str = include_str!("conversions.tsv");

#[test]
fn values_convert_as_worked_out_by_hand() {
    for row in rows(CONVERSIONS) {
        let [concept, value, unit, into, expected] = row[..] else { panic!("{row:?}") };
        let converted = conversion(unit, into, concept).unwrap_or_else(|why| panic!("{row:?}: {why}"));
        let places = expected.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let shown = converted.of(number(value)).and_then(|value| value.rounded(places as u8)).unwrap();
        assert_eq!(shown, expected.parse::<Decimal>().unwrap(), "{row:?}: {shown}");
    }
}

#[test]
fn what_does_not_convert_says_why() {
    for row in rows(include_str!("refusals.tsv")) {
        let [concept, unit, into, why] = row[..] else { panic!("{row:?}") };
        let refusal = conversion(unit, into, concept).err().unwrap_or_else(|| panic!("{row:?} was converted"));
        assert_eq!(format!("{refusal:?}"), why, "{row:?}");
        assert!(!refusal.to_string().is_empty());
        let back = match (Unit::read(unit), Unit::read(into)) {
            (Ok(_), Ok(_)) => conversion(into, unit, concept).err(),
            _ => Some(refusal),
        };
        assert_eq!(back, Some(refusal), "{row:?} the other way");
    }
}

#[test]
fn haemoglobin_a1c_converts_by_the_master_equation() {
    for (ngsp, ifcc) in [("6.0", "42"), ("6.5", "48"), ("7.0", "53"), ("8.0", "64"), ("9.0", "75"), ("10.0", "86")] {
        let there = conversion("%", "mmol/mol", "hba1c").unwrap().of(number(ngsp)).unwrap();
        assert_eq!(there.rounded(0).unwrap().to_string(), ifcc);
        let back = conversion("mmol/mol", "%", "hba1c").unwrap().of(number(ifcc)).unwrap();
        assert_eq!(back.rounded(1).unwrap(), ngsp.parse().unwrap());
    }
}

#[test]
fn an_interval_keeps_its_ends_when_it_is_converted() {
    let celsius = conversion("degF", "Cel", "").unwrap();
    let fever = Interval { high: None, ..Interval::point(number("100.4")) };
    assert_eq!(fever.converted(celsius), Some(Interval { high: None, ..Interval::point(number("38")) }));
}

proptest! {
    #[test]
    fn there_and_back_is_exact(digits in -999_999_i64..999_999, scale in 0_u32..4, pick in any::<prop::sample::Index>()) {
        let table: Vec<Vec<&str>> = rows(CONVERSIONS).collect();
        let row = &table[pick.index(table.len())];
        let value = Exact::ratio(i128::from(digits), 10_i128.pow(scale)).unwrap();
        let there = conversion(row[2], row[3], row[0]).unwrap();
        let back = conversion(row[3], row[2], row[0]).unwrap();
        prop_assert_eq!(there.of(value).and_then(|converted| back.of(converted)), Some(value));
        prop_assert_eq!(there.inverse(), Some(back));
    }

    #[test]
    fn by_way_of_a_third_unit_is_the_same(value in 0_i64..100_000, pick in any::<prop::sample::Index>()) {
        let table: Vec<Vec<&str>> = rows(CONVERSIONS).collect();
        let row = &table[pick.index(table.len())];
        let (from, to, of) = (Unit::read(row[2]).unwrap(), Unit::read(row[3]).unwrap(), substance(row[0]));
        let third = Unit { factor: Exact::whole(7), ..to };
        let [direct, first, second] = [(from, to), (from, third), (third, to)]
            .map(|(from, to)| trial_prescreen::Conversion::between(from, to, of).unwrap());
        let value = Exact::whole(value);
        prop_assert_eq!(first.of(value).and_then(|value| second.of(value)), direct.of(value));
    }

    #[test]
    fn reading_a_unit_never_fails_and_is_the_same_twice(text in "\\PC{0,16}|[0-9a-zA-Zμµ×⁹%/.*^(){}\\[\\]_ -]{0,14}") {
        prop_assert_eq!(Unit::read(&text), Unit::read(&text));
        if let Ok(unit) = Unit::read(&text) {
            prop_assert!(unit.factor > Exact::ZERO);
            let same = trial_prescreen::Conversion::between(unit, unit, Substance::Unknown);
            prop_assert_eq!(same, Ok(trial_prescreen::Conversion::SAME));
        }
    }
}
