//! Which column of a file says what: plain data that its owner may keep.

use serde::Serialize;

use crate::import::readable::{codes, fields};
use crate::model::concept::{Concept, Kind};
use crate::model::expression::Expression;
use crate::model::record::{Respondent, Status, Subject};
use crate::model::trial::Trial;
use crate::model::window::Window;

/// What the columns of a file say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mapping {
    /// The columns that say something, in any order.
    pub columns: Vec<ColumnMapping>,
    /// Texts that mean that nothing is known, besides none at all.
    pub unknown: Vec<String>,
    /// The offset of the clock that times without one were read from, such as `+08:00`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub offset: String,
}

/// What one column says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnMapping {
    /// Its name in the first line of the file.
    pub column: String,
    /// What it is about.
    pub subject: Subject,
    /// Which part of a fact it gives.
    pub part: PartOfFact,
    /// The unit of its numbers, where they have none beside them. None is guessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What yes and no are said of: now, ever, planned, any of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The window that they are said of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Window>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Respondent>,
}

/// A part of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartOfFact {
    /// The number.
    Value,
    /// Yes or no.
    Presence,
    /// One of the codes.
    Code,
    /// The date of the event.
    Date,
    /// The unit of the number.
    Unit,
    /// The upper limit of normal that came with it.
    UpperLimit,
    /// The lower limit.
    LowerLimit,
    /// When it was measured, or when it happened.
    On,
}

codes!(PartOfFact {
    Value "value", Presence "presence", Code "code", Date "date", Unit "unit", UpperLimit "upper-limit",
    LowerLimit "lower-limit", On "on",
});
fields!(ColumnMapping {
    column "column" !, subject "subject" !, part "part" !, unit "unit" ?, status "status" ?, within "within" ?,
    source "source" ?,
});
fields!(Mapping { columns "columns" !, unknown "unknown" ?, offset "offset" (String::new()) });

/// Letters and digits alone.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Endings of names, and the part that they mean.
const ENDINGS: [(&str, PartOfFact); 10] = [
    ("upperlimit", PartOfFact::UpperLimit),
    ("uln", PartOfFact::UpperLimit),
    ("lowerlimit", PartOfFact::LowerLimit),
    ("lln", PartOfFact::LowerLimit),
    ("unit", PartOfFact::Unit),
    ("units", PartOfFact::Unit),
    ("date", PartOfFact::On),
    ("on", PartOfFact::On),
    ("上限", PartOfFact::UpperLimit),
    ("单位", PartOfFact::Unit),
];

impl Mapping {
    /// What columns with these names may say, by the names and codes of the vocabulary: to be looked over before use.
    ///
    /// A unit in brackets behind a name is its unit. What yes and no are said of is what the trials ask, where they all
    /// ask the same. Columns whose names say nothing are left out.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::batch::{Mapping, PartOfFact};
    /// let mapping = Mapping::suggested(["Patient", "ALT (U/L)", "alt_uln", "1920-8", "Sex"], &[]);
    /// let found: Vec<_> = mapping.columns.iter().map(|one| (one.subject.key(), one.part)).collect();
    /// let [value, limit] = [PartOfFact::Value, PartOfFact::UpperLimit];
    /// assert_eq!(found, [("alt".into(), value), ("alt".into(), limit), ("ast".into(), value), ("sex".into(), PartOfFact::Code)]);
    /// assert_eq!(mapping.columns[0].unit.as_deref(), Some("U/L"));
    /// ```
    pub fn suggested<'n>(names: impl IntoIterator<Item = &'n str>, trials: &[&Trial]) -> Mapping {
        let columns = names.into_iter().filter_map(|name| ColumnMapping::suggested(name, trials)).collect();
        let unknown = ["NA", "N/A", "null", "unknown", "?", "-"].map(str::to_owned).to_vec();
        Mapping { columns, unknown, offset: String::new() }
    }
}

impl ColumnMapping {
    fn suggested(name: &str, trials: &[&Trial]) -> Option<ColumnMapping> {
        let (bare, unit) = match name.split_once(['(', '[', '（']) {
            Some((bare, rest)) => (bare, Some(rest.trim().trim_end_matches([')', ']', '）']).trim().to_owned())),
            None => (name, None),
        };
        let bare = plain(bare);
        let whole = |wanted: &str| {
            let is = |concept: &&Concept| {
                [concept.id, concept.english, concept.chinese, concept.loinc].iter().any(|own| plain(own) == wanted)
            };
            Concept::all().find(is).filter(|_| !wanted.is_empty())
        };
        let (concept, part) = match whole(&bare) {
            Some(concept) => {
                let part = match concept.kind {
                    Kind::Quantity | Kind::Dose => PartOfFact::Value,
                    Kind::Presence => PartOfFact::Presence,
                    Kind::Code => PartOfFact::Code,
                    Kind::Date => PartOfFact::Date,
                };
                (concept, part)
            }
            None => ENDINGS.iter().find_map(|(ending, part)| Some((whole(bare.strip_suffix(ending)?)?, *part)))?,
        };
        let subject = Subject::concept(concept.id);
        let (status, within) = if part == PartOfFact::Presence { asked(&subject, trials) } else { (None, None) };
        let unit = unit.filter(|unit| part == PartOfFact::Value && !unit.is_empty());
        Some(ColumnMapping { column: name.to_owned(), subject, part, unit, status, within, source: None })
    }
}

/// What trials ask of something that is there or not, where they all ask the same.
fn asked(subject: &Subject, trials: &[&Trial]) -> (Option<Status>, Option<Window>) {
    let leaves = trials.iter().flat_map(|trial| &trial.eligibility.criteria).flat_map(|one| one.expression.leaves());
    let mut asked = leaves.filter_map(|leaf| match leaf {
        Expression::Present(present) if present.subject == *subject => Some((present.status, present.window.clone())),
        Expression::Present(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)
        | Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => None,
    });
    let Some((status, window)) = asked.next() else { return (None, None) };
    if asked.all(|other| other == (status, window.clone())) { (Some(status), window) } else { (None, None) }
}
