//! Body size, salts and blood pressure.

use super::Input::Value;
use super::{Formula, PLAIN, at};

pub(super) const ROWS: &[Formula] = &[
    Formula {
        concept: "anion-gap",
        name: "sodium − chloride − bicarbonate",
        source: "Emmett M, Narins RG. Medicine 1977;56:38–54",
        inputs: &[Value("sodium", "mmol/L"), Value("chloride", "mmol/L"), Value("bicarbonate", "mmol/L")],
        unit: "mmol/L",
        value: |x, _| at(x, 0) - at(x, 1) - at(x, 2),
        ..PLAIN
    },
    Formula {
        concept: "bmi",
        name: "weight / height²",
        source: "World Health Organization",
        inputs: &[Value("weight", "kg"), Value("height", "m")],
        unit: "kg/m2",
        value: |x, _| at(x, 0) / (at(x, 1) * at(x, 1)),
        ..PLAIN
    },
    Formula {
        concept: "bsa",
        name: "Mosteller",
        source: "Mosteller RD. N Engl J Med 1987;317:1098",
        inputs: &[Value("weight", "kg"), Value("height", "cm")],
        unit: "m2",
        value: |x, _| libm::sqrt(at(x, 0) * at(x, 1) / 3600.0),
        ..PLAIN
    },
    Formula {
        concept: "bsa-du-bois",
        name: "Du Bois",
        source: "Du Bois D, Du Bois EF. Arch Intern Med 1916;17:863–871",
        inputs: &[Value("weight", "kg"), Value("height", "cm")],
        unit: "m2",
        value: |x, _| 0.007_184 * libm::pow(at(x, 0), 0.425) * libm::pow(at(x, 1), 0.725),
        ..PLAIN
    },
    Formula {
        concept: "corrected-calcium",
        name: "calcium corrected for albumin",
        source: "Payne RB et al. BMJ 1973;4:643–646",
        inputs: &[Value("calcium", "mg/dL"), Value("albumin", "g/dL")],
        unit: "mg/dL",
        value: |x, _| at(x, 0) + 0.8 * (4.0 - at(x, 1)),
        ..PLAIN
    },
    Formula {
        concept: "mean-arterial-pressure",
        name: "(systolic + 2 × diastolic) / 3",
        source: "the usual estimate from a cuff",
        inputs: &[Value("systolic-blood-pressure", "mm[Hg]"), Value("diastolic-blood-pressure", "mm[Hg]")],
        unit: "mm[Hg]",
        value: |x, _| (at(x, 0) + 2.0 * at(x, 1)) / 3.0,
        ..PLAIN
    },
];
