//! Fibrosis and failure of the liver.

use super::Input::{Now, Open, OverUpperLimit, Place, Value};
use super::{Formula, PLAIN, at, within};

/// Whoever is on dialysis has the score's highest creatinine.
const MELD: Formula = Formula {
    inputs: &[Value("bilirubin", "mg/dL"), Value("inr", "1"), Value("creatinine", "mg/dL"), Now("dialysis")],
    unit: "{score}",
    adults: true,
    ..PLAIN
};

const WITH_SODIUM: Formula = Formula {
    inputs: &[
        Value("bilirubin", "mg/dL"),
        Value("inr", "1"),
        Value("creatinine", "mg/dL"),
        Now("dialysis"),
        Value("sodium", "mmol/L"),
    ],
    ..MELD
};

pub(super) const ROWS: &[Formula] = &[
    Formula {
        concept: "apri",
        name: "APRI",
        source: "Wai CT et al. Hepatology 2003;38:518–526; with the upper limit that came with the AST",
        inputs: &[OverUpperLimit("ast"), Value("platelets", "10*9/L")],
        unit: "{score}",
        adults: true,
        value: |x, _| at(x, 0) / at(x, 1) * 100.0,
        ..PLAIN
    },
    Formula {
        concept: "child-pugh-class",
        name: "Child-Pugh class (A 5–6, B 7–9, C 10–15)",
        source: "Pugh RN et al. Br J Surg 1973;60:646–649",
        inputs: &[Value("child-pugh-score", "{score}")],
        value: |x, _| places(at(x, 0), &[7.0, 10.0]),
        ..PLAIN
    },
    Formula {
        concept: "child-pugh-score",
        name: "Child-Pugh",
        source: "Pugh RN et al. Br J Surg 1973;60:646–649, with the INR (1.7, 2.3); points of what is not known are left \
                 open",
        inputs: &[
            Open("bilirubin", "mg/dL"),
            Open("albumin", "g/dL"),
            Open("inr", "1"),
            Place("ascites"),
            Open("hepatic-encephalopathy-grade", "{score}"),
        ],
        unit: "{score}",
        adults: true,
        value: |x, _| child_pugh(x),
        ..PLAIN
    },
    Formula {
        concept: "fib-4",
        name: "FIB-4",
        source: "Sterling RK et al. Hepatology 2006;43:1317–1325",
        inputs: &[Value("ast", "U/L"), Value("alt", "U/L"), Value("platelets", "10*9/L")],
        unit: "{score}",
        adults: true,
        takes_age: true,
        value: |x, _| at(x, 3) * at(x, 0) / (at(x, 2) * libm::sqrt(at(x, 1))),
        ..PLAIN
    },
    Formula {
        concept: "meld",
        name: "MELD",
        source: "Kamath PS et al. Hepatology 2001;33:464–470; inputs at least 1.0, creatinine at most 4.0 mg/dL and 4.0 \
                 on dialysis",
        value: |x, _| meld(x),
        ..MELD
    },
    Formula {
        concept: "meld-3-0",
        name: "MELD 3.0",
        source: "Kim WR et al. Gastroenterology 2021;161:1887–1895",
        inputs: &[
            Value("bilirubin", "mg/dL"),
            Value("inr", "1"),
            Value("creatinine", "mg/dL"),
            Now("dialysis"),
            Value("sodium", "mmol/L"),
            Value("albumin", "g/dL"),
        ],
        takes_sex: true,
        value: meld_3_0,
        ..MELD
    },
    Formula {
        concept: "meld-na",
        name: "MELD-Na (OPTN 2016)",
        source: "OPTN policy 9.1, January 2016",
        value: |x, _| meld_na(x),
        ..WITH_SODIUM
    },
    Formula {
        concept: "meld-na-2008",
        name: "MELD-Na (Kim 2008)",
        source: "Kim WR et al. N Engl J Med 2008;359:1018–1026; sodium from 125 to 140 mmol/L",
        value: |x, _| {
            let (first, sodium) = (within(meld(x), 6.0, 40.0), within(at(x, 4), 125.0, 140.0));
            first + (140.0 - sodium) * (1.0 - 0.025 * first)
        },
        ..WITH_SODIUM
    },
];

/// How many of the steps a value has reached.
fn places(value: f64, steps: &[f64]) -> f64 {
    if value.is_nan() { value } else { steps.iter().map(|step| f64::from(value >= *step)).sum() }
}

/// One to three points each: bilirubin 2 and 3 mg/dL, albumin 3.5 and 2.8 g/dL, INR 1.7 and 2.3, ascites none, slight or
/// more, encephalopathy of no grade, of grades 1 and 2, of grades 3 and 4. The values at the steps have two points.
fn child_pugh(x: &[f64]) -> f64 {
    let rising = |value: f64, low: f64, high: f64| 1.0 + f64::from(value >= low) + f64::from(value > high);
    let bilirubin = rising(at(x, 0), 2.0, 3.0);
    let albumin = rising(-at(x, 1), -3.5, -2.8);
    let inr = rising(at(x, 2), 1.7, 2.3);
    let encephalopathy = rising(at(x, 4), 1.0, 2.0);
    let points = bilirubin + albumin + inr + 1.0 + within(at(x, 3), 0.0, 2.0) + encephalopathy;
    if x.len() == 5 && x.iter().all(|value| !value.is_nan()) { points } else { f64::NAN }
}

/// The logarithms of bilirubin, INR and creatinine, each at least 1, creatinine at most `most` and so much on dialysis.
fn logarithms(x: &[f64], most: f64) -> [f64; 3] {
    let creatinine = if at(x, 3) > 0.0 { most } else { within(at(x, 2), 1.0, most) };
    [within(at(x, 0), 1.0, f64::MAX), within(at(x, 1), 1.0, f64::MAX), creatinine].map(libm::log)
}

fn meld(x: &[f64]) -> f64 {
    let [bilirubin, inr, creatinine] = logarithms(x, 4.0);
    10.0 * (0.957 * creatinine + 0.378 * bilirubin + 1.120 * inr + 0.643)
}

fn meld_na(x: &[f64]) -> f64 {
    let first = libm::round(meld(x) * 10.0) / 10.0;
    let lack = 137.0 - within(at(x, 4), 125.0, 137.0);
    let score = if first > 11.0 { first + 1.32 * lack - 0.033 * first * lack } else { first };
    within(libm::round(score), 6.0, 40.0)
}

fn meld_3_0(x: &[f64], female: bool) -> f64 {
    let [bilirubin, inr, creatinine] = logarithms(x, 3.0);
    let lack = 137.0 - within(at(x, 4), 125.0, 137.0);
    let short = 3.5 - within(at(x, 5), 1.5, 3.5);
    let score = if female { 1.33 } else { 0.0 } + 4.56 * bilirubin + 0.82 * lack - 0.24 * lack * bilirubin
        + 9.09 * inr
        + 11.14 * creatinine
        + 1.85 * short
        - 1.83 * short * creatinine
        + 6.0;
    within(libm::round(score), 6.0, 40.0)
}
