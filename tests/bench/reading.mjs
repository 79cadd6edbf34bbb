// How the time of reading grows with a text: each shape at four lengths, each twice the one before. The ratio is that of the
// time of one byte to the time of one byte of the shortest: about 1 where time grows with the length alone. Where
// PRESCREEN_REGISTRY names a file of registry records, how many of their criteria are read in a second comes last.
import { readFileSync } from "node:fs";
import { time, readCriteria } from "./package.mjs";

const list = (items) => `Inclusion Criteria:\n\n${items.join("\n")}\n\nExclusion Criteria:\n\n* Pregnancy`;
const repeated = (count, make) => Array.from({ length: count }, (_, at) => make(at));
const shapes = {
  "criteria, 1 MB": (part) => list(repeated(part * 1_600, () => "* Platelets at least 100 x 10^9/L within 14 days before the first dose, or ALT at most 2.5 x ULN")),
  "one line, 1 MB": (part) => list([`* ${"serum ferritin at least 50 ng/mL and ".repeat(part * 3_500)}consent`]),
  "nested bullets, 10,000": (part) => list(repeated(part * 1_250, (at) => `${"  ".repeat(Math.min(at, 150))}* Stroke`)),
  "ors, 10,000": (part) => list([`* ${"stroke or ".repeat(part * 1_250)}migraine`]),
  "bounds of one value, 10,000": (part) => list(repeated(part * 1_250, (at) => `* LVEF > ${5 + (at % 40)} %`)),
  "events of today, 10,000": (part) => `${list(["* Acute stroke", ...repeated(part * 625, (at) => `* Acute thing ${at}`)])}\n${repeated(part * 625, (at) => `* History of thing${at}`).join("\n")}`,
  "brackets, 10,000": (part) => list([`* Stroke ${"(".repeat(part * 1_250)}`]),
};

for (const [name, text] of Object.entries(shapes)) {
  let first = 0;
  for (const part of [1, 2, 4, 8]) {
    const said = text(part);
    const took = Math.min(...repeated(3, () => time(() => readCriteria(said))));
    const each = took / said.length;
    first ||= each;
    console.log(`${name}: ${String(said.length).padStart(9)} bytes ${(took / 1000).toFixed(1).padStart(9)} ms, ratio ${(each / first).toFixed(2)}`);
  }
}

const file = process.env.PRESCREEN_REGISTRY;
if (file) {
  const records = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const texts = records.flatMap((record) => record.eligibilityModule?.eligibilityCriteria ?? []);
  const all = () => texts.map((text) => time(() => (count += readCriteria(text).criteria.length)));
  let count = 0;
  const cold = all().reduce((sum, took) => sum + took, 0);
  const first = Math.round(count / (cold / 1e6));
  count = 0;
  const times = all().sort((a, b) => a - b);
  const warm = Math.round(count / (times.reduce((sum, took) => sum + took, 0) / 1e6));
  const ms = (took) => (took / 1000).toFixed(2);
  console.log(`${texts.length} records, ${count} criteria: ${first} a second the first time, then ${warm}; a record in ${ms(times[times.length >> 1])} ms (median), ${ms(times.at(-1))} at most`);
}
