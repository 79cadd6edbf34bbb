//! What is wrong, where, and what to do.

use serde::{Deserialize, Serialize};

/// A place in a text: byte offsets, the end excluded.
///
/// Inside the crate offsets count bytes of UTF-8; at the JavaScript door they become UTF-16 units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing usable came of it.
    Error,
    /// Usable, but something was left out or is doubtful.
    Warning,
    /// Worth knowing.
    Note,
}

/// The stable name of a kind of problem. Every code has a case under `tests/cases/diagnostic/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The bytes are not UTF-8 text.
    WrongEncoding,
    /// The text is larger than the limit.
    TooLarge,
    /// Objects and lists are nested deeper than the limit.
    TooDeep,
    /// A text is longer than the limit.
    TooLong,
    /// There is more of something than the limit.
    TooMany,
    /// There is nothing in the file.
    Empty,
    /// The text is not JSON.
    NotJson,
    /// The text is JSON that stops before its end.
    Truncated,
    /// JSON, but not a document this crate knows.
    NotATrial,
    /// A trial document of a later format version.
    LaterVersion,
    /// A key that the format does not have.
    UnknownKey,
    /// The same key twice in one object.
    DuplicateKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value of another type than the key takes.
    WrongType,
    /// A value outside the fixed list that the key takes.
    UnknownValue,
    /// A number that is not an exact decimal.
    BadNumber,
    /// A date or time that does not exist or is not written as ISO 8601.
    BadDate,
    /// A length of time that cannot be read.
    BadDuration,
    /// A concept that is in no vocabulary row.
    DanglingConcept,
    /// A question for something that no criterion uses.
    UnusedQuestion,
    /// Something a criterion uses that no question asks for.
    MissingQuestion,
    /// A cohort that the trial does not define.
    DanglingCohort,
    /// Two things with one id.
    DuplicateId,
    /// A window that ends before it begins.
    ImpossibleWindow,
    /// A range that no value lies in.
    EmptyRange,
    /// A comparison without any bound, or a group without any part.
    EmptyExpression,
    /// A count that a group can never or always reach.
    ImpossibleCount,
    /// A unit that cannot be compared with the concept's own.
    IncomparableUnit,
    /// A bound or value without the unit it needs.
    MissingUnit,
    /// A text that lacks one of the document's languages.
    MissingTranslation,
    /// Words that are not the ones that were approved or looked over.
    AlteredWording,
    /// Words in one language that were translated from others than there are now.
    StaleTranslation,
    /// A fact that could not be read and was left out.
    UnreadableFact,
    /// A value that hardly any person has.
    ImplausibleValue,
    /// An event dated after the day it is judged from.
    FutureDate,
    /// Nothing was entered.
    NoAnswer,
    /// An answer to a question that the trial does not ask.
    UnknownQuestion,
    /// Criteria that can never all pass.
    Contradiction,
    /// A criterion that nobody can pass.
    NeverPasses,
    /// A criterion that nobody can fail.
    NeverFails,
    /// A cohort that nobody can get into, or that no criterion names.
    UnreachableCohort,
    /// A bound that hardly anybody's value lies near.
    ImplausibleBound,
    /// A "not" in the scope of another.
    DoubleNegation,
    /// Words that deny what the expression asks for.
    NegatedWording,
    /// A question for a number or a date that does not say where it stands.
    MissingPlace,
    /// A patient's question that takes more than eight years of school to read.
    HardToRead,
    /// A question to the patient for what only staff can know.
    NotForPatients,
    /// A criterion that nobody can answer.
    NobodyAnswers,
    /// A question or a checklist that is put to nobody.
    NeverAsked,
    /// A checklist with one item.
    ShortChecklist,
    /// Criteria of which it cannot be told whether they include or exclude.
    DoubtfulList,
    /// One of the two lists of criteria has no heading.
    MissingList,
    /// A text that says it does not list all criteria.
    PartialList,
    /// A number in a text whose comparison sign was lost.
    LostComparator,
    /// A text with signs that stand where others were lost.
    CorruptText,
    /// "And", "or" and commas that could mean either.
    UnclearScope,
    /// An event that shuts out, and that the trial takes people in for.
    IndexEvent,
    /// A registry's own fields and its text that say different things.
    FieldContradicts,
    /// A record without criteria.
    NoCriteria,
    /// Several trials where one is read.
    SeveralTrials,
    /// The text is not XML.
    NotXml,
    /// A file in no format of medical records.
    NotARecord,
    /// JSON, but not a pre-screening log.
    NotALog,
    /// A line of a log that says something else than what was written.
    AlteredLine,
    /// Lines of a log that are gone.
    RemovedLine,
    /// A line of a log that was not written there.
    InsertedLine,
    /// A line of a log that stands in another place.
    MovedLine,
    /// A line of a log, or its header, that was written anew.
    ReplacedLine,
    /// A log whose last lines are gone.
    MissingEnd,
    /// An event of a log about a number that the log does not have, or has not reached.
    UnknownNumber,
    /// An event of a log that cannot follow what has happened.
    ImpossibleMove,
    /// Something in a log without its reason or its author.
    MissingReason,
    /// An assessment of a trial that a log is not of.
    ForeignTrial,
}

/// One problem in something that came from outside.
///
/// `message` says what is wrong, in lower case, with the user's own text in backticks; `help` says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// The stable name of the problem.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Where, in the text that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The other place, where there are two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Span>,
    /// Where, as a path of keys (`eligibility.criteria[3].expression`), or the id of the fact.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
}

impl Diagnostic {
    /// A problem that leaves nothing usable.
    pub fn error(code: Code, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, message.into(), help.into())
    }

    /// A problem beside which the rest is usable.
    pub fn warning(code: Code, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, message.into(), help.into())
    }

    fn new(code: Code, severity: Severity, message: String, help: String) -> Diagnostic {
        Diagnostic { code, severity, message, help, span: None, other: None, path: String::new() }
    }

    /// The same, pointing at a place in the text.
    #[must_use]
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// The same, pointing at a second place.
    #[must_use]
    pub fn and_at(mut self, other: Span) -> Diagnostic {
        self.other = Some(other);
        self
    }

    /// The same, naming the path of keys or the fact.
    #[must_use]
    pub fn on(mut self, path: impl Into<String>) -> Diagnostic {
        self.path = path.into();
        self
    }
}

/// What was read, and everything worth saying about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned<T> {
    /// What was read.
    pub output: T,
    /// What was found on the way, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Text from outside, cut to what a message can hold, with control characters shown as `�`.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String =
        text.chars().take(LONGEST).map(|c| if c.is_control() || is_direction(c) { '\u{FFFD}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Characters that reorder the text around them: shown raw they could make a message read as something else.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}
