//! Words of a phrase in lower case, and what joins them.

/// Its words and marks.
pub(super) fn words(lower: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = lower;
    while let Some(first) = rest.chars().next() {
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        let length = match rest.find(|c: char| !inner(c)) {
            Some(0) => first.len_utf8(),
            Some(length) => length,
            None => rest.len(),
        };
        let (word, behind) = rest.split_at(length);
        if !first.is_whitespace() {
            found.push(word);
        }
        rest = behind;
    }
    found
}

pub(super) fn is_one_of(word: Option<&&str>, known: &[&str]) -> bool {
    word.is_some_and(|word| known.contains(word))
}

/// Of a sentence.
pub(super) const VERBS: [&str; 21] = [
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "cannot", "could", "may", "might",
    "must", "should", "shall", "does", "do", "did", "be",
];

pub(super) const RELATES: [&str; 7] = ["that", "which", "who", "whose", "whom", "where", "what"];

pub(super) const JOINS: [&str; 4] = ["or", "and", "but", "nor"];

/// Every bracket has its other side.
pub(super) fn balanced(words: &[&str]) -> bool {
    let depth = words.iter().try_fold(0_usize, |depth, word| match *word {
        "(" | "[" => Some(depth + 1),
        ")" | "]" => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}
