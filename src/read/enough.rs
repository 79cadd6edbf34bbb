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

use super::clause::{Clause, Reading};
use super::leaf::{compared, has, present, says, text};
use super::token::{Placed, Token};

/// What was read decides alone, and more of the sentence hangs on to it.
pub(super) fn hangs_on_more(clause: Clause<'_>, read: &Reading, expression: &Expression) -> bool {
    let chinese = clause.tokens.iter().filter_map(Placed::word).any(|word| !word.is_ascii());
    if chinese || !matches!(read, Reading::Sufficient(_)) {
        return false;
    }
    let leaves = expression.leaves();
    leaves.iter().any(|leaf| {
        timed_before(clause.tokens, leaf)
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

/// What a number counts in a leaf.
fn numbers(leaf: &Expression) -> Vec<Decimal> {
    let of_time = |count: i32| Decimal::new(i64::from(count.unsigned_abs()), 0);
    match leaf {
        Expression::Compare(compare) => {
            [&compare.low, &compare.high].into_iter().flatten().map(|end| end.value).collect()
        }
        Expression::Elapsed(elapsed) => {
            [&elapsed.low, &elapsed.high].into_iter().flatten().map(|end| end.value).collect()
        }
        Expression::Present(present) => {
            let window = present.window.iter().flat_map(|window| [&window.from, &window.to]);
            window.flatten().map(|end| of_time(end.count)).collect()
        }
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => Vec::new(),
    }
}

const ROMAN: [&str; 6] = ["i", "ii", "iii", "iv", "v", "vi"];

/// Where the numbers of a leaf stand.
fn places<'t>(tokens: &'t [Placed], leaf: &Expression) -> impl Iterator<Item = usize> + use<'t> {
    let numbers = numbers(leaf);
    let named = move |placed: &Placed| {
        let ranked = placed.word().and_then(|word| ROMAN.iter().position(|roman| *roman == word));
        let number = placed.number().or_else(|| Some(Decimal::new(i64::try_from(ranked? + 1).ok()?, 0)));
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

const PEOPLE: [&str; 14] = [
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "individuals",
    "persons",
    "people",
    "those",
    "women",
    "men",
    "children",
    "adults",
];

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
    match leaf {
        Expression::Compare(compare) => has(&compare.subject, &[word]),
        Expression::Present(present) => has(&present.subject, &[word]),
        Expression::Elapsed(elapsed) => has(&elapsed.since, &[word]),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}

/// It counts at any time.
fn at_any_time(leaf: &Expression) -> bool {
    compared(leaf).is_some_and(|compare| compare.window.is_none())
        || present(leaf).is_some_and(|present| present.window.is_none())
}

/// A length of time stands here, with a word before it that says that it is one.
fn is_time(tokens: &[Placed], at: usize) -> bool {
    const BEFORE: [&str; 6] = ["last", "past", "previous", "within", "preceding", "prior"];
    let unit = |placed: &Placed| {
        matches!(&placed.token, Token::Unit(unit) if matches!(unit.as_str(), "y" | "a" | "mo" | "wk" | "d" | "h"))
            || placed.says(&["months", "month", "years", "year", "weeks", "week", "days", "day", "hours"])
    };
    let number = tokens.get(at).is_some_and(|placed| placed.number().is_some());
    let led = says(tokens.get(at.saturating_sub(3)..at).unwrap_or_default(), &BEFORE);
    number && led && tokens.get(at + 1).is_some_and(unit)
}

/// "One of these in the last 12 months: …": a time over all of them, which the part has lost.
fn timed_before(tokens: &[Placed], leaf: &Expression) -> bool {
    let colon = tokens.iter().position(|placed| placed.marks(&[':']));
    let lead = colon.and_then(|colon| tokens.get(..colon)).unwrap_or_default();
    at_any_time(leaf) && (0..lead.len()).any(|at| is_time(lead, at))
}

/// "14 drinks a week (men) or 7 (women) in the last 2 years": how much in a time, over a time that the part has lost.
fn over_another_time(clause: Clause<'_>, leaf: &Expression) -> bool {
    let rate =
        |unit: Option<&str>| unit.is_some_and(|unit| ["/d", "/wk", "/mo"].iter().any(|each| unit.ends_with(each)));
    let counts = compared(leaf).is_some_and(|compare| {
        text(&compare.subject).is_some()
            && [&compare.low, &compare.high].into_iter().flatten().any(|end| rate(end.unit.as_deref()))
    });
    counts && at_any_time(leaf) && (0..clause.tokens.len()).any(|at| is_time(clause.tokens, at))
}
