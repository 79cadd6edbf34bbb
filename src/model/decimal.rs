//! Exact numbers: decimals as they were written, and ratios to compute with.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A decimal number exactly as written: `1.50` keeps its last zero when shown and equals `1.5` when compared.
///
/// At most 18 digits. There is no exponent, no `NaN`, no infinity. In JSON it is a string: `"2.5"`.
///
/// # Example
///
/// ```
/// use trial_prescreen::Decimal;
/// let written: Decimal = "1.50".parse().unwrap();
/// assert_eq!(written.to_string(), "1.50");
/// assert_eq!(written, "1.5".parse().unwrap());
/// assert!("1e3".parse::<Decimal>().is_err());
/// ```
#[derive(Clone, Copy)]
pub struct Decimal {
    digits: i64,
    scale: u8,
}

/// The text is not a decimal number of at most 18 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number of at most 18 digits")
    }
}

impl std::error::Error for NotADecimal {}

impl Decimal {
    /// `digits` divided by ten to the power of `scale` (at most 18).
    pub(crate) const fn new(digits: i64, scale: u8) -> Decimal {
        Decimal { digits, scale: if scale > 18 { 18 } else { scale } }
    }

    /// The value, where it is a whole number.
    pub(crate) fn whole(self) -> Option<i64> {
        let unit = 10_i64.pow(u32::from(self.scale));
        (self.digits % unit == 0).then_some(self.digits / unit)
    }

    /// All digits as written, without the point.
    pub(crate) fn digits(self) -> i64 {
        self.digits
    }

    /// The digits after the point, as written.
    pub(crate) fn places(self) -> u8 {
        self.scale
    }

    /// The same value to compute with.
    pub fn exact(self) -> Exact {
        if self.scale == 0 {
            return Exact::whole(self.digits);
        }
        Exact::reduced(i128::from(self.digits), i128::from(10_i64.pow(u32::from(self.scale))))
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Decimal, NotADecimal> {
        let (negative, unsigned) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        // a sign in brackets: the text is too short for a search by words
        let (whole, fraction) = unsigned.split_once(['.']).unwrap_or((unsigned, ""));
        let dangling = unsigned.ends_with('.');
        let count = whole.len() + fraction.len();
        if whole.is_empty() || dangling || count > 18 {
            return Err(NotADecimal);
        }
        let mut digits = 0_i64;
        for c in whole.chars().chain(fraction.chars()) {
            let digit = c.to_digit(10).ok_or(NotADecimal)?;
            digits = digits * 10 + i64::from(digit);
        }
        let scale = u8::try_from(fraction.len()).map_err(|_| NotADecimal)?;
        Ok(Decimal { digits: if negative { -digits } else { digits }, scale })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let unit = 10_u64.pow(u32::from(self.scale));
        let (whole, fraction) = (self.digits.unsigned_abs() / unit, self.digits.unsigned_abs() % unit);
        if self.scale == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{fraction:0width$}", width = usize::from(self.scale))
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let scaled =
            |a: &Decimal, b: &Decimal| i128::from(a.digits) * 10_i128.pow(u32::from(b.scale.saturating_sub(a.scale)));
        scaled(self, other).cmp(&scaled(other, self))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^[-+]?\d{1,18}(\.\d{1,17})?$",
            "description": "An exact decimal number as text: \"2.5\"."
        })
    }
}

/// An exact ratio: what numbers become while they are converted and compared.
///
/// Every operation is exact or gives `None`: nothing wraps and nothing is rounded on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact(Ratio<i128>);

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        let [a, b] = [self, other].map(|exact| (*exact.0.numer(), *exact.0.denom()));
        if a.1 == b.1 {
            return a.0.cmp(&b.0);
        }
        match (short(a.0), short(a.1), short(b.0), short(b.1)) {
            // products of two 64-bit numbers always fit
            (Some(n), Some(d), Some(m), Some(e)) => {
                (i128::from(n) * i128::from(e)).cmp(&(i128::from(m) * i128::from(d)))
            }
            _ => self.0.cmp(&other.0),
        }
    }
}

/// The same number in 64 bits, on which processors are fast.
fn short(number: i128) -> Option<i64> {
    i64::try_from(number).ok()
}

/// The same, where twice as much fits as well.
fn short_enough(number: i128) -> Option<i64> {
    i32::try_from(number).ok().map(i64::from)
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Exact = Exact(Ratio::new_raw(1, 1));

    /// `numerator / denominator`; `None` where the denominator is not positive.
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Exact> {
        (denominator > 0).then(|| Exact::reduced(numerator, denominator))
    }

    /// In lowest terms; the denominator is positive.
    fn reduced(numerator: i128, denominator: i128) -> Exact {
        match (short(numerator), short(denominator)) {
            (Some(n), Some(d)) => {
                let divisor = common_divisor(n.unsigned_abs(), d.unsigned_abs()).max(1);
                let [n, d] = [n, d].map(|part| i128::from(part) / i128::from(divisor));
                Exact(Ratio::new_raw(n, d))
            }
            _ => Exact(Ratio::new(numerator, denominator)),
        }
    }

    /// Numerators and denominators of two numbers that are short enough for products to fit.
    fn shorts(self, other: Exact) -> Option<[i128; 4]> {
        let part = |part: &i128| short(*part).map(i128::from);
        Some([part(self.0.numer())?, part(self.0.denom())?, part(other.0.numer())?, part(other.0.denom())?])
    }

    /// A whole number.
    pub fn whole(value: i64) -> Exact {
        Exact(Ratio::from_integer(i128::from(value)))
    }

    /// The nearest ratio with ten decimals, for the result of a formula with powers in it.
    ///
    /// `None` for anything that is not a number of ordinary size.
    pub fn from_formula(value: f64) -> Option<Exact> {
        let scaled = libm::round(value * 1e10);
        (scaled.abs() < 1e27).then(|| Exact(Ratio::new(scaled as i128, 10_000_000_000)))
    }

    /// The nearest binary fraction, for a formula with powers in it.
    pub fn to_formula(self) -> f64 {
        *self.0.numer() as f64 / *self.0.denom() as f64
    }

    /// The sum.
    pub fn plus(self, other: Exact) -> Option<Exact> {
        match self.shorts(other) {
            Some([n, 1, m, 1]) => Some(Exact(Ratio::from_integer(n + m))),
            // products of two 64-bit numbers always fit, and so does the sum of two of them
            Some([n, d, m, e]) => Some(Exact::reduced(n * e + m * d, d * e)),
            None => self.0.checked_add(&other.0).map(Exact),
        }
    }

    /// The difference.
    pub fn minus(self, other: Exact) -> Option<Exact> {
        match self.shorts(other) {
            Some([n, 1, m, 1]) => Some(Exact(Ratio::from_integer(n - m))),
            Some([n, d, m, e]) => Some(Exact::reduced(n * e - m * d, d * e)),
            None => self.0.checked_sub(&other.0).map(Exact),
        }
    }

    /// The product.
    pub fn times(self, other: Exact) -> Option<Exact> {
        if let Some([n, d, m, e]) = self.shorts(other) {
            return Some(Exact::reduced(n * m, d * e));
        }
        self.0.checked_mul(&other.0).map(Exact)
    }

    /// The quotient; `None` for a division by zero.
    pub fn over(self, other: Exact) -> Option<Exact> {
        if other == Exact::ZERO {
            return None;
        }
        match self.shorts(other) {
            Some([n, d, m, e]) => Some(Exact::reduced(n * e * m.signum(), d * m.abs())),
            None => self.0.checked_div(&other.0).map(Exact),
        }
    }

    /// The nearest decimal with `places` digits after the point, halves away from zero, without trailing zeros.
    pub fn rounded(self, places: u8) -> Option<Decimal> {
        let scale = 10_i64.pow(u32::from(places.min(18)));
        let short = short(*self.0.numer()).and_then(|numerator| numerator.checked_mul(scale));
        let scaled = match short.zip(short_enough(*self.0.denom())) {
            Some((numerator, denominator)) => {
                let (whole, rest) = (numerator / denominator, numerator % denominator);
                i128::from(whole + if rest.abs() * 2 >= denominator { rest.signum() } else { 0 })
            }
            None => self.0.checked_mul(&Ratio::from_integer(i128::from(scale)))?.round().to_integer(),
        };
        let mut digits = i64::try_from(scaled).ok()?;
        let mut left = places.min(18);
        while left > 0 && digits % 10 == 0 {
            digits /= 10;
            left -= 1;
        }
        Some(Decimal::new(digits, left))
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Exact {
        value.exact()
    }
}
