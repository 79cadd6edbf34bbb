// Made-up people for the bundled stroke trial, from a seed: each as a plain object, as facts, and the verdicts worked out
// by hand from the criteria's words, which share no code with the engine.

/** The moment to judge from. */
export const AS_OF = "2026-03-15T14:30+08:00";
const MINUTE = 60_000;
const NOW = Date.parse(AS_OF);
const HERE = 8 * 60 * MINUTE;

/** A stream of numbers from 0 to 1 that a seed fixes (sfc32). */
function chance(seed) {
  let [a, b, c, d] = [0x9e3779b9 ^ seed, 0x243f6a88, 0xb7e15162, seed | 1];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 20; i += 1) next();
  return next;
}

const int = (next, low, high) => low + Math.floor(next() * (high - low + 1));
const pick = (next, list) => list[Math.floor(next() * list.length)];

/** What is or is not so: its status, how often it is, and the window it is said of. */
export const THINGS = {
  "ischaemic-stroke": ["current", 0.85],
  "anterior-circulation-infarct": ["current", 0.8],
  "consent-person": ["current", 0.8],
  "consent-guardian": ["current", 0.3],
  thrombolysis: ["any", 0.2, { anchor: "onset", from: "0 d" }],
  thrombectomy: ["any", 0.15, { anchor: "onset", from: "0 d" }],
  epilepsy: ["history", 0.1],
  "secondary-epilepsy": ["history", 0.5],
  "antiseizure-medicine": ["current", 0.5],
  "parkinsons-disease": ["history", 0.04],
  "alzheimers-disease": ["history", 0.05],
  "severe-depression": ["history", 0.05],
  "intracranial-haemorrhage": ["current", 0.15],
  "petechial-haemorrhage-only": ["current", 0.5],
  "large-mca-infarct": ["current", 0.12],
  "brain-tumour": ["current", 0.03],
  malignancy: ["history", 0.06],
  "severe-cardiovascular-disease": ["history", 0.1],
  "severe-infection": ["current", 0.08],
  immunosuppressant: ["any", 0.05, { anchor: "first-dose", from: "-14 d" }],
  "reproductive-potential": ["current", 0.4],
  pregnancy: ["current", 0.04],
  breastfeeding: ["current", 0.04],
  contraception: ["planned", 0.9],
  "gamete-donation-plan": ["planned", 0.03],
  "pregnancy-plan": ["planned", 0.05],
  "cell-therapy": ["history", 0.02],
};
const JUDGED = ["E2", "E3", "E4", "E7", "E13"];
const NUMBERS = {
  "mrs-before-onset": [(next) => pick(next, [0, 0, 0, 0, 1, 1, 2, 3, 4])],
  nihss: [(next) => int(next, 2, 26)],
  "nihss-1a": [(next) => pick(next, [0, 0, 0, 0, 1, 1, 2, 3])],
  "midline-shift": [(next) => pick(next, [0, 0, 0, 0, 0, 0.2, 0.5, 0.9, 1, 1.1, 1.5]), "cm"],
  ast: [(next) => (next() < 0.85 ? int(next, 10, 60) : int(next, 61, 240)), "U/L", [32, 48]],
  alt: [(next) => (next() < 0.85 ? int(next, 8, 65) : int(next, 66, 260)), "U/L", [35, 55]],
  egfr: [(next) => int(next, 40, 120), "mL/min/1.73m2"],
  "alcohol-intake": [(next) => pick(next, [0, 0, 0, 0.5, 1, 1.5, 2, 2.5, 4]), "unit(10 mL ethanol)/d"],
};

/** Somebody: what is not known is not there. */
function person(next) {
  const one = {};
  const known = (key, value, missing = 0.15) => {
    if (next() >= missing) one[key] = value;
  };
  known("birth-date", Math.floor((NOW + HERE) / (24 * 60 * MINUTE)) - int(next, 15 * 365, 92 * 365));
  known("onset", NOW / MINUTE - int(next, 60, 110 * 60));
  known("sex", pick(next, ["female", "male"]));
  for (const [key, [, rate]] of Object.entries(THINGS)) known(key, next() < rate);
  for (const [key, [value, , limits]] of Object.entries(NUMBERS)) {
    const limit = limits && int(next, ...limits);
    known(key, limits ? [value(next), limit] : value(next));
  }
  known("systemic-corticosteroid", next() < 0.8 ? 0 : int(next, 1, 16) * 2.5);
  known("interventional-trial", next() < 0.85 ? 0 : int(next, 1, 330));
  for (const id of JUDGED) known(`judgement:${id}`, next() < 0.1, 0.85);
  return one;
}

export function people(count, seed = 20260315) {
  const next = chance(seed);
  return Array.from({ length: count }, () => person(next));
}

const day = (number) => new Date(number * 24 * 60 * MINUTE).toISOString().slice(0, 10);
const minute = (number) => `${new Date(number * MINUTE + HERE).toISOString().slice(0, 16)}+08:00`;
const TODAY = Math.floor((NOW + HERE) / (24 * 60 * MINUTE));

/** The same as facts. */
export function facts(one) {
  const list = [];
  const add = (key, value, more) => {
    const subject = key.startsWith("judgement:") ? { judgement: key.slice(10) } : { concept: key };
    list.push({ id: `f${list.length}`, subject, value, ...more });
  };
  for (const [key, value] of Object.entries(one)) {
    if (key === "birth-date") add(key, { date: day(value) });
    else if (key === "onset") add(key, { date: minute(value) });
    else if (key === "sex") add(key, { code: value });
    else if (key === "systemic-corticosteroid") {
      if (value === 0) add(key, { refuted: "any" });
      else {
        add(key, { quantity: { value: String(value), unit: "mg/d" } }, { during: { from: day(TODAY - 20) } });
        add(key, "complete");
      }
    } else if (key === "interventional-trial") {
      if (value === 0) add(key, { refuted: "any" });
      else {
        add(key, { present: "any" }, { on: day(TODAY - value) });
        add(key, "complete");
      }
    } else if (THINGS[key]) {
      const [status, , within] = THINGS[key];
      add(key, { [value ? "present" : "refuted"]: status }, within && { within });
    } else if (NUMBERS[key]) {
      const [, unit, limits] = NUMBERS[key];
      const [number, limit] = limits ? value : [value];
      const on = key === "alcohol-intake" ? { on: day(TODAY - 7) } : {};
      const upperLimit = limits ? { upperLimit: { value: String(limit), unit } } : {};
      add(key, { quantity: { value: String(number), ...(unit && { unit }) } }, { ...upperLimit, ...on });
    } else add(key, { [value ? "present" : "refuted"]: "current" }, { source: "investigator" });
  }
  return list;
}

// 0 it does not hold, 1 it holds, 2 unknown
const is = (value) => (value === undefined ? 2 : value ? 1 : 0);
const not = (a) => (a === 2 ? 2 : 1 - a);
const and = (...all) => (all.includes(0) ? 0 : all.includes(2) ? 2 : 1);
const or = (...all) => (all.includes(1) ? 1 : all.includes(2) ? 2 : 0);
const on = (value, test) => (value === undefined ? 2 : test(value) ? 1 : 0);
/** The first day on which somebody born that day is so many years old: TODAY is 15 March. */
const years = (count) => Math.floor(Date.UTC(2026 - count, 2, 15) / (24 * 60 * MINUTE));
const [ADULT, OLD] = [years(18), years(76)];
const MONTHS = Math.floor(Date.UTC(2025, 11, 15) / (24 * 60 * MINUTE));

const children = (p, female, fertile) =>
  or(
    and(female, fertile, is(p.pregnancy)),
    and(female, is(p.breastfeeding)),
    and(fertile, not(is(p.contraception))),
    and(fertile, is(p["gamete-donation-plan"])),
    and(fertile, is(p["pregnancy-plan"])),
  );

/** Whoever's sex or fertility is not known may be either. */
function bothWays(p) {
  const ways = (known) => (known === 2 ? [0, 1] : [known]);
  const found = ways(on(p.sex, (sex) => sex === "female")).flatMap((female) =>
    ways(is(p["reproductive-potential"])).map((fertile) => children(p, female, fertile)),
  );
  return found.every((truth) => truth === found[0]) ? found[0] : 2;
}

/** One byte a criterion, in the protocol's order: 0 pass, 1 fail, 2 pending. */
export function verdicts(p) {
  const j = (id) => is(p[`judgement:${id}`]);
  const over = (value) => on(value, ([number, limit]) => number > 2.5 * limit);
  const inclusion = [
    on(p["birth-date"], (born) => born <= ADULT && born > OLD),
    is(p["ischaemic-stroke"]),
    on(p.onset, (began) => NOW / MINUTE - began <= 72 * 60),
    is(p["anterior-circulation-infarct"]),
    on(p["mrs-before-onset"], (score) => score <= 1),
    and(on(p.nihss, (score) => score >= 8 && score <= 20), on(p["nihss-1a"], (score) => score <= 1)),
    or(is(p["consent-person"]), is(p["consent-guardian"])),
  ];
  const exclusion = [
    or(is(p.thrombolysis), is(p.thrombectomy)),
    or(
      and(is(p.epilepsy), or(not(is(p["secondary-epilepsy"])), is(p["antiseizure-medicine"]))),
      is(p["parkinsons-disease"]), is(p["alzheimers-disease"]), is(p["severe-depression"]), j("E2"),
    ),
    and(is(p["intracranial-haemorrhage"]), or(not(is(p["petechial-haemorrhage-only"])), j("E3"))),
    and(or(is(p["large-mca-infarct"]), on(p["midline-shift"], (shift) => shift > 1)), j("E4")),
    or(is(p["brain-tumour"]), is(p.malignancy)),
    or(over(p.ast), over(p.alt), on(p.egfr, (rate) => rate < 60)),
    and(is(p["severe-cardiovascular-disease"]), j("E7")),
    is(p["severe-infection"]),
    or(on(p["systemic-corticosteroid"], (dose) => dose > 10), is(p.immunosuppressant)),
    on(p["alcohol-intake"], (units) => units > 2),
    bothWays(p),
    or(on(p["interventional-trial"], (ago) => ago > 0 && TODAY - ago >= MONTHS), is(p["cell-therapy"])),
    j("E13"),
  ];
  return [...inclusion.map((truth) => (truth === 2 ? 2 : 1 - truth)), ...exclusion];
}

// --- as a file of separated values ---

const cell = {
  "birth-date": (value) => day(value),
  onset: (value) => minute(value),
  sex: (value) => value,
  "interventional-trial": (value) => (value === 0 ? "no" : ""),
  "systemic-corticosteroid": (value) => (value === 0 ? "no" : ""),
};
const plainKeys = [
  "birth-date", "onset", "sex", ...Object.keys(THINGS), "interventional-trial", "systemic-corticosteroid",
  ...JUDGED.map((id) => `judgement:${id}`),
];

/** Which column says what. */
export const MAPPING = {
  columns: [
    ...plainKeys.map((key) => {
      const subject = key.startsWith("judgement:") ? { judgement: key.slice(10) } : { concept: key };
      const part = key === "sex" ? "code" : key === "birth-date" || key === "onset" ? "date" : "presence";
      const [status, , within] = THINGS[key] ?? [subject.judgement ? "current" : "any"];
      const source = subject.judgement ? { source: "investigator" } : {};
      return { column: key, subject, part, ...(part === "presence" && { status, ...(within && { within }) }), ...source };
    }),
    ...Object.entries(NUMBERS).flatMap(([key, [, unit, limits]]) => {
      const of = (column, part) => ({ column, subject: { concept: key }, part, ...(unit && { unit }) });
      return [
        of(key, "value"),
        ...(limits ? [of(`${key} limit`, "upper-limit")] : []),
        ...(key === "alcohol-intake" ? [of(`${key} on`, "on")] : []),
      ];
    }),
  ],
};

/** Everybody in a line. A dose and a day of another study are left out: one line says nothing of all there were. */
export function lines(all) {
  const names = MAPPING.columns.map(({ column }) => column);
  const text = (one, key) => {
    if (key.endsWith(" limit")) return one[key.slice(0, -6)]?.[1] ?? "";
    if (key === "alcohol-intake on") return one["alcohol-intake"] === undefined ? "" : day(TODAY - 7);
    const value = one[key];
    if (value === undefined) return "";
    if (cell[key]) return cell[key](value);
    if (typeof value === "boolean") return value ? "yes" : "no";
    return Array.isArray(value) ? value[0] : value;
  };
  return `${[names, ...all.map((one) => names.map((key) => text(one, key)))].map((line) => line.join(",")).join("\n")}\n`;
}

/** What such a line says of a person. */
export function ofLine(one) {
  const { "systemic-corticosteroid": dose, "interventional-trial": study, ...rest } = one;
  return { ...rest, ...(dose === 0 && { "systemic-corticosteroid": 0 }), ...(study === 0 && { "interventional-trial": 0 }) };
}

const TESTS = [["1742-6", "U/L", 40], ["1920-8", "U/L", 42], ["2160-0", "mg/dL", 1.2], ["718-7", "g/dL", 16], ["777-3", "10*3/uL", 400]];

/** Somebody with so many results, diagnoses and medicines, as hospitals give records out. */
export function bundle(at) {
  const subject = { reference: `Patient/p${at}` };
  const day = (back) => new Date(Date.UTC(2026, 2, 14 - back)).toISOString().slice(0, 10);
  const all = [{ resourceType: "Patient", id: `p${at}`, birthDate: `19${50 + (at % 40)}-05-04`, gender: at % 2 ? "female" : "male" }];
  for (let i = 0; i < 25; i += 1) {
    const [code, unit, high] = TESTS[i % TESTS.length];
    all.push({
      resourceType: "Observation", id: `o${i}`, status: "final", subject, code: { coding: [{ system: "http://loinc.org", code }] },
      effectiveDateTime: day(i), valueQuantity: { value: high - (at % 7), unit, system: "http://unitsofmeasure.org", code: unit },
      referenceRange: [{ high: { value: high, unit } }],
    });
  }
  for (const code of ["I63.9", "I10", "E11.9", "J45.9", "N18.3"]) {
    all.push({
      resourceType: "Condition", id: code, subject, clinicalStatus: { coding: [{ code: "active" }] },
      code: { coding: [{ system: "http://hl7.org/fhir/sid/icd-10-cm", code }] }, onsetDateTime: day(9),
    });
  }
  for (const name of ["Clopidogrel", "Apixaban", "Prednisone", "Metformin", "Atorvastatin"]) {
    all.push({ resourceType: "MedicationStatement", id: name, status: "active", subject, medicationCodeableConcept: { text: name }, effectiveDateTime: day(30) });
  }
  return { resourceType: "Bundle", type: "collection", entry: all.map((resource) => ({ resource })) };
}
