//! The one WebAssembly test binary: the cases, and the JavaScript door. It runs in Node and in a browser as it is.
#![cfg(all(test, target_arch = "wasm32"))]

mod conformance;

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const STROKE: &str = include_str!("../www/trials/NCT07084012.json");

/// The module that was made of this very binary, as a page would import it.
const DOOR: &str = r#"
    if (typeof document === "object") return import(new URL("./wasm-bindgen-test", location.href).href);
    const node = process.getBuiltinModule("node:module").createRequire(process.argv[1]);
    return Promise.resolve(node("./wasm-bindgen-test.js"));
"#;

/// What a promise becomes; no other crate is needed for it.
async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    let result: Rc<RefCell<Option<Result<JsValue, JsValue>>>> = Rc::default();
    let waker = Rc::new(RefCell::new(None::<std::task::Waker>));
    let (kept, wake) = (Rc::clone(&result), Rc::clone(&waker));
    let settle = move |outcome| {
        *kept.borrow_mut() = Some(outcome);
        if let Some(waker) = wake.borrow_mut().take() {
            waker.wake();
        }
    };
    let other = settle.clone();
    let (good, bad) = (
        Closure::<dyn FnMut(JsValue)>::new(move |value| settle(Ok(value))),
        Closure::<dyn FnMut(JsValue)>::new(move |value| other(Err(value))),
    );
    let _ = promise.then2(&good, &bad);
    poll_fn(|context| match result.borrow_mut().take() {
        Some(outcome) => Poll::Ready(outcome),
        None => {
            *waker.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        }
    })
    .await
}

fn checks() -> Result<Object, JsValue> {
    Function::new_no_args(include_str!("web/door.js")).call0(&JsValue::NULL)?.dyn_into()
}

async fn asked(name: &str) -> Result<(), JsValue> {
    let door = settled(Function::new_no_args(DOOR).call0(&JsValue::NULL)?.dyn_into()?).await?;
    let check: Function = Reflect::get(checks()?.as_ref(), &name.into())?.dyn_into()?;
    let done = check.call2(&JsValue::NULL, &door, &STROKE.into())?;
    settled(Promise::resolve(&done)).await.map(drop)
}

macro_rules! door {
    ($($name:ident)*) => {
        const CHECKS: &[&str] = &[$(stringify!($name)),*];

        mod door {
            $(
                #[wasm_bindgen_test::wasm_bindgen_test]
                async fn $name() -> Result<(), wasm_bindgen::JsValue> {
                    super::asked(stringify!($name)).await
                }
            )*
        }
    };
}

door! {
    reads_a_trial_from_text_and_from_bytes
    says_its_version
    a_text_that_is_no_trial_is_a_diagnostic
    a_file_that_is_too_large_is_not_read
    spans_count_as_javascript_counts
    an_evaluation_is_plain_data
    the_same_input_gives_the_same_bytes
    facts_that_cannot_be_read_change_nothing_else
    no_argument_makes_the_handle_throw
    options_that_cannot_be_read_are_a_diagnostic
    a_moment_that_nothing_can_be_judged_from_is_a_diagnostic
    an_anchor_that_is_given_is_used
    a_page_may_call_the_handle_while_its_facts_are_read
    asking_leads_to_an_answer_and_on
    whoever_says_what_was_asked_is_held_to_the_protocol
    several_trials_share_one_conversation
    an_answer_states_facts_or_says_what_is_wrong
    explains_in_both_languages
    a_kept_check_sends_what_changed
    a_kept_check_takes_what_no_page_should_send
    anyone_can_recompute_a_receipt
    a_receipt_needs_a_moment
    says_why_and_what_would_be_otherwise
    reads_criteria_with_places_as_javascript_counts
    no_text_makes_reading_throw
    looks_a_document_over
    reads_every_trial_of_a_file
    asks_for_everything_that_criteria_use
    a_batch_says_what_each_evaluation_says
    keeps_a_log_that_anyone_can_verify
    copies_of_a_log_read_back
    no_argument_makes_a_log_throw
    says_for_whom_an_amendment_changes_something
    a_file_of_separated_values_becomes_a_table
    a_medical_record_becomes_a_row_of_a_table
}

#[wasm_bindgen_test]
fn every_check_of_the_door_is_run() -> Result<(), JsValue> {
    let names: Vec<String> = Object::keys(&checks()?).iter().filter_map(|name| name.as_string()).collect();
    assert_eq!(names, CHECKS);
    Ok(())
}
