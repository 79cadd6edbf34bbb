//! What a comparison asks: one subject or several, and to each their own bounds.

use crate::model::concept::Concept;
use crate::model::expression::{Conditional, Expression, IsOneOf};
use crate::model::record::Subject;
use crate::model::unit::{BoundUnit, Dimension};
use crate::model::window::Window;

use super::bounds::{self, End, Join, fill, fits, ranged};
use super::clause::Clause;
use super::condition::Condition;
use super::doubt::Doubt;
use super::logic::Standing;
use super::sentence::unread;
use super::subject::About;
use super::token::Placed;
use super::unmeasured::is_no_measure;
use super::value::Value;

/// A subject, and its bounds.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    pub(super) about: Vec<About>,
    /// What joins several subjects.
    pub(super) shared: Option<Join>,
    /// It is about people of this sex, and nobody else fits.
    pub(super) only: Option<&'static str>,
    /// How the text calls it.
    pub(super) name: String,
    pub(super) arms: Vec<Arm>,
    /// The clause asks for something more.
    pub(super) more: bool,
    /// Brackets say of what or of whom each of the bounds is: any of them is needed, and what they say.
    pub(super) qualified: bool,
    /// The clause takes something back.
    pub(super) unless: bool,
    /// Brackets give examples: what is compared is enough, but not needed.
    pub(super) example: bool,
}

/// Bounds, and for whom they count.
#[derive(Clone, Debug)]
pub(super) struct Arm {
    pub(super) join: Join,
    pub(super) value: Value,
    pub(super) condition: Option<Condition>,
    pub(super) window: Option<Window>,
}

impl Comparison {
    /// What it asks, and how that stands to its words.
    pub(super) fn expression(&self, part: Clause<'_>) -> Result<(Standing, Option<Doubt>), Option<Doubt>> {
        let excludes = part.excludes;
        if self.about.iter().any(|about| matches!(about, About::Open(text, _) if is_no_measure(text))) {
            return Err(None);
        }
        let mut doubt = None;
        let mut each = Vec::new();
        for about in &self.about {
            each.push(self.of(about, excludes, &mut doubt)?);
        }
        let (read, unclear) = match (each.len(), self.shared) {
            (1, _) => (each.pop().ok_or(None)?, false),
            (_, Some(Join::And)) if !excludes => (Expression::AllOf(each), false),
            (_, Some(Join::Or)) if excludes => (Expression::AnyOf(each), false),
            // "AST/ALT": each must be low enough, or either excludes by being too high.
            (_, Some(Join::Comma | Join::Both)) if !excludes => (Expression::AllOf(each), false),
            (_, Some(Join::Comma)) if self.high_side() => (Expression::AnyOf(each), false),
            (_, _) if excludes => return Ok((Standing::Sufficient(Expression::AllOf(each)), Some(Doubt::Scope))),
            (_, _) => (Expression::AnyOf(each), true),
        };
        let read = match self.only {
            Some(sex) => Expression::AllOf(vec![Condition::Sex(sex).expression(), read]),
            None => read,
        };
        let takes_back =
            |placed: &Placed| placed.says(&["unless", "except", "excepting", "excluding", "exception", "除", "除外"]);
        if self.unless && !excludes && !part.tokens.iter().any(takes_back) {
            return Err(doubt);
        }
        if self.unless {
            return Ok((
                if excludes { Standing::Necessary(read, Box::new(unread(part))) } else { Standing::Sufficient(read) },
                doubt,
            ));
        }
        if unclear {
            return Ok((Standing::Necessary(read, Box::new(unread(part))), Some(Doubt::Scope)));
        }
        Ok((
            match (self.more, self.example) {
                (_, true) => Standing::Sufficient(read),
                (true, false) => Standing::Necessary(read, Box::new(unread(part))),
                (false, false) => Standing::Whole(read),
            },
            doubt,
        ))
    }

    /// Without the words that say how it is measured.
    pub(super) fn by_any_way(&mut self) {
        const WAYS: [&str; 9] = [
            " by ",
            " using ",
            " via ",
            " assessed ",
            " measured ",
            " determined ",
            " documented ",
            " confirmed ",
            " estimated ",
        ];
        for about in &mut self.about {
            let folded = match about {
                About::Open(text, _) => {
                    let behind = text.strip_prefix(self.name.as_str()).unwrap_or_default();
                    !self.name.is_empty() && WAYS.iter().any(|way| behind.starts_with(way))
                }
                About::Known(_) => false,
            };
            if folded {
                *about = match about {
                    About::Open(_, Some(concept)) => About::Known(concept),
                    About::Open(_, None) | About::Known(_) => About::Open(self.name.clone(), None),
                };
            }
        }
    }

    /// The same of the other sex.
    pub(super) fn pairs_with(&self, other: &Comparison) -> bool {
        let sex = |comparison: &Comparison| match comparison.arms.as_slice() {
            [Arm { condition: Some(Condition::Sex(sex)), .. }] => Some(*sex),
            _ => None,
        };
        let subjects = |comparison: &Comparison| comparison.about.iter().map(About::subject).collect::<Vec<_>>();
        sex(self).zip(sex(other)).is_some_and(|(one, two)| one != two) && subjects(self) == subjects(other)
    }

    /// "From 1 hour to 28 days": the age in hours and that in days are two values.
    fn apart_in_hours(&self) -> Option<[Comparison; 2]> {
        let [arm] = self.arms.as_slice() else { return None };
        let [low, high] = arm.value.ends.as_slice() else { return None };
        let unit = |end: &End| end.unit.clone();
        let range = low.is_low() && !high.is_low() && arm.value.join != Join::Or;
        let hours = unit(low).as_deref() == Some("h") && matches!(unit(high).as_deref(), Some("d" | "wk" | "mo"));
        let one = |end: &End| {
            let value = Value { ends: vec![end.clone()], ..arm.value.clone() };
            Comparison { arms: vec![Arm { value, ..arm.clone() }], ..self.clone() }
        };
        (range && hours).then(|| [one(low), one(high)])
    }

    /// Every bound is one from below.
    fn high_side(&self) -> bool {
        self.arms.iter().all(|arm| arm.value.ends.iter().all(End::is_low))
    }

    /// The bounds of one subject.
    fn of(&self, about: &About, excludes: bool, doubt: &mut Option<Doubt>) -> Result<Expression, Option<Doubt>> {
        if let (About::Known(concept), Some(parts)) = (about, self.apart_in_hours())
            && concept.id == "age"
        {
            let each: Result<Vec<Expression>, Option<Doubt>> =
                parts.iter().map(|part| part.of(about, excludes, doubt)).collect();
            return Ok(Expression::AllOf(each?));
        }
        let mut ends: Vec<End> = self.arms.iter().flat_map(|arm| arm.value.ends.clone()).collect();
        fill(&mut ends);
        let mut ends = ends.into_iter();
        let mut arms = Vec::new();
        for arm in &self.arms {
            let mut own: Vec<End> = ends.by_ref().take(arm.value.ends.len()).collect();
            fill(&mut own);
            if let About::Known(concept) = about {
                match own.iter_mut().try_for_each(|end| fits(concept, end)) {
                    // An age in hours is none of completed days.
                    Err(Some(Doubt::OtherUnit("age", _, unit))) if matches!(unit.as_str(), "h" | "min") => {
                        return self.of(&About::Open("age".to_owned(), None), excludes, doubt);
                    }
                    // Another quantity of that name: it is read by its name alone.
                    Err(Some(Doubt::OtherUnit(_, value, unit)))
                        if self.about.len() == 1 && !self.name.is_empty() && opens(concept, &unit) =>
                    {
                        if concept.id != "life-expectancy" {
                            *doubt = Some(Doubt::OtherUnit(concept.id, value, unit));
                        }
                        return self.of(&About::Open(self.name.clone(), None), excludes, doubt);
                    }
                    // How much of it is counted, the text alone says.
                    Err(None)
                        if self.about.len() == 1
                            && !self.name.is_empty()
                            && bounds::DEFINED.contains(&concept.id)
                            && own.iter().all(|end| end.unit.is_some()) =>
                    {
                        return self.of(&About::Open(self.name.clone(), None), excludes, doubt);
                    }
                    fits => fits?,
                }
            }
            if let About::Open(text, Some(concept)) = about {
                match own.iter_mut().try_for_each(|end| fits(concept, end)) {
                    Err(Some(Doubt::OtherUnit(_, value, unit)))
                        if self.about.len() == 1 && NAMESAKES.contains(&concept.id) && opens(concept, &unit) =>
                    {
                        *doubt = Some(Doubt::OtherUnit(concept.id, value, unit));
                        return self.of(&About::Open(text.clone(), None), excludes, doubt);
                    }
                    fits => fits?,
                }
            }
            arms.push((arm, own));
        }
        let plain: Vec<&(&Arm, Vec<End>)> = arms.iter().filter(|(arm, _)| arm.condition.is_none()).collect();
        let bound: Vec<&(&Arm, Vec<End>)> = arms.iter().filter(|(arm, _)| arm.condition.is_some()).collect();
        // "≥ 200 pg/mL (sinus rhythm) or ≥ 400 pg/mL (fibrillation) for patients who …": of which of them is not known.
        if self.qualified && !bound.is_empty() && !plain.is_empty() {
            return Err(Some(Doubt::Scope));
        }
        // "< 50 or > 105 (> 110 in fibrillation)": what the other bound is for them is not said.
        let both = plain.iter().any(|(_, own)| own.len() == 2);
        if both && bound.iter().any(|(_, own)| own.len() == 1) {
            return Err(Some(Doubt::Scope));
        }
        let base = match plain.as_slice() {
            [] => None,
            [(arm, own)] => Some(ranged(&about.subject(), own, arm.value.join, excludes).ok_or(Some(Doubt::Scope))?),
            [(_, first), (arm, second)] if bound.is_empty() && self.qualified && arm.join == Join::Or => {
                let one = |own: &[End]| ranged(&about.subject(), own, Join::Comma, excludes).ok_or(Some(Doubt::Scope));
                Some(Expression::AnyOf(vec![one(first)?, one(second)?]))
            }
            [(_, first), (arm, second)] if bound.is_empty() => {
                let both: Vec<End> = first.iter().chain(second).cloned().collect();
                Some(ranged(&about.subject(), &both, arm.join, excludes).ok_or(Some(Doubt::Scope))?)
            }
            _ => return Err(Some(Doubt::Scope)),
        }
        .map(|read| windowed(read, plain.first().and_then(|(arm, _)| arm.window.as_ref())));
        let mut conditional = Vec::new();
        for (arm, own) in &bound {
            let read = ranged(&about.subject(), own, arm.value.join, excludes).ok_or(Some(Doubt::Scope))?;
            conditional.push((arm.condition.clone().ok_or(None)?.expression(), windowed(read, arm.window.as_ref())));
        }
        // "13 to 17 years, or 18 to 20 if still at school": the one, or the other of some.
        let apart = |arm: &Arm| arm.join == Join::Or && arm.value.ends.len() == 2;
        if let (false, Some(base), [only]) = (excludes, &base, bound.as_slice())
            && apart(only.0)
            && plain.iter().all(|(arm, _)| arm.value.ends.len() == 2)
        {
            let some = conditional.into_iter().map(|(condition, then)| Expression::AllOf(vec![condition, then]));
            return Ok(Expression::AnyOf([base.clone()].into_iter().chain(some).collect()));
        }
        Ok(arranged(base, conditional, excludes))
    }
}

impl Condition {
    fn expression(self) -> Expression {
        match self {
            Condition::Sex(sex) => Expression::IsOneOf(IsOneOf {
                subject: Subject::concept("sex"),
                values: vec![sex.to_owned()],
                window: None,
            }),
            Condition::Said(said) => *said,
        }
    }
}

/// To each their own bound; the plain one is for everybody else.
fn arranged(base: Option<Expression>, arms: Vec<(Expression, Expression)>, excludes: bool) -> Expression {
    // Men and women between them are everybody: one of the two bounds must hold.
    let sexes = arms.len() == 2
        && base.is_none()
        && arms.iter().all(|(condition, _)| matches!(condition, Expression::IsOneOf(_)));
    if sexes {
        return Expression::AnyOf(arms.into_iter().map(|(sex, then)| Expression::AllOf(vec![sex, then])).collect());
    }
    let mut parts = Vec::new();
    if let Some(base) = base {
        if arms.is_empty() {
            return base;
        }
        let mut none: Vec<Expression> =
            arms.iter().map(|(condition, _)| Expression::Not(Box::new(condition.clone()))).collect();
        let others = if none.len() > 1 {
            Expression::AllOf(none)
        } else {
            none.pop().unwrap_or_else(|| Expression::AllOf(Vec::new()))
        };
        parts.push(for_those(others, base, excludes));
    }
    parts.extend(arms.into_iter().map(|(condition, then)| for_those(condition, then, excludes)));
    match (parts.len(), excludes) {
        (1, _) => parts.pop().unwrap_or_else(|| Expression::AllOf(Vec::new())),
        (_, true) => Expression::AnyOf(parts),
        (_, false) => Expression::AllOf(parts),
    }
}

fn for_those(condition: Expression, then: Expression, excludes: bool) -> Expression {
    if excludes {
        Expression::AllOf(vec![condition, then])
    } else {
        Expression::When(Box::new(Conditional { condition, then }))
    }
}

fn windowed(read: Expression, window: Option<&Window>) -> Expression {
    let Some(_) = window else { return read };
    match read {
        Expression::Compare(mut compare) => {
            compare.window = window.cloned();
            Expression::Compare(compare)
        }
        Expression::AnyOf(parts) => Expression::AnyOf(parts.into_iter().map(|part| windowed(part, window)).collect()),
        Expression::AllOf(parts) => Expression::AllOf(parts.into_iter().map(|part| windowed(part, window)).collect()),
        other @ (Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)) => other,
    }
}

/// What is measured in another unit as often, as another quantity of the same name.
const NAMESAKES: [&str; 3] = ["egfr", "creatinine-clearance", "life-expectancy"];

/// Something that is called so may be measured in this unit too, as another quantity.
fn opens(concept: &Concept, unit: &str) -> bool {
    match BoundUnit::from_text(unit) {
        Some(BoundUnit::Of(unit)) => {
            let time = matches!(
                unit.dimension,
                Dimension::Time | Dimension::Years | Dimension::Months | Dimension::Weeks | Dimension::Days
            );
            time == (concept.id == "life-expectancy")
        }
        // Among those of an age and a sex: of whatever is measured.
        None => unit == "percentile",
        Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit) => false,
    }
}
