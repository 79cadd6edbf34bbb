//! One item: a sentence, or a group of items under it.

use crate::diagnostic::{Code, Diagnostic, Span, quoted};
use crate::model::expression::{AtLeast, Conditional, Expression, Unread};

use super::fold::{Glyph, shown, span};
use super::function::{function, of_some};
use super::group::{Group, Many, group};
use super::line::Line;
use super::outline::{Item, Place};
use super::quoted::{conditional, in_corners, words as words_in_marks};
use super::reach;
use super::sentence::{self, LEAVE};
use super::words::{said, words};

/// Above one item: what it says is not so.
pub(super) const CONTRARY: [&str; 2] = ["The contrary of the following:", "以下情况的反面："];
/// Above two items: the second counts where the first is so.
pub(super) const GIVEN_FIRST: [&str; 2] =
    ["If the first of the following is so, the second:", "如果以下第一项成立，则须第二项："];

/// Reads one criterion.
pub(super) struct Reader<'b> {
    pub(super) id: &'b str,
    pub(super) excludes: bool,
    pub(super) parts: usize,
    pub(super) diagnostics: &'b mut Vec<Diagnostic>,
}

impl Reader<'_> {
    pub(super) fn criterion(mut self, place: &Place<'_>, item: &Item<'_>, reach: Span) -> Expression {
        let under = place.context.map(shown);
        let whole = if under.is_none() { self.conditional(item).or_else(|| self.sentence(item, reach)) } else { None };
        match whole.or_else(|| self.grouped(item, under.as_deref())) {
            Some(expression) => expression,
            None => Expression::Unread(Unread {
                id: self.id.to_owned(),
                text: context(place, &body(item)),
                span: Some(reach),
            }),
        }
    }

    /// An item for those of whom words in quotation marks hold.
    fn conditional(&mut self, item: &Item<'_>) -> Option<Expression> {
        let first = item.lines.first()?;
        let (people, others, rest) = conditional(first.body)?;
        self.parts += 1;
        let id = format!("{}.{}", self.id, self.parts);
        let condition = Expression::Unread(Unread { id, text: words_in_marks(people), span: span(people) });
        let condition = if others { Expression::Not(Box::new(condition)) } else { condition };
        let lines = std::iter::once(Line { body: rest, ..first.clone() }).chain(item.lines.iter().skip(1).cloned());
        let inner = Item { lines: lines.collect(), said: rest, ..item.clone() };
        let then = self.part(&inner, None);
        Some(Expression::When(Box::new(Conditional { condition, then })))
    }

    /// Gives the parts that were not read their ids.
    fn name(&mut self, expression: &mut Expression) {
        let mut given = Vec::new();
        self.name_each(expression, &mut given);
    }

    fn name_each(&mut self, expression: &mut Expression, given: &mut Vec<(Option<Span>, String)>) {
        match expression {
            Expression::AllOf(parts) | Expression::AnyOf(parts) => {
                parts.iter_mut().for_each(|part| self.name_each(part, given))
            }
            Expression::Not(part) => self.name_each(part, given),
            Expression::AtLeast(some) => some.of.iter_mut().for_each(|part| self.name_each(part, given)),
            Expression::When(when) => {
                self.name_each(&mut when.condition, given);
                self.name_each(&mut when.then, given);
            }
            // The same words are asked once.
            Expression::Unread(unread) if unread.id.is_empty() => {
                match given.iter().find(|(span, _)| *span == unread.span) {
                    Some((_, id)) => unread.id.clone_from(id),
                    None => {
                        self.parts += 1;
                        unread.id = format!("{}.{}", self.id, self.parts);
                        given.push((unread.span, unread.id.clone()));
                    }
                }
            }
            Expression::Judgement(judgement) if judgement.id.is_empty() => {
                self.parts += 1;
                judgement.id = format!("{}.{}", self.id, self.parts);
            }
            Expression::Unread(_)
            | Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_) => {}
        }
    }

    /// An item that is one sentence, or several.
    fn sentence(&mut self, item: &Item<'_>, reach: Span) -> Option<Expression> {
        let [line] = item.lines.as_slice() else { return None };
        let unfinished = line.body.last().is_some_and(|glyph| glyph.sign == ':');
        if item.glued || !item.children.is_empty() || unfinished && self.excludes {
            return None;
        }
        if !in_corners(line.body) && against(line.body, self.excludes) {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::DoubtfulList,
                    format!("{} says the contrary of the list that it stands on", quoted(&shown(line.body))),
                    "see what the protocol means; it is asked as it stands until then",
                )
                .at(reach),
            );
            return None;
        }
        let said = sentence::read(line.body, self.excludes);
        self.diagnostics.extend(said.doubts.iter().map(|doubt| doubt.said(&shown(line.body)).at(reach)));
        let mut expression = said.expression?;
        // Behind a colon something was to follow.
        if unfinished && !expression.leaves().iter().any(|leaf| matches!(leaf, Expression::Unread(_))) {
            let unread = Unread { id: String::new(), text: shown(line.body), span: Some(reach) };
            expression = Expression::AllOf(vec![expression, Expression::Unread(unread)]);
        }
        self.name(&mut expression);
        Some(expression)
    }

    /// The items under a parent that says how they hang together.
    fn grouped(&mut self, item: &Item<'_>, under: Option<&str>) -> Option<Expression> {
        let parent = item.lines.first()?;
        if let Some(expression) = self.told(parent.body, &item.children) {
            return Some(expression);
        }
        // What one of the parts asks of some alone has no place among the others.
        let some = item.children.iter().any(|child| child.people.is_some());
        if item.children.is_empty() || item.glued || item.lines.len() > 1 || some {
            return None;
        }
        let Some(Group { many, pure }) = group(parent.body) else { return self.tested(item, under) };
        // What excludes whoever has none of them stands on the wrong list.
        if many == Many::None && self.excludes {
            return None;
        }
        let said = if pure { under.map(str::to_owned) } else { Some(prefixed(under, &shown(parent.body))) };
        let of: Vec<Expression> = item.children.iter().map(|child| self.part(child, said.as_deref())).collect();
        Some(match many {
            Many::All => Expression::AllOf(of),
            Many::Any => Expression::AnyOf(of),
            Many::AtLeast(count) => Expression::AtLeast(AtLeast { count, of }),
            Many::None => Expression::Not(Box::new(match <[Expression; 1]>::try_from(of) {
                Ok([only]) => only,
                Err(of) => Expression::AnyOf(of),
            })),
        })
    }

    /// The items under a head that says in full how they hang together, on either list.
    fn told(&mut self, head: &[Glyph], children: &[Item<'_>]) -> Option<Expression> {
        let said = shown(head);
        let is = |heads: &[&str; 2]| heads.contains(&said.as_str());
        match children {
            [part] if is(&CONTRARY) => Some(Expression::Not(Box::new(self.part(part, None)))),
            [condition, then] if is(&GIVEN_FIRST) => {
                let condition = self.part(condition, None);
                Some(Expression::When(Box::new(Conditional { condition, then: self.part(then, None) })))
            }
            _ => None,
        }
    }

    /// The tests under a head that speaks of organs and blood, or of some of the people.
    fn tested(&mut self, item: &Item<'_>, under: Option<&str>) -> Option<Expression> {
        let head = item.lines.first()?.body;
        let whom = of_some(head);
        let every = if self.excludes { Many::Any } else { Many::All };
        let plain = if whom { Some((every, true)) } else { function(head, self.excludes) };
        let (many, pure) = plain.filter(|_| under.is_none())?;
        let joined = |line: &[Glyph]| {
            let said = words(line, 200);
            let contrary = if many == Many::All { "or" } else { "and" };
            [said.first(), said.last()].into_iter().flatten().any(|word| word.text == contrary)
        };
        let lines = || item.children.iter().filter_map(|child| child.lines.first().map(|line| line.body));
        let deep = item.children.iter().any(|child| child.lines.len() != 1 || !child.children.is_empty());
        if deep || lines().any(joined) {
            return None;
        }
        let (parts, problems) = (self.parts, self.diagnostics.len());
        let mut of: Vec<Expression> = item.children.iter().map(|child| self.part(child, None)).collect();
        let unread = |expression: &Expression| matches!(expression, Expression::Unread(_));
        // What was not read may give leave from what was.
        let gives = |line: &[Glyph]| words(line, 200).iter().any(|word| LEAVE.contains(&word.text.as_str()));
        let leave = lines().zip(&of).any(|(line, read)| unread(read) && gives(line));
        if leave || of.len() < 2 || of.iter().all(unread) {
            self.parts = parts;
            self.diagnostics.truncate(problems);
            return None;
        }
        if !pure {
            self.parts += 1;
            let id = format!("{}.{}", self.id, self.parts);
            of.push(Expression::Unread(Unread { id, text: body(item), span: reach(item) }));
        }
        let read = if many == Many::All { Expression::AllOf(of) } else { Expression::AnyOf(of) };
        if !whom {
            return Some(read);
        }
        self.parts += 1;
        let id = format!("{}.{}", self.id, self.parts);
        let text = shown(head).trim_end_matches([':', ' ']).to_owned();
        let condition = Expression::Unread(Unread { id, text, span: span(head) });
        Some(if self.excludes {
            Expression::AllOf(vec![condition, read])
        } else {
            Expression::When(Box::new(Conditional { condition, then: read }))
        })
    }

    fn part(&mut self, item: &Item<'_>, under: Option<&str>) -> Expression {
        let given = item.lines.first().and_then(|line| conditional(line.body)).is_some() && under.is_none();
        if let Some(expression) = if given { None } else { self.grouped(item, under) } {
            return expression;
        }
        let place = reach(item);
        if under.is_none()
            && let Some(expression) =
                place.and_then(|place| self.conditional(item).or_else(|| self.sentence(item, place)))
        {
            return expression;
        }
        self.parts += 1;
        let id = format!("{}.{}", self.id, self.parts);
        Expression::Unread(Unread { id, text: prefixed(under, &body(item)), span: place })
    }
}

/// A requirement among what excludes, or an exclusion among what is required.
fn against(body: &[Glyph], excludes: bool) -> bool {
    let said = said(body, 60);
    let has = |known: &[&str], most: usize| said.split(' ').take(most).any(|word| known.contains(&word));
    if excludes {
        const REQUIRED: [&str; 6] =
            ["must be ", "must have ", "should be ", "should have ", "shall be ", "shall have "];
        const BIDDEN: [&str; 4] = ["have to be on ", "has to be on ", "have to be stable", "has to be stable"];
        has(&["must", "should", "shall"], 8) && REQUIRED.iter().any(|required| said.contains(required))
            || BIDDEN.iter().any(|bidden| said.contains(bidden))
            || ["必须", "应当", "应为"].iter().any(|must| said.contains(must))
    } else {
        has(&["excluded", "ineligible", "exclude", "excludes"], 60)
            || said.contains("not eligible")
            || ["被排除", "予以排除", "不得入", "不能入"].iter().any(|out| said.contains(out))
    }
}

/// A text that cannot be understood without what stands above it.
fn prefixed(under: Option<&str>, text: &str) -> String {
    match under {
        Some(under) => format!("{} {text}", under.trim_end()),
        None => text.to_owned(),
    }
}

pub(super) fn context(place: &Place<'_>, text: &str) -> String {
    let under = place.context.map(|context| format!("{}:", shown(context)));
    prefixed(under.as_deref(), text)
}

/// All lines of an item, without the first mark.
pub(super) fn body(item: &Item<'_>) -> String {
    let mut lines = Vec::new();
    let mut open = vec![(item, true)];
    while let Some((item, first)) = open.pop() {
        for (at, line) in item.lines.iter().enumerate() {
            let own = if at > 0 || !first { line.whole } else { item.said };
            lines.push(shown(own));
        }
        open.extend(item.children.iter().rev().map(|child| (child, false)));
    }
    lines.join("\n")
}
