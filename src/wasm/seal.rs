//! The door of sealed sharing, which a page loads in a worker when somebody shares or opens what was shared.

use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use crate::import;
use crate::import::readable::fields;
use crate::seal::{self, Answered, Code, Content, Note, SALT, Unopened};

use super::{json_of, set, to_js};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("seal.ts");

fields!(Content {
    trial "trial" !, document "document" !, made "made" !, ends "ends" ?, locale "locale" !, respondent "respondent" !, outcome "outcome" ?,
    go_on "goOn" !, answers "answers" !, notes "notes" !,
});
fields!(Answered { question "question" !, day "day" ?, fields "fields" ! });
fields!(Note { block "block" !, exact "exact" !, start "start" !, text "text" ! });

/// A code from random bytes.
#[wasm_bindgen(js_name = newCode, skip_typescript)]
pub fn new_code(random: &JsValue) -> Option<String> {
    bytes(random)?.try_into().ok().map(|random| Code::of(random).to_string())
}

/// A key of a code.
#[wasm_bindgen(js_name = keyOf, skip_typescript)]
pub fn key_of(code: &JsValue, salt: &JsValue) -> Option<Vec<u8>> {
    let salt: [u8; SALT] = bytes(salt)?.try_into().ok()?;
    seal::key(&Code::typed(&code.as_string()?)?, &salt).map(Vec::from)
}

/// The sealed text.
#[wasm_bindgen(skip_typescript)]
pub fn seal(content: &JsValue, code: &JsValue, salt: &JsValue) -> Option<String> {
    let content: Content = json_of(content).and_then(|json| import::value(&json).ok())?;
    let salt: [u8; SALT] = bytes(salt)?.try_into().ok()?;
    seal::seal(&content, &Code::typed(&code.as_string()?)?, salt).ok()
}

/// What is in a sealed text, or why it was not opened.
#[wasm_bindgen(skip_typescript)]
pub fn open(sealed: &JsValue, code: &JsValue) -> JsValue {
    let result = js_sys::Object::new();
    let opened = match Code::typed(&code.as_string().unwrap_or_default()) {
        Some(code) => seal::open(&sealed.as_string().unwrap_or_default(), &code).map_err(named),
        None => Err("no-code"),
    };
    match opened {
        Ok(content) => set(&result, "content", &to_js(&content)),
        Err(problem) => set(&result, "problem", &JsValue::from_str(problem)),
    }
    result.into()
}

/// Why a sealed text cannot be opened with any code.
#[wasm_bindgen(skip_typescript)]
pub fn unreadable(sealed: &JsValue) -> Option<String> {
    seal::readable(&sealed.as_string().unwrap_or_default()).err().map(|problem| named(problem).to_owned())
}

/// The squares of a QR code.
#[wasm_bindgen(skip_typescript)]
pub fn squares(text: &JsValue) -> JsValue {
    let Some(modules) = text.as_string().and_then(|text| seal::modules(&text)) else {
        return JsValue::UNDEFINED;
    };
    let dark: Vec<u8> = modules.dark.into_iter().map(u8::from).collect();
    let result = js_sys::Object::new();
    set(&result, "side", &JsValue::from_f64(f64::from(u32::try_from(modules.side).unwrap_or(0))));
    set(&result, "dark", &js_sys::Uint8Array::from(dark.as_slice()));
    result.into()
}

fn bytes(data: &JsValue) -> Option<Vec<u8>> {
    data.dyn_ref::<js_sys::Uint8Array>().filter(|bytes| bytes.length() <= 64).map(js_sys::Uint8Array::to_vec)
}

fn named(problem: Unopened) -> &'static str {
    match problem {
        Unopened::Newer => "newer",
        Unopened::Closed => "closed",
    }
}
