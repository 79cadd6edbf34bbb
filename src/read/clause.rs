//! A clause: a stretch of a sentence that is read whole, in part, or not at all.

use crate::model::expression::Expression;
use crate::model::record::Subject;

use super::age::age;
use super::amount::habit;
use super::apart::apart;
use super::compare::compared;
use super::counted::counted;
use super::doubt::Doubt;
use super::elapsed::elapsed;
use super::fold::{Glyph, trim};
use super::given::given;
use super::presence::present;
use super::sex::sex;
use super::table::Letter;
use super::token::{Placed, Token};
use super::value::{Value, values};

/// A stretch of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Clause<'t> {
    /// The item that the places of the tokens point into.
    pub(super) text: &'t [Glyph],
    /// The same in lower case.
    pub(super) letters: &'t [Letter],
    pub(super) tokens: &'t [Placed],
    /// It stands on the exclusion list.
    pub(super) excludes: bool,
}

/// What was read of a clause.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    /// All of it: the clause holds where this does, and only there.
    Whole(Expression),
    /// The clause holds only where this does, and asks for something more.
    Necessary(Expression),
    /// Where this does, the clause holds; it holds elsewhere too.
    Sufficient(Expression),
    /// What was read is true to every sense that the words can have, and worth a word.
    Unclear(Box<Reading>, Doubt),
    /// Nothing, and it is worth saying why.
    Doubtful(Doubt),
}

impl Reading {
    /// What was read, where it was all.
    pub(super) fn whole(self) -> Option<Expression> {
        if let Reading::Whole(expression) = self { Some(expression) } else { None }
    }
}

/// Reads clauses of one sort; `None` where the clause is of another.
type Reader = fn(Clause<'_>) -> Option<Reading>;

/// Who is asked first goes first: each takes only what it reads whole, or is sure to have understood in part.
const READERS: [Reader; 7] = [sex, age, habit, counted, compared, elapsed, present];
/// Those that read a part of a list of comparisons.
const OTHERS: [Reader; 2] = [elapsed, present];

impl<'t> Clause<'t> {
    /// A stretch of it, by its tokens.
    pub(super) fn part(self, from: usize, to: usize) -> Clause<'t> {
        Clause { tokens: self.tokens.get(from..to).unwrap_or_default(), ..self }
    }

    /// Without the marks and blanks around it.
    pub(super) fn trimmed(self) -> Clause<'t> {
        let mark = |placed: &Placed| matches!(placed.token, Token::Mark('.' | ';' | ',' | ':' | '。' | '，' | '、'));
        let from = self.tokens.iter().position(|placed| !mark(placed)).unwrap_or(self.tokens.len());
        let to = self.tokens.iter().rposition(|placed| !mark(placed)).map_or(from, |last| last + 1);
        self.part(from, to)
    }

    /// Its signs, as they stand in the item.
    pub(super) fn glyphs(self) -> &'t [Glyph] {
        let place = self.tokens.first().zip(self.tokens.last()).map(|(first, last)| first.from..last.to);
        trim(place.and_then(|place| self.text.get(place)).unwrap_or_default())
    }

    /// All of it, by a reader of something else than comparisons.
    pub(super) fn other(self) -> Option<Expression> {
        let measured = values(self.tokens).iter().any(Value::is_measured);
        OTHERS.iter().filter(|_| !measured).filter_map(|reader| reader(self)).find_map(Reading::whole)
    }

    /// What the readers say of it: the first that reads it whole, else what each of them is sure of.
    pub(super) fn reading(self) -> Option<Reading> {
        let mut best = None;
        // What has a measured value is no event.
        let measured = values(self.tokens).iter().any(Value::is_measured);
        for reader in READERS {
            match reader(self) {
                Some(Reading::Whole(whole)) if measured && is_since(&whole) => {}
                Some(Reading::Whole(whole)) => {
                    // Where parts of the whole are asked as they stand, another reader may have read them.
                    let more = best.as_ref().is_some_and(|best| self.says_more(best, &whole));
                    return if more { best } else { Some(Reading::Whole(whole)) };
                }
                other => best = together(best, other),
            }
        }
        match best {
            None => given(self).or_else(|| apart(self)),
            Some(Reading::Doubtful(Doubt::Scope)) => match given(self).or_else(|| apart(self)) {
                Some(read @ (Reading::Necessary(_) | Reading::Sufficient(_))) => {
                    Some(Reading::Unclear(Box::new(read), Doubt::Scope))
                }
                read => read.or(best),
            },
            best => best,
        }
    }

    /// More of it was read in part than as a whole of which parts are asked; what only the investigator can say aside.
    fn says_more(self, part: &Reading, whole: &Expression) -> bool {
        let judged = whole.leaves().iter().any(|leaf| matches!(leaf, Expression::Judgement(_)));
        match part {
            Reading::Sufficient(read) => self.excludes && !judged && told(read) > told(whole),
            Reading::Necessary(read) => !self.excludes && !judged && told(read) > told(whole),
            Reading::Unclear(inner, _) => self.says_more(inner, whole),
            Reading::Whole(_) | Reading::Doubtful(_) => false,
        }
    }
}

/// How many of its leaves are computed.
fn told(read: &Expression) -> usize {
    read.leaves().iter().filter(|leaf| !matches!(leaf, Expression::Unread(_))).count()
}

/// It says how long ago something was.
fn is_since(read: &Expression) -> bool {
    let parts = if let Expression::AllOf(parts) = read { parts.as_slice() } else { std::slice::from_ref(read) };
    matches!(
        parts,
        [Expression::Elapsed(_)]
            | [Expression::Present(_), Expression::Elapsed(_)]
            | [Expression::Elapsed(_), Expression::AnyOf(_)]
    )
}

/// What two readers are sure of: what both say of the same kind holds together.
fn together(first: Option<Reading>, second: Option<Reading>) -> Option<Reading> {
    match (first, second) {
        // Words with a number in them are those that were compared.
        (first @ Some(Reading::Necessary(_)), Some(Reading::Necessary(other))) if counts(&other) => first,
        (Some(Reading::Necessary(one)), Some(Reading::Necessary(other))) if one == other => {
            Some(Reading::Necessary(one))
        }
        (Some(Reading::Sufficient(one)), Some(Reading::Sufficient(other))) if one == other => {
            Some(Reading::Sufficient(one))
        }
        (Some(Reading::Necessary(one)), Some(Reading::Necessary(other))) => {
            Some(Reading::Necessary(Expression::AllOf(vec![one, other])))
        }
        (Some(Reading::Sufficient(one)), Some(Reading::Sufficient(other))) => {
            Some(Reading::Sufficient(Expression::AnyOf(vec![one, other])))
        }
        (Some(Reading::Doubtful(doubt)), Some(found @ (Reading::Necessary(_) | Reading::Sufficient(_)))) => {
            Some(Reading::Unclear(Box::new(found), doubt))
        }
        (first, second) => first.or(second),
    }
}

/// It is about words with a number in them.
fn counts(read: &Expression) -> bool {
    read.leaves().into_iter().any(|leaf| {
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
        matches!(subject, Subject::Text(text) if text.contains(|c: char| c.is_ascii_digit()))
    })
}
