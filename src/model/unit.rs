//! Units as results and protocols write them, and what may be compared with what.

use crate::model::decimal::Exact;

/// What a unit measures. Only values of one dimension compare; mass and substance concentrations also compare
/// through a concept's molar mass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// A plain number: a score, a ratio, a fraction.
    Number,
    /// Mass per volume; the base unit is g/L.
    MassConcentration,
    /// Amount of substance per volume; the base unit is mol/L.
    SubstanceConcentration,
    /// Enzyme activity per volume; the base unit is U/L.
    EnzymeActivity,
    /// Filtration or clearance as measured; the base unit is mL/min.
    Clearance,
    /// Filtration scaled to a body surface of 1.73 m²: another quantity than [`Dimension::Clearance`].
    NormalisedClearance,
    /// Length; the base unit is cm.
    Length,
    /// Mass; the base unit is mg.
    Mass,
    /// Dose per time; the base unit is mg/d.
    DoseRate,
    /// Pure ethanol per time; the base unit is mL/d.
    EthanolRate,
    /// Age, counted in completed calendar units; the base unit is a year. It does not convert.
    Years,
    /// Age in completed months.
    Months,
    /// Age in completed weeks.
    Weeks,
    /// Age in completed days.
    Days,
}

/// A unit: its dimension, and how many base units it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units of that dimension it is.
    pub factor: Exact,
}

/// A unit of a bound: an ordinary one, or a multiple of the limit of that very result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundUnit {
    /// An ordinary unit.
    Of(Unit),
    /// Times the upper limit of normal that came with the result.
    TimesUpperLimit,
    /// Times the lower limit of normal that came with the result.
    TimesLowerLimit,
}

/// Names without spaces, in lower case, `u` for every micro sign; factor as numerator and denominator.
const UNITS: &[(&[&str], Dimension, i128, i128)] = &[
    (&["", "1", "{score}", "(score)", "score", "points", "{points}", "{ratio}", "ratio"], Dimension::Number, 1, 1),
    (&["%", "percent"], Dimension::Number, 1, 100),
    (&["g/l", "mg/ml"], Dimension::MassConcentration, 1, 1),
    (&["g/dl", "g%"], Dimension::MassConcentration, 10, 1),
    (&["mg/dl", "mg%"], Dimension::MassConcentration, 1, 100),
    (&["mg/l", "ug/ml", "mcg/ml"], Dimension::MassConcentration, 1, 1_000),
    (&["ug/dl", "mcg/dl"], Dimension::MassConcentration, 1, 100_000),
    (&["ug/l", "mcg/l", "ng/ml"], Dimension::MassConcentration, 1, 1_000_000),
    (&["ng/dl"], Dimension::MassConcentration, 1, 100_000_000),
    (&["ng/l", "pg/ml"], Dimension::MassConcentration, 1, 1_000_000_000),
    (&["mol/l"], Dimension::SubstanceConcentration, 1, 1),
    (&["mmol/l"], Dimension::SubstanceConcentration, 1, 1_000),
    (&["umol/l", "mcmol/l"], Dimension::SubstanceConcentration, 1, 1_000_000),
    (&["nmol/l"], Dimension::SubstanceConcentration, 1, 1_000_000_000),
    (&["pmol/l"], Dimension::SubstanceConcentration, 1, 1_000_000_000_000),
    (&["u/l", "iu/l", "[iu]/l"], Dimension::EnzymeActivity, 1, 1),
    (&["u/ml", "iu/ml", "[iu]/ml"], Dimension::EnzymeActivity, 1_000, 1),
    (&["ukat/l"], Dimension::EnzymeActivity, 60, 1),
    (&["nkat/l"], Dimension::EnzymeActivity, 60, 1_000),
    (&["ml/min"], Dimension::Clearance, 1, 1),
    (&["ml/s"], Dimension::Clearance, 60, 1),
    (
        &["ml/min/1.73m2", "ml/min/{1.73_m2}", "ml/min/1.73m^2", "ml/min/1.73m²", "ml/(min.1.73m2)"],
        Dimension::NormalisedClearance,
        1,
        1,
    ),
    (&["ml/s/1.73m2", "ml/s/{1.73_m2}"], Dimension::NormalisedClearance, 60, 1),
    (&["cm"], Dimension::Length, 1, 1),
    (&["mm"], Dimension::Length, 1, 10),
    (&["m"], Dimension::Length, 100, 1),
    (&["mg"], Dimension::Mass, 1, 1),
    (&["g"], Dimension::Mass, 1_000, 1),
    (&["kg"], Dimension::Mass, 1_000_000, 1),
    (&["ug", "mcg"], Dimension::Mass, 1, 1_000),
    (&["mg/d", "mg/day"], Dimension::DoseRate, 1, 1),
    (&["g/d", "g/day"], Dimension::DoseRate, 1_000, 1),
    (&["ug/d", "ug/day", "mcg/d", "mcg/day"], Dimension::DoseRate, 1, 1_000),
    (&["mg/wk", "mg/week"], Dimension::DoseRate, 1, 7),
    (&["ml{ethanol}/d"], Dimension::EthanolRate, 1, 1),
    (&["ml{ethanol}/wk"], Dimension::EthanolRate, 1, 7),
    (&["g{ethanol}/d"], Dimension::EthanolRate, 1_000, 789), // 0.789 g/mL at 20 °C
    (&["g{ethanol}/wk"], Dimension::EthanolRate, 1_000, 5_523),
    (&["y", "a", "yr", "year", "years", "yrs"], Dimension::Years, 1, 1),
    (&["mo", "month", "months"], Dimension::Months, 1, 1),
    (&["wk", "week", "weeks"], Dimension::Weeks, 1, 1),
    (&["d", "day", "days"], Dimension::Days, 1, 1),
];

impl Unit {
    /// The unit written so; `None` where it is not known. Case, spaces and the two micro signs do not matter.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::Unit;
    /// assert_eq!(Unit::from_text("μmol / L"), Unit::from_text("umol/L"));
    /// assert_eq!(Unit::from_text("furlong"), None);
    /// // What a body filters, and the same scaled to 1.73 m², are different quantities.
    /// assert_ne!(Unit::from_text("mL/min").unwrap().dimension, Unit::from_text("mL/min/1.73m2").unwrap().dimension);
    /// ```
    pub fn from_text(text: &str) -> Option<Unit> {
        let name = plain(text);
        let (_, dimension, numerator, denominator) = UNITS.iter().find(|(names, ..)| names.contains(&name.as_str()))?;
        Some(Unit { dimension: *dimension, factor: Exact::ratio(*numerator, *denominator)? })
    }
}

impl BoundUnit {
    /// The unit written so, `xULN` and `xLLN` among them.
    ///
    /// An amount of alcohol may be counted in the units that a criterion defines: `unit(10 mL ethanol)/d`,
    /// `unit(14 g ethanol)/wk`.
    pub fn from_text(text: &str) -> Option<BoundUnit> {
        match plain(text).as_str() {
            "xuln" => Some(BoundUnit::TimesUpperLimit),
            "xlln" => Some(BoundUnit::TimesLowerLimit),
            name => drink_unit(name).or_else(|| Unit::from_text(text)).map(BoundUnit::Of),
        }
    }
}

fn drink_unit(name: &str) -> Option<Unit> {
    let (inside, per) = name.strip_prefix("unit(")?.split_once(")/")?;
    let amount = inside.strip_suffix("ethanol")?;
    let at = amount.find(|c: char| c.is_ascii_alphabetic())?;
    let (count, measure) = amount.split_at_checked(at)?;
    let count = count.parse::<crate::model::decimal::Decimal>().ok()?.exact();
    let unit = Unit::from_text(&format!("{measure}{{ethanol}}/{per}"))?;
    Some(Unit { dimension: unit.dimension, factor: unit.factor.times(count)? })
}

/// Without spaces, in lower case, with one sign for micro and one for times.
fn plain(text: &str) -> String {
    let fold = |c: char| match c {
        'µ' | 'μ' => 'u',
        '×' | '*' => 'x',
        '·' => '.',
        c => c.to_ascii_lowercase(),
    };
    text.chars().filter(|c| !c.is_whitespace()).map(fold).collect()
}
