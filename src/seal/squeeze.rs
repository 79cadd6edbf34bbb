//! A short text ↔ fewer bytes: context mixing, which has read `primer.txt` before the text begins.
//!
//! Each bit is foretold from what followed the last bytes before, for several lengths of "the last bytes"; the
//! forecasts are weighed by how well they did, and a range coder writes what they missed (after M. Mahoney's lpaq).
//! Whole numbers only: the same bytes come out everywhere. The primer is part of the form `tp1` and never changes.

const PRIMER: &str = include_str!("primer.txt");

/// How many of the last bytes foretell the next bit.
const LENGTHS: [usize; 6] = [0, 1, 2, 3, 4, 6];
/// And all since the last separator.
const INPUTS: usize = LENGTHS.len() + 1;
const SLOTS: usize = 1 << 18;
/// A forecast never follows less than one part in this of what it saw.
const STEADIEST: u16 = 60;
const RATE: i32 = 10;

pub(super) fn squeezed(text: &[u8]) -> Vec<u8> {
    let mut model = Model::primed();
    let (mut low, mut high) = (0_u32, u32::MAX);
    let mut bytes = Vec::new();
    for byte in text {
        for at in (0..8).rev() {
            let bit = byte >> at & 1 == 1;
            let middle = split(low, high, model.forecast());
            if bit {
                high = middle
            } else {
                low = middle.saturating_add(1)
            }
            model.learn(bit);
            while (low ^ high) >> 24 == 0 {
                let [first, ..] = low.to_be_bytes();
                bytes.push(first);
                low <<= 8;
                high = high << 8 | 255;
            }
        }
    }
    // the fewest bytes which, with zeros behind them, lie between the two
    if low > 0 {
        for kept in 1..=4 {
            let rest = u32::MAX.checked_shr(8 * kept).unwrap_or(0);
            if let Some(end) = low.checked_add(rest).map(|end| end & !rest).filter(|end| *end <= high) {
                bytes.extend(end.to_be_bytes().iter().take(usize::try_from(kept).unwrap_or(4)));
                break;
            }
        }
    }
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    bytes
}

/// So many bytes of text, whatever the squeezed ones are: it is for the caller to see that they squeeze to the same.
pub(super) fn unsqueezed(squeezed: &[u8], length: usize) -> Vec<u8> {
    let mut model = Model::primed();
    let mut source = squeezed.iter().copied().chain(std::iter::repeat(0));
    let mut next = || u32::from(source.next().unwrap_or(0));
    let (mut low, mut high) = (0_u32, u32::MAX);
    let mut value = (0..4).fold(0, |value, _| value << 8 | next());
    let mut text = Vec::with_capacity(length);
    for _ in 0..length {
        let mut byte = 0;
        for _ in 0..8 {
            let middle = split(low, high, model.forecast());
            let bit = value <= middle;
            if bit {
                high = middle
            } else {
                low = middle.saturating_add(1)
            }
            model.learn(bit);
            byte = byte << 1 | u8::from(bit);
            while (low ^ high) >> 24 == 0 {
                low <<= 8;
                high = high << 8 | 255;
                value = value << 8 | next();
            }
        }
        text.push(byte);
    }
    text
}

/// Where the range parts between one and zero, for a forecast of one in 4,096 parts.
fn split(low: u32, high: u32, one: u32) -> u32 {
    let range = u64::from(high.wrapping_sub(low));
    low.wrapping_add(u32::try_from((range * u64::from(one)) >> 12).unwrap_or(0))
}

/// How often a one followed, of what was seen in one context.
#[derive(Clone, Copy)]
struct Slot {
    one: u16,
    seen: u16,
    /// Whose slot it is: another context that falls on it begins anew.
    owner: u32,
}

const FRESH: Slot = Slot { one: 1 << 15, seen: 0, owner: 0 };

struct Model {
    slots: Vec<Slot>,
    places: [usize; INPUTS],
    hashes: [u32; INPUTS],
    inputs: [i32; INPUTS],
    /// For each number of contexts that were seen before.
    weights: [[i32; INPUTS]; INPUTS + 1],
    known: usize,
    forecast: i32,
    logits: Vec<i32>,
    last: u64,
    part: u32,
    /// The bits of this byte so far, behind a one.
    bits: u32,
}

impl Model {
    fn primed() -> Model {
        let mut logits = vec![0; 4096];
        let mut from = 0;
        for logit in -2047..=2047 {
            let to = squash(logit);
            for place in from..=to {
                usize::try_from(place)
                    .ok()
                    .and_then(|place| logits.get_mut(place))
                    .into_iter()
                    .for_each(|l| *l = logit);
            }
            from = to + 1;
        }
        let mut model = Model {
            slots: vec![FRESH; SLOTS * INPUTS],
            places: [0; INPUTS],
            hashes: [0; INPUTS],
            inputs: [0; INPUTS],
            weights: [[1 << 14; INPUTS]; INPUTS + 1],
            known: 0,
            forecast: 2048,
            logits,
            last: 0,
            part: 0,
            bits: 1,
        };
        model.look();
        for byte in PRIMER.bytes() {
            (0..8).rev().for_each(|at| model.learn(byte >> at & 1 == 1));
        }
        model
    }

    /// How likely a one comes next, in 4,096 parts; never none, never all.
    fn forecast(&self) -> u32 {
        u32::try_from(self.forecast.clamp(1, 4095)).unwrap_or(2048)
    }

    fn learn(&mut self, bit: bool) {
        let missed = (i32::from(bit) * 4095 - self.forecast) * RATE;
        if let Some(weights) = self.weights.get_mut(self.known) {
            for (weight, input) in weights.iter_mut().zip(self.inputs) {
                *weight = weight.saturating_add((input.saturating_mul(missed) + 0x8000) >> 16);
            }
        }
        for place in self.places {
            let Some(slot) = self.slots.get_mut(place) else { continue };
            let target = if bit { i32::from(u16::MAX) } else { 0 };
            let step = (target - i32::from(slot.one)) * 2 / (i32::from(slot.seen) * 2 + 3);
            slot.one = u16::try_from(i32::from(slot.one) + step).unwrap_or(slot.one);
            slot.seen = (slot.seen + 1).min(STEADIEST);
        }
        self.bits = self.bits << 1 | u32::from(bit);
        if self.bits >= 256 {
            self.turn();
        }
        self.look();
    }

    /// A byte is complete.
    fn turn(&mut self) {
        let byte = self.bits & 255;
        self.bits = 1;
        self.last = self.last << 8 | u64::from(byte);
        let parting = matches!(byte, 9 | 10 | 124);
        self.part = if parting { byte } else { (self.part.wrapping_add(byte + 1)).wrapping_mul(0x2F0B_4C47) };
        for (hash, length) in self.hashes.iter_mut().zip(LENGTHS) {
            let bytes = if length == 0 { 0 } else { self.last << (64 - 8 * length) };
            let mixed = (bytes.wrapping_add(u64::try_from(length).unwrap_or(0))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            *hash = u32::try_from(mixed >> 32).unwrap_or(0);
        }
        if let Some(hash) = self.hashes.last_mut() {
            *hash = self.part;
        }
    }

    /// Finds the slots for the next bit and weighs what they say.
    fn look(&mut self) {
        self.known = 0;
        let all = self.places.iter_mut().zip(self.hashes).zip(&mut self.inputs).enumerate();
        for (input, ((place, hash), logit)) in all {
            let owner = (hash ^ self.bits.wrapping_mul(0x85EB_CA6B)).wrapping_mul(0xC2B2_AE35);
            let within = usize::try_from(owner >> 14).unwrap_or(0) % SLOTS;
            *place = input * SLOTS + within;
            let Some(slot) = self.slots.get_mut(*place) else { continue };
            if slot.owner != owner {
                *slot = Slot { owner, ..FRESH };
            }
            self.known += usize::from(slot.seen > 0);
            *logit = *self.logits.get(usize::from(slot.one >> 4)).unwrap_or(&0);
        }
        let weights = self.weights.get(self.known).into_iter().flatten();
        let sum: i64 = weights.zip(self.inputs).map(|(weight, input)| i64::from(*weight) * i64::from(input)).sum();
        self.forecast = squash(i32::try_from((sum >> 16).clamp(-2047, 2047)).unwrap_or(0));
    }
}

/// 4096 / (1 + e^(-x/256)), between points of a table.
fn squash(logit: i32) -> i32 {
    const CURVE: [i32; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901,
        3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let logit = logit.clamp(-2047, 2047);
    let place = usize::try_from((logit >> 7) + 16).unwrap_or(0);
    let (left, right) = (*CURVE.get(place).unwrap_or(&0), *CURVE.get(place + 1).unwrap_or(&4094));
    let way = logit & 127;
    (left * (128 - way) + right * way + 64) >> 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back() {
        let long = "a\tegfr\t\tvalue\t88\n".repeat(300);
        let wild: Vec<u8> = (0..4000_u32).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
        for text in ["", "\0", "a", "NCT07084012\t2026-03-15", "糖化血红蛋白", &long]
            .map(str::as_bytes)
            .into_iter()
            .chain([&*wild])
        {
            let squeezed = squeezed(text);
            assert_eq!(unsqueezed(&squeezed, text.len()), text);
            assert!(squeezed.len() <= text.len() + text.len() / 8 + 4, "{} became {}", text.len(), squeezed.len());
        }
    }

    #[test]
    fn any_bytes_are_some_text() {
        for squeezed in [&[][..], &[255; 50], &[0; 50], &[1, 2, 3]] {
            assert_eq!(unsqueezed(squeezed, 100).len(), 100);
        }
    }
}
