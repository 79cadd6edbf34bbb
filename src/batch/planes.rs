//! Codes of people as planes of bits, and back.
//!
//! A chunk is 1,024 people; a plane of a chunk is 16 words, the first person in the lowest bit of the first word.

/// Words of a plane of a chunk.
pub(crate) const WORDS: usize = 16;
/// People of a chunk.
pub(crate) const CHUNK: usize = WORDS * 64;

/// One bit of each person of a chunk.
pub(crate) type Plane = [u64; WORDS];

/// How many bits hold every number up to this one.
pub(crate) fn bits(most: usize) -> u32 {
    usize::BITS - most.leading_zeros()
}

/// Eight bytes as eight bytes of their first bits, their second bits, ….
fn transposed(mut x: u64) -> u64 {
    let mut swap = |by: u32, mask: u64| {
        let moved = (x ^ (x >> by)) & mask;
        x ^= moved ^ (moved << by);
    };
    swap(7, 0x00AA_00AA_00AA_00AA);
    swap(14, 0x0000_CCCC_0000_CCCC);
    swap(28, 0x0000_0000_F0F0_F0F0);
    x
}

/// Writes the codes of a chunk into as many planes as there are.
pub(crate) fn write(codes: &[u32; CHUNK], planes: &mut [Plane]) {
    for (byte, planes) in planes.chunks_mut(8).enumerate() {
        for (group, eight) in codes.chunks_exact(8).enumerate() {
            let mut rows = 0;
            for (at, code) in eight.iter().enumerate() {
                rows |= u64::from((code >> (8 * byte)) & 0xFF) << (8 * at);
            }
            let columns = transposed(rows);
            let (word, shift) = (group / 8, 8 * (group % 8));
            for (at, plane) in planes.iter_mut().enumerate() {
                if let Some(word) = plane.get_mut(word) {
                    *word |= ((columns >> (8 * at)) & 0xFF) << shift;
                }
            }
        }
    }
}

/// Reads the codes of a chunk from its planes.
pub(crate) fn read(planes: &[Plane], codes: &mut [u32; CHUNK]) {
    codes.fill(0);
    for (byte, planes) in planes.chunks(8).enumerate() {
        for (group, eight) in codes.chunks_exact_mut(8).enumerate() {
            let (word, shift) = (group / 8, 8 * (group % 8));
            let mut columns = 0;
            for (at, plane) in planes.iter().enumerate() {
                columns |= ((plane.get(word).copied().unwrap_or(0) >> shift) & 0xFF) << (8 * at);
            }
            let rows = transposed(columns);
            for (at, code) in eight.iter_mut().enumerate() {
                *code |= u32::try_from((rows >> (8 * at)) & 0xFF).unwrap_or(0) << (8 * byte);
            }
        }
    }
}

/// The people of a plane, in order.
pub(crate) fn people(plane: &Plane) -> impl Iterator<Item = usize> + '_ {
    plane.iter().enumerate().flat_map(|(word, bits)| {
        let mut rest = *bits;
        std::iter::from_fn(move || {
            let at = usize::try_from(rest.trailing_zeros()).ok().filter(|at| *at < 64)?;
            rest &= rest - 1;
            Some(word * 64 + at)
        })
    })
}

/// Sets or clears the bit of one person.
pub(crate) fn set(plane: &mut Plane, person: usize, on: bool) {
    if let Some(word) = plane.get_mut(person / 64) {
        let bit = 1 << (person % 64);
        *word = if on { *word | bit } else { *word & !bit };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_from_their_planes() {
        let mut codes = [0; CHUNK];
        for (at, code) in (0_u32..).zip(codes.iter_mut()) {
            *code = at.wrapping_mul(2_654_435_761) >> 11;
        }
        let mut planes = [[0; WORDS]; 21];
        write(&codes, &mut planes);
        let mut again = [0; CHUNK];
        read(&planes, &mut again);
        assert_eq!(codes, again);
        let third = people(&planes[3]).collect::<Vec<_>>();
        assert_eq!(third, (0..CHUNK).filter(|at| codes[*at] >> 3 & 1 == 1).collect::<Vec<_>>());
    }
}
