//! Words of a line, in lower case, each with its glyphs.

use super::fold::Glyph;

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// Its first glyph.
    pub(super) from: usize,
    /// One past its last.
    pub(super) to: usize,
}

/// The first words of a stretch, at most so many.
pub(super) fn words(text: &[Glyph], most: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (at, glyph) in text.iter().enumerate() {
        if !glyph.sign.is_alphanumeric() {
            continue;
        }
        let lower = glyph.sign.to_lowercase();
        if let Some(word) = words.last_mut().filter(|word| word.to == at) {
            word.text.extend(lower);
            word.to = at + 1;
        } else if words.len() == most {
            break;
        } else {
            words.push(Word { text: lower.collect(), from: at, to: at + 1 });
        }
    }
    words
}

/// The words with one blank between them.
pub(super) fn phrase(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The first words of a stretch, at most so many, with one blank between them.
pub(super) fn said(text: &[Glyph], most: usize) -> String {
    let mut said = String::with_capacity(text.len());
    let mut count = 0;
    let mut goes_on = false;
    for glyph in text {
        let letter = glyph.sign.is_alphanumeric();
        if letter && !goes_on {
            if count == most {
                break;
            }
            if count > 0 {
                said.push(' ');
            }
            count += 1;
        }
        if letter {
            said.extend(glyph.sign.to_lowercase());
        }
        goes_on = letter;
    }
    said
}

/// A bit for each letter.
fn letters(word: impl Iterator<Item = char>) -> u64 {
    word.fold(0, |letters, c| letters | 1 << (u32::from(c) & 63))
}

/// How many letters two words differ in, where it is at most two (an exchange of neighbours is one).
pub(super) fn near(word: &str, known: &str) -> Option<usize> {
    // Each difference brings in or takes out one letter at most.
    let (own, other) = (letters(word.chars().take(16)), letters(known.chars()));
    if (own & !other).count_ones() > 2 || (other & !own).count_ones() > 2 {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().take(16).collect(), known.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return None;
    }
    let (mut before, mut above): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&above, j) + usize::from(x != y)).min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|cost| *cost <= 2)
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn misspelt_words_are_near() {
        assert_eq!(near("inculsion", "inclusion"), Some(1));
        assert_eq!(near("exlusion", "exclusion"), Some(1));
        assert_eq!(near("inclusion", "exclusion"), Some(2));
        assert_eq!(near("infusion", "exclusion"), None);
        assert_eq!(near("criteria", "criteria"), Some(0));
    }
}
