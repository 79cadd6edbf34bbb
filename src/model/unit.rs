//! Units, and what they measure.

use crate::model::decimal::Exact;
use crate::model::refusal::Refusal;
use crate::model::spelling::{MISPRINTS, drink_unit, parse, plain};

/// What a unit measures, and on which scale. Units of one dimension differ by a factor alone; a few pairs of dimensions
/// also convert, some only where it is known what was measured: see [`Substance`] and
/// [`Conversion`](crate::Conversion).
///
/// The base units are products of g, L, m, mol, eq, s, U, IU, kat and Pa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// A plain number: a score, an INR, a ratio.
    Number,
    /// A share: per cent, or a volume of a volume. Unlike a plain number it always has its unit.
    Fraction,
    /// Mass per volume.
    MassConcentration,
    /// Mass of D-dimer per volume, counted in fibrinogen equivalents (FEU).
    FibrinogenEquivalents,
    /// Mass of D-dimer per volume, counted in D-dimer units (DDU); there is no fixed factor to FEU.
    DDimerUnits,
    /// Amount of substance per volume.
    SubstanceConcentration,
    /// Charge equivalents per volume.
    EquivalentConcentration,
    /// Cells or other things counted per volume.
    NumberConcentration,
    /// Copies of a nucleic acid per volume; there is no fixed factor to international units.
    CopyConcentration,
    /// Units (U) per volume: of enzymes by definition, of much else by habit.
    EnzymeActivity,
    /// Enzyme activity in katal per volume.
    CatalyticConcentration,
    /// International units per volume: arbitrary, of one preparation each.
    InternationalUnitConcentration,
    /// Volume per time: filtration or clearance as measured, a flow.
    Clearance,
    /// Filtration scaled to a body surface of 1.73 m²: another quantity than [`Dimension::Clearance`].
    NormalisedClearance,
    /// Flow per body surface.
    FlowPerArea,
    /// Length.
    Length,
    /// Length per time: the sedimentation of blood.
    Speed,
    /// Area.
    Area,
    /// Volume.
    Volume,
    /// Mass.
    Mass,
    /// Amount of substance.
    Amount,
    /// Units or international units, as a dose.
    Units,
    /// Dose per time, or mass excreted per time.
    DoseRate,
    /// Amount of substance per time.
    SubstanceRate,
    /// Units or international units per time.
    UnitRate,
    /// Pure ethanol per time.
    EthanolRate,
    /// Mass per area: body mass index, a dose by body surface, bone density.
    MassPerArea,
    /// Dose by body surface and time.
    DoseRatePerArea,
    /// Mass per mass: a dose by weight, or mg of something per g of creatinine.
    MassRatio,
    /// Dose by weight and time.
    DoseRatePerMass,
    /// Mass per amount of substance: mg of something per mmol of creatinine.
    MassPerSubstance,
    /// Amount per amount of substance: HbA1c in mmol/mol (IFCC).
    SubstanceRatio,
    /// Pressure.
    Pressure,
    /// Temperature in degrees Celsius.
    Temperature,
    /// Temperature in degrees Fahrenheit, which convert with an offset.
    Fahrenheit,
    /// A measured time; ages and windows have units of the calendar instead.
    Time,
    /// Events per time: heartbeats, breaths.
    Frequency,
    /// Packs of cigarettes a day times years.
    PackYears,
    /// Age, counted in completed calendar units; it does not convert.
    Years,
    /// Age in completed months.
    Months,
    /// Age in completed weeks.
    Weeks,
    /// Age in completed days.
    Days,
}

/// A unit: its dimension, and how many base units of that dimension it is.
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

/// What is known of the thing measured that lets units of different dimensions convert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Substance {
    /// Nothing: only units of one dimension convert.
    #[default]
    Unknown,
    /// Its molar mass: mass and substance convert, and equivalents where its charge is known too.
    Molar {
        /// In g/mol; of creatinine, where the value is a ratio to creatinine.
        mass: Exact,
        /// Charges of one molecule.
        valence: Option<Exact>,
    },
    /// An enzyme: U, IU and katal convert, 1 U being 1 µmol/min.
    Enzyme,
    /// Something in arbitrary units: U is a way to write IU, and neither converts to anything else.
    Arbitrary,
    /// Glycated haemoglobin: per cent (NGSP) and mmol/mol (IFCC) convert by the master equation.
    GlycatedHaemoglobin,
}

impl Unit {
    /// The unit written so; `None` where it is not known. Case, spaces, brackets, full-width letters and the many
    /// signs for micro, times and powers do not matter.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::Unit;
    /// assert_eq!(Unit::from_text("μmol / L"), Unit::from_text("umol/L"));
    /// assert_eq!(Unit::from_text("×10⁹/L"), Unit::from_text("K/uL"));
    /// assert_eq!(Unit::from_text("furlong"), None);
    /// // What a body filters, and the same scaled to 1.73 m², are different quantities.
    /// assert_ne!(Unit::from_text("mL/min").unwrap().dimension, Unit::from_text("mL/min/1.73m2").unwrap().dimension);
    /// ```
    pub fn from_text(text: &str) -> Option<Unit> {
        Unit::read(text).ok()
    }

    /// The unit written so.
    ///
    /// # Errors
    ///
    /// [`Refusal::UnknownUnit`], or [`Refusal::Misprint`] with what was probably meant.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::{Refusal, Unit};
    /// assert_eq!(Unit::read("X_10-3/uL"), Err(Refusal::Misprint("10*3/uL"))); // a thousandth, to the letter
    /// assert_eq!(Unit::read("tablets"), Err(Refusal::UnknownUnit));
    /// ```
    pub fn read(text: &str) -> Result<Unit, Refusal> {
        let name = plain(text);
        if let Some((_, meant)) = MISPRINTS.iter().find(|(slip, _)| *slip == name) {
            return Err(Refusal::Misprint(meant));
        }
        parse(&name).ok_or(Refusal::UnknownUnit)
    }
}

impl BoundUnit {
    /// The unit written so, `xULN` and `xLLN` among them.
    ///
    /// An amount of alcohol may be counted in the units that a criterion defines: `unit(10 mL ethanol)/d`,
    /// `unit(14 g ethanol)/wk`.
    pub fn from_text(text: &str) -> Option<BoundUnit> {
        match plain(text).as_str() {
            "xuln" | "uln" => Some(BoundUnit::TimesUpperLimit),
            "xlln" | "lln" => Some(BoundUnit::TimesLowerLimit),
            name => drink_unit(name).or_else(|| Unit::from_text(text)).map(BoundUnit::Of),
        }
    }
}
