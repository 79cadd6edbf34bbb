// Medians of the door's calls on a whole record of the bundled trial, in WebAssembly under Node, and each as a multiple
// of an empty call, so that figures from different machines compare.
import { readFileSync } from "node:fs";

const www = new URL("../../www/", import.meta.url);
const { initSync, readTrial, version } = await import(new URL("pkg/trial_prescreen.js", www));
initSync({ module: readFileSync(new URL("pkg/trial_prescreen_bg.wasm", www)) });
const document = readFileSync(new URL("trials/NCT07084012.json", www));
const { trial } = readTrial(document);
const options = { asOf: "2026-03-15T14:30+08:00", respondent: "patient", locale: "en", audience: "person" };

const yes = new Set([
  "ischaemic-stroke", "anterior-circulation-infarct", "consent-person", "contraception", "reproductive-potential",
]);
const numbers = new Map([["nihss", "12"], ["nihss-1a", "0"], ["midline-shift", "2"]]);
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
  return { number: { value: numbers.get(question.id) ?? "62", unit: units[0] ?? "", upperLimit: upperLimit ? "40" : "" } };
}

/** Every point of a conversation in which nothing rules out: the facts, and what the planner is told. */
function conversation(respondent) {
  const points = [];
  const [facts, asked] = [[], []];
  for (;;) {
    const options = { asOf: "2026-03-15T14:30+08:00", respondent, asked: [...asked] };
    points.push([[...facts], options]);
    const { question } = trial.nextQuestion(facts, options);
    if (!question) return points;
    facts.push(...trial.answer(question.id, answerTo(question), options).facts);
    asked.push(question.id);
  }
}

const points = conversation("patient");
const [facts] = points.at(-1);
const asked = points.length - 1;

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

/** The plan with nothing known, half way, and at the worst point of a conversation. */
function plans(respondent) {
  const points = conversation(respondent);
  const time = ([facts, options], rounds) => median(() => trial.nextQuestion(facts, options), rounds);
  const each = points.map((point) => time(point, 200));
  const worst = each.indexOf(Math.max(...each));
  return [
    [`nextQuestion, ${respondent}, nothing known`, time(points[0], 2000)],
    [`nextQuestion, ${respondent}, half way`, time(points[points.length >> 1], 2000)],
    [`nextQuestion, ${respondent}, worst: question ${worst + 1} of ${points.length - 1}`, time(points[worst], 2000)],
  ];
}

const { check } = trial.check(facts, options);
const moments = [options, { ...options, asOf: "2026-03-15T14:31+08:00" }];
let moves = 0;
const { check: nobody } = trial.check([], options);
const one = (key) => facts.filter((fact) => fact.id === key);
const [onset, alt] = [one("onset"), one("alt")];
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
  ...["patient", "staff"].flatMap(plans),
  ["explain, whole record", median(() => trial.explain(facts, options), 500)],
];
console.log(`${facts.length} facts from ${asked} questions, ${trial.toJSON().eligibility.criteria.length} criteria`);
for (const [name, time] of rows) {
  console.log(`${name.padEnd(46)} ${time.toFixed(2).padStart(10)} us ${(time / empty).toFixed(0).padStart(8)} x`);
}
