//! What is shared, and its bounds.

use serde::Serialize;

/// What is in a sealed text. Every text is shorter than its bound and holds no control character; the words of a note
/// may hold line feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Content {
    /// The trial's id, or those of several with a `+` between them, at most 2,100 bytes.
    pub trial: String,
    /// The first 16 digits of the SHA-256 of the trial document, as in a receipt; of several documents, their exclusive or.
    pub document: String,
    /// The moment of sealing: `2026-03-15T14:30+08:00`, or a day.
    pub made: String,
    /// The last day on which our page opens it: a courtesy, as whoever has link and passcode can open it elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// `en` or `zh-CN`.
    pub locale: String,
    /// `patient`, `caregiver` or `staff`.
    pub respondent: String,
    /// The outcome on that day: `may-fit`, `cannot-tell` or `not-now`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Whether the person went on after the outcome was known.
    #[serde(rename = "goOn")]
    pub go_on: bool,
    /// The answers, in the order in which they were given; at most 200.
    pub answers: Vec<Answered>,
    /// Notes; at most 100.
    pub notes: Vec<Note>,
}

/// One answer as it was typed and ticked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The id of the question, at most 2,000 bytes.
    pub question: String,
    /// The day on which it was given, where that was another than the day of sealing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The names and values of the form's fields, in their order; at most 100.
    pub fields: Vec<[String; 2]>,
}

impl Answered {
    /// An answer of the day of sealing.
    pub fn new(question: &str, fields: &[(&str, &str)]) -> Answered {
        let fields = fields.iter().map(|(name, value)| [(*name).to_owned(), (*value).to_owned()]).collect();
        Answered { question: question.to_owned(), day: None, fields }
    }
}

/// A note on a block of text, or on words in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Which block, at most 2,100 bytes: that of a question has its id.
    pub block: String,
    /// The words it is about, at most 1,000 bytes; none where it is about the whole block.
    pub exact: String,
    /// Where they begin in the block, in UTF-16 units.
    pub start: u32,
    /// What the person wrote, at most 4,000 bytes.
    pub text: String,
}

/// The content is larger than its bounds, or a field is not of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

impl Content {
    /// Whether every field is within its bounds and of its form.
    pub(super) fn is_sound(&self) -> bool {
        let known = |options: &[&str], text: &str| options.contains(&text);
        plain(&self.trial, 1, 2100)
            && is_digest(&self.document)
            && is_moment(&self.made)
            && self.ends.as_deref().is_none_or(is_day)
            && known(&["en", "zh-CN"], &self.locale)
            && known(&["patient", "caregiver", "staff"], &self.respondent)
            && self.outcome.as_deref().is_none_or(|outcome| known(&["may-fit", "cannot-tell", "not-now"], outcome))
            && self.answers.len() <= 200
            && self.answers.iter().all(Answered::is_sound)
            && self.notes.len() <= 100
            && self.notes.iter().all(Note::is_sound)
    }
}

impl Answered {
    fn is_sound(&self) -> bool {
        plain(&self.question, 1, 2000)
            && self.day.as_deref().is_none_or(is_day)
            && self.fields.len() <= 100
            && self.fields.iter().all(|[name, value]| plain(name, 1, 100) && plain(value, 0, 500))
    }
}

impl Note {
    fn is_sound(&self) -> bool {
        let lines = self.text.replace('\n', " ");
        plain(&self.block, 1, 2100) && plain(&self.exact, 0, 1000) && plain(&lines, 1, 4000)
    }
}

fn plain(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && !text.chars().any(char::is_control)
}

fn is_digest(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether the digits stand where they belong; the engine reads what they say.
fn shaped(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, place)| match place {
            b'0' => byte.is_ascii_digit(),
            b'+' => byte == b'+' || byte == b'-',
            other => byte == other,
        })
}

fn is_day(text: &str) -> bool {
    shaped(text, "0000-00-00")
}

fn is_moment(text: &str) -> bool {
    is_day(text) || shaped(text, "0000-00-00T00:00+00:00")
}
