//! Words in quotation marks, taken as they stand.
//!
//! | the text says | what is read |
//! |---|---|
//! | “…” | the words are asked |
//! | Investigator's judgement: “…” | the investigator judges them |
//! | If “…”: a criterion | it counts where they hold |
//! | History of “…” within 6 months | they are what it is about, whatever they say |
//! | 「…」 | the same, and nothing in them is taken for a mark, a head or another item; ¶ is the end of a line |
//! | 『stroke』: ever; … | a leaf in full: see [`super::exact`] |

use crate::model::expression::{Expression, Judgement, Unread};
use crate::model::record::Subject;

use super::dated::{is_course, is_event};
use super::exact::LINE_END;
use super::exact_back;
use super::fold::{Glyph, fold, shown, span, trim};
use super::sentence;

/// Before what the investigator judges.
pub(super) const JUDGED: [&str; 2] = ["Investigator's judgement: ", "研究者判断："];

/// The quotation that a text holds: what stands before it, in it and behind it. It is the only one.
fn parted(text: &[Glyph]) -> Option<[&[Glyph]; 3]> {
    let place = |sign: char| text.iter().position(|glyph| glyph.sign == sign);
    let (open, close) = match place('「') {
        Some(open) => (open, text.iter().rposition(|glyph| glyph.sign == '」')?),
        None => {
            let open = place('"')?;
            let close = text.iter().rposition(|glyph| glyph.sign == '"')?;
            let more = text.get(open + 1..close)?.iter().any(|glyph| glyph.sign == '"');
            if more {
                return None;
            }
            (open, close)
        }
    };
    let inside = text.get(open + 1..close)?;
    Some([trim(text.get(..open)?), inside, trim(text.get(close + 1..)?)])
}

/// Its words are to be taken as they stand: nothing in them is a mark, a head or another item.
pub(super) fn in_corners(text: &[Glyph]) -> bool {
    text.iter().any(|glyph| matches!(glyph.sign, '「' | '『'))
}

/// What marks hold, with its lines.
pub(super) fn words(inside: &[Glyph]) -> String {
    shown(inside).replace(LINE_END, "\n")
}

/// What an item says that has words in quotation marks.
pub(super) fn quoted(text: &[Glyph], excludes: bool) -> Option<Expression> {
    if in_corners(text)
        && let Some(leaf) = exact_back::read(&shown(text))
    {
        return Some(leaf);
    }
    let [before, inside, behind] = parted(text)?;
    let words = words(inside);
    if before.is_empty() && behind.is_empty() {
        return Some(Expression::Unread(Unread { id: String::new(), text: words, span: span(inside) }));
    }
    if behind.is_empty() && JUDGED.iter().any(|judged| judged.trim() == shown(before)) {
        return Some(Expression::Judgement(Judgement { id: String::new(), text: words }));
    }
    about(before, &words, behind, excludes)
}

/// The same sentence about something without a name of its own, and then about the words.
fn about(before: &[Glyph], words: &str, behind: &[Glyph], excludes: bool) -> Option<Expression> {
    let subject = Subject::Text(words.to_owned());
    let name = if is_course(&subject) {
        "qqq therapy"
    } else if is_event(&subject) {
        "qqq event"
    } else {
        "qqq"
    };
    let blank = |glyphs: &[Glyph]| if glyphs.is_empty() { Vec::new() } else { fold(" ") };
    let sentence: Vec<Glyph> =
        [before, &blank(before), &fold(name), &blank(behind), behind].into_iter().flatten().copied().collect();
    let said = sentence::read(&sentence, excludes);
    let mut read = said.expression.filter(|_| said.doubts.is_empty())?;
    let mut whole = true;
    read.each_leaf_mut(&mut |leaf| {
        let subject = match leaf {
            Expression::Present(present) => &mut present.subject,
            Expression::Elapsed(elapsed) => &mut elapsed.since,
            Expression::Compare(compare) => &mut compare.subject,
            Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_)
            | Expression::IsOneOf(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => {
                whole = false;
                return;
            }
        };
        whole &= matches!(subject, Subject::Text(text) if text == name);
        *subject = Subject::Text(words.to_owned());
    });
    whole.then_some(read)
}

/// "If “…”: …": whom it is about, whether those or the others, and the criterion.
pub(super) fn conditional(body: &[Glyph]) -> Option<(&[Glyph], bool, &[Glyph])> {
    let [before, inside, behind] = parted_first(body)?;
    let others = match shown(before).as_str() {
        "If" | "如" => false,
        "If not" | "如非" => true,
        _ => return None,
    };
    let [Glyph { sign: ':', .. }, rest @ ..] = behind else { return None };
    Some((inside, others, trim(rest))).filter(|(_, _, rest)| !rest.is_empty())
}

/// The same as [`parted`], of the first of several quotations.
fn parted_first(text: &[Glyph]) -> Option<[&[Glyph]; 3]> {
    let open = text.iter().take(8).position(|glyph| matches!(glyph.sign, '"' | '「'))?;
    let closing = if text.get(open)?.sign == '「' { '」' } else { '"' };
    let inside = text.get(open + 1..)?;
    let length = inside.iter().position(|glyph| glyph.sign == closing)?;
    Some([trim(text.get(..open)?), inside.get(..length)?, trim(inside.get(length + 1..)?)])
}
