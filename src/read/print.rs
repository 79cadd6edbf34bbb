//! An expression back to plain text, such that reading it gives the same expression.
//!
//! Wordings are tried until one reads back as what it is to say: what none says is not printed. Groups become lists
//! under "all / any / at least N / none of the following".

use crate::model::criterion::Category;
use crate::model::expression::{Expression, Judgement, Unread};

use super::wordings::{denials, in_marks, leaves};
use super::{Language, criteria};

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
    let printer = Printer { category, language };
    let mut lines = Vec::new();
    printer.lines(expression, 0, &mut lines)?;
    let text = lines.join("\n");
    printer.says(&text, expression).then_some(text)
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
fn indented(line: &str, depth: usize) -> String {
    line.replace('\n', &format!("\n{}", "  ".repeat(depth + 1)))
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
}

impl Printer {
    /// The lines of an expression, under others where `depth` is not zero.
    fn lines(&self, expression: &Expression, depth: usize, lines: &mut Vec<String>) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let mark = if depth == 0 { String::new() } else { format!("{}* ", "  ".repeat(depth)) };
        if let Some(line) = self.line(expression) {
            lines.push(format!("{mark}{}", indented(&line, depth)));
            return Some(());
        }
        if let Expression::When(when) = expression {
            let others = matches!(when.condition, Expression::Not(_));
            let condition = if let Expression::Not(part) = &when.condition { part } else { &when.condition };
            let Expression::Unread(people) = condition else { return None };
            let at = lines.len();
            self.lines(&when.then, depth, lines)?;
            let then = lines.get(at)?.strip_prefix(&mark)?.to_owned();
            let first = lines.get_mut(at)?;
            *first = format!("{mark}{}", given(&in_marks(&people.text), others, &then, self.language));
            return Some(());
        }
        let english = self.language == Language::English;
        let (head, parts) = match expression {
            Expression::AllOf(parts) => {
                (if english { "All of the following:" } else { "符合以下所有条件：" }.to_owned(), parts.as_slice())
            }
            Expression::AnyOf(parts) => {
                (if english { "Any of the following:" } else { "符合以下任一条件：" }.to_owned(), parts.as_slice())
            }
            Expression::AtLeast(some) if english => {
                (format!("At least {} of the following:", some.count), some.of.as_slice())
            }
            Expression::AtLeast(some) => (format!("至少{}项以下条件：", some.count), some.of.as_slice()),
            Expression::Not(part) => {
                let head = if english { "None of the following:" } else { "无以下任一情况：" }.to_owned();
                match part.as_ref() {
                    Expression::AnyOf(parts) => (head, parts.as_slice()),
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
                    | Expression::Unread(_) => (head, std::slice::from_ref(part.as_ref())),
                }
            }
            Expression::When(_)
            | Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => return None,
        };
        lines.push(format!("{mark}{head}"));
        parts.iter().try_for_each(|part| self.lines(part, depth + 1, lines))
    }

    /// One line that says all of it.
    fn line(&self, expression: &Expression) -> Option<String> {
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
        candidates.into_iter().find(|line| self.says(&indented(line, 0), expression))
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
