//! The doors to JavaScript: they convert and call, and decide nothing.
//!
//! In: texts, bytes and plain data. Out: plain data, as declared in `types.ts` and its neighbours. Never: an exception,
//! a panic, or a decision. What comes in goes through JSON, so that no getter of a page's object runs while a handle is
//! in use. Each door has a feature, so that a page loads only what it opens.

#![expect(unreachable_pub, reason = "what JavaScript calls must be `pub`, though no Rust program reaches it")]

#[cfg(feature = "workshop")]
mod batch;
#[cfg(feature = "check")]
mod check;
#[cfg(feature = "workshop")]
mod kept;
#[cfg(feature = "workshop")]
mod log;
#[cfg(feature = "seal")]
mod seal;
#[cfg(feature = "check")]
mod utf16;
#[cfg(feature = "workshop")]
mod workshop;

use serde::Serialize;
use wasm_bindgen::prelude::JsValue;

use crate::json;

/// Plain data as JSON; `None` for what has none: a cycle, a function, nothing at all.
fn json_of(value: &JsValue) -> Option<String> {
    js_sys::JSON::stringify(value).ok()?.as_string()
}

fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    json::text(value).and_then(|text| js_sys::JSON::parse(&text).ok()).unwrap_or(JsValue::NULL)
}

fn set(object: &js_sys::Object, key: &str, value: &JsValue) {
    // a fresh plain object takes any key
    let _ = js_sys::Reflect::set(object, &JsValue::from_str(key), value);
}

/// A list of subjects; one that cannot be read has none. Nothing where none is given.
#[cfg(feature = "workshop")]
fn subjects_of(list: &JsValue) -> Option<Vec<crate::Subject>> {
    let read = || json_of(list).and_then(|json| crate::import::value(&json).ok()).unwrap_or_default();
    (!list.is_undefined()).then(read)
}
