//! The door of a check that is kept between answers, and of all that would change a verdict: for programs and the tools of
//! staff. The page of a person asks anew and reads words.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use crate::diagnostic::Diagnostic;
use crate::evaluate::{Evaluation, GapKind, Verdict};
use crate::import;
use crate::model::record::FactId;
use crate::why::why;

use super::check::{Trial, options_of, record};
use super::{json_of, set, to_js};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("kept.ts");

/// One person's check behind a handle, kept between answers.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Check {
    // INVARIANT: nothing of the page runs while it is borrowed
    check: RefCell<crate::Check>,
    /// The evaluation of each criterion as it was sent last: what did not change goes through the door once.
    sent: RefCell<Vec<Option<JsValue>>>,
    /// What was sent last, where it told of no input that could not be used.
    last: RefCell<Option<js_sys::Object>>,
}

/// The key of the criteria in an evaluation.
const CRITERIA: &str = "criteria";

#[wasm_bindgen]
impl Trial {
    /// A check that is kept between answers, with these facts to begin with.
    #[wasm_bindgen(skip_typescript)]
    pub fn check(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let (record, mut problems) = record(facts);
        let options = options_of(options, &mut problems);
        let (trial, compiled) = (Rc::clone(&self.trial), Rc::clone(&self.compiled));
        let check = crate::Check::of(trial, compiled, options.as_of(), record.facts);
        let result = js_sys::Object::new();
        set(
            &result,
            "check",
            &JsValue::from(Check { check: RefCell::new(check), sent: RefCell::default(), last: RefCell::default() }),
        );
        set(&result, "diagnostics", &to_js(&problems));
        result.into()
    }

    /// What is left of each criterion, and what would change its verdict.
    #[wasm_bindgen(skip_typescript)]
    pub fn why(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let options = options_of(options, &mut Vec::new());
        to_js(&why(&self.trial, &record(facts).0, &options.as_of()))
    }
}

#[wasm_bindgen]
impl Check {
    /// Takes facts out and puts facts in; what comes back lists the criteria whose evaluation is another now.
    #[wasm_bindgen(skip_typescript)]
    pub fn change(&self, put: &JsValue, remove: &JsValue) -> JsValue {
        let (record, mut problems) = if put.is_undefined() { Default::default() } else { record(put) };
        let remove = match json_of(remove).as_deref().map(import::value::<Vec<FactId>>) {
            None => Vec::new(),
            Some(Ok(ids)) => ids,
            Some(Err(unreadable)) => {
                problems.extend(unreadable);
                Vec::new()
            }
        };
        let mut check = self.check.borrow_mut();
        let positions = check.change(record.facts, &remove);
        self.send(&check, &positions, problems)
    }

    /// Judges from another moment; what comes back lists the criteria whose evaluation is another now.
    #[wasm_bindgen(js_name = moveTo, skip_typescript)]
    pub fn move_to(&self, options: &JsValue) -> JsValue {
        let mut problems = Vec::new();
        let options = options_of(options, &mut problems);
        let mut check = self.check.borrow_mut();
        let positions = if problems.is_empty() { check.move_to(options.as_of()) } else { Vec::new() };
        self.send(&check, &positions, problems)
    }

    /// The whole evaluation; criteria that did not change are the objects that were sent before.
    #[wasm_bindgen(skip_typescript)]
    pub fn evaluation(&self) -> JsValue {
        let check = self.check.borrow();
        let is_new = |place: &usize| self.sent.borrow().get(*place).is_none_or(Option::is_none);
        let positions: Vec<usize> = (0..check.criteria()).filter(is_new).collect();
        let last = self.last.borrow().clone().filter(|_| positions.is_empty());
        let last = last.unwrap_or_else(|| self.send(&check, &positions, Vec::new()).unchecked_into());
        let evaluation = js_sys::Object::assign(&js_sys::Object::new(), &last);
        let criteria: js_sys::Array = self.sent.borrow().iter().flatten().collect();
        set(&evaluation, CRITERIA, &criteria);
        evaluation.into()
    }

    /// The evaluation with the criteria at these places, which are kept as they were sent.
    fn send(&self, check: &crate::Check, positions: &[usize], mut problems: Vec<Diagnostic>) -> JsValue {
        let mut evaluation = check.evaluation_at(positions);
        let usable = problems.is_empty();
        problems.append(&mut evaluation.diagnostics);
        let evaluation = to_js(&Evaluation { diagnostics: problems, ..evaluation });
        let criteria = js_sys::Reflect::get(&evaluation, &JsValue::from_str(CRITERIA)).unwrap_or_default();
        let mut sent = self.sent.borrow_mut();
        sent.resize(check.criteria(), None);
        let criteria = criteria.dyn_ref::<js_sys::Array>().into_iter().flat_map(js_sys::Array::iter);
        for (place, criterion) in positions.iter().zip(criteria) {
            sent.get_mut(*place).into_iter().for_each(|slot| *slot = Some(criterion.clone()));
        }
        *self.last.borrow_mut() = evaluation.dyn_ref().filter(|_| usable).cloned();
        evaluation
    }

    /// The facts, sorted by what they are about and then by their ids.
    #[wasm_bindgen(skip_typescript)]
    pub fn facts(&self) -> JsValue {
        let record = self.check.borrow().record();
        to_js(&record)
    }

    /// One byte a criterion, in the protocol's order, worked out anew: 0 pass, 1 fail, and pending as 2 plus the kind
    /// of its first gap.
    #[wasm_bindgen(skip_typescript)]
    pub fn verdicts(&self) -> Vec<u8> {
        let code = |(verdict, gap): (Verdict, Option<GapKind>)| match verdict {
            Verdict::Pass => 0,
            Verdict::Fail => 1,
            Verdict::Pending => 2 + gap.map_or(0, |gap| gap as u8),
        };
        self.check.borrow().verdicts().into_iter().map(code).collect()
    }
}
