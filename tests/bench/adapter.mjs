// One adapter for a harness that compares engines on a stroke trial of twenty criteria: `load(trial)` takes criteria as
// trees of `and`, `or`, `not`, `is`, `cmp` and `cmpf` (a fact against a multiple of another) and gives `prepare`, which
// takes people as objects without the keys that are not known, and `evaluate`, which gives one byte a person and
// criterion: 0 it does not hold, 1 it holds, 2 unknown. A harness that keeps its adapters in a folder needs one line
// there: export { default } from "…/tests/bench/adapter.mjs";
import { readFileSync } from "node:fs";

const pkg = new URL("../../www/pkg/", import.meta.url);
const { initSync, readTrial } = await import(new URL("trial_prescreen.js", pkg));
initSync({ module: readFileSync(new URL("trial_prescreen_bg.wasm", pkg)) });

const options = { asOf: "2026-03-15T14:30+08:00" };
const LIMITS = { astUln: "ast", altUln: "alt" };
const CONCEPTS = { age: ["age", "y"], ast: ["ast", "U/L"], alt: ["alt", "U/L"], egfr: ["egfr", "mL/min/1.73m2"] };

const subject = (fact) => ({ [CONCEPTS[fact] ? "concept" : "text"]: CONCEPTS[fact]?.[0] ?? fact });
const unit = (fact) => CONCEPTS[fact]?.[1];

function bound(relation, value, unit) {
  const inclusive = relation.endsWith("=");
  return { [relation.startsWith(">") ? "low" : "high"]: { value: String(value), unit, inclusive } };
}

function expression(e) {
  switch (e.op) {
    case "and": return { allOf: e.args.map(expression) };
    case "or": return { anyOf: e.args.map(expression) };
    case "not": return { not: expression(e.arg) };
    case "is": return { present: { subject: subject(e.fact), status: "any" } };
    case "cmpf":
      return { compare: { subject: subject(e.fact), ...bound(e.rel, e.factor, "xULN") } };
    default:
      return e.rel === "=="
        ? { isOneOf: { subject: subject(e.fact), values: [e.value] } }
        : { compare: { subject: subject(e.fact), ...bound(e.rel, Math.round(e.value * 1000) / 1000, unit(e.fact)) } };
  }
}

function documentOf({ id, criteria }) {
  const list = criteria.map((criterion) => ({
    id: criterion.id,
    category: criterion.kind,
    text: {},
    source: { document: "", item: "" },
    expression: expression(criterion.expr),
  }));
  const eligibility = { status: "published", criteria: list };
  return JSON.stringify({ format: "trial-prescreen/1", id, title: {}, source: [], eligibility });
}

function fact(key, value, person) {
  const base = { id: key, subject: subject(key) };
  if (typeof value === "boolean") return { ...base, value: { [value ? "present" : "refuted"]: "any" } };
  if (typeof value === "string") return { ...base, value: { code: value } };
  const quantity = { ...base, value: { quantity: { value: String(value), unit: unit(key) } } };
  const limit = person[`${key}Uln`];
  return limit === undefined ? quantity : { ...quantity, upperLimit: { value: String(limit), unit: unit(key) } };
}

const known = (person) => Object.entries(person).filter(([key]) => !LIMITS[key]);

export default {
  document: documentOf,
  facts: (person) => known(person).map(([key, value]) => fact(key, value, person)),
  id: "trial-prescreen",
  logic: "three-valued, with what is missing",
  bundle: undefined,
  async load(source) {
    const { trial, diagnostics } = readTrial(documentOf(source));
    if (!trial) throw new Error(JSON.stringify(diagnostics));
    const exclusion = source.criteria.map((criterion) => criterion.kind === "exclusion");
    return {
      prepare(people) {
        const facts = (person) => known(person).map(([key, value]) => fact(key, value, person));
        return people.map((person) => trial.check(facts(person), options).check);
      },
      evaluate(checks) {
        const out = new Uint8Array(checks.length * exclusion.length);
        let at = 0;
        for (const check of checks) {
          for (const byte of check.verdicts()) {
            // pass and fail of an inclusion are 0 and 1, and the other way round for what holds
            out[at] = byte > 1 ? 2 : exclusion[at % exclusion.length] ? byte : 1 - byte;
            at += 1;
          }
        }
        return out;
      },
    };
  },
};
