//! A text as a QR code (ISO/IEC 18004): level M, small enough to be shown on a phone.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The largest version that is made: 77 modules a side, 4 pixels each on a screen of 360.
const LARGEST: u8 = 15;

/// The dark and light squares of a code, row by row, without the quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modules {
    /// How many there are in a row.
    pub side: usize,
    /// Whether each is dark.
    pub dark: Vec<bool>,
}

/// The code for a text; `None` where it is too long for one that a phone can show.
pub fn modules(text: &str) -> Option<Modules> {
    let segment = QrSegment::make_bytes(text.as_bytes());
    let (least, most) = (Version::new(1), Version::new(LARGEST));
    let code = QrCode::encode_segments_advanced(&[segment], QrCodeEcc::Medium, least, most, None, true).ok()?;
    let side = code.size();
    let dark = (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).map(|(x, y)| code.get_module(x, y)).collect();
    Some(Modules { side: usize::try_from(side).ok()?, dark })
}
