//! Truth tables over facts: one bit for each combination of the ways in which they can turn out.

use super::inquiry::{Inquiry, Node, Part};

/// The most bits that number the combinations of one table: 4096 combinations.
const MOST_BITS: u32 = 12;
/// The most combinations of facts without bits that are tried in one criterion.
const MOST_HIDDEN: usize = 64;

/// Where a tree is true and where it is false; elsewhere it is unknown.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) yes: Vec<u64>,
    pub(super) no: Vec<u64>,
}

/// The bits that stand for each fact.
#[derive(Debug)]
pub(super) struct Layout<'i, 't> {
    inquiry: &'i Inquiry<'t>,
    /// For each fact the first of its bits and their number; none where it stays open.
    bits: Vec<Option<(u32, u32)>>,
    words: usize,
}

impl<'i, 't> Layout<'i, 't> {
    /// A layout of these facts; `None` where there are too many.
    pub(super) fn of(inquiry: &'i Inquiry<'t>, facts: impl Iterator<Item = usize>) -> Option<Layout<'i, 't>> {
        let mut bits = vec![None; inquiry.facts.len()];
        let mut used = 0;
        for fact in facts {
            let ways = inquiry.facts.get(fact)?.chances.len();
            let count = usize::BITS - ways.saturating_sub(1).leading_zeros();
            *bits.get_mut(fact)? = Some((used, count));
            used += count;
            if used > MOST_BITS {
                return None;
            }
        }
        Some(Layout { inquiry, bits, words: 1 << used.saturating_sub(6) })
    }

    fn constant(&self, value: bool) -> Vec<u64> {
        vec![if value { u64::MAX } else { 0 }; self.words]
    }

    /// Where one of the bits that number a combination is set.
    fn bit(&self, bit: u32) -> Vec<u64> {
        (0..self.words).map(|word| bit_in(bit, word)).collect()
    }

    fn of_fact(&self, fact: usize, good: u64, hidden: &[(usize, usize)]) -> Table {
        if let Some((_, way)) = hidden.iter().find(|(hidden, _)| *hidden == fact) {
            let value = good >> way & 1 == 1;
            return Table { yes: self.constant(value), no: self.constant(!value) };
        }
        let Some((first, count)) = self.bits.get(fact).copied().flatten() else {
            return Table { yes: self.constant(false), no: self.constant(false) };
        };
        let ways = self.inquiry.facts.get(fact).map_or(1, |fact| fact.chances.len());
        let mut yes = self.constant(false);
        for code in 0..1_usize << count {
            // codes beyond the last way stand for it once more
            if good >> code.min(ways.saturating_sub(1)) & 1 == 1 {
                let mut here = self.constant(true);
                for nth in 0..count {
                    let bit = self.bit(first + nth);
                    let set = code >> nth & 1 == 1;
                    here.iter_mut().zip(bit).for_each(|(here, bit)| *here &= if set { bit } else { !bit });
                }
                or(&mut yes, &here);
            }
        }
        let no = yes.iter().map(|word| !word).collect();
        Table { yes, no }
    }

    fn of_node(&self, node: usize, hidden: &[(usize, usize)]) -> Table {
        match self.inquiry.nodes.get(node) {
            Some(Node::Known(value)) => Table { yes: self.constant(*value), no: self.constant(!value) },
            Some(Node::Fact { fact, good }) => self.of_fact(*fact, *good, hidden),
            Some(Node::Group { count, parts, .. }) => {
                let parts: Vec<Table> = parts.iter().map(|part| self.of_node(*part, hidden)).collect();
                let fails = (parts.len() + 1).saturating_sub(*count);
                Table {
                    yes: self.at_least(*count, parts.iter().map(|part| &part.yes)),
                    no: self.at_least(fails, parts.iter().map(|part| &part.no)),
                }
            }
            Some(Node::Unknown) | None => Table { yes: self.constant(false), no: self.constant(false) },
        }
    }

    fn at_least<'a>(&self, count: usize, parts: impl Iterator<Item = &'a Vec<u64>>) -> Vec<u64> {
        // where at least one, two, … of the parts so far are set
        let mut reached = vec![self.constant(false); count];
        for part in parts {
            let mut before = self.constant(true);
            for reached in &mut reached {
                let here = reached.clone();
                reached.iter_mut().zip(before).zip(part).for_each(|((word, before), part)| *word |= before & part);
                before = here;
            }
        }
        reached.pop().unwrap_or_else(|| self.constant(true))
    }

    /// The table of a pending criterion. What it mentions more than once and stays open is settled where every way
    /// agrees.
    pub(super) fn of_criterion(&self, number: usize) -> Table {
        let Some((_, node)) = self.inquiry.criteria.get(number) else { return self.of_node(usize::MAX, &[]) };
        let repeated = |fact: &usize| {
            let fact = self.inquiry.facts.get(*fact);
            fact.is_some_and(|fact| fact.criteria.contains(&number) && fact.guards.len() > 1)
        };
        let hidden = (0..self.bits.len()).filter(|fact| self.bits.get(*fact) == Some(&None)).filter(repeated);
        let mut combinations: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
        for fact in hidden {
            let ways = self.inquiry.facts.get(fact).map_or(0, |fact| fact.chances.len());
            if combinations.len() * ways <= MOST_HIDDEN {
                let longer = |way: usize| {
                    combinations.iter().map(move |combination| [&combination[..], &[(fact, way)]].concat())
                };
                combinations = (0..ways).flat_map(longer).collect();
            }
        }
        let mut tables = combinations.iter().map(|hidden| self.of_node(*node, hidden));
        let first = tables.next().unwrap_or_else(|| self.of_node(*node, &[]));
        tables.fold(first, |mut all, table| {
            and(&mut all.yes, &table.yes);
            and(&mut all.no, &table.no);
            all
        })
    }

    /// The table where these facts are open: settled where every way of them agrees.
    pub(super) fn without(&self, table: &Table, facts: &[usize]) -> Table {
        let mut table = table.clone();
        for fact in facts {
            if let Some((first, count)) = self.bits.get(*fact).copied().flatten() {
                for bit in first..first + count {
                    either_way(&mut table.yes, bit);
                    either_way(&mut table.no, bit);
                }
            }
        }
        table
    }

    /// The combinations in which the facts of one way turn out so.
    fn within(&self, ways: &[u64]) -> Vec<u64> {
        let mut here = self.constant(true);
        for (fact, ways) in self.bits.iter().zip(ways) {
            let Some((first, count)) = fact.filter(|_| ways.count_ones() == 1) else { continue };
            for nth in 0..count {
                let set = ways.trailing_zeros() >> nth & 1 == 1;
                for (word, here) in here.iter_mut().enumerate() {
                    let bit = bit_in(first + nth, word);
                    *here &= if set { bit } else { !bit };
                }
            }
        }
        here
    }

    /// Is it true, or false, in every combination in which the facts of one way turn out so?
    pub(super) fn among(&self, table: &Table, ways: &[u64]) -> Option<bool> {
        let here = self.within(ways);
        if beyond(&here, &table.yes) { (!beyond(&here, &table.no)).then_some(false) } else { Some(true) }
    }

    /// Could it be true where the facts of one way turn out so?
    pub(super) fn may_be_true(&self, table: &Table, ways: &[u64]) -> bool {
        self.within(ways).iter().zip(&table.yes).any(|(here, yes)| here & yes != 0)
    }

    /// The facts, one bit each, on which it hangs in some such combination whether it is false, or true where that
    /// counts.
    pub(super) fn decisive(&self, table: &Table, ways: &[u64], eligible: bool) -> u64 {
        let here = self.within(ways);
        let on = |words: &[u64], bit: u32| turns(words, &here, bit);
        let open = self.bits.iter().zip(ways).enumerate().filter(|(_, (_, ways))| ways.count_ones() > 1);
        let hangs = |(first, count): (u32, u32)| {
            (first..first + count).any(|bit| on(&table.no, bit) || eligible && on(&table.yes, bit))
        };
        open.filter(|(_, (bits, _))| bits.is_some_and(hangs)).fold(0, |all, (fact, _)| all | 1 << (fact & 63))
    }

    /// The table of a part of the determination, made of those of its criteria.
    pub(super) fn of_part(&self, part: &Part, criterion: &dyn Fn(usize) -> Table) -> Table {
        match part {
            Part::Criterion(number) => criterion(*number),
            Part::Unknown => Table { yes: self.constant(false), no: self.constant(false) },
            Part::Cohorts { each, undetermined, .. } => {
                let mut any = Table { yes: self.constant(false), no: self.constant(!undetermined) };
                for cohort in each {
                    let mut all = Table { yes: self.constant(true), no: self.constant(false) };
                    for number in cohort {
                        let table = criterion(*number);
                        and(&mut all.yes, &table.yes);
                        or(&mut all.no, &table.no);
                    }
                    or(&mut any.yes, &all.yes);
                    and(&mut any.no, &all.no);
                }
                any
            }
        }
    }

    /// All of these parts together.
    pub(super) fn of_all<'p>(
        &self,
        parts: impl Iterator<Item = &'p Part>,
        criterion: &dyn Fn(usize) -> Table,
    ) -> Table {
        let mut all = Table { yes: self.constant(true), no: self.constant(false) };
        for part in parts {
            let table = self.of_part(part, criterion);
            and(&mut all.yes, &table.yes);
            or(&mut all.no, &table.no);
        }
        all
    }
}

/// In one word of a table, the combinations in which a bit of their number is set.
fn bit_in(bit: u32, word: usize) -> u64 {
    match bit {
        0 => 0xAAAA_AAAA_AAAA_AAAA,
        1 => 0xCCCC_CCCC_CCCC_CCCC,
        2 => 0xF0F0_F0F0_F0F0_F0F0,
        3 => 0xFF00_FF00_FF00_FF00,
        4 => 0xFFFF_0000_FFFF_0000,
        5 => 0xFFFF_FFFF_0000_0000,
        high if word >> (high - 6) & 1 == 1 => u64::MAX,
        _ => 0,
    }
}

/// Keeps what is set whether the bit of the number is set or not.
fn either_way(words: &mut [u64], bit: u32) {
    if bit < 6 {
        let (set, by) = (bit_in(bit, 0), 1 << bit);
        for word in words {
            let low = *word & (*word >> by) & !set;
            *word = low | low << by;
        }
        return;
    }
    let half = 1 << (bit - 6);
    for pair in words.chunks_mut(2 * half) {
        let (low, high) = pair.split_at_mut(half.min(pair.len()));
        for (low, high) in low.iter_mut().zip(high) {
            *low &= *high;
            *high = *low;
        }
    }
}

/// Does it hang on the bit of the number, in one of these combinations, whether it is set?
fn turns(words: &[u64], here: &[u64], bit: u32) -> bool {
    if bit < 6 {
        let by = 1 << bit;
        return words.iter().zip(here).any(|(word, here)| (word ^ word >> by) & !bit_in(bit, 0) & here != 0);
    }
    let half = 1 << (bit - 6);
    words.chunks(2 * half).zip(here.chunks(2 * half)).any(|(words, here)| {
        let (low, high) = words.split_at(half.min(words.len()));
        low.iter().zip(high).zip(here).any(|((low, high), here)| (low ^ high) & here != 0)
    })
}

fn and(words: &mut [u64], other: &[u64]) {
    words.iter_mut().zip(other).for_each(|(word, other)| *word &= other);
}

fn or(words: &mut [u64], other: &[u64]) {
    words.iter_mut().zip(other).for_each(|(word, other)| *word |= other);
}

/// Is something set in the one that is not in the other?
pub(super) fn beyond(words: &[u64], other: &[u64]) -> bool {
    words.iter().zip(other).any(|(word, other)| word & !other != 0)
}

impl Table {
    /// Could it be true?
    pub(super) fn can_be_true(&self) -> bool {
        self.yes.iter().any(|word| *word != 0)
    }

    /// Could it be false?
    pub(super) fn can_be_false(&self) -> bool {
        self.no.iter().any(|word| *word != 0)
    }
}
