//! What a sentence may have said before its sign was lost. None of it counts until a person accepts it.

use crate::diagnostic::Code;
use crate::model::criterion::Category;
use crate::model::expression::Expression;

use super::{Language, criteria};

/// What is left where a sign of comparison was lost.
const LOST: [&str; 11] = ["(Bullet)", "=", "³", "£", "?", "》", "《", "〉", "〈", "\u{FFFD}", "●"];

/// A way to read a sentence that cannot be read as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The sentence with the signs that it may have had.
    pub words: String,
    /// What it asks then.
    pub expression: Expression,
}

/// What a sentence whose sign of comparison was lost may have said: at least, or at most, the two that are lost most
/// often; the one for all its lost signs. Nothing where no sign was lost, or where it is not computed even then.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Category, Language, read};
/// let said = read::suggestions("Platelets = 100 x 10^9/L", Category::Inclusion, Language::English);
/// let words: Vec<&str> = said.iter().map(|one| one.words.as_str()).collect();
/// assert_eq!(words, ["Platelets ≥ 100 x 10^9/L", "Platelets ≤ 100 x 10^9/L"]);
/// assert!(read::suggestions("Platelets > 100 x 10^9/L", Category::Inclusion, Language::English).is_empty());
/// assert!(read::suggestions("Able to walk", Category::Inclusion, Language::English).is_empty());
/// ```
pub fn suggestions(sentence: &str, category: Category, language: Language) -> Vec<Suggestion> {
    let lost = |code: Code| code == Code::LostComparator;
    if !criteria(&listed(sentence, category, language), language).diagnostics.iter().any(|found| lost(found.code)) {
        return Vec::new();
    }
    let read = |sign: &str| {
        let words = signed(sentence, sign)?;
        let read = criteria(&listed(&words, category, language), language);
        let [criterion] = <[_; 1]>::try_from(read.output).ok()?;
        let said = |leaf: &&Expression| matches!(leaf, Expression::Unread(_) | Expression::Judgement(_));
        let computed = !criterion.expression.leaves().iter().any(said) && criterion.category == category;
        computed.then_some(Suggestion { words, expression: criterion.expression })
    };
    ["≥", "≤"].into_iter().filter_map(read).collect()
}

/// The sentence as the only item of its list.
fn listed(sentence: &str, category: Category, language: Language) -> String {
    let heading = match (category, language) {
        (Category::Inclusion, Language::English) => "Inclusion criteria:",
        (Category::Exclusion, Language::English) => "Exclusion criteria:",
        (Category::Inclusion, Language::Chinese) => "入选标准：",
        (Category::Exclusion, Language::Chinese) => "排除标准：",
    };
    format!("{heading}\n\n* {}", sentence.trim().replace('\n', "\n  "))
}

/// The sentence with a sign wherever one was lost before a number; `None` where none was.
fn signed(sentence: &str, sign: &str) -> Option<String> {
    let mut words = String::with_capacity(sentence.len());
    let mut rest = sentence;
    let mut found = false;
    while let Some(c) = rest.chars().next() {
        let after = LOST.iter().find_map(|lost| rest.strip_prefix(lost));
        let numbered = |after: &&str| after.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let compared = words.ends_with(['<', '>', '≥', '≤']);
        if let Some(after) = after.filter(numbered).filter(|_| !compared) {
            words.push_str(sign);
            rest = after;
            found = true;
        } else {
            words.push(c);
            rest = rest.get(c.len_utf8()..)?;
        }
    }
    found.then_some(words)
}
