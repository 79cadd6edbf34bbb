//! Maps that grow while they are asked, with one search behind all of them: what the standard library's maps bring along
//! for each kind of key and value is three thousand bytes of code, and the person's page waits for them.

use std::cmp::Ordering;

/// Values by their keys, each as it came, found through a list of places in the order of the keys.
#[derive(Clone, Debug)]
pub(crate) struct Sorted<K, V> {
    pairs: Vec<(K, V)>,
    order: Vec<usize>,
}

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Sorted<K, V> {
        Sorted { pairs: Vec::new(), order: Vec::new() }
    }
}

impl<K: Ord, V> Sorted<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        place(&self.order, &mut |at| self.pairs.get(at).map_or(Ordering::Equal, |(other, _)| other.cmp(key)))
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.pairs.get(self.place(key).ok()?).map(|(_, value)| value)
    }

    /// Puts a value under a key where there is none yet; whether it did.
    pub(crate) fn insert(&mut self, key: K, value: V) -> bool {
        let Err(place) = self.place(&key) else { return false };
        self.order.insert(place, self.pairs.len());
        self.pairs.push((key, value));
        true
    }

    /// The value of a key, to change it; where there is none, this one.
    pub(crate) fn get_or_insert(&mut self, key: K, value: V) -> Option<&mut V> {
        let at = match self.place(&key) {
            Ok(at) => at,
            Err(place) => {
                self.order.insert(place, self.pairs.len());
                self.pairs.push((key, value));
                self.pairs.len() - 1
            }
        };
        self.pairs.get_mut(at).map(|(_, value)| value)
    }

    /// The values, as they came.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.pairs.iter_mut().map(|(_, value)| value)
    }

    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }
}

/// The one of these that is equal, or where in the list it would stand.
fn place(order: &[usize], compare: &mut dyn FnMut(usize) -> Ordering) -> Result<usize, usize> {
    let found = order.binary_search_by(|at| compare(*at));
    found.map(|place| order.get(place).copied().unwrap_or(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn holds_what_a_map_of_the_standard_library_holds() {
        for seed in 1..40_usize {
            let mut ours = Sorted::default();
            let mut theirs = BTreeMap::new();
            for at in 0..seed * 2 {
                let key = (at * at * 7919 + seed * 104_729) % 31;
                assert_eq!(ours.insert(key, at), !theirs.contains_key(&key));
                theirs.entry(key).or_insert(at);
                if let Some(value) = ours.get_or_insert(at % 31, at) {
                    *value += 1;
                }
                *theirs.entry(at % 31).or_insert(at) += 1;
            }
            assert_eq!(ours.len(), theirs.len());
            for key in 0..31 {
                assert_eq!(ours.get(&key), theirs.get(&key));
            }
        }
    }
}
