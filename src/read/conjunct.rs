//! The parts of a clause between commas, "or"s and "and"s, and how each of them begins.

use crate::model::expression::Expression;

use super::clause::Clause;
use super::heads::{head, told};
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::window::Timed;

/// What stands before a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    First,
    Or { comma: bool },
    And,
    Comma,
    Stop,
}

/// A part of a clause, by its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) join: Join,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The parts between commas, "or"s and "and"s outside of all brackets and lengths.
pub(super) fn cut(clause: Clause<'_>, timings: &[Timed]) -> Vec<Part> {
    let tokens = clause.tokens;
    let says = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|placed| placed.says(words));
    let marks = |at: usize, mark: char| tokens.get(at).is_some_and(|placed| placed.marks(&[mark]));
    let mut found = Vec::new();
    let (mut depth, mut from, mut join, mut at) = (0_usize, 0, Join::First, 0);
    while let Some(placed) = tokens.get(at) {
        match placed.mark() {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let inside = timings.iter().any(|timed| timed.from <= placed.from && placed.from < timed.to);
        let comma = marks(at, ',') || marks(at, ';');
        let next = at + usize::from(comma);
        let and_or = says(next, &["and"]) && marks(next + 1, '/') && says(next + 2, &["or"]);
        let counted = says(next + 1, &["more", "less", "fewer", "greater", "longer", "higher"]);
        let (own, behind) = if depth > 0 || inside {
            (None, at)
        } else if and_or {
            (Some(Join::Or { comma }), next + 3)
        } else if says(next, &["or"]) && !counted {
            (Some(Join::Or { comma }), next + 1)
        } else if says(next, &["and", "but"]) && !says(next + 2, &["limited"]) {
            (Some(Join::And), next + 1)
        } else if comma {
            (Some(if marks(at, ';') { Join::Stop } else { Join::Comma }), at + 1)
        } else {
            (None, at)
        };
        if let Some(own) = own {
            found.push(Part { join, from, to: at });
            (join, from, at) = (own, behind, behind);
        } else {
            at += 1;
        }
    }
    found.push(Part { join, from, to: tokens.len() });
    found
}

/// How a part begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// "Has taken", "are on", "no".
    Verb,
    /// "Planned", "use of", "including".
    Words,
    /// With what it is about.
    Thing,
}

pub(super) struct Whole<'t> {
    pub(super) clause: Clause<'t>,
    pub(super) scan: Scan<'t>,
    pub(super) parts: Vec<Part>,
}

impl Whole<'_> {
    pub(super) fn place(&self, token: usize) -> usize {
        self.clause.tokens.get(token).map_or(self.scan.end(), |placed| placed.from)
    }

    pub(super) fn says(&self, token: usize, words: &[&str]) -> bool {
        self.clause.tokens.get(token).is_some_and(|placed| placed.says(words))
    }

    /// The part that ends with a length.
    pub(super) fn ended_by(&self, timed: &Timed) -> Option<usize> {
        let at =
            self.parts.iter().position(|part| self.place(part.from) <= timed.from && timed.to <= self.end(part))?;
        let part = self.parts.get(at)?;
        let over = self.scan.skip(timed.to, &[')', '.', ',', ';', ':']) >= self.end(part);
        // "…, who are stable", "… and could not stop": what follows is said of it.
        let on =
            ["which", "that", "who", "whose", "with", "without", "as", "for", "due", "requiring", "where", "whereas"];
        let behind = self.parts.get(at + 1);
        let narrows = self.clause.excludes && behind.is_some_and(|next| next.join == Join::And);
        let next = behind.and_then(|next| self.clause.tokens.get(next.from));
        (over && !narrows && !next.is_some_and(|next| next.says(&on))).then_some(at)
    }

    pub(super) fn end(&self, part: &Part) -> usize {
        part.to.checked_sub(1).and_then(|last| self.clause.tokens.get(last)).map_or(self.scan.start(), |last| last.to)
    }

    pub(super) fn begins(&self, at: usize) -> Begins {
        const VERBS: [&str; 16] = [
            "have",
            "has",
            "had",
            "having",
            "are",
            "is",
            "was",
            "were",
            "been",
            "received",
            "underwent",
            "taken",
            "participated",
            "experienced",
            "donated",
            "used",
        ];
        let Some(part) = self.parts.get(at) else { return Begins::Thing };
        let first = self.clause.tokens.get(part.from);
        let who = first.is_some_and(|first| first.says(&["who"]));
        let verb = self.clause.tokens.get(part.from + usize::from(who));
        let (from, to) = (self.place(part.from), self.end(part));
        let denied = head(&self.scan, from, to).is_some_and(|head| head.denied);
        if denied || verb.is_some_and(|verb| verb.says(&VERBS)) {
            return Begins::Verb;
        }
        const OPENS: Phrases = Table::phrases(&[
            "participation in",
            "exposure to",
            "administration of",
            "receipt of",
            "donation of",
            "initiation of",
            "change in",
            "changes in",
            "any change in",
            "a change in",
            "diagnosis of",
            "hospitalization for",
            "hospitalisation for",
        ]);
        let told = self.scan.longest(from, &OPENS).is_some()
            || head(&self.scan, from, to).is_some_and(|head| head.status.is_some() && head.at < to)
            || told(&self.scan, from, to).is_some()
            || self.listed(from).is_some();
        if told { Begins::Words } else { Begins::Thing }
    }

    /// "Including but not limited to": where what is named begins.
    pub(super) fn listed(&self, at: usize) -> Option<usize> {
        let leads = phrases![
            "including",
            "including but not limited to",
            "including, but not limited to,",
            "including, but not limited to",
            "including without limitation",
            "such as",
            "for example",
            "e.g.",
        ];
        self.scan.longest(at, leads).map(|(_, end)| self.scan.skip(end, &[',', ':']))
    }
}

/// It has a length of time.
pub(super) fn is_timed(leaf: &Expression) -> bool {
    match leaf {
        Expression::Present(present) => present.window.is_some() || present.lasting.is_some(),
        Expression::Elapsed(_) => true,
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}
