//! Age and sex as a record's own fields state them, held against what its text says.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::criterion::{Category, Criterion, CriterionSource, CriterionText, Retest, Stage};
use crate::model::decimal::Decimal;
use crate::model::expression::{Bound, Compare, Expression, IsOneOf, Select, Unread};
use crate::model::record::Subject;

/// What the fields of a record say of whom it is for.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// As the record writes it: `18 Years`.
    pub(super) minimum: Option<String>,
    pub(super) maximum: Option<String>,
    /// `ALL`, `FEMALE`, `MALE`, or what the record writes.
    pub(super) sex: Option<String>,
    /// The sex meant is that which people say they have: no code of a record answers it.
    pub(super) by_gender: Option<String>,
    /// No number of the record can be trusted: what its fields say is asked as it stands.
    pub(super) doubtful: bool,
}

/// An age as a field states it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stated {
    /// No limit.
    Nothing,
    Age(Decimal, &'static str),
    /// What no age can be read from.
    Unread(String),
}

impl People {
    /// The criteria that the fields state and the text does not, and where the two contradict each other.
    pub(super) fn criteria(&self, read: &[Criterion], languages: &[String]) -> (Vec<Criterion>, Vec<Diagnostic>) {
        let mut criteria = Vec::new();
        let mut diagnostics = Vec::new();
        self.age(read, languages, &mut criteria, &mut diagnostics);
        self.sex(read, languages, &mut criteria, &mut diagnostics);
        (criteria, diagnostics)
    }

    fn age(
        &self,
        read: &[Criterion],
        languages: &[String],
        criteria: &mut Vec<Criterion>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let low = stated(self.minimum.as_deref(), Side::Low);
        let high = stated(self.maximum.as_deref(), Side::High);
        if low == Stated::Nothing && high == Stated::Nothing {
            return;
        }
        let words = |language: &str| {
            let [minimum, maximum] = [&self.minimum, &self.maximum].map(|age| age.as_deref().unwrap_or("-"));
            match language {
                "zh-CN" => format!("登记信息中的年龄范围：最小 {minimum}，最大 {maximum}"),
                _ => format!("Age by the registry's own fields: minimum {minimum}, maximum {maximum}"),
            }
        };
        let mut field = |expression| {
            criteria.push(criterion("R1", "Age", expression, languages, &words));
        };
        if self.doubtful || [&low, &high].iter().any(|age| matches!(age, Stated::Unread(_))) {
            let text = words(languages.first().map_or("en", String::as_str));
            field(Expression::Unread(Unread { id: "R1".to_owned(), text, span: None }));
            return;
        }
        let bound = |age: &Stated| match age {
            Stated::Age(value, unit) => Some(Bound { value: *value, unit: Some((*unit).to_owned()), inclusive: true }),
            Stated::Nothing | Stated::Unread(_) => None,
        };
        let (low, high) = (bound(&low), bound(&high));
        let texts = ages(read);
        let says = |own: &Option<Bound>, side: fn(&Compare) -> &Option<Bound>| {
            let same =
                |bound: &Bound| own.as_ref().is_some_and(|own| (own.value, &own.unit) == (bound.value, &bound.unit));
            let bounds: Vec<&Bound> = texts.iter().filter_map(|(_, compare)| side(compare).as_ref()).collect();
            let differs = own.is_some() && !bounds.is_empty() && !bounds.iter().any(|bound| same(bound));
            (own.is_none() || bounds.iter().any(|bound| same(bound)), differs)
        };
        let (low_said, low_differs) = says(&low, |compare| &compare.low);
        let (high_said, high_differs) = says(&high, |compare| &compare.high);
        if low_differs || high_differs {
            let at = texts.first().map(|(id, _)| id.clone()).unwrap_or_default();
            let message = format!(
                "the registry's fields give the ages {} to {}, and the text gives others",
                quoted(self.minimum.as_deref().unwrap_or("-")),
                quoted(self.maximum.as_deref().unwrap_or("-"))
            );
            let help = "see which of the two is right; both are asked until then";
            diagnostics.push(Diagnostic::warning(Code::FieldContradicts, message, help).on(at));
        }
        if !(low_said && high_said) {
            field(Expression::Compare(Compare {
                subject: Subject::concept("age"),
                low,
                high,
                window: None,
                select: Select::default(),
                routes: Vec::new(),
            }));
        }
    }

    fn sex(
        &self,
        read: &[Criterion],
        languages: &[String],
        criteria: &mut Vec<Criterion>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let sex = self.sex.as_deref().unwrap_or_default();
        let code = match sex {
            "FEMALE" => "female",
            "MALE" => "male",
            _ => return,
        };
        let words = |language: &str| match (language, code) {
            ("zh-CN", "female") => "登记信息中的性别：仅限女性".to_owned(),
            ("zh-CN", _) => "登记信息中的性别：仅限男性".to_owned(),
            (_, "female") => "Women only, by the registry's own field".to_owned(),
            _ => "Men only, by the registry's own field".to_owned(),
        };
        if let Some(gender) = &self.by_gender {
            let text = [words(languages.first().map_or("en", String::as_str)), gender.clone()].join(". ");
            let unread = Expression::Unread(Unread { id: "R2".to_owned(), text, span: None });
            criteria.push(criterion("R2", "Sex", unread, languages, &words));
            return;
        }
        let about_sex =
            |leaf: &'_ Expression| matches!(leaf, Expression::IsOneOf(of) if of.subject == Subject::concept("sex"));
        let said: Vec<(&str, &IsOneOf)> = leaves(read)
            .filter(|(_, leaf)| about_sex(leaf))
            .filter_map(|(c, leaf)| if let Expression::IsOneOf(of) = leaf { Some((c.id.as_str(), of)) } else { None })
            .collect();
        if let Some((id, _)) = said.iter().find(|(_, of)| !of.values.iter().any(|value| value == code)) {
            let message = format!("the registry's field says {} only, and the text says otherwise", quoted(sex));
            let help = "see which of the two is right; both are asked until then";
            diagnostics.push(Diagnostic::warning(Code::FieldContradicts, message, help).on(*id));
        } else if !said.is_empty() {
            return;
        }
        let only = IsOneOf { subject: Subject::concept("sex"), values: vec![code.to_owned()], window: None };
        criteria.push(criterion("R2", "Sex", Expression::IsOneOf(only), languages, &words));
    }
}

fn criterion(
    id: &str,
    item: &str,
    expression: Expression,
    languages: &[String],
    words: &dyn Fn(&str) -> String,
) -> Criterion {
    let text = |language: &String| {
        (language.clone(), CriterionText { full: words(language), short: item.to_owned(), patient: String::new() })
    };
    Criterion {
        id: id.to_owned(),
        category: Category::Inclusion,
        text: languages.iter().map(text).collect(),
        source: CriterionSource { document: String::new(), item: item.to_owned(), span: None },
        cohorts: Vec::new(),
        answerable_by: Vec::new(),
        stage: Stage::default(),
        retest: Retest::default(),
        expression,
    }
}

/// What each criterion of the inclusion list demands of everybody.
fn leaves(read: &[Criterion]) -> impl Iterator<Item = (&Criterion, &Expression)> {
    let of_everybody =
        |criterion: &&Criterion| criterion.category == Category::Inclusion && criterion.cohorts.is_empty();
    read.iter().filter(of_everybody).flat_map(|criterion| {
        let whole = &criterion.expression;
        let parts = if let Expression::AllOf(parts) = whole { parts } else { std::slice::from_ref(whole) };
        parts.iter().map(move |part| (criterion, part))
    })
}

/// The ages that the text demands of everybody, turned round where they stand on the exclusion list.
fn ages(read: &[Criterion]) -> Vec<(String, Compare)> {
    let about_age = |leaf: &Expression| {
        let compare = if let Expression::Compare(compare) = leaf { Some(compare) } else { None };
        compare.filter(|compare| compare.subject == Subject::concept("age")).cloned()
    };
    let mut found: Vec<(String, Compare)> =
        leaves(read).filter_map(|(criterion, leaf)| Some((criterion.id.clone(), about_age(leaf)?))).collect();
    for criterion in
        read.iter().filter(|criterion| criterion.category == Category::Exclusion && criterion.cohorts.is_empty())
    {
        let Some(compare) = about_age(&criterion.expression) else { continue };
        let turned = |bound: Bound| Bound { inclusive: !bound.inclusive, ..bound };
        match (compare.low.clone(), compare.high.clone()) {
            (None, Some(high)) => {
                found.push((criterion.id.clone(), Compare { low: Some(turned(high)), high: None, ..compare }))
            }
            (Some(low), None) => {
                found.push((criterion.id.clone(), Compare { low: None, high: Some(turned(low)), ..compare }))
            }
            _ => {}
        }
    }
    found
}

/// Which end of the range a field states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

/// An age with its unit. A number without one is no age: the unit is not guessed.
fn stated(text: Option<&str>, side: Side) -> Stated {
    const NONE: [&str; 16] = [
        "",
        "-",
        "n/a",
        "na",
        "none",
        "no limit",
        "no maximum",
        "no minimum",
        "not applicable",
        "not specified",
        "unlimited",
        "无",
        "不限",
        "无上限",
        "无下限",
        "不适用",
    ];
    // "years" before "y", "周岁" before "周"
    const UNITS: [(&str, &str); 17] = [
        ("周岁", "y"),
        ("岁", "y"),
        ("years", "y"),
        ("year", "y"),
        ("yrs", "y"),
        ("age old", "y"),
        ("age", "y"),
        ("months", "mo"),
        ("month", "mo"),
        ("个月", "mo"),
        ("月", "mo"),
        ("weeks", "wk"),
        ("week", "wk"),
        ("周", "wk"),
        ("days", "d"),
        ("day", "d"),
        ("天", "d"),
    ];
    let text = text.unwrap_or_default().trim();
    let lower = text.to_lowercase();
    if NONE.contains(&lower.as_str()) {
        return Stated::Nothing;
    }
    let unread = || Stated::Unread(text.to_owned());
    let Some(from) = lower.find(|c: char| c.is_ascii_digit()) else { return unread() };
    let (sign, rest) = lower.split_at_checked(from).unwrap_or_default();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let (number, unit) = rest.split_at_checked(end).unwrap_or_default();
    let plain = match side {
        Side::Low => matches!(sign.trim(), "" | ">=" | "≥"),
        Side::High => matches!(sign.trim(), "" | "<=" | "≤"),
    };
    let nothing = side == Side::Low && number.chars().all(|c| c == '0');
    let unit = unit.trim_matches(|c: char| matches!(c, ' ' | '-' | '(' | ')'));
    let known = UNITS.iter().find(|(name, _)| unit.starts_with(name)).filter(|(name, _)| {
        let rest = unit.get(name.len()..).unwrap_or_default().trim_start_matches(['-', ' ']);
        matches!(rest, "" | "old" | ")" | "of age")
    });
    match (number.parse::<Decimal>(), known) {
        (Ok(_), Some(_)) if plain && nothing => Stated::Nothing,
        (Ok(value), Some((_, unit))) if plain => Stated::Age(value, unit),
        _ => unread(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_as_registries_write_them() {
        let age = |number: &str, unit| Stated::Age(number.parse().unwrap(), unit);
        for (text, expected) in [
            ("18 Years", age("18", "y")),
            ("1 Year", age("1", "y")),
            ("6 Months", age("6", "mo")),
            ("37 Weeks", age("37", "wk")),
            ("2 Days", age("2", "d")),
            ("18岁", age("18", "y")),
            ("18周岁", age("18", "y")),
            ("60(Year)", age("60", "y")),
            (">= 20age old", age("20", "y")),
            ("16years-old", age("16", "y")),
            ("N/A", Stated::Nothing),
            ("无上限", Stated::Nothing),
            ("0 Years", Stated::Nothing),
            ("12 Hours", Stated::Unread("12 Hours".to_owned())),
            ("65+", Stated::Unread("65+".to_owned())),
            ("< 90age old", Stated::Unread("< 90age old".to_owned())),
            ("Adult", Stated::Unread("Adult".to_owned())),
        ] {
            assert_eq!(stated(Some(text), Side::Low), expected, "{text}");
        }
        assert_eq!(stated(Some("<= 90age old"), Side::High), age("90", "y"));
        assert_eq!(stated(Some("<= 90age old"), Side::Low), Stated::Unread("<= 90age old".to_owned()));
    }
}
