#![doc = include_str!("../README.md")]

mod amend;
pub mod batch;
pub mod diagnostic;
mod digest;
mod evaluate;
mod explain;
pub mod import;
mod json;
mod lint;
pub mod log;
mod model;
mod plan;
pub mod read;
mod receipt;
#[cfg(feature = "seal")]
pub mod seal;
mod sort;
mod truth;
#[cfg(all(target_arch = "wasm32", any(feature = "check", feature = "seal")))]
mod wasm;
mod why;

pub use amend::{
    Activation, Amendment, Became, CohortChange, CriterionChange, Effect, FieldChange, Held, InForce, Move, Part,
    PartChange, Person, Reassessed, Reassessment, VerdictChange, amend, in_force, reassess,
};
pub use diagnostic::{Code, Diagnostic, Severity, Span, Warned};
pub use evaluate::*;
pub use explain::{
    CriterionExplanation, CriterionOtherwise, Explanation, FactWords, Locale, Otherwise, Outcome, Reader, ToFind,
    explain, otherwise, review,
};
pub use lint::{count_syllables, lint, lint_document, reading_grade};
pub use model::concept::{Concept, Kind};
pub use model::criterion::{Category, Criterion, CriterionSource, CriterionText, Retest, Stage};
pub use model::date::{Between, Date, Day, Instant, NotADate, Period, When};
pub use model::decimal::{Decimal, Exact, NotADecimal};
pub use model::derivation::sources_of;
pub use model::expression::{
    AtLeast, Bound, Change, Compare, Conditional, Direction, Elapsed, Expression, IsOneOf, Judgement, Lasting, Present,
    Select, Unread,
};
pub use model::formula::{Formula, Input as FormulaInput, ckd_epi_2021};
pub use model::medicine::{DOSE_CLASSES, DoseClass, Equivalent, classes_of, members_of};
pub use model::moment::{Anchors, AsOf};
pub use model::name::Name;
pub use model::quantity::{Comparator, Conversion, End, Interval, Quantity};
pub use model::question::{AnswerKind, Checklist, CourseAnswer, Plausible, QuantityAnswer, Question, QuestionText};
pub use model::record::{Absence, Fact, FactId, FactValue, Record, Respondent, Status, Subject};
pub use model::refusal::Refusal;
pub use model::reviewed::{Approved, Reviewed, Score, Translated};
pub use model::route::Route;
pub use model::table::Table;
pub use model::trial::{
    Approval, Arm, Cohort, Contact, Design, Eligibility, FORMAT, Faq, Identifier, Intervention, Localized, Publication,
    Site, Source, Trial, Version,
};
pub use model::unit::{BoundUnit, Dimension, Substance, Unit};
pub use model::window::{Anchor, Duration, NotADuration, TimeUnit, Whichever, Window};
pub use model::wording::{Phrase, Wording, wording};
pub use plan::{
    Ask, AskItem, AskText, Asking, Plan, PlanOfAll, Served, Settled, Stop, next_question, next_question_of_all,
    question,
};
pub use read::Language;
pub use receipt::{Receipt, receipt};
pub use truth::Truth;
pub use why::{Answer, Bounds, CriterionWhy, Cure, Decides, Finding, NearMiss, Outlook, Way, Why, outlook, why};

/// The engine's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
