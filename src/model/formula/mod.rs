//! Published formulas and scores: one row each, with its source, its inputs and whom it holds for.
//!
//! INVARIANT: every formula rises or falls in one direction in each of its inputs where the others stand still, so that
//! intervals go in and an interval comes out: its ends lie at corners of the box that the inputs span. A test walks
//! each input.

mod body;
mod heart;
mod kidney;
mod liver;
mod lung;
mod ratio;

pub use kidney::ckd_epi_2021;

/// A formula.
#[derive(Debug)]
pub struct Formula {
    /// The concept that it gives; of one with codes the value is the place among them, from zero.
    pub concept: &'static str,
    /// Its name in reasons.
    pub name: &'static str,
    /// Where it was published, and which of its forms this is.
    pub source: &'static str,
    /// What goes in; the first value that is known is the one whose date counts.
    pub inputs: &'static [Input],
    /// The unit of what comes out.
    pub unit: &'static str,
    /// It was made for adults and says nothing of children.
    pub adults: bool,
    /// Age in completed years goes in after the inputs.
    pub takes_age: bool,
    /// The sex goes in; where it is not known, only a formula with open inputs gives what both would.
    pub takes_sex: bool,
    /// Can these inputs be so together?
    pub(crate) fit: fn(&[f64]) -> bool,
    /// The value; the inputs in their order, then the age where it is taken.
    pub(crate) value: fn(&[f64], bool) -> f64,
}

/// What goes into a formula.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// The value of a concept in a unit; without it nothing comes out.
    Value(&'static str, &'static str),
    /// The same; where it is not known, what comes out is all that it still may be.
    Open(&'static str, &'static str),
    /// A value as a multiple of the upper limit of normal that came with that very result.
    OverUpperLimit(&'static str),
    /// The place of a coded answer among its codes, from zero; open where it is not known.
    Place(&'static str),
    /// One where any of these is there or was, or any of their kinds, which follow; zero where all of the first are
    /// denied; open where it is not known.
    Ever(&'static [&'static str], &'static [&'static str]),
    /// One where this is there now, zero where it is not; open where it is not known.
    Now(&'static str),
}

impl Input {
    /// The concepts to ask for.
    pub fn concepts(&self) -> &[&'static str] {
        match self {
            Input::Value(concept, _)
            | Input::Open(concept, _)
            | Input::OverUpperLimit(concept)
            | Input::Place(concept)
            | Input::Now(concept) => std::slice::from_ref(concept),
            Input::Ever(concepts, _) => concepts,
        }
    }

    /// Kinds of these concepts, which say as much where they are there.
    pub fn kinds(&self) -> &[&'static str] {
        match self {
            Input::Ever(_, kinds) => kinds,
            Input::Value(..) | Input::Open(..) | Input::OverUpperLimit(_) | Input::Place(_) | Input::Now(_) => &[],
        }
    }

    /// Without it nothing comes out.
    pub fn is_needed(&self) -> bool {
        match self {
            Input::Value(..) | Input::OverUpperLimit(_) => true,
            Input::Open(..) | Input::Place(_) | Input::Ever(..) | Input::Now(_) => false,
        }
    }
}

impl Formula {
    /// The formula that gives a concept.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::Formula;
    /// assert_eq!(Formula::of("bmi").unwrap().name, "weight / height²");
    /// assert!(Formula::of("weight").is_none());
    /// ```
    pub fn of(concept: &str) -> Option<&'static Formula> {
        Formula::all().find(|formula| formula.concept == concept)
    }

    /// Every formula.
    pub fn all() -> impl Iterator<Item = &'static Formula> {
        [body::ROWS, heart::ROWS, kidney::ROWS, liver::ROWS, lung::ROWS, ratio::ROWS].into_iter().flatten()
    }

    /// The concepts that go in.
    pub fn concepts(&self) -> impl Iterator<Item = &'static str> {
        self.inputs.iter().flat_map(|input| input.concepts().iter().chain(input.kinds())).copied()
    }
}

/// A row without anything: the rows say where they differ from it.
const PLAIN: Formula = Formula {
    concept: "",
    name: "",
    source: "",
    inputs: &[],
    unit: "",
    adults: false,
    takes_age: false,
    takes_sex: false,
    fit: |_| true,
    value: |_, _| f64::NAN,
};

/// An input; a missing one makes the value no number, which is refused.
fn at(inputs: &[f64], position: usize) -> f64 {
    inputs.get(position).copied().unwrap_or(f64::NAN)
}

fn within(value: f64, low: f64, high: f64) -> f64 {
    if value.is_nan() { value } else { value.max(low).min(high) }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what cannot be fails"
)]
mod tests;
