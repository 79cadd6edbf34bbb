//! What is said by saying no twice.

use super::{Findings, below, each, key};
use crate::diagnostic::{Code, quoted};
use crate::import::readable::Step;
use crate::model::criterion::{Category, Criterion};
use crate::model::expression::Expression;

/// Words with which a criterion says what must not be there.
const ENGLISH: [&str; 6] = ["no", "not", "without", "never", "absence", "lack"];
const CHINESE: [&str; 6] = ["无", "没有", "未", "不", "从未", "否认"];
/// "No more than" is a bound, and denies nothing.
const BOUNDS: [&str; 10] =
    ["more", "less", "fewer", "later", "earlier", "older", "younger", "greater", "lower", "longer"];

pub(super) fn check(criterion: &Criterion, here: &[Step], findings: &mut Findings) {
    let path = below(here, [key("expression")]);
    let help = "say it once, without \"not\": the criterion reads as it is evaluated";
    if let (Category::Exclusion, Expression::Not(_)) = (criterion.category, &criterion.expression) {
        let message =
            format!("{} excludes whoever does not have something: that is a requirement", quoted(&criterion.id));
        findings.warning(path.clone(), Code::DoubleNegation, message, "make it an inclusion, without the \"not\"");
    }
    let mut denies = false;
    each(&criterion.expression, &path, &mut |expression, path| {
        let Expression::Not(part) = expression else { return };
        denies = true;
        if let Expression::Not(_) = part.as_ref() {
            findings.warning(path.to_vec(), Code::DoubleNegation, "a \"not\" of a \"not\" says nothing", help);
        } else if denied(part) {
            let message = "a \"not\" stands inside the scope of another, as in \"not … unless not …\"";
            findings.warning(path.to_vec(), Code::DoubleNegation, message, help);
        }
    });
    if denies {
        return;
    }
    let plain = |leaf: &&Expression| matches!(leaf, Expression::Present(_) | Expression::IsOneOf(_));
    if !criterion.expression.leaves().iter().all(plain) {
        return;
    }
    for (language, text) in criterion.text.iter() {
        if negated(&text.full) {
            let message = format!("the words {} deny what the expression asks for", quoted(&text.full));
            let help = match criterion.category {
                Category::Inclusion => {
                    "put the expression under \"not\", or make it an exclusion and say it without the no"
                }
                Category::Exclusion => {
                    "an exclusion says what excludes: say it without the no, or make it an inclusion"
                }
            };
            findings.warning(
                below(here, [key("text"), key(language), key("full")]),
                Code::NegatedWording,
                message,
                help,
            );
        }
    }
}

/// INVARIANT: the depth is bounded by the reader of trial documents.
fn denied(expression: &Expression) -> bool {
    match expression {
        Expression::Not(_) => true,
        Expression::AllOf(_) | Expression::AnyOf(_) | Expression::AtLeast(_) | Expression::When(_) => {
            expression.parts().into_iter().any(denied)
        }
        Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}

fn negated(text: &str) -> bool {
    let text = text.trim();
    if CHINESE.iter().any(|no| text.starts_with(no)) {
        return true;
    }
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let is = |word: Option<String>, list: &[&str]| word.is_some_and(|word| list.contains(&word.as_str()));
    is(words.next(), &ENGLISH) && !is(words.next(), &BOUNDS)
}
