//! Items of nothing but a sex: "Female", "Male patients only", 女性.

use crate::model::expression::{Expression, IsOneOf};
use crate::model::record::Subject;

use super::age::{MEN, WOMEN};
use super::clause::{Clause, Reading};
use super::token::Placed;

/// A clause that asks for one of the sexes, and for nothing else.
pub(super) fn sex(clause: Clause<'_>) -> Option<Reading> {
    const AROUND: [&str; 19] = [
        "sex",
        "gender",
        "is",
        "be",
        "must",
        "only",
        "patient",
        "patients",
        "subject",
        "subjects",
        "participant",
        "participants",
        "individuals",
        "persons",
        "性别",
        "为",
        "患者",
        "受试者",
        "者",
    ];
    let named = |placed: &&Placed| !placed.says(&AROUND) && !placed.marks(&[':', '：', '-', '=']);
    let mut words = clause.tokens.iter().filter(named);
    let only = words.next().filter(|_| words.next().is_none())?;
    let value = if only.says(&WOMEN) {
        "female"
    } else if only.says(&MEN) {
        "male"
    } else {
        return None;
    };
    let values = vec![value.to_owned()];
    Some(Reading::Whole(Expression::IsOneOf(IsOneOf { subject: Subject::concept("sex"), values, window: None })))
}
