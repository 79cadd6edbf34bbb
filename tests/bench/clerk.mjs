// The clerk of the page's list, in Node: a folder of records opened (made-up bundles, and with `PRESCREEN_PEOPLE=FOLDER` the
// files of that folder): how long until everybody stands in the list and its first rows are there, what is kept of it in
// JavaScript and how far the engine's memory grew; then made-up people in many trials at once, against a single one and
// against one evaluation after another. Verdicts are compared with those. Times are the processor's. For memory `node --expose-gc
// clerk.mjs`.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { variants } from "./batch.mjs";
import { AS_OF, MAPPING, bundle, lines, people } from "./people.mjs";

const www = new URL("../../www/", import.meta.url);
const engine = await import(new URL("pkg/trial_prescreen.js", www));
const { memory } = engine.initSync({ module: readFileSync(new URL("pkg/trial_prescreen_bg.wasm", www)) });
const [{ Clerk }, { Room }] = [await import(new URL("charts/clerk.js", www)), await import(new URL("charts/room.js", www))];
const stroke = readFileSync(new URL("trials/NCT07084012.json", www));
const LOOK = { page: 0, sort: "number", down: false, show: "", criterion: "", search: "" };
const MB = 1024 * 1024;
const [ROWS, TRIALS] = [20_000, 50];

function clerk(trials) {
  const room = new Room(engine, undefined);
  room.asOf = AS_OF;
  const hired = new Clerk(room);
  trials.forEach((bytes, at) => hired.open({ bytes, choose: at === 0 }));
  return { room, hired };
}

/** The processor's time that a deed takes, in milliseconds. */
async function time(deed) {
  const start = process.cpuUsage();
  const found = await deed();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) / 1000, found];
}

const held = () => {
  globalThis.gc?.();
  return { script: process.memoryUsage().heapUsed, engine: memory.buffer.byteLength };
};

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? files(join(folder, one.name)) : [join(folder, one.name)]));
}

/** A folder opened, as the list does it. */
async function opening(name, given) {
  const { room, hired } = clerk([stroke]);
  const before = held();
  hired.give(given);
  const [read, { facts, left }] = await time(() => hired.take(undefined, () => {}));
  const [judged] = await time(() => hired.list(undefined));
  const [shown] = await time(() => hired.page(LOOK));
  const after = held();
  const grown = (what) => `${((after[what] - before[what]) / MB).toFixed(1)} MB`;
  const size = given.reduce((sum, { size }) => sum + size, 0);
  console.log(`${name}: ${given.length} files of ${(size / MB).toFixed(1)} MB, ${room.people.size} people, ${facts} facts proposed, ${left} left`);
  console.log(`  read in ${read.toFixed(0)} ms, everybody evaluated in ${judged.toFixed(0)} ms, the first rows in ${shown.toFixed(0)} ms; kept: ${globalThis.gc ? grown("script") : "not measured"} in JavaScript, the engine's memory grew by ${grown("engine")}`);
  if (room.people.size > 0) console.log(`  somebody opened in ${(await time(() => hired.person({ number: 1, locale: "en" })))[0].toFixed(0)} ms`);
  hired.remove();
}

/** Everybody of a table in many trials. */
async function wide() {
  const documents = variants(JSON.parse(stroke), TRIALS).map((text) => new TextEncoder().encode(text));
  const across = async (trials) => {
    const { room, hired } = clerk(trials);
    const name = "people.csv";
    hired.give([new File([lines(people(ROWS))], name)]);
    await hired.take(undefined, () => {});
    hired.sheet({ name, mapping: MAPPING });
    const [took] = await time(() => hired.across({ page: 0, size: 50 }));
    return { room, took, found: await hired.across({ page: 0, size: ROWS }) };
  };
  const one = await across([documents[0]]);
  const { room, took, found } = await across(documents);
  const some = [...room.people].filter((_, at) => at % 400 === 0);
  const opened = [...room.trials.values()];
  let wrong = 0;
  const [alone] = await time(() => {
    for (const person of some) opened.forEach((of, at) => { wrong += of.trial.evaluate(person.facts("proposed", of), { asOf: AS_OF }).determination !== found.rows[person.number - 1].determinations[at]; });
  });
  const each = (ms, people, trials) => (ms * 1e6) / people / trials;
  const together = each(took, ROWS, TRIALS);
  console.log(`${ROWS.toLocaleString("en")} people in ${TRIALS} trials: ${took.toFixed(0)} ms, ${together.toFixed(0)} ns a person and trial; in one trial alone ${one.took.toFixed(0)} ms; evaluated one by one ${Math.round(each(alone, some.length, TRIALS) / together).toLocaleString("en")} x; ${wrong} of ${some.length * TRIALS} determinations differ`);
}

const folder = process.env.PRESCREEN_PEOPLE;
await opening("made-up bundles", Array.from({ length: 400 }, (_, at) => new File([JSON.stringify(bundle(at))], `${at}.json`)));
if (folder) await opening("the folder", files(folder).map((path) => new File([readFileSync(path)], relative(folder, path))));
else console.log("the records of a folder: skipped, PRESCREEN_PEOPLE names none");
await wide();
