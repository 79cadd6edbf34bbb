//! The QT interval for the heart rate, and the risk of stroke in atrial fibrillation.

use super::Input::{Ever, Value};
use super::{Formula, PLAIN, at};

pub(super) const ROWS: &[Formula] = &[
    Formula {
        concept: "qtcb",
        name: "Bazett",
        source: "Bazett HC. Heart 1920;7:353–370",
        inputs: &[Value("qt", "ms"), Value("rr-interval", "s")],
        unit: "ms",
        value: |x, _| at(x, 0) / libm::sqrt(at(x, 1)),
        ..PLAIN
    },
    Formula {
        concept: "qtcf",
        name: "Fridericia",
        source: "Fridericia LS. Acta Med Scand 1920;53:469–486",
        inputs: &[Value("qt", "ms"), Value("rr-interval", "s")],
        unit: "ms",
        value: |x, _| at(x, 0) / libm::cbrt(at(x, 1)),
        ..PLAIN
    },
    Formula {
        concept: "rr-interval",
        name: "60 / heart rate of the ECG",
        source: "definition",
        inputs: &[Value("ecg-heart-rate", "/min")],
        unit: "ms",
        value: |x, _| 60_000.0 / at(x, 0),
        ..PLAIN
    },
    Formula {
        concept: "cha2ds2-vasc",
        name: "CHA₂DS₂-VASc",
        source: "Lip GY et al. Chest 2010;137:263–272; points of what is not known are left open",
        inputs: &[
            Ever(&["heart-failure"], &[]),
            Ever(&["hypertension"], &[]),
            Ever(&["diabetes"], &["type-1-diabetes", "type-2-diabetes"]),
            Ever(&["stroke", "transient-ischaemic-attack", "systemic-embolism"], &["ischaemic-stroke"]),
            Ever(&["myocardial-infarction", "peripheral-artery-disease", "aortic-plaque"], &[]),
        ],
        unit: "{score}",
        adults: true,
        takes_age: true,
        takes_sex: true,
        value: |x, female| {
            let of_age = if at(x, 5) >= 75.0 { 2.0 } else { f64::from(at(x, 5) >= 65.0) };
            at(x, 0) + at(x, 1) + at(x, 2) + 2.0 * at(x, 3) + at(x, 4) + of_age + f64::from(female)
        },
        ..PLAIN
    },
];
