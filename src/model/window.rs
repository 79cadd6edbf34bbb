//! Lengths of time, and windows on the time line.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::model::concept::{Concept, Kind};
use crate::model::date::Day;
use crate::model::name::Name;
use crate::model::record::Subject;

/// What a length of time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// Minutes on the time line.
    Minute,
    /// Hours on the time line.
    Hour,
    /// Calendar days.
    Day,
    /// Seven calendar days.
    Week,
    /// Calendar months, clipped to the end of the month.
    Month,
    /// Calendar years, clipped to the end of the month.
    Year,
}

impl TimeUnit {
    /// The unit written so, as UCUM or as everyday shorthand.
    pub fn from_text(text: &str) -> Option<TimeUnit> {
        Some(match text.trim() {
            "min" | "minute" | "minutes" => TimeUnit::Minute,
            "h" | "hour" | "hours" => TimeUnit::Hour,
            "d" | "day" | "days" => TimeUnit::Day,
            "wk" | "week" | "weeks" => TimeUnit::Week,
            "mo" | "month" | "months" => TimeUnit::Month,
            "y" | "a" | "year" | "years" => TimeUnit::Year,
            _ => return None,
        })
    }

    /// Its symbol in documents.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            TimeUnit::Minute => "min",
            TimeUnit::Hour => "h",
            TimeUnit::Day => "d",
            TimeUnit::Week => "wk",
            TimeUnit::Month => "mo",
            TimeUnit::Year => "y",
        }
    }

    /// Counted on the time line (minutes, hours) and not on the calendar.
    pub fn is_clock(self) -> bool {
        matches!(self, TimeUnit::Minute | TimeUnit::Hour)
    }
}

/// A length of time: a whole number of one unit, negative for the past. In JSON: `"-14 d"`.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Day, Duration};
/// let three_months: Duration = "3 mo".parse().unwrap();
/// assert_eq!(three_months.after(Day::new(2025, 11, 30).unwrap()), Day::new(2026, 2, 28).unwrap());
/// assert!("2.5 h".parse::<Duration>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub count: i32,
    /// Of what.
    pub unit: TimeUnit,
}

/// The longest length of time that is read, in its own unit.
const LONGEST: u32 = 1_000_000;

impl Duration {
    /// The day this much after `day`; hours and minutes count as whole days begun.
    pub fn after(self, day: Day) -> Day {
        let count = i64::from(self.count);
        match self.unit {
            TimeUnit::Minute => day.plus_days(count.div_euclid(24 * 60)),
            TimeUnit::Hour => day.plus_days(count.div_euclid(24)),
            TimeUnit::Day => day.plus_days(count),
            TimeUnit::Week => day.plus_days(count * 7),
            TimeUnit::Month => day.plus_months(count),
            TimeUnit::Year => day.plus_months(count * 12),
        }
    }

    /// So many times as long, into the past.
    pub(crate) fn times_back(self, count: u32) -> Duration {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        Duration { count: self.count.saturating_abs().saturating_mul(count).saturating_neg(), ..self }
    }

    /// Minutes, for a length counted on the time line.
    pub(crate) fn minutes(self) -> Option<i64> {
        match self.unit {
            TimeUnit::Minute => Some(i64::from(self.count)),
            TimeUnit::Hour => Some(i64::from(self.count) * 60),
            TimeUnit::Day | TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => None,
        }
    }
}

/// The text is not a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADuration;

impl fmt::Display for NotADuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a length of time such as -14 d or 3 mo")
    }
}

impl std::error::Error for NotADuration {}

impl FromStr for Duration {
    type Err = NotADuration;

    fn from_str(text: &str) -> Result<Duration, NotADuration> {
        let text = text.trim();
        let at = text.find(|c: char| c.is_ascii_alphabetic()).ok_or(NotADuration)?;
        let (count, unit) = text.split_at_checked(at).ok_or(NotADuration)?;
        let count: i32 = count.trim().parse().map_err(|_| NotADuration)?;
        let unit = TimeUnit::from_text(unit).ok_or(NotADuration)?;
        if count.unsigned_abs() > LONGEST { Err(NotADuration) } else { Ok(Duration { count, unit }) }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit.symbol())
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Duration {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^-?\d{1,7} ?(min|h|d|wk|mo|y|a)$",
            "description": "A length of time: a whole number and min, h, d, wk, mo or y; negative for the past: \"-14 d\"."
        })
    }
}

/// What a window hangs on: one of the moments of a trial, or an event that a record may date.
///
/// In JSON it is text: `"first-dose"`, the id of any concept that has a date, such as `"organ-transplant"`, or `text:` and
/// the words for any other event: `"text:knee replacement"`. A moment of the trial that is not known is taken as the as-of
/// moment. An event is not: where nobody says when it was, what hangs on it is unknown; where it is said never to have
/// been, nothing lies in its windows.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Anchor, Subject};
/// assert_eq!(Anchor::named("consent-date"), Some(Anchor::Consent));
/// assert_eq!(Anchor::named("organ-transplant"), Some(Anchor::Event("organ-transplant")));
/// assert!(Anchor::named("alt").is_none()); // a value has no date of its own
/// let replaced = Anchor::named("text:knee replacement").unwrap();
/// assert_eq!(replaced.subject(), Some(Subject::Text("knee replacement".to_owned())));
/// assert_eq!(replaced.name(), "text:knee replacement");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// The moment the evaluation is made for.
    #[default]
    AsOf,
    /// Signing of the consent form.
    Consent,
    /// The site's screening visit.
    Screening,
    /// Randomization.
    Randomization,
    /// The first dose of the study treatment.
    FirstDose,
    /// Onset of the illness that the trial is about.
    Onset,
    /// Any other event, by the id of its concept: when it was, or when it began.
    Event(&'static str),
    /// An event that the vocabulary has no word for, in the words of the trial.
    Text(Name),
}

impl Anchor {
    /// The moments of a trial: whatever is no event.
    pub const MOMENTS: [Anchor; 6] =
        [Anchor::AsOf, Anchor::Consent, Anchor::Screening, Anchor::Randomization, Anchor::FirstDose, Anchor::Onset];

    /// The anchor with this name: that of a moment, the id of a concept that has a date, or `text:` and words.
    pub fn named(name: &str) -> Option<Anchor> {
        if let Some(text) = name.strip_prefix("text:") {
            return (!text.trim().is_empty()).then(|| Anchor::Text(text.into()));
        }
        let is = |moment: &Anchor| moment.name() == name || moment.concept() == Some(name);
        Anchor::MOMENTS.into_iter().find(is).or_else(|| {
            let concept = Concept::named(name)?;
            matches!(concept.kind, Kind::Date | Kind::Presence | Kind::Dose).then_some(Anchor::Event(concept.id))
        })
    }

    /// Its name in documents: `first-dose`.
    pub fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Anchor::AsOf => "as-of",
            Anchor::Consent => "consent",
            Anchor::Screening => "screening",
            Anchor::Randomization => "randomization",
            Anchor::FirstDose => "first-dose",
            Anchor::Onset => "onset",
            Anchor::Event(concept) => concept,
            Anchor::Text(text) => return Cow::Owned(format!("text:{text}")),
        })
    }

    /// The concept whose date the anchor is, where a record gives it. The as-of moment has none, nor has an event in words.
    pub fn concept(&self) -> Option<&'static str> {
        match self {
            Anchor::AsOf | Anchor::Text(_) => None,
            Anchor::Consent => Some("consent-date"),
            Anchor::Screening => Some("screening-date"),
            Anchor::Randomization => Some("randomization-date"),
            Anchor::FirstDose => Some("first-dose-date"),
            Anchor::Onset => Some("onset"),
            Anchor::Event(concept) => Some(concept),
        }
    }

    /// What a record dates it by; nothing for the as-of moment.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Anchor::Text(text) => Some(Subject::Text(text.to_string())),
            Anchor::AsOf
            | Anchor::Consent
            | Anchor::Screening
            | Anchor::Randomization
            | Anchor::FirstDose
            | Anchor::Onset
            | Anchor::Event(_) => self.concept().map(Subject::concept),
        }
    }

    /// It is no moment of the trial: until somebody dates it, nothing is known of its windows.
    pub(crate) fn is_event(&self) -> bool {
        matches!(self, Anchor::Event(_) | Anchor::Text(_))
    }
}

impl Serialize for Anchor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Anchor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Anchor, D::Error> {
        let name = String::deserialize(deserializer)?;
        Anchor::named(&name).ok_or_else(|| de::Error::custom("not a moment of the trial, nor an event with a date"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Anchor {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Anchor".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "anyOf": [
                {"enum": ["as-of", "consent", "screening", "randomization", "first-dose", "onset"]},
                {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"},
                {"type": "string", "pattern": "^text:.*\\S"}
            ],
            "description": "What a window hangs on: a moment of the trial, the id of a concept that has a date, or text: and the words for another event."
        })
    }
}

/// Which of a calendar length and a number of half-lives counts where a window gives both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Whichever {
    /// The one that begins the window earlier.
    #[default]
    Longer,
    /// The one that begins it later.
    Shorter,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_longer(whichever: &Whichever) -> bool {
    *whichever == Whichever::Longer
}

/// A stretch of time around an anchor, both ends included. An absent end is open.
///
/// "4 weeks or 5 half-lives before the first dose, whichever is longer" is
/// `{"anchor":"first-dose","from":"-28 d","to":"0 d","halfLives":5}`. How long a half-life is says the fact, else the
/// window; it is never built in. Where nobody says, what lies inside the calendar length is inside, and anything older
/// may be.
///
/// `{"anchor":"first-dose","from":"-14 d","to":"0 d"}`. A window `[-3 mo, 0 d]` contains the day exactly three
/// calendar months before its anchor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Window {
    /// What the window hangs on.
    #[serde(default)]
    pub anchor: Anchor,
    /// Where it begins, from the anchor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Duration>,
    /// Where it ends, from the anchor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Duration>,
    /// Where it begins as well: so many half-lives before the anchor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_lives: Option<u32>,
    /// How long a half-life is, where the criterion says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life: Option<Duration>,
    /// Which of the two beginnings counts.
    #[serde(default, skip_serializing_if = "is_longer")]
    pub whichever: Whichever,
}

impl Window {
    /// The window has no day in it, whatever its anchor.
    ///
    /// ```
    /// use trial_prescreen::Window;
    /// let backwards = Window { from: "0 d".parse().ok(), to: "-14 d".parse().ok(), ..Window::default() };
    /// assert!(backwards.is_impossible());
    /// ```
    pub fn is_impossible(&self) -> bool {
        let (Some(from), Some(to)) = (self.from, self.to) else { return false };
        match (from.minutes(), to.minutes()) {
            (Some(from), Some(to)) => from > to,
            _ => {
                let anchor = Day::of_number(0);
                from.after(anchor) > to.after(anchor)
            }
        }
    }
}
