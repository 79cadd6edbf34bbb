//! What the quantities of HealthKit measure, and its spelling of units.

use crate::import::record::amount;
use crate::model::decimal::Decimal;

/// A quantity, and what it is.
pub(super) struct Measured {
    pub(super) identifier: &'static str,
    pub(super) loinc: &'static str,
    pub(super) name: &'static str,
    /// The unit that it is in by its own definition, whatever is written.
    unit: Option<&'static str>,
    /// Its percentages are written as parts of one.
    fraction: bool,
}

const fn of(identifier: &'static str, loinc: &'static str, name: &'static str) -> Measured {
    Measured { identifier, loinc, name, unit: None, fraction: false }
}

/// Every quantity that the vocabulary has a word for.
const MEASURED: [Measured; 10] = [
    of("BloodGlucose", "2339-0", "Blood glucose"),
    of("BloodPressureDiastolic", "8462-4", "Diastolic blood pressure"),
    of("BloodPressureSystolic", "8480-6", "Systolic blood pressure"),
    of("BodyMass", "29463-7", "Body weight"),
    Measured { unit: Some("kg/m2"), ..of("BodyMassIndex", "39156-5", "Body mass index") },
    of("BodyTemperature", "8310-5", "Body temperature"),
    of("HeartRate", "8867-4", "Heart rate"),
    of("Height", "8302-2", "Body height"),
    Measured { fraction: true, ..of("OxygenSaturation", "59408-5", "Oxygen saturation") },
    of("RespiratoryRate", "9279-1", "Respiratory rate"),
];

impl Measured {
    pub(super) fn named(identifier: &str) -> Option<&'static Measured> {
        MEASURED.iter().find(|measured| measured.identifier == identifier)
    }

    /// The number, in a unit as others write it.
    pub(super) fn amount(&self, value: &str, written: Option<&str>) -> Option<(Decimal, Option<String>)> {
        let unit = self.unit.map(str::to_owned).or_else(|| written.map(unit));
        let number = amount::decimal(value)?;
        let part = self.fraction && unit.as_deref() == Some("%") && number.exact() <= crate::model::decimal::Exact::ONE;
        let number = if part { amount::decimal(&format!("{value}e2"))? } else { number };
        Some((number, unit))
    }
}

/// A unit without the molar mass that HealthKit writes into it: `mmol<180.1558800000541>/L`.
fn unit(written: &str) -> String {
    match (written.split_once('<'), written.split_once('>')) {
        (Some((before, _)), Some((_, behind))) => format!("{before}{behind}"),
        (_, _) => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_and_molar_masses_are_read_as_what_they_are() {
        let read = |identifier: &str, value: &str, unit: &str| {
            let (number, unit) = Measured::named(identifier)?.amount(value, Some(unit))?;
            Some(format!("{number} {}", unit?))
        };
        assert_eq!(read("OxygenSaturation", "0.97", "%").as_deref(), Some("97 %"));
        assert_eq!(read("OxygenSaturation", "1", "%").as_deref(), Some("100 %"));
        assert_eq!(read("OxygenSaturation", "97", "%").as_deref(), Some("97 %"));
        assert_eq!(read("BloodGlucose", "5.6", "mmol<180.1558800000541>/L").as_deref(), Some("5.6 mmol/L"));
        assert_eq!(read("BodyMassIndex", "22.5312", "count").as_deref(), Some("22.5312 kg/m2"));
        assert_eq!(read("StepCount", "1", "count"), None);
    }
}
