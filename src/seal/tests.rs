use proptest::prelude::*;

use super::key::Keys;
use super::*;

fn short() -> Content {
    Content {
        trial: "NCT07084012".to_owned(),
        document: "0123456789abcdef".to_owned(),
        made: "2026-02-27T22:55+08:00".to_owned(),
        locale: "zh-CN".to_owned(),
        respondent: "caregiver".to_owned(),
        answers: vec![Answered::new("sex", &[("choice", "female")])],
        ..Content::default()
    }
}

/// Whoever has the keys and turns one bit anywhere finds nothing.
#[test]
fn no_bit_can_be_turned() {
    let code = Code::of([3; 10]);
    let sealed = seal(&short(), &code, [5; SALT]).unwrap();
    let bytes = base64url::bytes(sealed.strip_prefix(PREFIX).unwrap()).unwrap();
    let keys = Keys::of(&code, &[5; SALT]).unwrap();
    assert_eq!(opened(&bytes, &keys), Some(short()));
    for bit in 0..bytes.len() * 8 {
        let mut turned = bytes.clone();
        turned[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(opened(&turned, &keys), None, "bit {bit}");
    }
    for length in 0..bytes.len() {
        assert_eq!(opened(&bytes[..length], &keys), None, "cut to {length} bytes");
    }
}

/// What is sealed under the right keys by somebody else's program is still read strictly.
#[test]
fn packed_bytes_have_one_form() {
    let packed = pack::packed(&short()).unwrap();
    assert_eq!(packed.len() % pack::BLOCK, 0);
    assert_eq!(pack::unpacked(&packed), Some(short()));
    assert_eq!(pack::unpacked(&[packed.as_slice(), &[0; pack::BLOCK]].concat()), None);
    for bit in (0..packed.len() * 8).step_by(13) {
        let mut turned = packed.clone();
        turned[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(pack::unpacked(&turned), Some(short()), "bit {bit}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn any_bytes_unpack_to_nothing_or_to_what_packs_to_them(length in 0_u16..2000, rest in prop::collection::vec(any::<u8>(), 62)) {
        let bytes = [&length.to_be_bytes(), rest.as_slice()].concat();
        if let Some(content) = pack::unpacked(&bytes) {
            prop_assert_eq!(pack::packed(&content).unwrap(), bytes);
        }
    }

    #[test]
    fn any_text_squeezes_and_comes_back(text in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(squeeze::unsqueezed(&squeeze::squeezed(&text), text.len()), text);
    }
}
