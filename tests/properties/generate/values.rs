//! Values, doses and answers, of which several are equal.

use trial_prescreen::Status;

/// Numbers with their units.
pub(super) type Values = &'static [(&'static str, &'static str)];

/// Numbers with their units, by subject; several are equal.
pub(super) const NUMBERS: [(&str, Values); 6] = [
    (
        "creatinine",
        &[
            ("1.131179", "mg/dL"),
            ("100", "umol/L"),
            ("1.5", "mg/dL"),
            ("15", "mg/L"),
            ("0.02", "g/L"),
            ("0.7", "mg/dL"),
        ],
    ),
    (
        "alt",
        &[
            ("40", "U/L"),
            ("100", "U/L"),
            ("0.1", "U/mL"),
            ("2", "ukat/L"),
            ("120", "U/L"),
            ("2000", "nkat/L"),
            ("80", "U/L"),
        ],
    ),
    ("nihss", &[("4", ""), ("8", "{score}"), ("8", ""), ("20", ""), ("21", "")]),
    ("text:ferritin", &[("30", "ug/L"), ("30", "ng/mL"), ("0.03", "mg/L"), ("10", "ug/L"), ("300", "ug/L")]),
    (
        "alcohol-intake",
        &[("20", "mL{ethanol}/d"), ("140", "mL{ethanol}/wk"), ("30", "mL{ethanol}/d"), ("0", "mL{ethanol}/d")],
    ),
    ("egfr", &[("60", "mL/min/1.73m2"), ("1", "mL/s/1.73m2"), ("80", "mL/min/1.73m2"), ("45", "mL/min/1.73m2")]),
];

/// The concept of a total, bounds of it, and what is taken of each of its medicines.
pub(super) type Doses = (&'static str, Values, &'static [(&'static str, Values)]);

/// Totals of daily doses that are asked for, and what is taken of the medicines that make them up.
pub(super) const DOSES: [Doses; 2] = [
    (
        "systemic-corticosteroid",
        &[("10", "mg/d"), ("70", "mg/wk"), ("5", "mg/d")],
        &[
            ("systemic-corticosteroid", &[("10", "mg/d"), ("70", "mg/wk"), ("5", "mg/d")]),
            ("prednisone", &[("10", "mg/d"), ("5", "mg/d"), ("35", "mg/wk")]),
            ("dexamethasone", &[("1.5", "mg/d"), ("0.75", "mg/d"), ("4", "mg/d")]),
            ("hydrocortisone", &[("40", "mg/d"), ("20", "mg/d")]),
        ],
    ),
    (
        "opioid-dose",
        &[("30", "mg/d"), ("60", "mg/d"), ("210", "mg/wk"), ("47", "mg/d")],
        &[
            ("opioid-dose", &[("30", "mg/d"), ("420", "mg/wk")]),
            ("morphine", &[("30", "mg/d"), ("60", "mg/d"), ("210", "mg/wk")]),
            ("codeine", &[("200", "mg/d"), ("400", "mg/d")]),
            ("fentanyl-transdermal", &[("12.5", "ug/h"), ("25", "ug/h"), ("0.6", "mg/d")]),
            ("hydrocodone", &[("30", "mg/d"), ("20", "mg/d")]),
            ("hydromorphone", &[("6", "mg/d"), ("12", "mg/d")]),
            ("methadone", &[("10", "mg/d"), ("20", "mg/d")]),
            ("oxycodone", &[("20", "mg/d"), ("40", "mg/d")]),
            ("oxymorphone", &[("10", "mg/d"), ("20", "mg/d")]),
            ("tapentadol", &[("75", "mg/d"), ("150", "mg/d")]),
            ("tramadol", &[("150", "mg/d"), ("300", "mg/d")]),
            ("buprenorphine", &[("8", "mg/d"), ("16", "mg/d")]),
            ("fentanyl", &[("0.6", "mg/d")]),
        ],
    ),
];

pub(super) const THINGS: [&str; 7] = [
    "malignancy",
    "thrombolysis",
    "text:hay fever",
    "prednisone",
    "anticoagulant",
    "direct-oral-anticoagulant",
    "apixaban",
];

pub(super) const THINGS_STATED: [&str; 9] = [
    "malignancy",
    "thrombolysis",
    "text:hay fever",
    "prednisone",
    "anticoagulant",
    "direct-oral-anticoagulant",
    "apixaban",
    "heparin",
    "morphine",
];

pub(super) const CODED: [(&str, &[&str]); 2] = [("sex", &["female", "male"]), ("text:blood group", &["A", "B", "0"])];

pub(super) const STATUSES: [Status; 4] = [Status::Current, Status::History, Status::Planned, Status::Any];
