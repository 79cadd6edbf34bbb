// How the cost of one person grows with the criteria of a trial and with the number of trials. The criteria are those of
// the bundled trial over and over, each under an id of its own; the people are checks that nobody has looked at yet, so
// that nothing is remembered of them. What the copies of a criterion have in common is looked at once, so that of many
// criteria each costs less than it would if all were different. The ratio is that of the cost of one criterion, or of one trial, to the first line.
import { document, options, readTrial } from "./package.mjs";

const bundled = JSON.parse(document);
const some = people();

/** Two hundred people who differ in what is known of them: yes, no, nothing, and numbers. */
function people() {
  const subjects = new Map();
  const walk = (part) => {
    if (Array.isArray(part)) part.forEach(walk);
    else if (part && typeof part === "object") {
      const leaf = part.compare ?? part.present;
      if (leaf?.subject?.concept) subjects.set(leaf.subject.concept, part.compare ? leaf.low ?? leaf.high : undefined);
      else Object.values(part).forEach(walk);
    }
  };
  bundled.eligibility.criteria.forEach((criterion) => walk(criterion.expression));
  return Array.from({ length: 200 }, (_, person) =>
    [...subjects].flatMap(([concept, bound], place) => {
      const draw = (person * 31 + place * 17) % 7;
      if (draw === 0) return [];
      const unit = bound?.unit?.startsWith("x") ? "U/L" : bound?.unit;
      const value = bound
        ? { quantity: { value: String(draw * 9), ...(unit ? { unit } : {}) } }
        : { [draw > 5 ? "present" : "refuted"]: "any" };
      return [{ id: concept, subject: { concept }, value, upperLimit: bound ? { value: "40", unit } : undefined }];
    }),
  );
}

function trialOf(copies, name) {
  const { criteria } = bundled.eligibility;
  const own = (copy) => (key, value) => (key === "id" ? `${value}.${copy}` : value);
  const copied = Array.from({ length: copies }, (_, copy) => JSON.parse(JSON.stringify(criteria, own(copy))));
  const eligibility = { ...bundled.eligibility, criteria: copied.flat() };
  const { trial, diagnostics } = readTrial(JSON.stringify({ ...bundled, id: name, eligibility }));
  if (!trial) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  return trial;
}

/** Microseconds of the processor for one call, a person and a trial: the median of nine rounds, once warm. */
function each(trials, count, look) {
  const rounds = [];
  for (let round = 0; round < 12; round += 1) {
    const checks = trials.flatMap((trial) => some.slice(0, count).map((facts) => trial.check(facts, options).check));
    const before = process.cpuUsage();
    checks.forEach(look);
    const { user, system } = process.cpuUsage(before);
    if (round > 2) rounds.push((user + system) / checks.length);
    checks.forEach((check) => check.free());
  }
  return rounds.sort((a, b) => a - b)[4];
}

function lines(name, sizes, measured) {
  let first;
  for (const size of sizes) {
    const [verdicts, evaluation] = measured(size);
    first ??= [verdicts, evaluation];
    const told = (cost, from) => `${cost.toFixed(2).padStart(8)} us, ${(cost / from).toFixed(2)} x`;
    const rest = `verdicts and gaps${told(verdicts, first[0])}; whole evaluation, sent${told(evaluation, first[1])}`;
    console.log(`${String(size).padStart(5)} ${name}: ${rest}`);
  }
}

const looks = [(check) => check.verdicts(), (check) => check.evaluation()];
console.log("a criterion, of people nobody looked at:");
lines("criteria", [20, 200, 2000], (size) => {
  const trials = [trialOf(size / 20, "growth")];
  return looks.map((look) => each(trials, Math.max(10, 4000 / size), look) / size);
});
console.log("a trial of 20 criteria, of people nobody looked at:");
lines("trials", [1, 100, 1000], (size) => {
  const trials = Array.from({ length: size }, (_, at) => trialOf(1, `growth-${at}`));
  const count = Math.max(2, 200 / size);
  const costs = looks.map((look) => each(trials, count, look));
  trials.forEach((trial) => trial.free());
  return costs;
});
