//! Oxygen in the blood, acute respiratory distress, and what was smoked.

use super::Input::{Open, Place, Value};
use super::{Formula, PLAIN, at};

pub(super) const ROWS: &[Formula] = &[
    Formula {
        concept: "pack-years",
        name: "packs of 20 cigarettes a day × years",
        source: "NCI Dictionary of Cancer Terms; who never smoked has none",
        inputs: &[Open("cigarettes-per-day", "/d"), Open("years-smoked", "y"), Place("smoking-status")],
        unit: "{PackYears}",
        // the status is never (0), former or current
        fit: |x| at(x, 2) >= 1.0 || pack_years(x) == 0.0,
        value: |x, _| pack_years(x),
        ..PLAIN
    },
    Formula {
        concept: "pao2-fio2-ratio",
        name: "PaO₂ / FiO₂",
        source: "ARDS Definition Task Force. JAMA 2012;307:2526–2533",
        inputs: &[Value("pao2", "mm[Hg]"), Value("fio2", "1")],
        unit: "mm[Hg]",
        value: |x, _| at(x, 0) / at(x, 1),
        ..PLAIN
    },
    Formula {
        concept: "berlin-ards-class",
        name: "Berlin class by oxygenation",
        source: "ARDS Definition Task Force. JAMA 2012;307:2526–2533; it knows nothing of the timing, the images and the \
                 origin of the oedema",
        inputs: &[Value("pao2-fio2-ratio", "mm[Hg]"), Open("peep", "cm[H2O]"), Open("cpap", "cm[H2O]")],
        adults: true,
        value: berlin,
        ..PLAIN
    },
];

/// None, mild (at most 300 mmHg), moderate (200) or severe (100), with a PEEP of at least 5 cmH₂O; with a CPAP of so
/// much mild at the most.
fn berlin(x: &[f64], _: bool) -> f64 {
    let ratio = at(x, 0);
    let class = f64::from(ratio <= 300.0) + f64::from(ratio <= 200.0) + f64::from(ratio <= 100.0);
    if ratio.is_nan() {
        ratio
    } else if at(x, 1) >= 5.0 {
        class
    } else if at(x, 2) >= 5.0 {
        class.min(1.0)
    } else {
        0.0
    }
}

/// Any number of cigarettes over no time at all is none.
fn pack_years(x: &[f64]) -> f64 {
    let smoked = at(x, 0) / 20.0 * at(x, 1);
    if smoked.is_nan() { 0.0 } else { smoked }
}
