// Medians of the door's calls on a whole record of the bundled trial, in WebAssembly under Node, and each as a multiple
// of an empty call, so that figures from different machines compare.
import { readFileSync } from "node:fs";

const www = new URL("../../www/", import.meta.url);
const { initSync, readTrial, version } = await import(new URL("pkg/trial_prescreen.js", www));
initSync({ module: readFileSync(new URL("pkg/trial_prescreen_bg.wasm", www)) });
const document = readFileSync(new URL("trials/NCT07084012.json", www));
const { trial } = readTrial(document);
const options = { asOf: "2026-03-15T14:30+08:00", respondent: "patient", locale: "en", audience: "person" };

const yes = new Set(["ischaemic-stroke", "contraception", "reproductive-potential"]);
function answerTo(question) {
  if (question.checklist) return { checked: [], rest: "no" };
  const { answer } = question.items[0];
  if (answer === "yes-no") return { choice: yes.has(question.id) ? "yes" : "no" };
  if (answer === "date") return { date: { year: "1960", month: "5", day: "2" } };
  if (answer === "onset") {
    return { onset: { basis: "seen", year: "2026", month: "3", day: "14", hour: "9", minute: "5", offset: "+08:00" } };
  }
  if (answer === "drinks") return { drinks: [{ volume: "330", strength: "5", count: "1", per: "day" }] };
  if (answer.choice) return { choice: answer.choice[0] };
  if (answer.doses) return { doses: [{ medicine: "prednisone", amount: "5" }] };
  const { units = [], upperLimit } = answer.quantity;
  return { number: { value: "62", unit: units[0] ?? "", upperLimit: upperLimit ? "40" : "" } };
}

const facts = [];
let asked = 0;
for (let plan; (plan = trial.nextQuestion(facts, options)).question; asked += 1) {
  facts.push(...trial.answer(plan.question.id, answerTo(plan.question), options).facts);
}

function median(call, rounds) {
  for (let i = 0; i < rounds / 4; i += 1) call();
  const times = [];
  for (let i = 0; i < rounds; i += 1) {
    const start = process.hrtime.bigint();
    call();
    times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}

const { check } = trial.check(facts, options);
const moments = [options, { ...options, asOf: "2026-03-15T14:31+08:00" }];
let moves = 0;
const { check: nobody } = trial.check([], options);
const one = (key) => facts.filter((fact) => fact.id === key);
const [onset, alt] = [one("onset"), one("alt")];
const half = facts.slice(0, facts.length >> 1);
const empty = median(() => version(), 20000);
const rows = [
  ["empty call", empty],
  ["readTrial", median(() => readTrial(document).trial.free(), 200)],
  ["facts made ready, then verdicts and gaps", median(() => { const made = trial.check(facts, options).check; made.verdicts(); made.free(); }, 2000)],
  ["check: verdicts and gaps, whole record", median(() => check.verdicts(), 20000)],
  ["check: verdicts and gaps, nothing known", median(() => nobody.verdicts(), 20000)],
  ["check: one lab result changed", median(() => check.change(alt), 5000)],
  ["check: a minute passed, all looked at anew", median(() => check.moveTo(moments[(moves += 1) % 2]), 2000)],
  ["check: the onset changed", median(() => check.change(onset), 5000)],
  ["check: whole evaluation sent", median(() => check.evaluation(), 2000)],
  ["evaluate, whole record", median(() => trial.evaluate(facts, options), 2000)],
  ["evaluate, nothing known", median(() => trial.evaluate([], options), 2000)],
  ["nextQuestion, half way", median(() => trial.nextQuestion(half, options), 2000)],
  ["explain, whole record", median(() => trial.explain(facts, options), 500)],
];
console.log(`${facts.length} facts from ${asked} questions, ${trial.toJSON().eligibility.criteria.length} criteria`);
for (const [name, time] of rows) {
  console.log(`${name.padEnd(42)} ${time.toFixed(2).padStart(10)} us ${(time / empty).toFixed(0).padStart(8)} x`);
}
