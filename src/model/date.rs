//! Days, instants and dates as precise as they were given.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Minutes in a day.
pub(crate) const DAY: i64 = 24 * 60;

/// A calendar day, proleptic Gregorian, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Days since 1 January 1970.
    number: i32,
}

impl Day {
    /// 1 January of the year 1.
    pub(crate) const FIRST: Day = Day { number: -719_162 };
    /// 31 December of the year 9999.
    pub(crate) const LAST: Day = Day { number: 2_932_896 };

    /// The day with this year, month and day of the month, where there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let fits = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        fits.then(|| Day { number: number_of(year, month, day) })
    }

    /// Year, month and day of the month.
    pub fn parts(self) -> (i32, u32, u32) {
        // The civil-from-days algorithm of H. Hinnant: eras of 400 years that begin on 1 March.
        let shifted = i64::from(self.number) + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (clamp(year), u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
    }

    /// Days since 1 January 1970.
    pub(crate) fn number(self) -> i64 {
        i64::from(self.number)
    }

    /// The day `days` later, or earlier; stops at the first and the last day there is.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        Day::of_number(self.number().saturating_add(days))
    }

    /// The day `months` later, or earlier, clipped to the end of the month.
    ///
    /// ```
    /// use trial_prescreen::Day;
    /// let leap_day = Day::new(2024, 2, 29).unwrap();
    /// assert_eq!(leap_day.plus_months(12), Day::new(2025, 2, 28).unwrap());
    /// assert_eq!(Day::new(2026, 5, 31).unwrap().plus_months(-3), Day::new(2026, 2, 28).unwrap());
    /// ```
    #[must_use]
    pub fn plus_months(self, months: i64) -> Day {
        let (year, month, day) = self.parts();
        let index = (i64::from(year) * 12 + i64::from(month) - 1).saturating_add(months);
        let (year, month) = (clamp(index.div_euclid(12)), u32::try_from(index.rem_euclid(12) + 1).unwrap_or(1));
        if year < 1 {
            return Day::of_number(i64::MIN);
        }
        if year > 9999 {
            return Day::of_number(i64::MAX);
        }
        Day { number: number_of(year, month, day.min(days_in(year, month))) }
    }

    pub(crate) fn of_number(number: i64) -> Day {
        Day { number: i32::try_from(number.clamp(Day::FIRST.number(), Day::LAST.number())).unwrap_or(0) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn clamp(year: i64) -> i32 {
    i32::try_from(year).unwrap_or(if year < 0 { i32::MIN } else { i32::MAX })
}

fn number_of(year: i32, month: u32, day: u32) -> i32 {
    let (year, month, day) = (i64::from(year) - i64::from(month <= 2), i64::from(month), i64::from(day));
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    i32::try_from(era * 146_097 + of_era - 719_468).unwrap_or(0)
}

fn days_in(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// A minute on the time line, with the offset of the clock it was read from.
///
/// Seconds are dropped: medicine's clock times come to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    /// Minutes since 1 January 1970, 00:00 UTC.
    minute: i64,
    /// Minutes by which the local clock is ahead of UTC.
    offset: i16,
}

impl Instant {
    /// The minute `minute` since 1970-01-01T00:00Z, shown with `offset` minutes ahead of UTC.
    pub(crate) fn new(minute: i64, offset: i16) -> Instant {
        Instant { minute, offset }
    }

    /// Minutes since 1970-01-01T00:00Z.
    pub(crate) fn minute(self) -> i64 {
        self.minute
    }

    /// Minutes by which the local clock is ahead of UTC.
    pub(crate) fn offset(self) -> i16 {
        self.offset
    }

    /// The calendar day on the local clock.
    pub fn day(self) -> Day {
        Day::of_number((self.minute + i64::from(self.offset)).div_euclid(DAY))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = (self.minute + i64::from(self.offset)).rem_euclid(DAY);
        let (sign, offset) = (if self.offset < 0 { '-' } else { '+' }, self.offset.unsigned_abs());
        let (day, hour, minute) = (self.day(), of_day / 60, of_day % 60);
        write!(f, "{day}T{hour:02}:{minute:02}{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

/// A date as precise as it was given: a year, a month, a day, or a minute.
///
/// `2024-03` is the whole of March 2024: what follows from some of its days only is unknown.
/// In JSON it is ISO 8601 text. A time always carries its offset: `2026-03-15T14:30+08:00` or `…Z`.
///
/// # Example
///
/// ```
/// use trial_prescreen::Date;
/// let march: Date = "2024-03".parse().unwrap();
/// assert_eq!((march.first_day().to_string(), march.last_day().to_string()), ("2024-03-01".into(), "2024-03-31".into()));
/// assert!("2023-02-29".parse::<Date>().is_err());
/// assert!("2026-03-15T14:30".parse::<Date>().is_err()); // a clock time without its offset
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Date {
    /// Some day of this year.
    Year(i32),
    /// Some day of this month.
    Month(i32, u32),
    /// This day.
    Day(Day),
    /// This minute.
    Instant(Instant),
}

impl Date {
    /// The first day it may be.
    pub fn first_day(self) -> Day {
        match self {
            Date::Year(year) => Day { number: number_of(year, 1, 1) },
            Date::Month(year, month) => Day { number: number_of(year, month, 1) },
            Date::Day(day) => day,
            Date::Instant(instant) => instant.day(),
        }
    }

    /// The last day it may be.
    pub fn last_day(self) -> Day {
        match self {
            Date::Year(year) => Day { number: number_of(year, 12, 31) },
            Date::Month(year, month) => Day { number: number_of(year, month, days_in(year, month)) },
            Date::Day(day) => day,
            Date::Instant(instant) => instant.day(),
        }
    }

    /// The first minute it may be; days are taken on a clock `offset` minutes ahead of UTC.
    pub(crate) fn first_minute(self, offset: i16) -> i64 {
        match self {
            Date::Instant(instant) => instant.minute,
            Date::Year(_) | Date::Month(..) | Date::Day(_) => self.first_day().number() * DAY - i64::from(offset),
        }
    }

    /// The last minute it may be; days are taken on a clock `offset` minutes ahead of UTC.
    pub(crate) fn last_minute(self, offset: i16) -> i64 {
        match self {
            Date::Instant(instant) => instant.minute,
            Date::Year(_) | Date::Month(..) | Date::Day(_) => {
                (self.last_day().number() + 1) * DAY - 1 - i64::from(offset)
            }
        }
    }
}

/// The text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date such as 2026, 2026-03, 2026-03-15 or 2026-03-15T14:30+08:00")
    }
}

impl std::error::Error for NotADate {}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Date, NotADate> {
        // signs in brackets: each of these texts is too short for a search by words
        let (date, time) = match text.split_once(['T']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mut parts = date.split(['-']);
        let year = number(parts.next().unwrap_or(""), 4)?;
        let month = parts.next().map(|m| number(m, 2)).transpose()?;
        let day = parts.next().map(|d| number(d, 2)).transpose()?;
        if parts.next().is_some() {
            return Err(NotADate);
        }
        let whole = i32::try_from(year).map_err(|_| NotADate)?;
        let day = match (month, day, time) {
            (None, _, None) if year > 0 => return Ok(Date::Year(whole)),
            (Some(month), None, None) if year > 0 && (1..=12).contains(&month) => return Ok(Date::Month(whole, month)),
            (Some(month), Some(day), _) => Day::new(whole, month, day).ok_or(NotADate)?,
            _ => return Err(NotADate),
        };
        let Some(time) = time else { return Ok(Date::Day(day)) };
        let (clock, offset) = match time.strip_suffix('Z') {
            Some(clock) => (clock, 0),
            None => {
                let at = time.rfind(['+', '-']).ok_or(NotADate)?;
                let (clock, zone) = time.split_at_checked(at).ok_or(NotADate)?;
                let ahead = zone.starts_with('+');
                let (hours, minutes) = zone.get(1..).and_then(|z| z.split_once(':')).ok_or(NotADate)?;
                let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
                if hours > 14 || minutes > 59 {
                    return Err(NotADate);
                }
                let size = i16::try_from(hours * 60 + minutes).map_err(|_| NotADate)?;
                (clock, if ahead { size } else { -size })
            }
        };
        let mut parts = clock.split([':']);
        let hour = number(parts.next().unwrap_or(""), 2)?;
        let minute = number(parts.next().unwrap_or(""), 2)?;
        if let Some(seconds) = parts.next() {
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            let plain = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
            if number(whole, 2)? > 60 || !plain {
                return Err(NotADate);
            }
        }
        if hour > 23 || minute > 59 || parts.next().is_some() {
            return Err(NotADate);
        }
        let local = day.number() * DAY + i64::from(hour * 60 + minute);
        Ok(Date::Instant(Instant::new(local - i64::from(offset), offset)))
    }
}

fn number(text: &str, width: usize) -> Result<u32, NotADate> {
    let plain = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().map_err(|_| NotADate) } else { Err(NotADate) }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Date::Year(year) => write!(f, "{year:04}"),
            Date::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Date::Day(day) => day.fmt(f),
            Date::Instant(instant) => instant.fmt(f),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[-+]\d{2}:\d{2}))?)?)?$",
            "description": "A date as precise as it is known: 2026, 2026-03, 2026-03-15 or 2026-03-15T14:30+08:00."
        })
    }
}

/// When something was, as far as it is known: one date, or somewhere between two.
///
/// In JSON it is text: `"2026-03"`, or two dates with a stroke, as ISO 8601 writes intervals: `"2025-12-15/2026-03-15"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On this date, as precise as it is.
    On(Date),
    /// On one day between these two, both included.
    Between(Between),
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A date as precise as it is known, or two with a stroke between: some day from the one to the other."
        })
    }
}

/// Some moment from the one date to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// Not before this date.
    pub earliest: Date,
    /// Not after this date.
    pub latest: Date,
}

impl FromStr for When {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<When, NotADate> {
        let Some((earliest, latest)) = text.split_once('/') else { return text.parse().map(When::On) };
        let between = Between { earliest: earliest.parse()?, latest: latest.parse()? };
        let ordered = between.earliest.first_minute(0) <= between.latest.last_minute(0);
        if ordered { Ok(When::Between(between)) } else { Err(NotADate) }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            When::On(date) => date.serialize(serializer),
            When::Between(Between { earliest, latest }) => serializer.collect_str(&format_args!("{earliest}/{latest}")),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl When {
    /// The date it is not before.
    pub fn earliest(self) -> Date {
        match self {
            When::On(date) => date,
            When::Between(between) => between.earliest,
        }
    }

    /// The date it is not after.
    pub fn latest(self) -> Date {
        match self {
            When::On(date) => date,
            When::Between(between) => between.latest,
        }
    }
}

/// A stretch of time during which something went on. An absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Period {
    /// It went on from this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// It went on until this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}
