//! Published formulas: one row each, with its source, its inputs and whom it holds for.
//!
//! Every formula is monotone in each of its inputs where the others stand still, so that intervals go in and an
//! interval comes out: its ends lie at corners of the box that the inputs span.

/// A formula.
#[derive(Debug)]
pub struct Formula {
    /// The concept that it gives.
    pub concept: &'static str,
    /// Its name in reasons.
    pub name: &'static str,
    /// Where it was published.
    pub source: &'static str,
    /// The concepts that go in, and the unit in which each goes in; the first is the one whose date counts.
    pub inputs: &'static [(&'static str, &'static str)],
    /// The unit of what comes out.
    pub unit: &'static str,
    /// It was made for adults and says nothing of children.
    pub adults: bool,
    /// Age in completed years goes in after the inputs.
    pub takes_age: bool,
    /// The sex goes in.
    pub takes_sex: bool,
    /// The value; the inputs in their order, then the age where it is taken.
    pub(crate) value: fn(&[f64], bool) -> f64,
}

impl Formula {
    /// The formula that gives a concept.
    pub fn of(concept: &str) -> Option<&'static Formula> {
        FORMULAS.iter().find(|formula| formula.concept == concept)
    }
}

/// Every formula, in the order of what it gives.
pub const FORMULAS: &[Formula] = &[
    Formula {
        concept: "anion-gap",
        name: "sodium − chloride − bicarbonate",
        source: "Emmett M, Narins RG. Medicine 1977;56:38–54",
        inputs: &[("sodium", "mmol/L"), ("chloride", "mmol/L"), ("bicarbonate", "mmol/L")],
        unit: "mmol/L",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| at(x, 0) - at(x, 1) - at(x, 2),
    },
    Formula {
        concept: "bmi",
        name: "weight / height²",
        source: "World Health Organization",
        inputs: &[("weight", "kg"), ("height", "m")],
        unit: "kg/m2",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| at(x, 0) / (at(x, 1) * at(x, 1)),
    },
    Formula {
        concept: "bsa",
        name: "Mosteller",
        source: "Mosteller RD. N Engl J Med 1987;317:1098",
        inputs: &[("weight", "kg"), ("height", "cm")],
        unit: "m2",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| libm::sqrt(at(x, 0) * at(x, 1) / 3600.0),
    },
    Formula {
        concept: "corrected-calcium",
        name: "calcium corrected for albumin",
        source: "Payne RB et al. BMJ 1973;4:643–646",
        inputs: &[("calcium", "mg/dL"), ("albumin", "g/dL")],
        unit: "mg/dL",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| at(x, 0) + 0.8 * (4.0 - at(x, 1)),
    },
    Formula {
        concept: "creatinine-clearance",
        name: "Cockcroft-Gault",
        source: "Cockcroft DW, Gault MH. Nephron 1976;16:31–41; with the actual weight",
        inputs: &[("creatinine", "mg/dL"), ("weight", "kg")],
        unit: "mL/min",
        adults: true,
        takes_age: true,
        takes_sex: true,
        value: |x, female| (140.0 - at(x, 2)) * at(x, 1) / (72.0 * at(x, 0)) * if female { 0.85 } else { 1.0 },
    },
    Formula {
        concept: "egfr",
        name: "CKD-EPI 2021 (creatinine)",
        source: "Inker LA et al. N Engl J Med 2021;385:1737–1749",
        inputs: &[("creatinine", "mg/dL")],
        unit: "mL/min/1.73m2",
        adults: true,
        takes_age: true,
        takes_sex: true,
        value: |x, female| ckd_epi_2021(at(x, 0), at(x, 1), female),
    },
    Formula {
        concept: "fib-4",
        name: "FIB-4",
        source: "Sterling RK et al. Hepatology 2006;43:1317–1325",
        inputs: &[("ast", "U/L"), ("alt", "U/L"), ("platelets", "10*9/L")],
        unit: "{score}",
        adults: true,
        takes_age: true,
        takes_sex: false,
        value: |x, _| at(x, 3) * at(x, 0) / (at(x, 2) * libm::sqrt(at(x, 1))),
    },
    Formula {
        concept: "mean-arterial-pressure",
        name: "(systolic + 2 × diastolic) / 3",
        source: "the usual estimate from a cuff",
        inputs: &[("systolic-blood-pressure", "mm[Hg]"), ("diastolic-blood-pressure", "mm[Hg]")],
        unit: "mm[Hg]",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| (at(x, 0) + 2.0 * at(x, 1)) / 3.0,
    },
    Formula {
        concept: "meld",
        name: "MELD",
        source: "Kamath PS et al. Hepatology 2001;33:464–470; inputs at least 1.0, creatinine at most 4.0 mg/dL",
        inputs: &[("bilirubin", "mg/dL"), ("inr", "1"), ("creatinine", "mg/dL")],
        unit: "{score}",
        adults: true,
        takes_age: false,
        takes_sex: false,
        value: |x, _| meld(at(x, 0), at(x, 1), at(x, 2)),
    },
    Formula {
        concept: "meld-3-0",
        name: "MELD 3.0",
        source: "Kim WR et al. Gastroenterology 2021;161:1887–1895",
        inputs: &[
            ("bilirubin", "mg/dL"),
            ("inr", "1"),
            ("creatinine", "mg/dL"),
            ("sodium", "mmol/L"),
            ("albumin", "g/dL"),
        ],
        unit: "{score}",
        adults: true,
        takes_age: false,
        takes_sex: true,
        value: |x, female| meld_3_0(at(x, 0), at(x, 1), at(x, 2), at(x, 3), at(x, 4), female),
    },
    Formula {
        concept: "meld-na",
        name: "MELD-Na (OPTN 2016)",
        source: "OPTN policy 9.1, January 2016",
        inputs: &[("bilirubin", "mg/dL"), ("inr", "1"), ("creatinine", "mg/dL"), ("sodium", "mmol/L")],
        unit: "{score}",
        adults: true,
        takes_age: false,
        takes_sex: false,
        value: |x, _| meld_na(at(x, 0), at(x, 1), at(x, 2), at(x, 3)),
    },
    Formula {
        concept: "pao2-fio2-ratio",
        name: "PaO₂ / FiO₂",
        source: "ARDS Definition Task Force. JAMA 2012;307:2526–2533",
        inputs: &[("pao2", "mm[Hg]"), ("fio2", "1")],
        unit: "mm[Hg]",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| at(x, 0) / at(x, 1),
    },
    Formula {
        concept: "qtcb",
        name: "Bazett",
        source: "Bazett HC. Heart 1920;7:353–370",
        inputs: &[("qt", "ms"), ("rr-interval", "s")],
        unit: "ms",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| at(x, 0) / libm::sqrt(at(x, 1)),
    },
    Formula {
        concept: "qtcf",
        name: "Fridericia",
        source: "Fridericia LS. Acta Med Scand 1920;53:469–486",
        inputs: &[("qt", "ms"), ("rr-interval", "s")],
        unit: "ms",
        adults: false,
        takes_age: false,
        takes_sex: false,
        value: |x, _| at(x, 0) / libm::cbrt(at(x, 1)),
    },
];

/// An input; a missing one makes the value no number, which is refused.
fn at(inputs: &[f64], position: usize) -> f64 {
    inputs.get(position).copied().unwrap_or(f64::NAN)
}

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
    let ratio = creatinine / kappa;
    142.0
        * libm::pow(if ratio < 1.0 { ratio } else { 1.0 }, alpha)
        * libm::pow(if ratio > 1.0 { ratio } else { 1.0 }, -1.2)
        * libm::pow(0.9938, age)
        * factor
}

fn within(value: f64, low: f64, high: f64) -> f64 {
    if value.is_nan() { value } else { value.clamp(low, high) }
}

fn meld(bilirubin: f64, inr: f64, creatinine: f64) -> f64 {
    let [bilirubin, inr] = [bilirubin, inr].map(|lab| libm::log(within(lab, 1.0, f64::MAX)));
    10.0 * (0.957 * libm::log(within(creatinine, 1.0, 4.0)) + 0.378 * bilirubin + 1.120 * inr + 0.643)
}

fn meld_na(bilirubin: f64, inr: f64, creatinine: f64, sodium: f64) -> f64 {
    let first = libm::round(meld(bilirubin, inr, creatinine) * 10.0) / 10.0;
    let lack = 137.0 - within(sodium, 125.0, 137.0);
    let score = if first > 11.0 { first + 1.32 * lack - 0.033 * first * lack } else { first };
    within(libm::round(score), 6.0, 40.0)
}

fn meld_3_0(bilirubin: f64, inr: f64, creatinine: f64, sodium: f64, albumin: f64, female: bool) -> f64 {
    let [bilirubin, inr] = [bilirubin, inr].map(|lab| libm::log(within(lab, 1.0, f64::MAX)));
    let creatinine = libm::log(within(creatinine, 1.0, 3.0));
    let lack = 137.0 - within(sodium, 125.0, 137.0);
    let short = 3.5 - within(albumin, 1.5, 3.5);
    let score = if female { 1.33 } else { 0.0 } + 4.56 * bilirubin + 0.82 * lack - 0.24 * lack * bilirubin
        + 9.09 * inr
        + 11.14 * creatinine
        + 1.85 * short
        - 1.83 * short * creatinine
        + 6.0;
    within(libm::round(score), 6.0, 40.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_needs_itself() {
        fn depth(concept: &str, left: usize) -> usize {
            assert!(left > 0, "{concept} is worked out from itself");
            let inputs = Formula::of(concept).map_or(&[][..], |formula| formula.inputs);
            inputs.iter().map(|(input, _)| depth(input, left - 1) + 1).max().unwrap_or(0)
        }
        for formula in FORMULAS {
            depth(formula.concept, FORMULAS.len() + 1);
        }
    }
}
