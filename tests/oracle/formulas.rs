//! Published formulas, each as its source writes it, on complete values.

/// The value of an input by its name; one where something is so, the place of a code among its codes.
pub(crate) type Values<'v> = dyn Fn(&str) -> f64 + 'v;

/// What a formula gives, and what is asked of it.
pub(crate) enum Result {
    /// A number in a unit, asked against one of these bounds.
    Number(&'static str, &'static [&'static str]),
    /// The place of one of these codes.
    Code(&'static [&'static str]),
}

pub(crate) struct Formula {
    pub(crate) concept: &'static str,
    pub(crate) result: Result,
    /// The one whose date counts first.
    pub(crate) inputs: &'static [&'static str],
    pub(crate) adults: bool,
    /// It gives whole numbers.
    pub(crate) whole: bool,
    pub(crate) value: fn(&Values<'_>) -> f64,
}

use Result::{Code, Number};

const MELD: [&str; 4] = ["bilirubin", "inr", "creatinine", "dialysis"];
const MELD_NA: [&str; 5] = ["bilirubin", "inr", "creatinine", "dialysis", "sodium"];
const MELD_3: [&str; 6] = ["bilirubin", "inr", "creatinine", "dialysis", "sodium", "albumin"];
const CHILD_PUGH: [&str; 5] = ["bilirubin", "albumin", "inr", "ascites", "hepatic-encephalopathy-grade"];
const TEN_TO_FORTY: Result = Number("", &["10", "15", "20", "35"]);

const fn plain(
    concept: &'static str,
    result: Result,
    inputs: &'static [&'static str],
    value: fn(&Values<'_>) -> f64,
) -> Formula {
    Formula { concept, result, inputs, adults: false, whole: false, value }
}

const fn of_adults(
    concept: &'static str,
    result: Result,
    inputs: &'static [&'static str],
    value: fn(&Values<'_>) -> f64,
) -> Formula {
    Formula { adults: true, ..plain(concept, result, inputs, value) }
}

const fn points_of_adults(
    concept: &'static str,
    result: Result,
    inputs: &'static [&'static str],
    value: fn(&Values<'_>) -> f64,
) -> Formula {
    Formula { whole: true, ..of_adults(concept, result, inputs, value) }
}

pub(crate) const FORMULAS: [Formula; 31] = [
    plain("anion-gap", Number("mmol/L", &["8", "12", "20"]), &["sodium", "chloride", "bicarbonate"], |of| {
        of("sodium") - (of("chloride") + of("bicarbonate"))
    }),
    plain("ast-alt-ratio", Number("", &["0.8", "1", "2"]), &["ast", "alt"], |of| of("ast") / of("alt")),
    of_adults("apri", Number("", &["0.5", "1", "1.5"]), &["ast:upper-limit", "platelets"], |of| {
        100.0 * of("ast:upper-limit") / of("platelets")
    }),
    Formula {
        whole: true,
        ..of_adults(
            "berlin-ards-class",
            Code(&["none", "mild", "moderate", "severe"]),
            &["pao2", "fio2", "peep", "cpap"],
            berlin,
        )
    },
    plain("bmi", Number("kg/m2", &["18.5", "25", "30"]), &["weight", "height"], |of| {
        of("weight") / of("height").powi(2)
    }),
    plain("bsa", Number("m2", &["1.6", "2"]), &["weight", "height"], |of| (of("weight") * of("height") / 36.0).sqrt()),
    plain("bsa-du-bois", Number("m2", &["1.6", "2"]), &["weight", "height"], |of| {
        71.84 * of("weight").powf(0.425) * (100.0 * of("height")).powf(0.725) / 10_000.0
    }),
    points_of_adults("cha2ds2-vasc", Number("{score}", &["1", "2", "4", "6"]), &CHA2DS2_VASC, cha2ds2_vasc),
    points_of_adults("child-pugh-class", Code(&["A", "B", "C"]), &CHILD_PUGH, |of| {
        let points = child_pugh(of);
        if points.is_nan() { points } else { f64::from(points > 6.0) + f64::from(points > 9.0) }
    }),
    points_of_adults("child-pugh-score", Number("{score}", &["6", "7", "9", "12"]), &CHILD_PUGH, child_pugh),
    plain("corrected-calcium", Number("mg/dL", &["8.5", "10.2", "11.5"]), &["calcium", "albumin"], |of| {
        of("calcium") - 0.8 * of("albumin") + 3.2
    }),
    of_adults("creatinine-clearance", Number("mL/min", &["30", "60", "90"]), &["creatinine", "weight"], |of| {
        let man = (140.0 - of("age")) * of("weight") / (72.0 * of("creatinine"));
        if of("female") == 1.0 { 0.85 * man } else { man }
    }),
    of_adults("egfr-ckd-epi-2009", Number("mL/min/1.73m2", &["30", "60", "90"]), &["creatinine", "black-race"], |of| {
        let (kappa, alpha, sex) = if of("female") == 1.0 { (0.7, -0.329, 1.018) } else { (0.9, -0.411, 1.0) };
        let ratio = of("creatinine") / kappa;
        let race = if of("black-race") == 1.0 { 1.159 } else { 1.0 };
        141.0 * ratio.min(1.0).powf(alpha) * ratio.max(1.0).powf(-1.209) * 0.993_f64.powf(of("age")) * sex * race
    }),
    of_adults("egfr-mdrd", Number("mL/min/1.73m2", &["30", "60", "90"]), &["creatinine", "black-race"], |of| {
        175.0 * mdrd(of)
    }),
    of_adults("egfr-mdrd-186", Number("mL/min/1.73m2", &["30", "60", "90"]), &["creatinine", "black-race"], |of| {
        186.0 * mdrd(of)
    }),
    of_adults("fib-4", Number("{score}", &["1.3", "2.67", "3.25"]), &["ast", "alt", "platelets"], |of| {
        of("age") * of("ast") / of("platelets") / of("alt").sqrt()
    }),
    plain(
        "mean-arterial-pressure",
        Number("mmHg", &["65", "90", "110"]),
        &["systolic-blood-pressure", "diastolic-blood-pressure"],
        |of| {
            let diastolic = of("diastolic-blood-pressure");
            diastolic + (of("systolic-blood-pressure") - diastolic) / 3.0
        },
    ),
    of_adults("meld", TEN_TO_FORTY, &MELD, meld),
    points_of_adults("meld-3-0", TEN_TO_FORTY, &MELD_3, meld_3),
    // OPTN policy 9.1 of 2016
    points_of_adults("meld-na", TEN_TO_FORTY, &MELD_NA, |of| {
        let first = rounded(10.0 * meld(of)) / 10.0;
        let lack = 137.0 - of("sodium").clamp(125.0, 137.0);
        let more = if first > 11.0 { 1.32 * lack - 0.033 * first * lack } else { 0.0 };
        rounded(first + more).clamp(6.0, 40.0)
    }),
    // Kim 2008
    of_adults("meld-na-2008", TEN_TO_FORTY, &MELD_NA, |of| {
        let (meld, lack) = (meld(of).clamp(6.0, 40.0), 140.0 - of("sodium").clamp(125.0, 140.0));
        meld + lack - 0.025 * meld * lack
    }),
    plain("neutrophil-lymphocyte-ratio", Number("", &["1", "3", "5"]), &["neutrophils", "lymphocytes"], |of| {
        of("neutrophils") / of("lymphocytes")
    }),
    plain(
        "pack-years",
        Number("{PackYears}", &["0", "10", "20", "30"]),
        &["cigarettes-per-day", "years-smoked", "smoking-status"],
        |of| {
            let smoked = of("cigarettes-per-day") * of("years-smoked") / 20.0;
            // who never smoked and has smoked is not in any world
            if of("smoking-status") == 0.0 && smoked > 0.0 { f64::NAN } else { smoked }
        },
    ),
    plain("pao2-fio2-ratio", Number("mmHg", &["100", "200", "300"]), &["pao2", "fio2"], |of| of("pao2") / of("fio2")),
    plain("qtcb", Number("ms", &["450", "470", "500"]), &["qt", "ecg-heart-rate"], |of| {
        of("qt") * (of("ecg-heart-rate") / 60.0).sqrt()
    }),
    plain("qtcf", Number("ms", &["450", "470", "500"]), &["qt", "ecg-heart-rate"], |of| {
        of("qt") * (of("ecg-heart-rate") / 60.0).cbrt()
    }),
    plain("ratio:neutrophils/lymphocytes", Number("", &["1", "3", "5"]), &["neutrophils", "lymphocytes"], |of| {
        of("neutrophils") / of("lymphocytes")
    }),
    // mg/L and g/L
    plain(
        "ratio:urine-albumin/urine-creatinine",
        Number("", &["0.03", "0.3"]),
        &["urine-albumin", "urine-creatinine"],
        |of| of("urine-albumin") / of("urine-creatinine") / 1_000.0,
    ),
    plain("rr-interval", Number("ms", &["600", "1000"]), &["ecg-heart-rate"], |of| 60_000.0 / of("ecg-heart-rate")),
    plain("uacr", Number("mg/g", &["30", "300"]), &["urine-albumin", "urine-creatinine"], |of| {
        of("urine-albumin") / of("urine-creatinine")
    }),
    plain("upcr", Number("mg/g", &["200", "500"]), &["urine-protein-concentration", "urine-creatinine"], |of| {
        of("urine-protein-concentration") / of("urine-creatinine")
    }),
];

const CHA2DS2_VASC: [&str; 12] = [
    "heart-failure",
    "hypertension",
    "diabetes",
    "type-1-diabetes",
    "type-2-diabetes",
    "stroke",
    "ischaemic-stroke",
    "transient-ischaemic-attack",
    "systemic-embolism",
    "myocardial-infarction",
    "peripheral-artery-disease",
    "aortic-plaque",
];

fn cha2ds2_vasc(of: &Values<'_>) -> f64 {
    let any = |concepts: &[&str]| f64::from(concepts.iter().any(|concept| of(concept) == 1.0));
    let years = of("age");
    of("heart-failure")
        + of("hypertension")
        + of("diabetes")
        + 2.0 * any(&["stroke", "transient-ischaemic-attack", "systemic-embolism"])
        + any(&["myocardial-infarction", "peripheral-artery-disease", "aortic-plaque"])
        + f64::from(years >= 65.0)
        + f64::from(years >= 75.0)
        + of("female")
}

/// Kamath 2001, as UNOS used it: nothing under 1, creatinine at most 4 and 4 on dialysis.
fn meld(of: &Values<'_>) -> f64 {
    let creatinine = if of("dialysis") == 1.0 { 4.0 } else { of("creatinine").clamp(1.0, 4.0) };
    9.57 * creatinine.ln() + 3.78 * of("bilirubin").max(1.0).ln() + 11.2 * of("inr").max(1.0).ln() + 6.43
}

/// Kim 2021: creatinine at most 3 and 3 on dialysis, sodium from 125 to 137, albumin from 1.5 to 3.5.
fn meld_3(of: &Values<'_>) -> f64 {
    let creatinine = if of("dialysis") == 1.0 { 3.0 } else { of("creatinine").clamp(1.0, 3.0) }.ln();
    let (bilirubin, inr) = (of("bilirubin").max(1.0).ln(), of("inr").max(1.0).ln());
    let (sodium, albumin) = (of("sodium").clamp(125.0, 137.0), of("albumin").clamp(1.5, 3.5));
    let score = 1.33 * of("female")
        + 4.56 * bilirubin
        + 0.82 * (137.0 - sodium)
        + 9.09 * inr
        + 11.14 * creatinine
        + 1.85 * (3.5 - albumin)
        + 6.0
        - 0.24 * (137.0 - sodium) * bilirubin
        - 1.83 * (3.5 - albumin) * creatinine;
    rounded(score).clamp(6.0, 40.0)
}

fn mdrd(of: &Values<'_>) -> f64 {
    let sex = if of("female") == 1.0 { 0.742 } else { 1.0 };
    let race = if of("black-race") == 1.0 { 1.212 } else { 1.0 };
    sex * race / (of("creatinine").powf(1.154) * of("age").powf(0.203))
}

/// Rounded half up; no number where floating point cannot tell on which side of a half it lies.
fn rounded(value: f64) -> f64 {
    let over = value - value.floor() - 0.5;
    if over.abs() < 1e-6 { f64::NAN } else { value.floor() + f64::from(over > 0.0) }
}

fn points(two: bool, three: bool) -> f64 {
    1.0 + f64::from(two || three) + f64::from(three)
}

fn child_pugh(of: &Values<'_>) -> f64 {
    let [bilirubin, albumin, inr] = ["bilirubin", "albumin", "inr"].map(of);
    let grade = of("hepatic-encephalopathy-grade");
    points(bilirubin >= 2.0, bilirubin > 3.0)
        + points(albumin <= 3.5, albumin < 2.8)
        + points(inr >= 1.7, inr > 2.3)
        + of("ascites")
        + 1.0
        + points(grade >= 1.0, grade >= 3.0)
}

/// With a PEEP or a CPAP of at least 5 cmH₂O mild up to 300 mmHg; with a PEEP moderate up to 200, severe up to 100.
fn berlin(of: &Values<'_>) -> f64 {
    let ratio = of("pao2") / of("fio2");
    if [100.0, 200.0, 300.0].iter().any(|step| (ratio - step).abs() < 1e-6 && ratio != *step) {
        return f64::NAN;
    }
    match (of("peep") >= 5.0, of("cpap") >= 5.0) {
        (true, _) if ratio <= 100.0 => 3.0,
        (true, _) if ratio <= 200.0 => 2.0,
        (true, _) | (_, true) if ratio <= 300.0 => 1.0,
        _ => 0.0,
    }
}
