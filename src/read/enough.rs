//! What is enough by itself: a part of a sentence that was read, where the rest of the sentence was not.
//!
//! Such a part decides alone, so it must be told that nothing else of the sentence hangs on to it.
//!
//! | the sentence | what would be wrong about the part being enough |
//! |---|---|
//! | "heart failure (LVEF ≤ 30 %) requiring dialysis" | what stands behind the bracket |
//! | "cancer requiring treatment or with a survival < 12 months" | of whom it is |
//! | "lung disease requiring oxygen, a hospital stay in the past 6 months, …" | what all of them are required by |
//! | "a clot in the leg or neck vein (< 3 months ago)" | the half of a phrase |
//! | "preeclampsia or poor growth, beyond 20 weeks" among what includes | it is no alternative to what stands before it |
//! | "one of these in the last 12 months: …, pressure ≥ 16" | when |
//! | "in school or aged 17 to 18 when recruited" | the condition behind it |
//! | "stage C, class III or ambulatory class IV" among what includes | one of two that go together |

use crate::model::decimal::Decimal;
use crate::model::expression::Expression;

use super::age::PEOPLE;
use super::clause::{Clause, Reading};
use super::coded::ROMAN;
use super::leaf::{compared, ends, has, present, says, subject, text};
use super::scan::Scan;
use super::token::{Placed, Token};
use super::window::timings;

/// What was read decides alone, and more of the sentence hangs on to it.
pub(super) fn hangs_on_more(clause: Clause<'_>, read: &Reading, expression: &Expression) -> bool {
    // Chinese has rules of its own: `chinese_whole`.
    let chinese = clause.tokens.iter().filter_map(Placed::word).any(|word| !word.is_ascii());
    if chinese || !matches!(read, Reading::Sufficient(_)) {
        return false;
    }
    let leaves = expression.leaves();
    leaves.iter().any(|leaf| {
        timed_before(clause, leaf)
            || over_another_time(clause, leaf)
            || places(clause.tokens, leaf).any(|at| {
                let arm = Arm::around(clause.tokens, at);
                arm.goes_on(leaf) || arm.is_led(leaf) || arm.is_governed(leaf) || !clause.excludes && arm.adds()
            })
    })
}

/// A part of a sentence between two marks or an "or", with a number that was read.
struct Arm<'t> {
    tokens: &'t [Placed],
    start: usize,
    number: usize,
}

/// Where the numbers of a leaf stand.
fn places<'t>(tokens: &'t [Placed], leaf: &Expression) -> impl Iterator<Item = usize> + use<'t> {
    let whole = |count: usize| i64::try_from(count).ok().map(|count| Decimal::new(count, 0));
    let window = present(leaf).and_then(|present| present.window.as_ref());
    let lengths = window.into_iter().flat_map(|window| [&window.from, &window.to]).flatten();
    let lengths = lengths.map(|length| Decimal::new(i64::from(length.count.unsigned_abs()), 0));
    let numbers: Vec<Decimal> = ends(leaf).map(|end| end.value).chain(lengths).collect();
    let named = move |placed: &Placed| {
        let ranked =
            || ROMAN.iter().position(|roman| placed.word().is_some_and(|word| roman.eq_ignore_ascii_case(word)));
        let number = placed.number().or_else(|| whole(ranked()? + 1));
        number.is_some_and(|number| numbers.contains(&number))
    };
    tokens.iter().enumerate().filter(move |(_, placed)| named(placed)).map(|(at, _)| at)
}

const TIMES: [&str; 8] = ["within", "in", "during", "over", "for", "the", "last", "past"];

impl<'t> Arm<'t> {
    fn around(tokens: &'t [Placed], number: usize) -> Arm<'t> {
        let parts = |at: usize| {
            let ranks = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|last| last.number().is_some());
            tokens.get(at).is_some_and(|placed| {
                placed.marks(&[',', ';', ':', '(', '.']) || placed.says(&["or", "and/or"]) && !ranks
            })
        };
        let before = |from: usize| (0..from).rev().find(|at| parts(*at)).map_or(0, |at| at + 1);
        let mut start = before(number);
        // ", within 6 months", "(< 3 months)": of what stands before the mark
        let counts = |at: usize| {
            let bracket = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|open| open.marks(&['(']));
            tokens.get(at).is_some_and(|first| {
                first.says(&TIMES) || bracket && (first.sign().is_some() || first.number().is_some())
            })
        };
        while start > 0 && counts(start) {
            start = before(start - 1);
        }
        Arm { tokens, start, number }
    }

    fn token(&self, at: usize) -> Option<&'t Placed> {
        self.tokens.get(at)
    }

    /// What stands before it.
    fn before(&self) -> &'t [Placed] {
        self.tokens.get(..self.start).unwrap_or_default()
    }

    /// What stands behind its number: "… not correctable", "… when recruited", "(…) requiring dialysis".
    fn goes_on(&self, leaf: &Expression) -> bool {
        const ON: [&str; 16] = [
            "when",
            "while",
            "if",
            "provided",
            "with",
            "without",
            "requiring",
            "despite",
            "because",
            "due",
            "who",
            "whom",
            "that",
            "which",
            "whose",
            "not",
        ];
        let mut depth = 0_usize;
        let opened = self.before().iter().fold(0_usize, |depth, placed| match placed.mark() {
            Some('(' | '[') => depth + 1,
            Some(')' | ']') => depth.saturating_sub(1),
            _ => depth,
        });
        for at in self.number + 1..self.tokens.len() {
            let Some(placed) = self.token(at) else { return false };
            match placed.mark() {
                Some('(' | '[') => depth += 1,
                Some(')' | ']') if depth > 0 => depth -= 1,
                Some(')' | ']') => {
                    let next = self.token(at + 1);
                    let ends = next.is_none_or(|next| {
                        next.mark().is_some_and(|mark| mark != '(') || next.says(&["or", "and", "and/or", "at"])
                    });
                    return opened > 0 && !ends;
                }
                Some(',' | ';' | '.') if depth == 0 => return false,
                _ if depth > 0 => {}
                _ if placed.says(&["or", "and/or", "and"]) => return false,
                _ if placed.word().is_some_and(|word| ON.contains(&word) && !said(leaf, word)) => return true,
                _ => {}
            }
        }
        false
    }

    /// "Or with a survival < 12 months": of what stands before it, unless people are said to be with something as well.
    fn is_led(&self, leaf: &Expression) -> bool {
        const LEADS: [&str; 16] = [
            "with",
            "without",
            "requiring",
            "averaging",
            "due",
            "using",
            "despite",
            "after",
            "following",
            "for",
            "from",
            "when",
            "while",
            "beyond",
            "per",
            "causing",
        ];
        let Some(word) = self.token(self.start).and_then(Placed::word).filter(|word| LEADS.contains(word)) else {
            return false;
        };
        let colon = self.start.checked_sub(1).and_then(|at| self.token(at)).is_none_or(|before| before.marks(&[':']));
        let people = self.before().windows(2).any(|pair| match pair {
            [whom, led] => led.says(&[word]) && whom.says(&PEOPLE),
            _ => false,
        });
        !colon && !people && !self.is_apart() && !said(leaf, word)
    }

    /// "Disease requiring A, B or C": each of them is of the disease.
    fn is_governed(&self, leaf: &Expression) -> bool {
        const GOVERNS: [&str; 14] = [
            "requiring",
            "require",
            "requires",
            "required",
            "including",
            "associated",
            "secondary",
            "caused",
            "causing",
            "resulting",
            "leading",
            "averaging",
            "due",
            "evidenced",
        ];
        const INTO: [&str; 10] = ["in", "into", "from", "to", "at", "via", "by", "against", "through", "between"];
        const OWN: [&str; 30] = [
            "history",
            "presence",
            "evidence",
            "known",
            "patients",
            "subjects",
            "participants",
            "those",
            "who",
            "have",
            "has",
            "had",
            "any",
            "current",
            "prior",
            "previous",
            "recent",
            "received",
            "is",
            "are",
            "was",
            "were",
            "receiving",
            "undergone",
            "diagnosed",
            "use",
            "treatment",
            "currently",
            "having",
            "being",
        ];
        if self.token(self.start).is_some_and(|first| first.says(&OWN)) {
            return false;
        }
        let stop = self.before().iter().rposition(|placed| placed.marks(&[';', '.'])).map_or(0, |at| at + 1);
        let before = self.tokens.get(stop..self.start).unwrap_or_default();
        let named = compared(leaf).is_some_and(|compare| text(&compare.subject).is_none());
        let listed = !named || before.iter().any(|placed| placed.marks(&[',']));
        let governs = outside_of_brackets(before)
            .filter_map(Placed::word)
            .any(|word| GOVERNS.contains(&word) && !said(leaf, word));
        if listed && governs && !self.is_apart() {
            return true;
        }
        let or = before.last().is_some_and(|last| last.says(&["or", "and/or"]));
        let half = before.get(before.len().saturating_sub(4)..).unwrap_or_default();
        let into = half.windows(2).any(|pair| match pair {
            [into, article] => into.says(&INTO) && article.says(&["the", "a", "an", "either"]),
            _ => false,
        });
        or && !named && into && !half.iter().any(|placed| placed.number().is_some())
    }

    /// ", or …".
    fn is_apart(&self) -> bool {
        matches!(self.before(), [.., comma, or] if comma.marks(&[',', ';']) && or.says(&["or", "and/or"]))
    }

    /// Behind a comma with no "or" about it: it is asked as well.
    fn adds(&self) -> bool {
        let comma = self.start.checked_sub(1).and_then(|at| self.token(at)).is_some_and(|last| last.marks(&[',']));
        let behind = self.tokens.get(self.number..).unwrap_or_default();
        let classed = ["stage", "class", "grade"];
        let own = self.tokens.get(self.start..=self.number).unwrap_or_default();
        let ranked = says(own, &classed) || own.iter().any(|placed| matches!(placed.token, Token::Name("nyha-class")));
        comma && (!says(behind, &["or", "and/or"]) || ranked && says(self.before(), &classed))
    }
}

/// The tokens that stand in no bracket that is closed again.
fn outside_of_brackets(tokens: &[Placed]) -> impl Iterator<Item = &Placed> {
    let mut depth = 0_usize;
    let mut open: Vec<&Placed> = tokens
        .iter()
        .rev()
        .filter(|placed| match placed.mark() {
            Some(')' | ']') => {
                depth += 1;
                false
            }
            Some('(' | '[') => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    open.reverse();
    open.into_iter()
}

/// The word is in the subject's own words.
fn said(leaf: &Expression, word: &str) -> bool {
    subject(leaf).is_some_and(|subject| has(subject, &[word]))
}

/// It counts at any time.
fn at_any_time(leaf: &Expression) -> bool {
    compared(leaf).is_some_and(|compare| compare.window.is_none())
        || present(leaf).is_some_and(|present| present.window.is_none())
}

/// "One of these in the last 12 months: …": a time over all of them, which the part has lost.
fn timed_before(clause: Clause<'_>, leaf: &Expression) -> bool {
    let colon = clause.tokens.iter().find(|placed| placed.marks(&[':']));
    at_any_time(leaf) && colon.is_some_and(|colon| has_past(clause, colon.from))
}

/// "14 drinks a week (men) or 7 (women) in the last 2 years": how much in a time, over a time that the part has lost.
fn over_another_time(clause: Clause<'_>, leaf: &Expression) -> bool {
    let rate = |unit: &str| ["/d", "/wk", "/mo"].iter().any(|each| unit.ends_with(each));
    let counts = compared(leaf).is_some_and(|compare| text(&compare.subject).is_some())
        && ends(leaf).any(|end| end.unit.as_deref().is_some_and(rate));
    counts && at_any_time(leaf) && has_past(clause, usize::MAX)
}

/// A time until now ends before this place.
fn has_past(clause: Clause<'_>, to: usize) -> bool {
    timings(&Scan::of(clause)).iter().any(|timed| timed.to <= to && timed.timing.past().is_some())
}
