// Medical records read: a made-up person's bundle of 36 resources, and with `PRESCREEN_PEOPLE=FOLDER` the files of that
// folder; first one bundle of 3.9 MB made of theirs: how far the engine's memory grows beyond what it has once its own
// tables are there.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Table, memory, readRecord } from "./package.mjs";
import { bundle } from "./people.mjs";

const KB = 1024;
/** The processor's time that a call takes at best, in microseconds. */
function best(call, rounds) {
  let least = Infinity;
  for (let i = 0; i < rounds; i += 1) {
    const start = process.cpuUsage();
    call();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, user + system);
  }
  return least;
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? files(join(folder, one.name)) : /\.(json|ndjson|xml)$/.test(one.name) ? [join(folder, one.name)] : [],
  );
}

const people = Array.from({ length: 200 }, (_, at) => new TextEncoder().encode(JSON.stringify(bundle(at))));
const read = (bytes) => {
  const found = readRecord(bytes);
  const { read, record } = found;
  found.free();
  return { read, record };
};
read(people[0]); // the engine's own tables are there from here on
const folder = process.env.PRESCREEN_PEOPLE;
const all = folder ? files(folder).map((path) => ({ path, bytes: readFileSync(path) })).filter(({ bytes }) => bytes.length <= 64 * KB * KB) : [];
all.sort((a, b) => b.bytes.length - a.bytes.length);
const WHOLE = 3.9 * KB * KB;
if (all.length > 0) {
  // the entries of bundles one after another, as one bundle of 3.9 MB
  const entries = [];
  let length = 0;
  for (const { path, bytes } of all.filter(({ path }) => /synthea-r4.*\.json$/.test(path))) {
    if (length >= WHOLE) break;
    for (const entry of JSON.parse(bytes).entry ?? []) {
      if (length < WHOLE) length += JSON.stringify(entries[entries.push(entry) - 1]).length + 1;
    }
  }
  const bundle = new TextEncoder().encode(JSON.stringify({ resourceType: "Bundle", type: "collection", entry: entries }));
  const before = memory();
  const { record } = read(bundle);
  const grown = memory() - before;
  const time = best(() => read(bundle), 5);
  console.log(`a bundle of ${(bundle.length / KB / KB).toFixed(2)} MB, ${record.read} resources, ${record.charts.length} people: ${(time / 1000).toFixed(0)} ms`);
  console.log(`  the engine's memory grew by ${(grown / KB / KB).toFixed(2)} MB to hold and read it: ${(grown / bundle.length).toFixed(2)} x its size`);
} else console.log("the records of a folder: skipped, PRESCREEN_PEOPLE names none");
const each = (deed) => best(() => people.forEach(deed), 15) / people.length;
const counted = each((one) => readRecord(one).free());
const table = new Table();
const packed = best(() => {
  for (const one of people) {
    const found = readRecord(one);
    table.addRecord(found);
    found.free();
  }
  table.pack().free();
}, 15) / people.length;
const size = people.reduce((sum, one) => sum + one.length, 0) / people.length;
console.log(`a made-up person of ${(size / KB).toFixed(1)} KiB, 36 resources: ${counted.toFixed(0)} us read, ${packed.toFixed(0)} us as a row of a packed table, ${each(read).toFixed(0)} us with all proposals as JavaScript has them`);
if (all.length > 0) {
  let bytes = 0, resources = 0;
  const time = best(() => {
    bytes = 0;
    resources = 0;
    for (const one of all) {
      bytes += one.bytes.length;
      resources += read(one.bytes).read;
    }
  }, 3);
  console.log(`${all.length} files, ${(bytes / KB / KB).toFixed(1)} MB, ${resources} resources: ${(bytes / time).toFixed(1)} MB/s, ${(time / all.length).toFixed(0)} us a file`);
}
