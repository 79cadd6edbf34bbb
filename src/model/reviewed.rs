//! What was done with a document's words, in one language, before people read them.

use serde::{Deserialize, Serialize};

use crate::model::date::Date;

/// The words of a trial document in one language, as they were when somebody looked them over.
///
/// Recruitment texts are material for an ethics committee: a document that names its approval is refused once a word of
/// it is another. Where nobody approved them, another word is a warning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reviewed {
    /// SHA-256, in lower-case hexadecimal digits, of all words in this language but those for staff: one line for each,
    /// its path of keys, ` = ` and the text in quotes, sorted by bytes, each with a line feed behind it.
    pub digest: String,
    /// The words that these were translated from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translated: Option<Translated>,
    /// How clear the words are, by an index of clear writing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<Score>,
    /// Who approved them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
}

/// The words in another language, as they were when they were translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Translated {
    /// Their language.
    pub from: String,
    /// Their digest.
    pub digest: String,
}

/// What an index of clear writing gives for the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Score {
    /// Its name.
    pub index: String,
    /// Points out of a hundred, rounded down.
    pub points: u32,
    /// Who scored, and how.
    pub by: String,
    /// When.
    pub on: Date,
}

/// The decision of an ethics committee or institutional review board on the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Approved {
    /// Its name.
    pub board: String,
    /// Its reference.
    pub reference: String,
    /// When.
    pub on: Date,
}
