// Many people on many trials: from a file of separated values to the verdicts, in Node and in a worker of a browser.
// Prints times a person and trial, and ratios that were measured in one run: against one evaluation after another, against
// the verdicts worked out by hand in JavaScript on plain objects, and, with `PRESCREEN_HARNESS=FOLDER` (a harness of engines
// with `patients.mjs`, `reference.mjs`, `trial.mjs`, `adapters/`), on its people and trial against its reference and against
// each of its engines whose packages are there. Verdicts are compared.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { AS_OF, MAPPING, lines, ofLine, people, verdicts } from "./people.mjs";

const www = new URL("../../www/", import.meta.url);
const PEOPLE = 100_000;
const [MANY, TRIALS] = [10_000, 100];

/** The processor's time that a call takes at best, in nanoseconds. */
export function best(call, rounds, clock) {
  let least = Infinity;
  for (let i = 0; i < rounds; i += 1) {
    const start = clock();
    call();
    least = Math.min(least, clock() - start);
  }
  return least;
}

/** The same trial with other bounds. */
export function variants(document, count) {
  return Array.from({ length: count }, (_, turn) => {
    const other = structuredClone(document);
    other.id = `V${turn}`;
    let place = 0;
    const walk = (part) => {
      if (!part || typeof part !== "object") return;
      for (const [key, value] of Object.entries(part)) {
        if ((key === "low" || key === "high") && value?.value) {
          place += 1;
          if ((place * 7 + turn) % 5 === 0) value.value = String(Math.max(0, Number(value.value) + ((turn * 13 + place) % 7) - 3));
        } else walk(value);
      }
    };
    for (const { expression } of other.eligibility.criteria) walk(expression);
    return JSON.stringify(other);
  });
}

/** Everything that is measured, with the package as a page has it. */
export function measured(engine, { text, document, trials, count, many, clock }) {
  const found = {};
  const bytes = new TextEncoder().encode(text);
  const { trial } = engine.readTrial(document);
  const read = () => {
    const sheet = new engine.Sheet(engine.mapping);
    sheet.push(bytes);
    return sheet.finish();
  };
  const { packed, diagnostics } = read();
  found.told = diagnostics.length;
  found.file = bytes.length / count;
  found.read = best(() => read().packed.free(), 3, clock) / count;
  const buffer = packed.bytes();
  found.bytes = buffer.length / count;
  found.opened = best(() => engine.openTable(buffer).packed.free(), 5, clock) / count;
  const batch = new engine.Batch({ asOf: engine.asOf });
  batch.add(trial);
  found.one = best(() => batch.run(packed).free(), 60, clock) / count;
  const said = batch.run(packed);
  found.effort = said.effort;
  found.counts = said.counts(0);
  found.verdicts = found.counts.criteria.map((_, at) => said.criterion(0, at));
  const first = new engine.Sheet(engine.mapping);
  first.push(new TextEncoder().encode(many));
  const fewer = first.finish().packed;
  const all = new engine.Batch({ asOf: engine.asOf });
  for (const one of trials) all.add(engine.readTrial(one).trial);
  found.each = best(() => all.run(fewer).free(), 12, clock) / fewer.people / trials.length;
  const some = Math.min(300, count);
  const facts = Array.from({ length: some }, (_, row) => packed.facts(row));
  found.evaluate = best(() => facts.forEach((one) => trial.evaluate(one, { asOf: engine.asOf })), 3, clock) / some;
  const checks = () => facts.map((one) => trial.check(one, { asOf: engine.asOf }).check);
  let made = checks();
  found.check = Math.min(...Array.from({ length: 3 }, () => {
    const time = best(() => made.forEach((check) => check.verdicts()), 1, clock) / some;
    made.forEach((check) => check.free());
    made = checks();
    return time;
  }));
  return found;
}

function table(title, found, reference) {
  const times = (other) => (other === undefined ? "" : `${Math.round(other / found.one).toLocaleString("en").padStart(9)} x`);
  console.log(title);
  const row = (name, value, unit, ratio) => console.log(`  ${name.padEnd(58)} ${value.padStart(10)} ${unit.padEnd(4)} ${ratio ?? ""}`);
  row(`a file of ${found.file.toFixed(0)} bytes a person, read`, (found.read / 1000).toFixed(3), "us");
  row("packed, a person", found.bytes.toFixed(1), "B");
  row("a packed table opened, a person", found.opened.toFixed(1), "ns");
  row("the stroke trial, a person, everything made ready anew", found.one.toFixed(1), "ns");
  row(`${TRIALS} trials, a person and trial`, found.each.toFixed(1), "ns");
  row("evaluate, one person after another", (found.evaluate / 1000).toFixed(1), "us", times(found.evaluate));
  row("the verdicts of a check that is there", (found.check / 1000).toFixed(1), "us", times(found.check));
  if (reference) row("worked out by hand in JavaScript", reference.toFixed(0), "ns", times(reference));
  const { people: odd, evaluations } = found.effort;
  row("looked at one by one", String(odd), "", `of ${found.counts.people * found.counts.criteria.length} verdicts; ${evaluations} evaluations`);
}

async function main() {
  const everybody = people(PEOPLE);
  const document = readFileSync(new URL("trials/NCT07084012.json", www), "utf8");
  const given = {
    text: lines(everybody), document, trials: variants(JSON.parse(document), TRIALS), count: PEOPLE, many: lines(everybody.slice(0, MANY)),
  };
  const { user, system } = process.cpuUsage();
  const clock = () => {
    const now = process.cpuUsage();
    return (now.user + now.system - user - system) * 1000;
  };
  const engine = { ...(await import(new URL("pkg/trial_prescreen.js", www))), asOf: AS_OF, mapping: MAPPING };
  engine.initSync({ module: readFileSync(new URL("pkg/trial_prescreen_bg.wasm", www)) });
  const stated = everybody.map(ofLine);
  const reference = best(() => stated.forEach(verdicts), 5, clock) / PEOPLE;
  const found = measured(engine, { ...given, clock });
  table("in Node, processor time at best", found, reference);
  let wrong = 0;
  stated.forEach((one, row) => verdicts(one).forEach((verdict, at) => { wrong += verdict !== found.verdicts[at][row]; }));
  console.log(`  ${wrong} of ${PEOPLE * found.verdicts.length} verdicts differ from those worked out by hand`);
  await harness(engine, clock);
  await browser(given);
}

async function harness(engine, clock) {
  const folder = process.env.PRESCREEN_HARNESS;
  if (!folder || !existsSync(folder)) return console.log("the harness of engines: skipped, there is none");
  const base = new URL(`file://${folder.replace(/\/?$/, "/")}`);
  const from = (name) => import(new URL(name, base));
  const { default: adapter } = await import("./adapter.mjs");
  const [{ generate }, { verdicts: byHand }, { TRIAL }] = [await from("patients.mjs"), await from("reference.mjs"), await from("trial.mjs")];
  const patients = generate(20_000);
  const { facts, document } = adapter;
  const filling = new engine.Table();
  for (const one of patients) filling.add(facts(one));
  const packed = filling.pack();
  const batch = new engine.Batch({ asOf: AS_OF });
  batch.add(engine.readTrial(document(TRIAL)).trial);
  const ours = best(() => batch.run(packed).free(), 30, clock) / patients.length;
  const theirs = best(() => patients.forEach(byHand), 5, clock) / patients.length;
  const said = batch.run(packed);
  let wrong = 0;
  TRIAL.criteria.forEach(({ kind }, at) => {
    const bytes = said.criterion(0, at);
    patients.forEach((one, row) => {
      const truth = byHand(one)[at];
      wrong += bytes[row] !== (truth === 2 ? 2 : kind === "exclusion" ? truth : 1 - truth);
    });
  });
  console.log(`its people and trial: ${ours.toFixed(1)} ns, its reference ${theirs.toFixed(0)} ns (${Math.round(theirs / ours)} x), ${wrong} verdicts differ`);
  for (const file of readdirSync(new URL("adapters/", base)).filter((name) => name.endsWith(".mjs"))) {
    let found;
    try {
      found = await peer((await from(`adapters/${file}`)).default, TRIAL, patients, byHand, clock);
    } catch (error) {
      console.log(`  ${file.padEnd(34)} skipped: ${String(error.message).split("\n")[0].slice(0, 90)}`);
      continue;
    }
    const { each, differ, looked } = found;
    const agrees = differ === 0 ? "" : `, ${((differ / looked) * 100).toFixed(1)} % of its verdicts differ from the reference`;
    console.log(`  ${file.padEnd(34)} ${(each / 1000).toFixed(each < 10_000 ? 2 : 0).padStart(9)} us a person, ${Math.round(each / ours).toLocaleString("en").padStart(12)} x${agrees}`);
  }
}

/** How long an engine of the harness takes for a person at best, of as many as fit into half a second, and what it says of them. */
async function peer(adapter, trial, patients, byHand, clock) {
  const made = await adapter.load(trial);
  let some = patients.slice(0, 40), ready = await made.prepare(some);
  const once = async () => {
    const start = clock();
    const said = await made.evaluate(ready);
    return { took: clock() - start, said };
  };
  const warm = Date.now();
  let { took } = await once();
  while (Date.now() - warm < 400) ({ took } = await once());
  const count = Math.min(patients.length, Math.max(40, Math.floor((40 * 5e8) / Math.max(took, 1e3))));
  [some, ready] = [patients.slice(0, count), await made.prepare(patients.slice(0, count))];
  let best = Infinity, said;
  for (let round = 0; round < 3; round += 1) {
    const one = await once();
    best = Math.min(best, one.took);
    said = one.said;
  }
  if (said.toMatrix) said = said.toMatrix();
  const reference = some.flatMap(byHand);
  return { each: best / count, looked: reference.length, differ: reference.filter((truth, at) => truth !== said[at]).length };
}

const WORKER = `
import * as engine from "/pkg/trial_prescreen.js";
import { measured } from "/batch.mjs";
onmessage = async ({ data }) => {
  await engine.default({ module_or_path: "/pkg/trial_prescreen_bg.wasm" });
  const clock = () => performance.now() * 1e6;
  const { verdicts, ...found } = measured({ ...engine, asOf: data.asOf, mapping: data.mapping }, { ...data.given, clock });
  postMessage(found);
};`;

/** The same in a worker, while the page counts its own long tasks. */
async function browser(given) {
  const place = new URL("../e2e/node_modules/playwright-core/index.mjs", import.meta.url);
  if (!existsSync(place)) return console.log("in a worker: skipped, the packages of the page's tests are not there");
  const { chromium } = await import(place);
  const own = readFileSync(new URL(import.meta.url), "utf8");
  const alone = own.slice(own.indexOf("/** The processor's time"), own.indexOf("function table("));
  const files = {
    "/": ["text/html", "<!doctype html><title>batch</title>"],
    "/worker.js": ["text/javascript", WORKER],
    "/batch.mjs": ["text/javascript", alone],
    "/pkg/trial_prescreen.js": ["text/javascript", readFileSync(new URL("pkg/trial_prescreen.js", www))],
    "/pkg/trial_prescreen_bg.wasm": ["application/wasm", readFileSync(new URL("pkg/trial_prescreen_bg.wasm", www))],
  };
  const server = createServer(({ url }, response) => {
    const [type, body] = files[url] ?? [];
    return body ? response.writeHead(200, { "content-type": type }).end(body) : response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const executablePath = ["/usr/bin/chromium", process.env.PRESCREEN_CHROMIUM].find((path) => path && existsSync(path));
  const running = await chromium.launch({ executablePath });
  const page = await running.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const { found, longest } = await page.evaluate(async (data) => {
    let longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { longest = Math.max(longest, entry.duration); })).observe({ type: "longtask" });
    const worker = new Worker("/worker.js", { type: "module" });
    const found = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(data);
    });
    return { found, longest };
  }, { given, asOf: AS_OF, mapping: MAPPING });
  table("in a worker of Chromium, time at best", found);
  console.log(`  longest task of the page beside it: ${longest.toFixed(0)} ms`);
  await running.close();
  server.close();
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
