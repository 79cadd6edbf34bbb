// The package that is measured, the bundled trial, and how times are taken.
import { readFileSync } from "node:fs";

const www = new URL("../../www/", import.meta.url);
export const { RecordReader, Table, initSync, readCriteria, readRecord, readTrial, version } = await import(new URL("pkg/trial_prescreen.js", www));
const engine = initSync({ module: readFileSync(new URL("pkg/trial_prescreen_bg.wasm", www)) });

/** Bytes of the engine's memory; it never shrinks. */
export const memory = () => engine.memory.buffer.byteLength;

export const document = readFileSync(new URL("trials/NCT07084012.json", www));
export const options = { asOf: "2026-03-15T14:30+08:00", respondent: "patient", locale: "en", audience: "person" };

/** The time of one call in microseconds. */
export function time(call) {
  const start = process.hrtime.bigint();
  call();
  return Number(process.hrtime.bigint() - start) / 1000;
}

/** The median of many, once the call is warm. */
export function median(call, rounds) {
  for (let i = 0; i < rounds / 4; i += 1) call();
  return Array.from({ length: rounds }, () => time(call)).sort((a, b) => a - b)[rounds >> 1];
}
