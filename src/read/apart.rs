//! A part with a length of time of its own, where not all of the parts around it are read.
//!
//! | the part | on the list of what excludes | on the list of what includes |
//! |---|---|---|
//! | "…, or has taken B within 30 days" | is enough | – |
//! | "…, including B within 6 months, …" | is enough | – |
//! | "… and has not taken B within 30 days" | – | is needed |
//!
//! Whose length it is must be plain: the part begins with words of its own ("has taken", "planning to", "no"), or nothing
//! that stands before it reaches over the "or".

use crate::model::expression::{Expression, Present};
use crate::model::record::{Status, Subject};

use super::clause::{Clause, Reading};
use super::conditional::is_conditional;
use super::conjunct::{Begins, Join, Part, Whole, cut, is_timed};
use super::dated::is_event;
use super::denial::denies_inside;
use super::heads::head;
use super::judgement::judgement;
use super::length::counts_time;
use super::list::shares;
use super::phrase::words;
use super::promises::PROMISES;
use super::scan::Scan;
use super::thing::{concept, named_from};
use super::token::{Placed, is_chinese};
use super::turn::turn;
use super::window::{Timed, timings};

/// No clause of more parts is looked at.
const MOST: usize = 40;

/// The parts with a length of their own that plainly are enough, or needed.
pub(super) fn apart(clause: Clause<'_>) -> Option<Reading> {
    let scan = Scan::of(clause);
    let chinese = |placed: &Placed| clause.text.get(placed.from).is_some_and(|glyph| is_chinese(glyph.sign));
    if !counts_time(&scan) || clause.tokens.iter().any(chinese) || is_conditional(&scan, clause.excludes) {
        return None;
    }
    if turn(&scan, scan.start()).is_some() || judgement(&scan).is_some() {
        return None;
    }
    let timings = timings(&scan);
    let parts = cut(clause, &timings);
    if parts.len() < 2 || parts.len() > MOST {
        return None;
    }
    let whole = Whole { clause, scan, parts };
    if clause.excludes { whole.enough(&timings) } else { whole.needed(&timings) }
}

impl Whole<'_> {
    /// What a stretch of parts says, where all of it is read and it has a time.
    fn read(&self, from: usize, to: usize) -> Option<Expression> {
        let alone = self.begins(from) != Begins::Verb;
        let (first, last) = (self.parts.get(from)?, self.parts.get(to)?);
        let listed = self.listed(self.place(first.from));
        let tokens = self.clause.tokens;
        let from = listed.and_then(|at| tokens.iter().position(|placed| placed.from >= at)).unwrap_or(first.from);
        let read = self.clause.part(from, last.to).trimmed().other()?;
        let leaves = read.leaves();
        let asked = |leaf: &&Expression| matches!(leaf, Expression::Unread(_) | Expression::Judgement(_));
        let plain = leaves.iter().copied().any(is_timed)
            && !leaves.iter().any(asked)
            && leaves.iter().all(|leaf| names(leaf, alone));
        plain.then_some(read)
    }

    /// On the list of what excludes: any of the parts behind an "or".
    fn enough(&self, timings: &[Timed]) -> Option<Reading> {
        let mut each = Vec::new();
        let mut first_free = 0;
        for timed in timings {
            let Some(last) = self.ended_by(timed) else { continue };
            let own = (first_free.max(1)..=last).rev().find(|at| self.begins(*at) != Begins::Thing);
            let from = own.or_else(|| Some(last).filter(|last| *last >= first_free.max(1)));
            first_free = last + 1;
            let Some(from) = from.filter(|from| self.stands_alone(*from, last)) else { continue };
            match self.read(from, last) {
                Some(Expression::Not(_)) | None => {}
                Some(read) => each.push((from, last, read)),
            }
        }
        let beside = if each.is_empty() { return None } else { self.beside(&each) };
        let read = |at: usize| each.iter().any(|(from, last, _)| (*from..=*last).contains(&at));
        let all =
            beside.as_ref().is_some_and(|beside| (0..self.parts.len()).all(|at| read(at) || beside.0.contains(&at)));
        let mut any: Vec<Expression> = beside.into_iter().flat_map(|(_, there)| there).collect();
        any.extend(each.into_iter().map(|(_, _, read)| read));
        let any = if any.len() > 1 { Expression::AnyOf(any) } else { any.pop()? };
        Some(if all { Reading::Whole(any) } else { Reading::Sufficient(any) })
    }

    /// "Pregnant, breastfeeding, or …": conditions that go on by their name, in the parts before those that were read.
    fn beside(&self, read: &[(usize, usize, Expression)]) -> Option<(Vec<usize>, Vec<Expression>)> {
        let until = read.first().map(|(from, _, _)| *from)?;
        let known = |at: usize| {
            let part = self.parts.get(at)?;
            let there = self.clause.part(part.from, part.to).trimmed().other()?;
            let now = matches!(
                &there,
                Expression::Present(Present {
                    subject: Subject::Concept(_),
                    status: Status::Current,
                    window: None,
                    lasting: None,
                    ..
                })
            );
            now.then_some(there)
        };
        let there: Option<Vec<Expression>> = (0..until).map(known).collect();
        there.map(|there| ((0..until).collect(), there))
    }

    /// No word before it reaches over what joins it.
    fn stands_alone(&self, from: usize, last: usize) -> bool {
        let Some(part) = self.parts.get(from) else { return false };
        let (start, at) = (self.scan.start(), self.place(part.from));
        let begins = self.begins(from);
        let listed = self.listed(at).is_some();
        let joined = match part.join {
            Join::Or { .. } | Join::Stop => true,
            Join::Comma => begins == Begins::Verb && !self.says(part.from, &["who"]) || listed,
            Join::And | Join::First => false,
        };
        // "Requirement for or use of …"
        let open =
            part.from.checked_sub(2).and_then(|at| self.clause.tokens.get(at)).is_some_and(|before| before.says(&OF));
        let head = head(&self.scan, start, at);
        let denied = head.is_none_or(|head| head.denied) || denies_inside(&self.scan, start, at);
        if !joined || open || denied && begins != Begins::Verb {
            return false;
        }
        if begins == Begins::Verb {
            return true;
        }
        let led = head.is_some_and(|head| head.status.is_none_or(|status| status == Status::History));
        if self.scan.holds(start, at, &PROMISES) || !led && self.own_status(from).is_none() {
            return false;
        }
        if begins == Begins::Words {
            return true;
        }
        let before = self.parts.get(..from).unwrap_or_default();
        let said = self.clause.part(part.from, self.parts.get(last).map_or(part.to, |last| last.to));
        let words = said.tokens.iter().filter(|placed| placed.word().is_some()).count();
        let other = said.tokens.first().is_some_and(|first| {
            first.says(&["other", "another", "any", "such", "similar", "related", "both", "its", "their", "all"])
        });
        let set_off = before.len() == 1 && part.join == Join::Or { comma: true } && words > 2;
        let plain = before.iter().all(|part| self.governs_nothing(part));
        let shared = before.iter().any(|part| shares(&self.scan, self.place(part.from))) && !shares(&self.scan, at);
        !other && !shared && (plain || set_off)
    }

    fn own_status(&self, at: usize) -> Option<Status> {
        let part = self.parts.get(at)?;
        head(&self.scan, self.place(part.from), self.end(part))?.status
    }

    /// A noun behind its head, with nothing in it that what follows could hang on.
    fn governs_nothing(&self, part: &Part) -> bool {
        let (from, to) = (self.place(part.from), self.end(part));
        let Some(head) = head(&self.scan, from, to) else { return false };
        let named = named_from(&self.scan, head.at, to);
        let row = || self.clause.tokens.iter().filter(|placed| named <= placed.from && placed.to <= to);
        let verb = |placed: &Placed| placed.word().is_some_and(|word| word.ends_with("ing") && word != "bleeding");
        let done = row().next().and_then(Placed::word).is_some_and(|word| word.ends_with("ed"));
        !done && !row().any(|placed| verb(placed) || placed.says(&OF) || placed.number().is_some())
    }

    /// On the list of what includes: what stands behind an "and", and denies or has a verb.
    fn needed(&self, timings: &[Timed]) -> Option<Reading> {
        let mut all = Vec::new();
        let mut first_free = 0;
        for timed in timings {
            let Some(last) = self.ended_by(timed) else { continue };
            let from = (first_free..=last).rev().find(|at| self.begins(*at) == Begins::Verb);
            first_free = last + 1;
            let Some(from) = from.filter(|from| self.is_needed(*from, last)) else { continue };
            all.extend(self.read(from, last));
        }
        let read = if all.len() > 1 { Expression::AllOf(all) } else { all.pop()? };
        Some(Reading::Necessary(read))
    }

    fn is_needed(&self, from: usize, last: usize) -> bool {
        let or = |part: &Part| matches!(part.join, Join::Or { .. });
        let outside = self.parts.iter().enumerate().any(|(at, part)| or(part) && !(from + 1..=last).contains(&at));
        let next = self.parts.get(last + 1).and_then(|next| self.clause.tokens.get(next.from));
        let joined = match self.parts.get(from).map(|part| part.join) {
            Some(Join::And | Join::Stop | Join::Comma) => true,
            Some(Join::First) => next.is_some_and(|next| next.says(&GOES_ON)),
            Some(Join::Or { .. }) | None => false,
        };
        let either = self.clause.tokens.iter().any(|placed| placed.says(&["either"]));
        joined && !outside && !either
    }
}

/// It names a thing; standing alone, by more than one word, or by one that means a condition or an event by itself.
fn names(leaf: &Expression, alone: bool) -> bool {
    let subject = match leaf {
        Expression::Present(present) => &present.subject,
        Expression::Elapsed(elapsed) => &elapsed.since,
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => return false,
    };
    match subject {
        Subject::Text(text) => {
            let lower = text.to_lowercase();
            let words = words(&lower);
            let steady = |pair: &[&str]| matches!(pair, ["stable" | "same" | "constant", "dose" | "doses" | "regimen"]);
            let hangs = words.iter().any(|word| HANGS.contains(word)) || words.windows(2).any(steady);
            !hangs && (!alone || words.len() > 1 || concept(&lower).is_some() || is_event(subject))
        }
        Subject::Concept(_) => true,
        Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
    }
}

/// Words whose meaning stands elsewhere in the sentence, or that have no length of time of their own.
const HANGS: [&str; 12] =
    ["such", "these", "those", "same", "above", "this", "it", "them", "class", "grade", "score", "stage"];
/// Words that what follows may hang on.
const OF: [&str; 17] = [
    "to", "of", "in", "for", "with", "from", "by", "on", "at", "against", "under", "during", "after", "before", "into",
    "without", "than",
];
/// What a further part of what is required begins with.
const GOES_ON: [&str; 14] =
    ["able", "willing", "have", "has", "had", "are", "is", "with", "must", "who", "no", "not", "without", "should"];
