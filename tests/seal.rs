//! Sealed sharing: the primitives against published vectors, the form against a frozen one, and what must never open.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use proptest::prelude::*;
use sha2::Sha256;
use trial_prescreen::seal::{Answered, Code, Content, Note, Unopened, modules, open, readable, seal};

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// RFC 9106, section 5.3: 32 KiB, three passes, four lanes, with a secret and associated data.
#[test]
fn argon2id_as_published() {
    let mut params = ParamsBuilder::new();
    params.m_cost(32).t_cost(3).p_cost(4).output_len(32).data(AssociatedData::new(&[4; 12]).unwrap());
    let argon2 =
        Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params.build().unwrap()).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(tag.to_vec(), bytes("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
}

/// RFC 5869, appendices A.1 and A.3.
#[test]
fn hkdf_as_published() {
    let ikm = [0x0B; 22];
    let mut made = [0; 42];
    Hkdf::<Sha256>::new(Some(&bytes("000102030405060708090a0b0c")), &ikm)
        .expand(&bytes("f0f1f2f3f4f5f6f7f8f9"), &mut made)
        .unwrap();
    let published = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
    assert_eq!(made.to_vec(), bytes(published));
    Hkdf::<Sha256>::new(None, &ikm).expand(&[], &mut made).unwrap();
    let published = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8";
    assert_eq!(made.to_vec(), bytes(published));
}

/// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
#[test]
fn xchacha20_poly1305_as_published() {
    let key: Vec<u8> = (0x80..0xA0).collect();
    let nonce: Vec<u8> = (0x40..0x58).collect();
    let aad = bytes("50515253c0c1c2c3c4c5c6c7");
    let text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let sealed = XChaCha20Poly1305::new_from_slice(&key)
        .unwrap()
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: text, aad: &aad })
        .unwrap();
    let published = concat!(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39",
        "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9",
        "21f9664c97637da9768812f615c68b13b52e",
        "c0875924c1c7987947deafd8780acf49",
    );
    assert_eq!(sealed, bytes(published));
}

/// A full check of the stroke trial, as its form states it.
fn full() -> Content {
    let lab = |question, value, unit| {
        let on = [("on.day", "26"), ("on.month", "2"), ("on.year", "2026")];
        Answered::new(question, &[&[("value", value), ("unit", unit), ("upperLimit", "45")][..], &on].concat())
    };
    let history = "checklist:history|epilepsy|parkinsons-disease|alzheimers-disease|severe-depression|brain-tumour|malignancy|severe-cardiovascular-disease";
    let recent = "checklist:recent|severe-infection|immunosuppressant|interventional-trial|cell-therapy";
    let onset = [
        ("basis", "seen"),
        ("date.day", "27"),
        ("date.month", "2"),
        ("date.year", "2026"),
        ("hour", "21"),
        ("minute", "40"),
    ];
    Content {
        trial: "NCT07084012".to_owned(),
        document: "9f3c61d0a7b2485e".to_owned(),
        made: "2026-02-27T22:55+08:00".to_owned(),
        ends: Some("2026-03-29".to_owned()),
        locale: "zh-CN".to_owned(),
        respondent: "caregiver".to_owned(),
        outcome: Some("cannot-tell".to_owned()),
        go_on: false,
        answers: vec![
            Answered::new("onset", &onset),
            Answered::new("birth-date", &[("date.day", "3"), ("date.month", "9"), ("date.year", "1948")]),
            Answered::new("ischaemic-stroke", &[("choice", "yes")]),
            Answered::new(
                "checklist:stroke-treatment|thrombolysis|thrombectomy",
                &[("checked", "thrombolysis"), ("rest", "no")],
            ),
            Answered::new("mrs-before-onset", &[("choice", "1")]),
            lab("egfr", "71", "mL/min/1.73m2"),
            Answered::new("reproductive-potential", &[("choice", "no")]),
            Answered::new(history, &[("rest", "no")]),
            Answered::new(recent, &[("rest", "asked-unknown")]),
            Answered::new(
                "alcohol-intake",
                &[("kind.0", "beer"), ("volume.0", "330"), ("strength.0", "5"), ("count.0", "3"), ("per.0", "week")],
            ),
            Answered::new("systemic-corticosteroid", &[("absent", "none")]),
            lab("ast", "57", "U/L"),
            lab("alt", "64", "U/L"),
            Answered::new("sex", &[("choice", "female")]),
        ],
        notes: Vec::new(),
    }
}

/// Whatever was sealed once must open for ever: never change this vector, add one. Libargon2 and libsodium, put together
/// as the module says, open it as well.
#[test]
fn the_form_is_frozen() {
    let code = Code::typed("K7QM2-9XHTD").unwrap();
    let salt = std::array::from_fn(|at| u8::try_from(at).unwrap());
    let sealed = seal(&full(), &code, salt).unwrap();
    assert_eq!(sealed, include_str!("seal/full.tp1").trim_end());
    assert_eq!(open(&sealed, &code), Ok(full()));
}

#[test]
fn a_full_check_fits_a_code_that_a_phone_can_show() {
    let sealed = include_str!("seal/full.tp1").trim_end();
    let bytes = (sealed.len() - 4) * 3 / 4;
    assert!(bytes <= 300, "{bytes} bytes");
    let code = modules(&format!("https://check.example.org/trial-prescreen/check.html#{sealed}")).unwrap();
    assert!(code.side <= 77, "{} modules", code.side);
    assert_eq!(code.dark.len(), code.side * code.side);
    assert_eq!(modules(&"x".repeat(413)), None, "version 15 at level M holds 412 bytes");
    assert!(modules(&"x".repeat(412)).is_some());
}

#[test]
fn the_wrong_code_and_damage_are_one_and_the_same() {
    let sealed = include_str!("seal/full.tp1").trim_end();
    let code = Code::typed("K7QM2-9XHTD").unwrap();
    assert_eq!(open(sealed, &Code::typed("K7QM2-9XHTE").unwrap()), Err(Unopened::Closed));
    // a bit of the salt, of the commitment, of the content, of the tag
    for place in [10, 40, 60, sealed.len() - 3] {
        let other = if sealed.as_bytes()[place] == b'A' { "B" } else { "A" };
        let turned = format!("{}{other}{}", &sealed[..place], &sealed[place + 1..]);
        assert_eq!(open(&turned, &code), Err(Unopened::Closed), "at {place}");
    }
}

#[test]
fn later_forms_say_so_before_any_work_is_done() {
    let sealed = include_str!("seal/full.tp1").trim_end();
    let (version, kdf) = (sealed.replace("tp1.AQE", "tp1.AgE"), sealed.replace("tp1.AQE", "tp1.AQI"));
    for later in [&version, &kdf, "tp2.AAAA", "tp10."] {
        assert_eq!(readable(later), Err(Unopened::Newer), "{later}");
    }
    let none = sealed.replace("tp1.AQE", "tp1.AAE");
    let longer = format!("{sealed}AAAA");
    let padded = format!("{sealed}=");
    for damaged in
        ["", "tp1.", "tp1.AQE", "tp0.AA", "tp.AA", "tpx.AA", "NCT07084012", &none, &longer, &padded, &sealed[..100]]
    {
        assert_eq!(readable(damaged), Err(Unopened::Closed), "{damaged}");
    }
    assert!(readable(&format!("tp1.{}", "A".repeat(70_000))).is_err());
}

/// What is wrong, and how it is made so.
type Refused = (&'static str, fn(&mut Content));

fn note(text: &str) -> Note {
    Note { block: "I1".to_owned(), exact: String::new(), start: 0, text: text.to_owned() }
}

#[test]
fn what_is_larger_than_its_bounds_is_not_sealed() {
    let code = Code::of([0; 10]);
    let with = |change: fn(&mut Content)| {
        let mut content = full();
        change(&mut content);
        seal(&content, &code, [0; 16])
    };
    assert!(with(|content| content.notes = vec![note("first line\nsecond line")]).is_ok());
    let refused: [Refused; 9] = [
        ("a tab in an id", |content| content.trial = "NCT\t1".to_owned()),
        ("no trial", |content| content.trial.clear()),
        ("a digest of another length", |content| content.document.push('0')),
        ("no date", |content| content.made = "yesterday".to_owned()),
        ("another language", |content| content.locale = "fr".to_owned()),
        ("a line feed in a value", |content| content.answers[0].fields[0][1] = "a\nb".to_owned()),
        ("201 answers", |content| content.answers = vec![content.answers[0].clone(); 201]),
        ("a note of 4,001 bytes", |content| content.notes = vec![note(&"x".repeat(4001))]),
        ("33 KiB in all", |content| content.notes = vec![note(&"x".repeat(4000)); 9]),
    ];
    for (what, change) in refused {
        assert!(with(change).is_err(), "{what}");
    }
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>().prop_filter("control", |c| !c.is_control()), 1..most)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn what_is_sealed_opens_as_it_was(
        question in text(30), fields in prop::collection::vec((text(10), text(30)), 0..6), note in text(100), random: [u8; 10], salt: [u8; 16],
    ) {
        let fields = fields.into_iter().map(|(name, value)| [name, value]).collect();
        let content = Content {
            answers: vec![Answered { question, day: Some("2026-02-26".to_owned()), fields }],
            notes: vec![Note { block: "E3".to_owned(), exact: note.clone(), start: 7, text: format!("{note}\n{note}") }],
            ..full()
        };
        let code = Code::of(random);
        let sealed = seal(&content, &code, salt).unwrap();
        prop_assert_eq!(open(&sealed, &Code::typed(&code.to_string()).unwrap()), Ok(content));
    }
}

proptest! {
    #[test]
    fn a_fuzzed_link_is_refused_and_never_breaks(at in 0_usize..300, put in any::<Vec<u8>>(), cut in 0_usize..300) {
        let mut link = include_bytes!("seal/full.tp1").to_vec();
        let at = at.min(link.len());
        let end = (at + cut).min(link.len());
        link.splice(at..end, put);
        let link = String::from_utf8_lossy(&link);
        // the key is derived only where the form is whole: that it does not open then is shown bit by bit
        let _ = readable(&link);
    }
}
