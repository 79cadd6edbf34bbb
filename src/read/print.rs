//! An expression back to plain text, such that reading it gives the same expression.
//!
//! Wordings are tried until one reads back as what it is to say; the last of them says every field of a leaf in full
//! ([`super::exact`]). Groups become lists under "all / any / at least N / none of the following".

use crate::model::criterion::Category;
use crate::model::expression::{Expression, Judgement, Unread};

use super::item::{CONTRARY, GIVEN_FIRST};
use super::wordings::{denials, in_marks, leaves};
use super::{Language, criteria, exact};

/// An item that reads as this expression on its list; `None` where no wording does.
///
/// Words that would be read as something else stand in quotation marks, and are taken as they stand: a sentence that is
/// asked, the name of what a leaf is about, whom a part counts for (`If “…”: …`).
///
/// Ids and places of parts that are asked as they stand are given anew by whoever reads. The text is one item with the
/// items under it, without a mark before the first line.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Category, Expression, Language, read};
/// let json = r#"{"present":{"subject":{"concept":"stroke"},"status":"history",
///                           "window":{"anchor":"screening","from":"-6 mo","to":"0 d"}}}"#;
/// let stroke: Expression = serde_json::from_str(json).unwrap();
/// let print = |language| read::print(&stroke, Category::Exclusion, language);
/// assert_eq!(print(Language::English).unwrap(), "stroke within 6 months before screening");
/// assert_eq!(print(Language::Chinese).unwrap(), "筛选前6个月内脑卒中");
/// ```
pub fn print(expression: &Expression, category: Category, language: Language) -> Option<String> {
    let printer = |full| Printer { category, language, full };
    [printer(false), printer(true)]
        .iter()
        .find_map(|printer| printer.item(expression, 0).filter(|text| printer.says(text, expression)))
}

/// The same without what whoever reads gives anew.
pub(crate) fn without_places(expression: &Expression) -> Expression {
    let each = |parts: &[Expression]| parts.iter().map(without_places).collect();
    match expression {
        Expression::AllOf(parts) => Expression::AllOf(each(parts)),
        Expression::AnyOf(parts) => Expression::AnyOf(each(parts)),
        Expression::Not(part) => Expression::Not(Box::new(without_places(part))),
        Expression::AtLeast(some) => {
            let mut some = some.clone();
            some.of = each(&some.of);
            Expression::AtLeast(some)
        }
        Expression::When(when) => {
            let mut when = when.clone();
            when.condition = without_places(&when.condition);
            when.then = without_places(&when.then);
            Expression::When(when)
        }
        Expression::Unread(unread) => {
            Expression::Unread(Unread { id: String::new(), text: unread.text.clone(), span: None })
        }
        Expression::Judgement(judgement) => {
            Expression::Judgement(Judgement { id: String::new(), text: judgement.text.clone() })
        }
        Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_) => expression.clone(),
    }
}

/// The lines behind the first hang under it.
fn indented(line: &str) -> String {
    line.replace('\n', "\n  ")
}

/// What counts for some, said of them.
fn given(people: &str, others: bool, then: &str, language: Language) -> String {
    match (language, others) {
        (Language::English, false) => format!("If {people}: {then}"),
        (Language::English, true) => format!("If not {people}: {then}"),
        (Language::Chinese, false) => format!("如{people}：{then}"),
        (Language::Chinese, true) => format!("如非{people}：{then}"),
    }
}

/// No deeper group is printed.
const DEEPEST: usize = 8;

struct Printer {
    category: Category,
    language: Language,
    /// Each leaf in full, and words in marks that nothing breaks: what is said apart may not be so beside others.
    full: bool,
}

impl Printer {
    /// An item that says an expression, the items under it further in.
    fn item(&self, expression: &Expression, depth: usize) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(line) = self.line(expression) {
            return Some(line);
        }
        let english = self.language == Language::English;
        let under = |head: &str, parts: &[Expression]| -> Option<String> {
            let mut text = head.to_owned();
            for part in parts {
                text.push_str("\n  * ");
                text.push_str(&indented(&self.item(part, depth + 1)?));
            }
            Some(text)
        };
        let of_two = |[in_english, in_chinese]: [&'static str; 2]| if english { in_english } else { in_chinese };
        let says = |text: &String| self.says(text, expression);
        match expression {
            Expression::AllOf(parts) => under(of_two(["All of the following:", "符合以下所有条件："]), parts),
            Expression::AnyOf(parts) => under(of_two(["Any of the following:", "符合以下任一条件："]), parts),
            Expression::AtLeast(some) if english => {
                under(&format!("At least {} of the following:", some.count), &some.of)
            }
            Expression::AtLeast(some) => under(&format!("至少{}项以下条件：", some.count), &some.of),
            Expression::Not(part) => {
                let parts = match part.as_ref() {
                    Expression::AnyOf(parts) => parts.as_slice(),
                    Expression::AllOf(_)
                    | Expression::Not(_)
                    | Expression::AtLeast(_)
                    | Expression::When(_)
                    | Expression::Compare(_)
                    | Expression::IsOneOf(_)
                    | Expression::Present(_)
                    | Expression::Elapsed(_)
                    | Expression::Change(_)
                    | Expression::Judgement(_)
                    | Expression::Unread(_) => std::slice::from_ref(part.as_ref()),
                };
                let none = under(of_two(["None of the following:", "无以下任一情况："]), parts).filter(says);
                none.or_else(|| under(of_two(CONTRARY), std::slice::from_ref(part.as_ref())))
            }
            Expression::When(when) => {
                let parts = [when.condition.clone(), when.then.clone()];
                self.given(&when.condition, &when.then, depth).find(says).or_else(|| under(of_two(GIVEN_FIRST), &parts))
            }
            Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => None,
        }
    }

    /// What counts for those of whom words hold, said of them.
    fn given(&self, condition: &Expression, then: &Expression, depth: usize) -> impl Iterator<Item = String> {
        let others = matches!(condition, Expression::Not(_));
        let condition = if let Expression::Not(part) = condition { part } else { condition };
        let words = match condition {
            Expression::Unread(people) => self.item(then, depth + 1).map(|then| (in_marks(&people.text), then)),
            Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_)
            | Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_) => None,
        };
        let language = self.language;
        words.into_iter().flat_map(move |(people, then)| people.map(|people| given(&people, others, &then, language)))
    }

    /// One line that says all of it.
    fn line(&self, expression: &Expression) -> Option<String> {
        let in_full = exact::written(expression, self.language);
        if self.full {
            return in_full;
        }
        let candidates = match expression {
            Expression::Not(part) => denials(&self.wordings(part), self.language),
            Expression::When(when) => {
                let (conditions, then) = (self.wordings(&when.condition), self.wordings(&when.then));
                super::wordings::conditions(&conditions, &then, self.language)
            }
            Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => leaves(expression, self.language),
            Expression::AllOf(parts) | Expression::AnyOf(parts) => match parts.as_slice() {
                // That it was, and how long ago
                [Expression::Present(_), elapsed @ Expression::Elapsed(_)] => leaves(elapsed, self.language),
                [Expression::Elapsed(_), Expression::AnyOf(never)] => self.sentences(never),
                _ => self.sentences(parts),
            },
            Expression::AtLeast(_) => Vec::new(),
        };
        candidates.into_iter().chain(in_full).find(|line| self.says(line, expression))
    }

    /// A sentence that was read in part stands whole among the parts.
    fn sentences(&self, parts: &[Expression]) -> Vec<String> {
        let unread = parts.iter().filter(|part| matches!(part, Expression::Unread(_)));
        unread.flat_map(|part| leaves(part, self.language)).collect()
    }

    fn wordings(&self, part: &Expression) -> Vec<String> {
        leaves(part, self.language)
    }

    /// The text reads as the expression.
    fn says(&self, text: &str, expression: &Expression) -> bool {
        let head = match (self.category, self.language) {
            (Category::Inclusion, Language::English) => "Inclusion Criteria:",
            (Category::Exclusion, Language::English) => "Exclusion Criteria:",
            (Category::Inclusion, Language::Chinese) => "入选标准：",
            (Category::Exclusion, Language::Chinese) => "排除标准：",
        };
        let read = criteria(&format!("{head}\n\n* {text}"), self.language).output;
        match read.as_slice() {
            [only] => without_places(&only.expression) == without_places(expression),
            _ => false,
        }
    }
}
