//! Another UCUM implementation as the oracle: it shares no code and no table with ours.

use std::collections::BTreeMap;

use trial_prescreen::{Conversion, Dimension, Substance, Unit};

const MASSES: [&str; 8] = ["kg", "g", "mg", "ug", "ng", "pg", "[lb_av]", "[oz_av]"];
const VOLUMES: [&str; 12] = ["L", "dL", "cL", "mL", "uL", "nL", "pL", "fL", "m3", "cm3", "mm3", "(100.mL)"];
const AMOUNTS: [&str; 5] = ["mol", "mmol", "umol", "nmol", "pmol"];
const TIMES: [&str; 8] = ["s", "ms", "min", "h", "(24.h)", "d", "wk", "us"];
const AREAS: [&str; 3] = ["m2", "cm2", "mm2"];
const COUNTS: [&str; 6] = ["", "10*3", "10*5", "10*6", "10*9", "10*12"];

/// Every UCUM code of the kinds that our table holds, by what it measures.
fn codes() -> BTreeMap<Dimension, Vec<String>> {
    let mut codes: Vec<String> = Vec::new();
    let mut over = |numerators: &[&str], denominators: &[&str]| {
        for numerator in numerators {
            codes.extend(denominators.iter().map(|denominator| format!("{numerator}/{denominator}")));
        }
    };
    for numerators in [&MASSES[..], &AMOUNTS, &COUNTS, &["eq", "meq", "ueq"], &["U", "mU", "uU", "kU"]] {
        over(numerators, &VOLUMES);
    }
    over(&["[IU]", "m[IU]", "u[IU]", "k[IU]"], &VOLUMES);
    over(&["kat", "mkat", "ukat", "nkat"], &VOLUMES);
    over(&["L", "dL", "mL"], &["s", "min", "h", "d"]);
    over(&["L", "mL"], &["min/m2", "h/m2"]);
    over(&MASSES, &AREAS);
    over(&MASSES, &["kg", "g", "mg"]);
    over(&MASSES, &AMOUNTS);
    over(&MASSES, &TIMES);
    over(&MASSES, &["kg/d", "kg/min", "kg/h", "m2/d"]);
    over(&AMOUNTS, &["mol", "mmol"]);
    over(&AMOUNTS, &["d", "(24.h)", "h"]);
    over(&["mm", "cm"], &["h", "s", "min"]);
    over(&["", "10*3"], &["s", "min", "h"]);
    over(&["mL", "L"], &["L", "dL"]);
    let alone =
        ["m", "cm", "mm", "um", "nm", "[in_i]", "[ft_i]", "Pa", "kPa", "mm[Hg]", "cm[H2O]", "s", "ms", "min", "h"];
    codes.extend(MASSES.iter().chain(&AREAS).chain(&AMOUNTS).chain(&alone).map(|code| (*code).to_owned()));
    codes.extend(VOLUMES.iter().filter(|code| !code.starts_with('(')).map(|code| (*code).to_owned()));
    codes.extend(["%", "mL/min/{1.73_m2}", "mL/s/{1.73_m2}", "a", "mo", "wk", "d"].map(str::to_owned));
    let mut by_dimension: BTreeMap<Dimension, Vec<String>> = BTreeMap::new();
    for code in codes {
        let unit = Unit::read(&code).unwrap_or_else(|why| panic!("`{code}`: {why}"));
        by_dimension.entry(unit.dimension).or_default().push(code);
    }
    by_dimension
}

fn same(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs()
}

#[test]
fn every_factor_within_a_dimension_is_that_of_ucum() {
    let mut pairs = 0;
    for (dimension, codes) in codes() {
        // an international unit of one preparation per volume is arbitrary: the oracle refuses even /mL to /L
        let oracle = |code: &str| code.replace("[IU]", "U");
        for from in &codes {
            for to in &codes {
                let (unit, target) = (Unit::read(from).unwrap(), Unit::read(to).unwrap());
                let ours = Conversion::between(unit, target, Substance::Unknown).unwrap().factor.to_formula();
                let theirs = ucum::convert(1.0, &oracle(from), &oracle(to))
                    .unwrap_or_else(|why| panic!("{from} to {to}, {dimension:?}: {why}"));
                assert!(same(ours, theirs), "{from} to {to}, {dimension:?}: {ours}, and by UCUM {theirs}");
                pairs += 1;
            }
        }
    }
    assert!(pairs > 10_000, "{pairs}");
}

#[test]
fn katal_and_degrees_convert_as_in_ucum() {
    for (from, to) in
        [("U/L", "ukat/L"), ("kat/L", "U/mL"), ("nkat/L", "U/L"), ("[degF]", "Cel"), ("Cel", "[degF]"), ("1", "%")]
    {
        let conversion = super::conversion(from, to, "").unwrap();
        for value in [0.0, 1.0, 37.0, 98.6, 104.5] {
            let ours = conversion.of(super::number(&value.to_string())).unwrap().to_formula();
            let theirs = ucum::convert(value, from, to).unwrap();
            assert!((ours - theirs).abs() < 1e-9 * theirs.abs().max(1.0), "{value} {from}: {ours}, {theirs}");
        }
    }
}

/// DIFFERENCE from UCUM, which ignores annotations and so takes these for one unit.
#[test]
fn what_ucum_would_mix_up_stays_apart() {
    for (from, to) in [
        ("mL/min/{1.73_m2}", "mL/min"),
        ("mg/L{FEU}", "mg/L{DDU}"),
        ("{copies}/mL", "/mL"),
        ("mL{ethanol}/d", "mL/d"),
        ("{PackYears}", "{score}"),
    ] {
        assert!(ucum::is_comparable(from, to).unwrap(), "{from}, {to}");
        assert!(super::conversion(from, to, "").is_err(), "{from}, {to}");
    }
}
