//! Ages, with or without the sex of those meant.

use crate::model::expression::{Expression, IsOneOf};
use crate::model::record::Subject;

use super::bounds::{End, Join, ends, fill, ranged};
use super::clause::{Clause, Reading};
use super::token::{Placed, Sign, Token};

pub(super) const PEOPLE: [&str; 46] = [
    "children",
    "child",
    "infants",
    "infant",
    "adolescents",
    "adolescent",
    "volunteers",
    "volunteer",
    "individual",
    "youth",
    "anyone",
    "those",
    "being",
    "patient",
    "patients",
    "subject",
    "subjects",
    "participant",
    "participants",
    "person",
    "persons",
    "individuals",
    "adult",
    "adults",
    "age",
    "aged",
    "ages",
    "old",
    "age range",
    "gender",
    "genders",
    "sex",
    "sexes",
    "年龄",
    "患者",
    "受试者",
    "志愿者",
    "成年",
    "性别不限",
    "男女不限",
    "男女均可",
    "男女皆可",
    "性别",
    "病人",
    "男女兼有",
    "people",
];
const AROUND_AGE: [&str; 43] = [
    "were",
    "was",
    "have",
    "has",
    "an",
    "of",
    "the",
    "at",
    "time",
    "screening",
    "consent",
    "enrollment",
    "enrolment",
    "inclusion",
    "is",
    "are",
    "must",
    "be",
    "who",
    "both",
    "either",
    "any",
    "all",
    "between",
    "from",
    "inclusive",
    "including",
    "and",
    "or",
    "且",
    "或",
    "和",
    "及",
    "的",
    "者",
    "为",
    "在",
    "岁",
    "筛选时",
    "入组时",
    "签署知情同意书时",
    "签署ICF时",
    "签署知情同意时",
];
pub(super) const MEN: [&str; 6] = ["male", "males", "men", "man", "男性", "男"];
pub(super) const WOMEN: [&str; 6] = ["female", "females", "women", "woman", "女性", "女"];
const MARKS: [char; 10] = [',', '/', ':', '(', ')', '-', '，', '、', '之', '~'];

/// "Male or female, aged 18 to 75 years"
pub(super) fn age(clause: Clause<'_>) -> Option<Reading> {
    aged(clause.tokens, clause.excludes).map(Reading::Whole)
}

fn aged(tokens: &[Placed], excludes: bool) -> Option<Expression> {
    let (mut men, mut women, mut said) = (false, false, false);
    let (mut before, mut after) = (false, false);
    let mut left: Vec<Token> = Vec::new();
    let (mut joined, mut pending) = (Join::Comma, Join::Comma);
    for placed in tokens {
        let counted = left.iter().any(|token| matches!(token, Token::Number(_)));
        if matches!(placed.token, Token::Number(_) | Token::Sign(_)) && counted && pending != Join::Comma {
            joined = std::mem::replace(&mut pending, Join::Comma);
        }
        match &placed.token {
            Token::Word(word) => match word.as_str() {
                word if MEN.contains(&word) || WOMEN.contains(&word) => {
                    men |= MEN.contains(&word);
                    women |= WOMEN.contains(&word);
                    before |= !counted;
                    after |= counted;
                    pending = Join::Comma;
                }
                "or" | "或" if counted => pending = Join::Or,
                "and" | "且" | "和" | "及" if counted => pending = Join::And,
                word if PEOPLE.contains(&word) => said = true,
                word if AROUND_AGE.contains(&word) => {}
                _ => return None,
            },
            Token::Name("age") => said = true,
            Token::Mark('-' | '~') | Token::To => left.push(Token::To),
            Token::Mark(mark) if MARKS.contains(mark) => {}
            Token::Number(_) | Token::Sign(_) | Token::After(_) => left.push(placed.token.clone()),
            Token::Unit(unit) if matches!(unit.as_str(), "y" | "mo" | "wk" | "d") => left.push(placed.token.clone()),
            Token::Mark(_) | Token::Name(_) | Token::Unit(_) => return None,
        }
    }
    // "Men under 50 or women over 60": to each their own.
    if before && after {
        return None;
    }
    turn(&mut left);
    let mut at = 0;
    let mut ends = ends(&left, &mut at)?;
    if at < left.len() || ends.is_empty() {
        return None;
    }
    fill(&mut ends);
    let years = ends.iter().all(|end| end.unit.as_deref() == Some("y"));
    let bare = ends.iter().all(|end| end.unit.is_none());
    if !(said || (men || women) && years) || !(bare && said) && ends.iter().any(|end| end.unit.is_none()) {
        return None;
    }
    ends.iter_mut().filter(|end| end.unit.is_none()).for_each(|end| end.unit = Some("y".to_owned()));
    let plausible = |end: &End| end.unit.as_deref() != Some("y") || end.value.whole().is_some_and(|years| years <= 120);
    if !ends.iter().all(plausible) {
        return None;
    }
    let compared = ranged(&Subject::concept("age"), &ends, joined, excludes)?;
    if men == women {
        return Some(compared);
    }
    let values = vec![if men { "male" } else { "female" }.to_owned()];
    let sex = Expression::IsOneOf(IsOneOf { subject: Subject::concept("sex"), values, window: None });
    Some(Expression::AllOf(vec![sex, compared]))
}

/// `18 ≤ age ≤ 75`, its name left out, says its first sign backwards.
fn turn(tokens: &mut [Token]) {
    let unit = usize::from(matches!(tokens.get(1), Some(Token::Unit(_))));
    let (Some(Token::Number(_)), Some(Token::Sign(sign)), Some(Token::Sign(_))) =
        (tokens.first(), tokens.get(1 + unit), tokens.get(2 + unit))
    else {
        return;
    };
    let turned = Token::Sign(match sign {
        Sign::Less => Sign::More,
        Sign::AtMost => Sign::AtLeast,
        Sign::More => Sign::Less,
        Sign::AtLeast => Sign::AtMost,
    });
    if let Some(first) = tokens.get_mut(..2 + unit) {
        first.rotate_right(1);
        first.iter_mut().take(1).for_each(|token| *token = turned.clone());
    }
}
