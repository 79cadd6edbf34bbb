// The engine's types as the page sees them: what must type-check, and what must not.
import init, { Batch, Sheet, Table, amend, lint, newLog, openTable, readCriteria, readRecord, readTrial, reassess, version, versionInForce, vocabulary, writeSheet } from "../../www/pkg/trial_prescreen.js";
import type { Answer, AnswerSets, AnswerKind, Evaluation, Explanation, LogEvent, LogRow, MedicalRecord, Packed, Plan, Question, Trial, Truth, Verdict } from "../../www/pkg/trial_prescreen.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <T extends true>(): T | undefined => undefined;

same<Same<Truth, "false" | "unknown" | "true">>();
same<Same<Verdict, "pass" | "fail" | "pending">>();
same<Same<Evaluation["determination"], "eligible" | "ineligible" | "undetermined">>();
same<Same<Explanation["outcome"], "may-fit" | "cannot-tell" | "not-now">>();
same<Same<Plan["question"], Question | null>>();
same<Same<ReturnType<typeof version>, string>>();

const answers: Answer[] = [
  { choice: "yes" },
  { number: { value: "4.5", unit: "U/L", upperLimit: "40", on: { year: "2026", month: "3" } } },
  { number: { low: "30", high: "40" } },
  { date: { year: "1960" } },
  { onset: { year: "2026", month: "3", day: "15", basis: "seen", hour: "14", minute: "30", offset: "+08:00" } },
  { doses: [{ medicine: "prednisone", amount: "5" }] },
  { drinks: [{ volume: "500", strength: "5", count: "2", per: "week" }] },
  { checked: [], rest: "no" },
  { absent: "asked-unknown" },
];
const kinds: AnswerKind[] = ["yes-no", { choice: ["a"] }, { quantity: {} }, "date", "onset", { doses: [] }, "drinks"];

export async function check(bytes: Uint8Array): Promise<[Trial | undefined, number]> {
  await init({ module_or_path: new URL("pkg/trial_prescreen_bg.wasm", "https://localhost/") });
  const { trial, diagnostics } = readTrial(bytes);
  const asOf = "2026-03-15T14:30+08:00";
  trial?.evaluate([], { asOf });
  const digest: string | undefined = trial?.receipt([], { asOf }).receipt?.digest;
  trial?.explain([], { asOf, locale: "zh-CN", audience: "person", respondent: "patient" });
  const sets: AnswerSets | undefined = trial?.why([], { asOf }).eligible;
  trial?.otherwise([], { asOf, locale: "en", audience: "staff", respondent: "staff" }).near.concat(sets?.[0]?.[0]?.path ?? []);
  // @ts-expect-error a trial has no public constructor
  new (trial!.constructor as typeof Trial)();
  // @ts-expect-error the clock is the page's: the moment is never left out
  trial?.evaluate([], {});
  // @ts-expect-error an answer says one thing
  trial?.answer("alt", { number: 4 }, { asOf, respondent: "patient" });
  // @ts-expect-error nobody else answers
  trial?.nextQuestion([], { asOf, respondent: "relative" });
  const read = readCriteria("Age ≥ 18 years", { language: "en" });
  const reach: number | undefined = read.criteria[0]?.source.span?.end ?? read.outline[0]?.span.end;
  lint(bytes).concat(read.diagnostics);
  if (trial) amend(trial, trial).criteria.map(({ became, effect }) => became === "changed" && effect === "wider");
  if (trial) {
    const { log } = newLog({ protocol: "P-1", site: "012", investigator: "Dr Ma", zone: "+08:00", edition: trial.edition() });
    const { assessment } = trial.assess([], { asOf });
    const by = { who: "LM", role: "coordinator" };
    const event: LogEvent = { at: "2026-03-15T06:30Z", by, act: { identified: { on: "2026-03-15", channel: "chart" } } };
    log?.append(event);
    if (assessment) log?.append({ ...event, act: { assessed: { person: 1, assessment } } });
    const rows: LogRow[] = log?.rows() ?? [];
    log?.verify(log.head).concat(log.append({ ...event, act: { noted: { person: rows[0]?.number, text: "a" } } }).diagnostics);
    const copy: string | undefined = log?.export("sponsor-days");
    // @ts-expect-error a state that nobody can be in
    log?.append({ ...event, act: { state: { person: 1, state: "enrolled" } } });
    // @ts-expect-error no layout
    log?.export("excel");
    reassess(trial, trial, [{ id: "7", facts: [], asOf }]).people.map(({ was, is }) => was === is && copy);
    versionInForce([{}, { effectiveFrom: "2026-03-01", sites: { "012": "2026-03-20" } }], "012", "2026-03-15");
  }
  vocabulary().filter(({ kind }) => kind === "quantity");
  return [trial, (reach ?? 0) + (digest?.length ?? 0) + diagnostics.length + answers.length + kinds.length];
}

export function batch(trial: Trial, bytes: Uint8Array): number {
  const batch = new Batch({ asOf: "2026-03-15" });
  batch.add(trial);
  const sheet = new Sheet(batch.suggest(["nihss"]));
  sheet.push(bytes);
  const { packed } = sheet.finish();
  const again = openTable(packed.bytes()).packed;
  const table = new Table(trial.subjects());
  table.add(packed.facts(0));
  const read: MedicalRecord = readRecord(bytes);
  table.addRecord(read, read.outline(trial.subjects()).findIndex(({ doubtful: [one] }) => one?.[1] === 1));
  table.add(read.plain(0, trial.subjects()).slice(read.chart(0)?.proposals.length ?? read.left));
  read.free();
  // @ts-expect-error a packed table is opened or read, not made
  new (packed.constructor as typeof Packed)();
  const [outlook] = batch.outlook(packed, 0, Uint32Array.of(0));
  const csv: string | undefined = writeSheet({ columns: ["again"], rows: [[outlook?.callBack ?? outlook?.near?.relative ?? ""]] });
  // @ts-expect-error no verdict
  trial.standing(["maybe"]);
  const length = trial.standing(["pass"])?.length ?? csv?.length ?? 0;
  return batch.run(again ?? packed).counts(0).eligible + batch.lacks(packed)[0]!.length + length;
}
