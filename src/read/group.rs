//! "Any, all, at least N of the following": how the items under another one hang together.

use super::fold::Glyph;
use super::words::{phrase, words};

/// How many of the items under a parent must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    All,
    Any,
    AtLeast(u32),
    /// Not one; only ever said by nothing else than that.
    None,
}

/// What a parent says about the items under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) many: Many,
    /// It says nothing else: the items can be understood without it.
    pub(super) pure: bool,
}

const ALL: [&str; 12] = [
    "all of the following",
    "each of the following",
    "both of the following",
    "all the following",
    "all of these",
    "all following",
    "以下所有",
    "以下全部",
    "下列所有",
    "同时满足以下",
    "同时符合以下",
    "同时满足下列",
];
const ANY: [&str; 20] = [
    "any of the following",
    "any one of the following",
    "one of the following",
    "either of the following",
    "any of these",
    "one or more of the following",
    "at least one of the following",
    "at least 1 of the following",
    "any one or more of the following",
    "1 or more of the following",
    "以下任一",
    "以下任何一",
    "以下任意一",
    "下列任一",
    "下列任何一",
    "下列任意一",
    "以下情况之一",
    "下列情况之一",
    "以下条件之一",
    "下列条件之一",
];
const DENIES: [&str; 18] = [
    "none",
    "not",
    "no",
    "without",
    "except",
    "unless",
    "excluding",
    "neither",
    "never",
    "exception",
    "除",
    "无",
    "不",
    "没有",
    "未",
    "if",
    "other",
    "exceptions",
];
const FILLERS: [&str; 40] = [
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "must",
    "should",
    "have",
    "has",
    "having",
    "meet",
    "meets",
    "meeting",
    "satisfy",
    "fulfil",
    "fulfill",
    "who",
    "with",
    "the",
    "a",
    "an",
    "criteria",
    "criterion",
    "conditions",
    "at",
    "least",
    "of",
    "following",
    "any",
    "all",
    "presence",
    "be",
    "as",
    "defined",
    "by",
    "and",
    "presenting",
    "meets",
    "will",
];

/// "None of the following", and nothing else.
fn denies_all(said: &str) -> bool {
    const NONE: [&str; 10] = [
        "none of the following",
        "none of the following conditions",
        "must have none of the following",
        "patients with none of the following",
        "has none of the following",
        "have none of the following",
        "无以下任一情况",
        "无以下任何情况",
        "无下列任一情况",
        "无下列任何情况",
    ];
    NONE.contains(&said)
}

/// What a parent says; `None` where it cannot be told.
pub(super) fn group(parent: &[Glyph]) -> Option<Group> {
    let words = words(parent, 60);
    let said = phrase(&words);
    if denies_all(&said) {
        return Some(Group { many: Many::None, pure: true });
    }
    if words.len() >= 60 || words.iter().any(|word| DENIES.contains(&word.text.as_str())) {
        return None;
    }
    let chinese = !said.is_ascii();
    if chinese && DENIES.iter().any(|word| !word.is_ascii() && said.contains(word)) {
        return None;
    }
    let all = ALL.iter().find(|phrase| said.contains(**phrase)).map(|phrase| (Many::All, *phrase));
    let counted = counted(&said);
    let any = ANY.iter().find(|phrase| said.contains(**phrase)).map(|phrase| (Many::Any, *phrase));
    let many = match (all, counted, any) {
        (Some((many, _)), None, None) | (None, None, Some((many, _))) | (None, Some(many), None) => many,
        // "at least one of the following" is counted and any at once.
        (None, Some(Many::AtLeast(1)), Some((many, _))) => many,
        (None, Some(Many::AtLeast(count)), Some((Many::Any, "one of the following"))) => Many::AtLeast(count),
        _ => return None,
    };
    let known = |text: &str| {
        FILLERS.contains(&text)
            || number(text).is_some()
            || matches!(text, "either" | "each" | "both" | "or" | "more" | "these")
    };
    let pure = if chinese {
        words.len() == 1 && said.chars().count() <= 14
    } else {
        words.iter().all(|word| known(&word.text))
    };
    Some(Group { many, pure })
}

fn number(text: &str) -> Option<u32> {
    const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let spelled = NUMBERS.iter().position(|known| *known == text).and_then(|at| u32::try_from(at + 1).ok());
    spelled.or_else(|| text.parse().ok().filter(|count| *count < 100))
}

/// "at least two of the following", "3 or more of the following".
fn counted(said: &str) -> Option<Many> {
    if let Some((before, _)) = said.split_once(" of the following") {
        let mut words = before.split(' ').rev();
        let last = words.next()?;
        if last == "more" && words.next() == Some("or") {
            return words.next().and_then(number).map(Many::AtLeast);
        }
        let count = number(last)?;
        let least = words.next() == Some("least") && words.next() == Some("at");
        return least.then_some(Many::AtLeast(count));
    }
    let (_, after) = said.split_once("至少")?;
    let digit = after.chars().next()?;
    let count = "一二三四五六七八九".chars().position(|known| known == digit).map(|at| at + 1);
    let count = count.and_then(|count| u32::try_from(count).ok()).or_else(|| digit.to_digit(10))?;
    let listed = (said.contains("以下") || said.contains("下列"))
        && after.chars().nth(1).is_some_and(|c| matches!(c, '项' | '条' | '种' | '个'));
    listed.then_some(if count == 1 { Many::Any } else { Many::AtLeast(count) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fold::fold;

    fn said(text: &str) -> Option<(Many, bool)> {
        group(&fold(text)).map(|group| (group.many, group.pure))
    }

    #[test]
    fn what_a_parent_says() {
        assert_eq!(said("Any of the following:"), Some((Many::Any, true)));
        assert_eq!(said("Patients must have at least two of the following:"), Some((Many::AtLeast(2), true)));
        assert_eq!(said("Two or more of the following risk factors:"), Some((Many::AtLeast(2), false)));
        assert_eq!(said("At least one of the following:"), Some((Many::Any, true)));
        assert_eq!(said("History of all of the following:"), Some((Many::All, false)));
        assert_eq!(said("None of the following:"), Some((Many::None, true)));
        assert_eq!(said("None of the following in the past year:"), None);
        assert_eq!(said("Cardiac disease:"), None);
        assert_eq!(said("至少2项以下条件："), Some((Many::AtLeast(2), true)));
    }
}
