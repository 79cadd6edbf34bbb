// How the time of reading grows with a text: each shape at four lengths, each twice the one before. The ratio is that of the
// time of one byte to the time of one byte of the shortest: about 1 where time grows with the length alone.
import { time, readCriteria } from "./package.mjs";

const list = (items) => `Inclusion Criteria:\n\n${items.join("\n")}\n\nExclusion Criteria:\n\n* Pregnancy`;
const repeated = (count, make) => Array.from({ length: count }, (_, at) => make(at));
const shapes = {
  "criteria, 1 MB": (part) => list(repeated(part * 1_600, () => "* Platelets at least 100 x 10^9/L within 14 days before the first dose, or ALT at most 2.5 x ULN")),
  "one line, 1 MB": (part) => list([`* ${"serum ferritin at least 50 ng/mL and ".repeat(part * 3_500)}consent`]),
  "nested bullets, 10,000": (part) => list(repeated(part * 1_250, (at) => `${"  ".repeat(Math.min(at, 150))}* Stroke`)),
  "ors, 10,000": (part) => list([`* ${"stroke or ".repeat(part * 1_250)}migraine`]),
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
