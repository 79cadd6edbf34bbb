//! Filtration of the kidneys.

use super::Input::{Ever, Value};
use super::{Formula, PLAIN, at};

const CREATININE: Formula = Formula {
    inputs: &[Value("creatinine", "mg/dL")],
    unit: "mL/min/1.73m2",
    adults: true,
    takes_age: true,
    takes_sex: true,
    ..PLAIN
};

/// Older equations have a factor for race: it goes in as an answer like any other, and is open where nobody gave it.
const WITH_RACE: Formula =
    Formula { inputs: &[Value("creatinine", "mg/dL"), Ever(&["black-race"], &[])], ..CREATININE };

pub(super) const ROWS: &[Formula] = &[
    Formula {
        concept: "creatinine-clearance",
        name: "Cockcroft-Gault",
        source: "Cockcroft DW, Gault MH. Nephron 1976;16:31–41; with the actual weight",
        inputs: &[Value("creatinine", "mg/dL"), Value("weight", "kg")],
        unit: "mL/min",
        value: |x, female| (140.0 - at(x, 2)) * at(x, 1) / (72.0 * at(x, 0)) * if female { 0.85 } else { 1.0 },
        ..CREATININE
    },
    Formula {
        concept: "egfr",
        name: "CKD-EPI 2021 (creatinine)",
        source: "Inker LA et al. N Engl J Med 2021;385:1737–1749",
        value: |x, female| ckd_epi_2021(at(x, 0), at(x, 1), female),
        ..CREATININE
    },
    Formula {
        concept: "egfr-ckd-epi-2009",
        name: "CKD-EPI 2009 (creatinine)",
        source: "Levey AS et al. Ann Intern Med 2009;150:604–612",
        value: |x, female| {
            let (kappa, alpha, factor) = if female { (0.7, -0.329, 1.018) } else { (0.9, -0.411, 1.0) };
            let race = 1.0 + 0.159 * at(x, 1);
            141.0 * bent(at(x, 0) / kappa, alpha, -1.209) * libm::pow(0.993, at(x, 2)) * factor * race
        },
        ..WITH_RACE
    },
    Formula {
        concept: "egfr-mdrd",
        name: "MDRD (4 variables, IDMS)",
        source: "Levey AS et al. Ann Intern Med 2006;145:247–254",
        value: |x, female| mdrd(175.0, x, female),
        ..WITH_RACE
    },
    Formula {
        concept: "egfr-mdrd-186",
        name: "MDRD (4 variables, before IDMS)",
        source: "Levey AS et al. Ann Intern Med 1999;130:461–470; for creatinine that is not traceable to IDMS",
        value: |x, female| mdrd(186.0, x, female),
        ..WITH_RACE
    },
];

/// eGFR in mL/min/1.73 m² from serum creatinine in mg/dL, the age in completed years and the sex.
///
/// Source: Inker LA et al., N Engl J Med 2021;385:1737–1749. For adults only.
///
/// # Example
///
/// ```
/// // the National Kidney Foundation's calculator shows 80 for this man
/// assert_eq!(trial_prescreen::ckd_epi_2021(1.09, 55.0, false).round(), 80.0);
/// ```
pub fn ckd_epi_2021(creatinine: f64, age: f64, female: bool) -> f64 {
    let (kappa, alpha, factor) = if female { (0.7, -0.241, 1.012) } else { (0.9, -0.302, 1.0) };
    142.0 * bent(creatinine / kappa, alpha, -1.2) * libm::pow(0.9938, age) * factor
}

/// A ratio to the power of `below` where it is under one, of `above` where it is over.
fn bent(ratio: f64, below: f64, above: f64) -> f64 {
    libm::pow(ratio, if ratio < 1.0 { below } else { above })
}

fn mdrd(constant: f64, x: &[f64], female: bool) -> f64 {
    let factor = if female { 0.742 } else { 1.0 } * (1.0 + 0.212 * at(x, 1));
    constant * libm::pow(at(x, 0), -1.154) * libm::pow(at(x, 2), -0.203) * factor
}
