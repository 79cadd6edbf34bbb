//! "And" and "or": what was read of the parts of a clause, joined.

use crate::model::expression::Expression;
use crate::model::record::Subject;
use crate::model::window::Window;

use super::age::{MEN, PEOPLE, WOMEN};
use super::bounds::Join;
use super::clause::{Clause, Reading};
use super::compare::Part;
use super::defined::{defines, is_more, says_so};
use super::doubt::Doubt;
use super::piece::Piece;
use super::segment::one_join;
use super::sentence::unread;
use super::together::{by_any_way, denies_on, of_the_last_alone, on_occasions, parted_by_semicolons};
use super::token::{Placed, is_chinese};
use super::unsure::{follows_of_each, hangs_together};
use super::window::window;

/// How a piece stands to the clause that it was read of.
pub(super) enum Standing {
    Whole(Expression),
    /// It holds only where this does; the second is its words.
    Necessary(Expression, Box<Expression>),
    Sufficient(Expression),
    /// The clause asks for no less and no more, though it says so in other words too.
    Same(Expression),
    Unread,
}

/// Joins what was read of the pieces.
pub(super) fn together(clause: Clause<'_>, pieces: Vec<Part>) -> Option<Reading> {
    let behind_first = pieces.get(1).map(|part| part.join);
    let mut pieces = merged(pieces, clause.excludes);
    let mut joins: Vec<Join> = pieces.iter().skip(1).map(|part| part.join).collect();
    let parted = parted_by_semicolons(clause, &pieces);
    if parted && let Some(last) = joins.last_mut() {
        *last = Join::Mixed;
    }
    if hangs_together(clause, &pieces) || of_the_last_alone(&pieces) || denies_on(clause, &pieces) {
        return None;
    }
    if follows_of_each(clause, &pieces)
        && let Some((_, before)) = pieces.split_last_mut()
    {
        before.iter_mut().for_each(|part| part.piece = Piece::Nothing);
    }
    by_any_way(&mut pieces, clause.excludes);
    if clause.excludes {
        on_occasions(&mut pieces);
    }
    let mut doubt = None;
    let mut parts = Vec::new();
    let trailing = trailing_window(&pieces).or_else(|| leading_window(clause));
    for part in pieces {
        let own = clause.part(part.from, part.to);
        let standing = match part.piece {
            Piece::Compared(mut comparison) => {
                if let Some(window) = &trailing {
                    comparison
                        .arms
                        .iter_mut()
                        .filter(|arm| arm.window.is_none())
                        .for_each(|arm| arm.window = Some(window.clone()));
                }
                match comparison.expression(own) {
                    Ok((standing, unclear)) => {
                        doubt = doubt.or(unclear);
                        standing
                    }
                    Err(said) => {
                        doubt = doubt.or(said);
                        Standing::Unread
                    }
                }
            }
            Piece::Defined(read) if clause.excludes && (!defines(&read) || is_more(own)) && !says_so(own, &read) => {
                Standing::Necessary(read, Box::new(unread(own)))
            }
            Piece::Defined(read) => Standing::Same(read),
            Piece::Other(read) => Standing::Whole(read),
            Piece::Read(reading) => standing(reading, own, &mut doubt),
            Piece::Doubtful(said) => {
                doubt = doubt.or(Some(said));
                Standing::Unread
            }
            Piece::Name(_) | Piece::Called(_) | Piece::More(_) | Piece::Nothing => Standing::Unread,
        };
        parts.push((standing, own));
    }
    // "No stroke, bleeding, or QTc > 500 ms": the denial may reach all of them.
    let denies = |(standing, _): &(Standing, Clause<'_>)| matches!(standing, Standing::Whole(Expression::Not(_)));
    let reaches = parts.first().is_some_and(denies) && !parts.iter().all(denies);
    if reaches && matches!(one_join(&joins), Join::Or | Join::Mixed) {
        return Some(Reading::Doubtful(Doubt::Scope));
    }
    // "A; B or C; D": with an unread one among them nothing is told but how old somebody is.
    if parted
        && parts.iter().any(|(standing, _)| matches!(standing, Standing::Unread))
        && !parts.first().is_some_and(|(standing, _)| matches!(standing, Standing::Whole(age) if is_age(age)))
    {
        return doubt.map(Reading::Doubtful);
    }
    // "Children of 6 to 18 years, in- or outpatients": their age alone is never enough.
    let first = parts.first().and_then(|(standing, _)| match standing {
        Standing::Whole(age) | Standing::Necessary(age, _) => Some(age.clone()).filter(is_age),
        Standing::Sufficient(_) | Standing::Same(_) | Standing::Unread => None,
    });
    let unread_ones = parts.iter().any(|(standing, _)| matches!(standing, Standing::Unread));
    let either = matches!(one_join(&joins), Join::Or | Join::Mixed);
    // "Adults over 18 years, scheduled for surgery or a stent"
    let comma = parts.get(1).is_some_and(|(_, own)| behind_comma(clause, *own));
    // "Subjects of 0 to 27 days who were pre-term, or weighed …": their age alone shuts nobody out.
    let relates = |placed: &Placed| placed.says(&["who", "whose"]);
    if clause.excludes && first.is_some() && either && people_first(clause) && clause.tokens.iter().any(relates) {
        return None;
    }
    if let Some(age) = first.filter(|_| !clause.excludes && either) {
        if unread_ones && behind_first != Some(Join::Or) || comma && people_first(clause) {
            let read = Reading::Necessary(age);
            let mixed = one_join(&joins) == Join::Mixed;
            return Some(if mixed { Reading::Unclear(Box::new(read), Doubt::Scope) } else { read });
        }
        // "65 or older, a smoker or obese": any of them may be meant.
        if comma {
            return Some(Reading::Doubtful(Doubt::Scope));
        }
    }
    let reading = if parts.len() == 1 {
        match parts.pop()?.0 {
            Standing::Whole(read) => Some(Reading::Whole(read)),
            Standing::Necessary(read, _) | Standing::Same(read) => Some(Reading::Necessary(read)),
            Standing::Sufficient(read) => Some(Reading::Sufficient(read)),
            Standing::Unread => None,
        }
    } else {
        let plain = |parts: Vec<(Standing, Clause<'_>)>| parts.into_iter().map(|(part, _)| part).collect();
        match (one_join(&joins), clause.excludes) {
            (Join::And, true) if parts.len() > 2 => {
                doubt = doubt.or(Some(Doubt::Scope));
                bounded(parts, true, false)
            }
            (Join::And, _) | (Join::Comma | Join::Both, false) => conjunction(plain(parts)),
            (Join::Or, excludes) => disjunction(plain(parts), excludes),
            // In a list of what excludes, "and" stands for "or" as often as not.
            (Join::Comma, true) if clause.glyphs().iter().all(|glyph| !is_chinese(glyph.sign)) => {
                disjunction(plain(parts), true)
            }
            (Join::Comma | Join::Both, true) => {
                doubt = doubt.or(Some(Doubt::Scope));
                bounded(parts, true, false)
            }
            (Join::Mixed, excludes) => {
                doubt = doubt.or(Some(Doubt::Scope));
                bounded(parts, excludes, joins.first().is_some_and(|first| matches!(first, Join::Or | Join::Mixed)))
            }
        }
    };
    match (reading, doubt) {
        (Some(reading), None) => Some(reading),
        (Some(reading), Some(doubt)) => Some(Reading::Unclear(Box::new(reading), doubt)),
        (None, doubt) => doubt.map(Reading::Doubtful),
    }
}

/// A comma stands right before a part.
fn behind_comma(clause: Clause<'_>, own: Clause<'_>) -> bool {
    let from = own.tokens.first().map_or(usize::MAX, |first| first.from);
    clause.tokens.iter().rev().find(|placed| placed.to <= from).is_some_and(|before| before.marks(&[',']))
}

/// It begins with a word for people.
fn people_first(clause: Clause<'_>) -> bool {
    let whom = |placed: &Placed| placed.says(&PEOPLE) || placed.says(&MEN) || placed.says(&WOMEN);
    clause.tokens.iter().take(3).any(|placed| whom(placed) && !placed.says(&["age", "aged", "ages", "old"]))
}

fn is_age(read: &Expression) -> bool {
    matches!(read, Expression::Compare(compare) if compare.subject == Subject::concept("age"))
}

/// How what was read of a piece stands to it.
fn standing(reading: Reading, own: Clause<'_>, doubt: &mut Option<Doubt>) -> Standing {
    match reading {
        Reading::Whole(read) => Standing::Whole(read),
        Reading::Necessary(read) => Standing::Necessary(read, Box::new(unread(own))),
        Reading::Sufficient(read) => Standing::Sufficient(read),
        Reading::Doubtful(said) => {
            doubt.get_or_insert(said);
            Standing::Unread
        }
        Reading::Unclear(inner, said) => {
            doubt.get_or_insert(said);
            standing(*inner, own, doubt)
        }
    }
}

/// What was not read in a row is one part: "able to walk or to sit".
fn merged(pieces: Vec<Part>, excludes: bool) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::new();
    for part in pieces {
        let unread = |part: &Part| matches!(part.piece, Piece::Nothing | Piece::Name(_) | Piece::Called(_));
        let further = found.len() > 1;
        match found.last_mut() {
            Some(last) if further && unread(last) && unread(&part) => {
                // "A bound and gout or asthma": what joins them is not told.
                last.join = match part.join {
                    Join::Comma => last.join,
                    Join::And if excludes && last.join == Join::Or => Join::Or,
                    join if join == last.join || last.join == Join::Comma => join,
                    Join::And | Join::Or | Join::Both | Join::Mixed => Join::Mixed,
                };
                last.to = part.to;
            }
            _ => found.push(part),
        }
    }
    found
}

/// A window behind the last comparison counts for those before it.
fn trailing_window(pieces: &[Part]) -> Option<Window> {
    match pieces {
        [.., Part { piece: Piece::Compared(last), .. }] => last.arms.last().and_then(|arm| arm.window.clone()),
        _ => None,
    }
}

/// A window that a clause begins with counts for all that is compared in it: "within 14 days before enrolment, …".
fn leading_window(clause: Clause<'_>) -> Option<Window> {
    window(clause, 0).map(|(window, _)| window)
}

fn conjunction(parts: Vec<Standing>) -> Option<Reading> {
    let mut all = Vec::new();
    let mut whole = true;
    for part in parts {
        match part {
            Standing::Whole(Expression::AllOf(own)) => all.extend(own),
            Standing::Whole(read) => all.push(read),
            Standing::Necessary(read, _) | Standing::Same(read) => {
                whole = false;
                all.push(read);
            }
            Standing::Sufficient(_) | Standing::Unread => whole = false,
        }
    }
    let read = if all.len() > 1 { Expression::AllOf(all) } else { all.pop()? };
    Some(if whole { Reading::Whole(read) } else { Reading::Necessary(read) })
}

/// One of several: a bound for some of the people is met by them alone.
fn chosen(read: Expression) -> Expression {
    match read {
        Expression::When(when) => Expression::AllOf(vec![when.condition, when.then]),
        Expression::AllOf(parts) if parts.iter().all(|part| matches!(part, Expression::When(_))) => {
            Expression::AnyOf(parts.into_iter().map(chosen).collect())
        }
        Expression::AnyOf(parts) => Expression::AnyOf(parts.into_iter().map(chosen).collect()),
        other @ (Expression::AllOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)) => other,
    }
}

fn disjunction(parts: Vec<Standing>, excludes: bool) -> Option<Reading> {
    let parts: Vec<Standing> = parts
        .into_iter()
        .map(|part| match part {
            Standing::Whole(read) => Standing::Whole(chosen(read)),
            Standing::Necessary(read, words) => Standing::Necessary(chosen(read), words),
            Standing::Sufficient(read) => Standing::Sufficient(chosen(read)),
            Standing::Same(read) => Standing::Same(chosen(read)),
            Standing::Unread => Standing::Unread,
        })
        .collect();
    let needed =
        parts.iter().all(|part| matches!(part, Standing::Whole(_) | Standing::Necessary(_, _) | Standing::Same(_)));
    let whole = parts.iter().all(|part| matches!(part, Standing::Whole(_)));
    let mut any = Vec::new();
    for part in parts {
        match part {
            Standing::Whole(Expression::AnyOf(own)) => any.extend(own),
            Standing::Whole(read) => any.push(read),
            // "A stable state (SBP < 180), or …": what brackets say is not enough by itself.
            Standing::Same(_) if !needed && !excludes => {}
            Standing::Same(read) => any.push(read),
            Standing::Necessary(read, _) if needed => any.push(read),
            Standing::Necessary(read, words) => any.push(Expression::AllOf(vec![read, *words])),
            Standing::Sufficient(read) if !needed => any.push(read),
            Standing::Sufficient(_) | Standing::Unread => {}
        }
    }
    let read = if any.len() > 1 { Expression::AnyOf(any) } else { any.pop()? };
    Some(match (whole, needed) {
        (true, _) => Reading::Whole(read),
        (false, true) => Reading::Necessary(read),
        (false, false) => Reading::Sufficient(read),
    })
}

/// Where "and" and "or" could both be meant: all together are enough, and one at least is needed.
fn bounded(parts: Vec<(Standing, Clause<'_>)>, excludes: bool, alternative: bool) -> Option<Reading> {
    let unread_ones = parts.iter().filter(|(part, _)| matches!(part, Standing::Unread)).count();
    // A Chinese comma may go on: what it cuts off unread may be no part.
    let chinese = parts.iter().any(|(_, own)| own.glyphs().iter().any(|glyph| is_chinese(glyph.sign)));
    let read_one = unread_ones == 0 || unread_ones < parts.len() && !chinese;
    // "18 or older and able to walk or to sit": how old somebody is is asked of everybody.
    if let (false, Some((Standing::Whole(age) | Standing::Necessary(age, _), _))) = (excludes, parts.first())
        && is_age(age)
        && !alternative
    {
        return Some(Reading::Necessary(age.clone()));
    }
    let each = parts.into_iter().map(|(part, own)| match part {
        Standing::Whole(read) | Standing::Same(read) if excludes => read,
        Standing::Whole(read) | Standing::Same(read) => chosen(read),
        Standing::Necessary(read, words) if excludes => Expression::AllOf(vec![read, *words]),
        Standing::Necessary(read, _) => chosen(read),
        Standing::Sufficient(read) if excludes => read,
        Standing::Sufficient(read) => Expression::AnyOf(vec![chosen(read), unread(own)]),
        Standing::Unread => unread(own),
    });
    let each: Vec<Expression> = if read_one { each.collect() } else { return None };
    Some(if excludes {
        Reading::Sufficient(Expression::AllOf(each))
    } else {
        Reading::Necessary(Expression::AnyOf(each))
    })
}
