//! The next minute at which time alone may change something.

/// Of all minutes that are told to it, the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Soonest(pub(crate) Option<i64>);

impl Soonest {
    pub(crate) fn push(&mut self, minute: i64) {
        self.0 = Some(self.0.map_or(minute, |soonest| soonest.min(minute)));
    }
}

impl Extend<i64> for Soonest {
    fn extend<T: IntoIterator<Item = i64>>(&mut self, minutes: T) {
        minutes.into_iter().for_each(|minute| self.push(minute));
    }
}

impl FromIterator<i64> for Soonest {
    fn from_iter<T: IntoIterator<Item = i64>>(minutes: T) -> Soonest {
        let mut soonest = Soonest::default();
        soonest.extend(minutes);
        soonest
    }
}

impl IntoIterator for Soonest {
    type Item = i64;
    type IntoIter = std::option::IntoIter<i64>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
