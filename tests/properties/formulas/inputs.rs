//! What goes into formulas: units with what one of each is in the formula's, and values in them.

/// A unit, how many of the formula's unit one is, and values in it.
pub(super) type InUnit = (&'static str, i128, i128, &'static [&'static str]);

#[derive(Clone, Copy)]
pub(super) enum What {
    Number(&'static [InUnit]),
    /// A number that is whole.
    Grade(&'static [InUnit]),
    /// A number as a multiple of the upper limit of normal that came with it.
    OverUpperLimit(&'static [InUnit], &'static [&'static str]),
    /// Codes, whose places go in.
    Code(&'static [&'static str]),
    /// It is there or was, and whatever it is a kind of is then there as well.
    Ever(Option<&'static str>),
    Now,
}

/// Molar masses in g/mol: bilirubin 584.6621, creatinine 113.1179, calcium 40.08; 1 mmHg is 133.322 Pa.
const INPUTS: [(&str, What); 46] = [
    ("albumin", What::Number(&[("g/dL", 1, 1, &["2.5", "3.5", "4.2"]), ("g/L", 1, 10, &["25", "28", "35", "42"])])),
    ("alt", What::Number(&[("U/L", 1, 1, &["25", "70", "200"]), ("ukat/L", 60, 1, &["0.4", "1.5"])])),
    ("aortic-plaque", What::Ever(None)),
    ("ascites", What::Code(&["none", "slight", "moderate-severe"])),
    ("ast", What::Number(&[("U/L", 1, 1, &["20", "60", "150"]), ("ukat/L", 60, 1, &["0.5", "1.2"])])),
    (
        "ast:upper-limit",
        What::OverUpperLimit(
            &[("U/L", 1, 1, &["20", "60", "150"]), ("ukat/L", 60, 1, &["0.5", "1.2"])],
            &["35", "40", "0.6"],
        ),
    ),
    ("bicarbonate", What::Number(&[("mmol/L", 1, 1, &["12", "22", "26"]), ("meq/L", 1, 1, &["24"])])),
    (
        "bilirubin",
        What::Number(&[
            ("mg/dL", 1, 1, &["0.8", "2", "3", "6"]),
            ("umol/L", 5_846_621, 100_000_000, &["17", "34.2", "51.3", "120"]),
        ]),
    ),
    ("black-race", What::Ever(None)),
    ("calcium", What::Number(&[("mg/dL", 1, 1, &["8", "9.5", "11"]), ("mmol/L", 501, 125, &["2", "2.4", "2.75"])])),
    ("chloride", What::Number(&[("mmol/L", 1, 1, &["95", "100", "106"]), ("meq/L", 1, 1, &["98"])])),
    ("cigarettes-per-day", What::Number(&[("/d", 1, 1, &["0", "5", "10", "20", "40"])])),
    ("cpap", What::Number(&[("cmH2O", 1, 1, &["0", "4", "5", "10"])])),
    (
        "creatinine",
        What::Number(&[
            ("mg/dL", 1, 1, &["0.8", "1", "1.9", "4.5"]),
            ("umol/L", 1_131_179, 100_000_000, &["70", "120", "300"]),
        ]),
    ),
    ("diabetes", What::Ever(None)),
    ("dialysis", What::Now),
    ("diastolic-blood-pressure", What::Number(&[("mmHg", 1, 1, &["55", "80", "100"])])),
    ("ecg-heart-rate", What::Number(&[("/min", 1, 1, &["48", "60", "75", "100"])])),
    ("fio2", What::Number(&[("fraction", 1, 1, &["0.3", "0.5"]), ("%", 1, 100, &["21", "40", "60"])])),
    ("heart-failure", What::Ever(None)),
    ("height", What::Number(&[("m", 1, 1, &["1.6", "1.85"]), ("cm", 1, 100, &["150", "172", "190"])])),
    ("hepatic-encephalopathy-grade", What::Grade(&[("{score}", 1, 1, &["0", "1", "2", "3", "4"])])),
    ("hypertension", What::Ever(None)),
    ("inr", What::Number(&[("", 1, 1, &["1", "1.7", "2", "2.3", "3"])])),
    ("ischaemic-stroke", What::Ever(Some("stroke"))),
    ("lymphocytes", What::Number(&[("10*9/L", 1, 1, &["0.5", "1", "2.5"]), ("/uL", 1, 1_000, &["800", "1500"])])),
    ("myocardial-infarction", What::Ever(None)),
    ("neutrophils", What::Number(&[("10*9/L", 1, 1, &["1", "3", "6"]), ("/uL", 1, 1_000, &["1500", "4500"])])),
    ("pao2", What::Number(&[("mmHg", 1, 1, &["60", "90", "150"]), ("kPa", 500_000, 66_661, &["8", "12", "20"])])),
    ("peep", What::Number(&[("cmH2O", 1, 1, &["0", "4", "5", "10"])])),
    ("peripheral-artery-disease", What::Ever(None)),
    ("platelets", What::Number(&[("10*9/L", 1, 1, &["80", "150", "300"]), ("10*3/uL", 1, 1, &["120"])])),
    ("qt", What::Number(&[("ms", 1, 1, &["360", "410", "470"]), ("s", 1_000, 1, &["0.4", "0.44"])])),
    ("smoking-status", What::Code(&["never", "former", "current"])),
    ("sodium", What::Number(&[("mmol/L", 1, 1, &["120", "131", "136", "141"]), ("meq/L", 1, 1, &["128", "140"])])),
    ("stroke", What::Ever(None)),
    ("systemic-embolism", What::Ever(None)),
    (
        "systolic-blood-pressure",
        What::Number(&[("mmHg", 1, 1, &["95", "120", "165"]), ("kPa", 500_000, 66_661, &["16"])]),
    ),
    ("transient-ischaemic-attack", What::Ever(None)),
    ("type-1-diabetes", What::Ever(Some("diabetes"))),
    ("type-2-diabetes", What::Ever(Some("diabetes"))),
    ("urine-albumin", What::Number(&[("mg/L", 1, 1, &["10", "60", "500"]), ("mg/dL", 10, 1, &["3", "30"])])),
    (
        "urine-creatinine",
        What::Number(&[
            ("g/L", 1, 1, &["0.5", "1.2"]),
            ("mg/dL", 1, 100, &["80", "150"]),
            ("mmol/L", 1_131_179, 10_000_000, &["6", "12"]),
        ]),
    ),
    ("urine-protein-concentration", What::Number(&[("mg/L", 1, 1, &["80", "400"]), ("g/L", 1_000, 1, &["0.1", "1"])])),
    ("weight", What::Number(&[("kg", 1, 1, &["50", "80", "120.5"]), ("g", 1, 1_000, &["65000", "95000"])])),
    ("years-smoked", What::Number(&[("y", 1, 1, &["0", "5", "20", "40"])])),
];

pub(super) fn what(input: &str) -> What {
    INPUTS.iter().find(|(known, _)| *known == input).unwrap().1
}

/// `ast` of `ast:upper-limit`.
pub(super) fn concept(input: &'static str) -> &'static str {
    input.split(':').next().unwrap()
}
