//! Days, months and years, counted year by year and month by month.

use trial_prescreen::{Day, Duration, TimeUnit};

/// Completed units, counted one by one.
pub(crate) fn age(born: i64, day: i64, unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day => day - born,
        TimeUnit::Week => (day - born).div_euclid(7),
        TimeUnit::Month | TimeUnit::Year => {
            (1..).take_while(|count| shifted(born, Duration { count: *count, unit }) <= day).count() as i64
        }
    }
}

const MONTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn whole(year: i64) -> i64 {
    365 + i64::from(leap(year))
}

fn length(year: i64, month: i64) -> i64 {
    MONTHS[month as usize - 1] + i64::from(leap(year) && month == 2)
}

/// Days since 1 January 1970, counted year by year and month by month.
pub(crate) fn number(year: i64, month: i64, day: i64) -> i64 {
    let years: i64 = if year >= 1970 { (1970..year).map(whole).sum() } else { -(year..1970).map(whole).sum::<i64>() };
    years + (1..month).map(|month| length(year, month)).sum::<i64>() + day - 1
}

pub(crate) fn number_of(day: Day) -> i64 {
    let (year, month, day) = day.parts();
    number(i64::from(year), i64::from(month), i64::from(day))
}

pub(crate) fn parts(number: i64) -> (i64, i64, i64) {
    let (mut year, mut left) = (1970, number);
    while left < 0 {
        year -= 1;
        left += whole(year);
    }
    while left >= whole(year) {
        left -= whole(year);
        year += 1;
    }
    let mut month = 1;
    while left >= length(year, month) {
        left -= length(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

/// The day so much later on the calendar, at most the last of its month.
pub(crate) fn shifted(day: i64, by: Duration) -> i64 {
    let months = match by.unit {
        TimeUnit::Minute | TimeUnit::Hour => return day,
        TimeUnit::Day => return day + i64::from(by.count),
        TimeUnit::Week => return day + 7 * i64::from(by.count),
        TimeUnit::Month => i64::from(by.count),
        TimeUnit::Year => 12 * i64::from(by.count),
    };
    let (year, month, of_month) = parts(day);
    let index = year * 12 + month - 1 + months;
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
    number(year, month, of_month.min(length(year, month)))
}
