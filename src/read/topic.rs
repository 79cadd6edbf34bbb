//! Headings that begin no list: the people or the topic of what follows.

use super::fold::Glyph;
use super::line::{Line, Style};
use super::people::{all, chinese_family, family, mentions, study};
use super::section::heading;
use super::words::{Word, phrase, words};

/// The people and the topic, where the items cannot be understood without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Topic<'g> {
    pub(super) population: Option<&'g [Glyph]>,
    pub(super) context: Option<&'g [Glyph]>,
    /// For which lists it holds.
    pub(super) lists: Lists,
    /// It says "eligibility criteria", and not which.
    pub(super) unsaid: bool,
}

/// For which lists the people of a heading are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lists {
    /// The one that it stands in.
    #[default]
    Own,
    /// That behind it, and those after that where each group has its own.
    Next,
    /// All that follow.
    All,
}

/// Headings that say nothing about the items under them.
const TOPICS: [&str; 31] = [
    "general",
    "age",
    "sex",
    "gender",
    "performance status",
    "life expectancy",
    "hematopoietic",
    "haematopoietic",
    "hepatic",
    "renal",
    "cardiovascular",
    "pulmonary",
    "other",
    "others",
    "main criteria",
    "general criteria",
    "medical history",
    "patient history",
    "laboratory",
    "laboratory values",
    "laboratory tests",
    "demographics",
    "clinical",
    "imaging",
    "medical",
    "note",
    "age and sex",
    "additional criteria",
    "other criteria",
    "clinical criteria",
    "general inclusion",
];
/// Last words of headings that say nothing about the items under them.
const VAGUE: [&str; 6] = ["characteristics", "considerations", "requirements", "parameters", "other", "others"];
const UNSAID: [&str; 4] = ["eligibility criteria", "eligibility", "selection criteria", "entry criteria"];

/// What stands around a line.
#[derive(Clone, Copy)]
pub(super) struct Around<'l, 'g> {
    pub(super) next: Option<&'l Line<'g>>,
    /// Nothing stands between the line and a heading.
    pub(super) fresh: bool,
    /// It stands under a heading for some of the people.
    pub(super) among: bool,
}

/// "Group 2" alone before the title of a list.
pub(super) fn names_lists(line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let words = words(line.body, 7);
    let label = line.style == Style::Plain && line.indent == 0 && words.len() < 7 && family(&words).is_some();
    label && next.is_some_and(is_title)
}

fn is_title(line: &Line<'_>) -> bool {
    heading(line.body, line.style == Style::Plain).is_some_and(|heading| !heading.sentence)
}

/// A paragraph above a list.
pub(super) fn subheading<'g>(line: &Line<'g>, around: Around<'_, 'g>) -> Option<Topic<'g>> {
    let next = around.next?;
    let words = words(line.body, 14);
    let said = phrase(&words);
    let colon = line.body.last().is_some_and(|glyph| matches!(glyph.sign, ':' | '-'));
    if said.contains("following") || said.contains("以下") || said.contains("下列") || words.is_empty() {
        return None;
    }
    let body = if colon { line.body.get(..line.body.len().saturating_sub(1))? } else { line.body };
    let whom = |population| Some(Topic { population: Some(population), ..Topic::default() });
    if names_lists(line, around.next) {
        return Some(Topic { population: Some(body), lists: Lists::Next, ..Topic::default() });
    }
    // "Biomarker sub-study:" above headings of its own
    if colon && study(&words) && is_title(next) {
        return Some(Topic { population: Some(body), lists: Lists::All, ..Topic::default() });
    }
    // "Patients must have begun a treatment. -"
    let stopped =
        line.body.iter().any(|glyph| glyph.sign == '.') && line.body.last().is_some_and(|last| last.sign == '-');
    if line.style != Style::Plain || words.len() > 12 || stopped {
        return None;
    }
    if UNSAID.contains(&said.as_str()) && (colon || around.fresh) {
        return Some(Topic { unsaid: true, ..Topic::default() });
    }
    let listed = next.style != Style::Plain && (next.after_blank || colon);
    let above = line.indent == 0 && (listed || next.indent > 0);
    // An indented title between items of the margin: the items before it are not its own.
    let between = colon && line.after_blank && line.indent > next.indent && next.style != Style::Plain;
    let short = colon && line.indent == 0 && words.len() <= 4 && next.after_blank;
    let beside = short && around.among && mentions(&words);
    // "Group 1 (PSD)"
    let until = line.body.iter().position(|glyph| glyph.sign == '(').unwrap_or(line.body.len());
    let label: Vec<Word> = words.iter().filter(|word| word.from < until).cloned().collect();
    let part_of_all = words.len() <= 14 && listed && (line.after_blank || around.fresh) && labelled(&words);
    let begun = next.style != Style::Plain && next.number == Some(1) || family(&label).is_some() && listed;
    let bare =
        !colon && above && begun && words.len() <= 8 && (line.after_blank || around.fresh) && titled(line, &words);
    // "For patients with gout", where others stood before it with a colon
    let for_whom = around.among
        && above
        && line.after_blank
        && words.len() <= 8
        && words.first().is_some_and(|first| first.text == "for")
        && mentions(&words);
    // "[Expansion Part]"
    let enclosed = above
        && line.after_blank
        && line.body.first().is_some_and(|glyph| glyph.sign == '[')
        && line.body.last().is_some_and(|glyph| glyph.sign == ']')
        && mentions(&words);
    if enclosed {
        return whom(line.body.get(1..line.body.len().saturating_sub(1))?);
    }
    if !(colon && above || between || beside || bare || for_whom || part_of_all && line.indent == 0) {
        return None;
    }
    let vague = words.last().is_some_and(|word| VAGUE.contains(&word.text.as_str()));
    if TOPICS.contains(&said.as_str()) || vague || all(&words) || said == "clinical conditions" {
        return Some(Topic::default());
    }
    let chinese = ["患者", "受试者", "志愿者", "女性", "男性", "儿童", "对照", "供者", "受者"];
    // "Adults (18 years or older) who:" asks for something of everybody.
    if asks(&words) {
        return Some(Topic { context: Some(body), ..Topic::default() });
    }
    let named = part_of_all || family(&label).is_some() || chinese_family(&said).is_some();
    if named || for_whom || colon && (mentions(&words) || chinese.iter().any(|people| said.contains(people))) {
        return whom(body);
    }
    Some(Topic { context: Some(body), ..Topic::default() })
}

/// "Cohort A Heart failure with a weak heart": a name of some of the people, and what they have.
fn labelled(words: &[Word]) -> bool {
    const FAMILY: [&str; 5] = ["cohort", "group", "arm", "part", "stratum"];
    let [of, label, rest @ ..] = words else { return false };
    let short = label.text.len() == 1 && label.text.chars().all(|c| c.is_ascii_alphanumeric());
    FAMILY.contains(&of.text.as_str()) && short && !rest.is_empty() && !asks(rest)
}

/// It bids, or breaks off where what is asked begins.
fn asks(words: &[Word]) -> bool {
    const BIDS: [&str; 6] = ["must", "should", "shall", "need", "required", "have"];
    const OPEN: [&str; 7] = ["who", "that", "with", "whose", "are", "is", "has"];
    words.iter().any(|word| BIDS.contains(&word.text.as_str()))
        || words.last().is_some_and(|word| OPEN.contains(&word.text.as_str()))
}

/// Every word of it but the small ones begins with a capital letter, and it is no sentence.
fn titled(line: &Line<'_>, words: &[Word]) -> bool {
    let small = ["of", "or", "and", "for", "the", "in", "to", "with", "a", "an", "on"];
    let until = line.body.iter().position(|glyph| glyph.sign == '(').unwrap_or(line.body.len());
    let capital = |word: &Word| {
        word.from >= until
            || small.contains(&word.text.as_str())
            || word.from > 0 && line.body.get(word.from - 1).is_some_and(|glyph| glyph.sign == '-')
            || line.body.get(word.from).is_some_and(|glyph| glyph.sign.is_uppercase() || glyph.sign.is_ascii_digit())
    };
    let last = line.body.last().is_some_and(|glyph| glyph.sign.is_alphanumeric() || glyph.sign == ')');
    let first = line.body.first().is_some_and(|glyph| glyph.sign.is_uppercase());
    first && last && words.iter().all(capital)
}
