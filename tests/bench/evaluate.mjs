// Medians of the door's calls on a whole record of the bundled trial, in WebAssembly under Node, and each as a multiple
// of an empty call, so that figures from different machines compare. Every call is timed from JavaScript: its arguments
// go in as JSON, what comes out is plain data.
import { document, median, options, readTrial, time, version } from "./package.mjs";

const { trial } = readTrial(document);

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

/** The plan with nothing known, half way, and at the worst point of a conversation. */
function plans(respondent) {
  const points = conversation(respondent);
  const plan = ([facts, options], rounds) => median(() => trial.nextQuestion(facts, options), rounds);
  const each = points.map((point) => plan(point, 200));
  const worst = each.indexOf(Math.max(...each));
  return [
    [`nextQuestion, ${respondent}, nothing known`, plan(points[0], 2000)],
    [`nextQuestion, ${respondent}, half way`, plan(points[points.length >> 1], 2000)],
    [`nextQuestion, ${respondent}, worst: question ${worst + 1} of ${points.length - 1}`, plan(points[worst], 2000)],
  ];
}

const { check } = trial.check(facts, options);
const { check: nobody } = trial.check([], options);
const asOf = "2026-03-15T14:31+08:00";
// no window of this trial hangs on the consent, but a moment with other anchors is looked at anew from the first criterion
// to the last
const [minutes, anchors] = [[options, { ...options, asOf }], [options, { ...options, anchors: { consent: asOf } }]];
let turn = 0;
const one = (key) => facts.find((fact) => fact.id === key);
const alt = ["30", "200"].map((value) => [{ ...one("alt"), value: { quantity: { value, unit: "U/L" } } }]);
const onset = ["09:05", "08:05"].map((time) => [{ ...one("onset"), value: { date: `2026-03-14T${time}+08:00` } }]);
const other = (list) => list[(turn += 1) % 2];
const empty = median(() => version(), 20000);
const made = (look) => { const { check } = trial.check(facts, options); look(check); check.free(); };
/** The same, but for the making. */
function unseen(look, rounds) {
  const times = [];
  for (let i = 0; i < rounds; i += 1) made((check) => times.push(time(() => look(check))));
  return times.sort((a, b) => a - b)[rounds >> 1];
}
const rows = [
  ["empty call", empty],
  ["readTrial", median(() => readTrial(document).trial.free(), 200)],
  ["a person's facts made ready", median(() => made(() => {}), 2000)],
  ["of a person nobody looked at: verdicts and gaps", unseen((check) => check.verdicts(), 2000)],
  ["of the same: the whole evaluation, sent", unseen((check) => check.evaluation(), 2000)],
  ["check: verdicts and gaps, whole record", median(() => check.verdicts(), 20000)],
  ["check: verdicts and gaps, nothing known", median(() => nobody.verdicts(), 20000)],
  ["check: a call that changes nothing", median(() => check.change([], []), 5000)],
  ["check: one lab result changed, changes sent", median(() => check.change(other(alt)), 5000)],
  ["  the same, then the whole evaluation in hand", median(() => { check.change(other(alt)); check.evaluation(); }, 5000)],
  ["check: the onset changed, changes sent", median(() => check.change(other(onset)), 5000)],
  ["check: a minute passed, changes sent", median(() => check.moveTo(other(minutes)), 5000)],
  ["check: every criterion evaluated anew, compared", median(() => check.moveTo(other(anchors)), 5000)],
  ["evaluate, whole record: facts in, all out", median(() => trial.evaluate(facts, options), 2000)],
  ["evaluate, nothing known", median(() => trial.evaluate([], options), 2000)],
  ...["patient", "staff"].flatMap(plans),
  ["explain, whole record", median(() => trial.explain(facts, options), 500)],
];
console.log(`${facts.length} facts from ${asked} questions, ${trial.toJSON().eligibility.criteria.length} criteria`);
for (const [name, time] of rows) {
  console.log(`${name.padEnd(48)} ${time.toFixed(2).padStart(10)} us ${(time / empty).toFixed(0).padStart(8)} x`);
}
