//! Age as a log may keep it: in completed years, and from 90 on in one group.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::evaluate::{unit_of, years};
use crate::model::date::{Between, Date, Day, When};
use crate::model::decimal::Exact;
use crate::model::moment::AsOf;
use crate::model::quantity::{Comparator, Quantity};
use crate::model::record::{Fact, FactValue, Record, Subject};
use crate::model::window::TimeUnit;

/// From this age on, a single year of age points at a person: 45 CFR 164.514(b)(2)(i)(C).
const GROUPED: u32 = 90;

/// An age in completed years. As text `66`, `65 to 66`, `90 or over`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// At least this.
    low: u32,
    /// At most this; none from 90 on.
    high: Option<u32>,
}

impl Age {
    /// The age on the as-of day, as far as the record tells; none where it does not.
    pub fn of(record: &Record, as_of: &AsOf) -> Option<Age> {
        let (low, high) = years(record, as_of)?;
        let whole = |years: i64| u32::try_from(years.max(0)).unwrap_or(GROUPED);
        Some(Age::between(whole(low), whole(high)))
    }

    fn between(low: u32, high: u32) -> Age {
        Age { low: low.min(GROUPED), high: (high < GROUPED).then_some(high) }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (low, Some(high)) if low == high => write!(f, "{low}"),
            (low, Some(high)) => write!(f, "{low} to {high}"),
            (low, None) => write!(f, "{low} or over"),
        }
    }
}

/// The text is not an age as a log keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAge;

impl FromStr for Age {
    type Err = NotAnAge;

    fn from_str(text: &str) -> Result<Age, NotAnAge> {
        let whole = |text: &str| text.parse::<u32>().map_err(|_| NotAnAge);
        let age = match (text.strip_suffix(" or over"), text.split_once(" to ")) {
            (Some(low), _) => Age { low: whole(low)?, high: None },
            (None, Some((low, high))) => Age { low: whole(low)?, high: Some(whole(high)?) },
            (None, None) => Age { low: whole(text)?, high: Some(whole(text)?) },
        };
        let kept = age.low <= GROUPED && age.high.is_none_or(|high| age.low <= high && high < GROUPED);
        if kept && age.to_string() == text { Ok(age) } else { Err(NotAnAge) }
    }
}

impl Serialize for Age {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Age {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Age".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^(\d{1,2}( to \d{1,2})?|\d{1,2} or over)$",
            "description": "An age in completed years, from 90 on in one group: 66, 65 to 66, 90 or over."
        })
    }
}

/// The fact as a log may keep it: a date of birth to its year, an age or a year of birth of somebody over 89 in one
/// group, and no words beside it.
pub(super) fn grouped(mut fact: Fact, written: Day) -> Fact {
    let about = |concept: &str| fact.subject == Subject::concept(concept);
    let (birth, age) = (about("birth-date"), about("age"));
    fact.note.clear();
    match &mut fact.value {
        FactValue::Date(when) if birth => {
            let oldest = written.parts().0 - i32::try_from(GROUPED).unwrap_or(0);
            let year = |date: Date| date.first_day().parts().0;
            let (first, last) = (year(when.earliest()), year(when.latest()));
            *when = if first <= oldest {
                let (earliest, latest) = (Date::Year(1), Date::Year(last.max(oldest)));
                When::Between(Between { earliest, latest })
            } else if first == last {
                When::On(Date::Year(first))
            } else {
                When::Between(Between { earliest: Date::Year(first), latest: Date::Year(last) })
            };
        }
        FactValue::Quantity(quantity) if age && over(quantity) => {
            *quantity = Quantity {
                value: Exact::whole(i64::from(GROUPED)).rounded(0),
                comparator: Some(Comparator::AtLeast),
                unit: Some("y".to_owned()),
                ..Quantity::default()
            };
        }
        FactValue::Quantity(_)
        | FactValue::Date(_)
        | FactValue::Code(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => {}
    }
    fact
}

/// An age that may be 90 or more; one without a unit is taken as years.
fn over(quantity: &Quantity) -> bool {
    let a_year = match quantity.unit.as_deref().map_or(Some(TimeUnit::Year), unit_of) {
        Some(TimeUnit::Month) => 12,
        Some(TimeUnit::Week) => 52,
        Some(TimeUnit::Day) => 365,
        Some(TimeUnit::Year | TimeUnit::Hour | TimeUnit::Minute) | None => 1,
    };
    let grouped = Exact::whole(i64::from(GROUPED) * a_year);
    [quantity.value, quantity.low, quantity.high].into_iter().flatten().any(|number| number.exact() >= grouped)
}
