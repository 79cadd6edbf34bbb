// The JavaScript door, asked by JavaScript: each function is one test. It throws where the door does not keep what
// `src/wasm/types.ts` declares. `door` is the module, `stroke` the text of the bundled stroke trial.

const AS_OF = { asOf: "2026-03-15T14:30+08:00" };
const PATIENT = { ...AS_OF, respondent: "patient" };
const READER = { ...PATIENT, locale: "en", audience: "person" };

const FACTS = [
  { id: "sex", subject: { concept: "sex" }, value: { code: "female" } },
  { id: "birth-date", subject: { concept: "birth-date" }, value: { date: "1950-06-15" } },
  {
    id: "alt",
    subject: { concept: "alt" },
    value: { quantity: { value: "101", unit: "U/L" } },
    upperLimit: { value: "40", unit: "U/L" },
    on: "2026-02-28",
  },
];

function ok(condition, message) {
  if (!condition) throw new Error(message);
}

function same(actual, expected, what) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  ok(a === e, `${what}: expected ${e}, found ${a}`);
}

/** Keys have no order. */
function ordered(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])]));
}

function read(door, data) {
  const { trial, diagnostics } = door.readTrial(data);
  ok(trial, `the trial cannot be read: ${JSON.stringify(diagnostics)}`);
  return trial;
}

// Nothing but objects, lists, text, numbers, true, false and null.
function plain(value, path) {
  if (value === null || ["string", "boolean"].includes(typeof value)) return;
  if (typeof value === "number") return ok(Number.isFinite(value), `${path} is ${value}`);
  if (Array.isArray(value)) return value.forEach((item, i) => plain(item, `${path}[${i}]`));
  ok(typeof value === "object", `${path} is a ${typeof value}`);
  ok(Object.getPrototypeOf(value) === Object.prototype, `${path} is no plain object`);
  for (const [key, item] of Object.entries(value)) plain(item, `${path}.${key}`);
}

function diagnostics(list, what) {
  ok(Array.isArray(list), `${what}: no list of diagnostics`);
  plain(list, what);
  for (const { code, severity, message, help } of list) {
    ok(/^[a-z]+(-[a-z]+)*$/.test(code), `${what}: code ${code}`);
    ok(["error", "warning", "note"].includes(severity), `${what}: severity ${severity}`);
    ok(message && help && !/panick|unwrap|RuntimeError/.test(message), `${what}: ${message} / ${help}`);
  }
}

// What no page should send, and some page will.
function hostile() {
  const cycle = { id: "a" };
  cycle.itself = cycle;
  const deep = [];
  for (let i = 0, at = deep; i < 20000; i++) at.push((at = []));
  const thrower = new Proxy({}, {
    get: () => { throw new Error("get"); },
    ownKeys: () => { throw new Error("ownKeys"); },
    getPrototypeOf: () => { throw new Error("getPrototypeOf"); },
  });
  return {
    undefined, null: null, zero: 0, NaN, infinity: Infinity, true: true, "a big integer": 1n, "a symbol": Symbol("x"),
    "an object": {}, "a list": [], "a list of nothings": [null, undefined, , 3], "a function": () => 1,
    "a date": new Date(0), "a map": new Map([["id", "a"]]), "a cycle": cycle, "a deep list": deep,
    "an object that throws": thrower,
    "an object whose JSON throws": { toJSON() { throw new Error("toJSON"); } },
    "an object whose JSON is none": { toJSON() { return undefined; } },
    "an empty text": "", "a text": "x", "half of a character": "\ud800", "a null character": "\0",
    "a huge text": "x".repeat(9_000_000), "the text of an object": "{}", "bytes": new Uint8Array([0xff, 0xfe, 0]),
    "wrong types": [{ id: 1, subject: "alt", value: 101 }], "unknown keys": { asOf: 3, respondent: "cat", anchors: 7 },
    "a key that is special": JSON.parse('[{"__proto__":{"id":"a"},"constructor":{"prototype":{}}}]'),
  };
}

// RFC 8785 for what has only whole numbers, and SHA-256 as the platform has it: no code of the engine.
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const WRITTEN = { at: "2026-03-15T06:31Z", by: { who: "LM", role: "coordinator" } };

// A log of two lines: somebody was identified, and assessed on `FACTS`.
function begun(door, trial) {
  const header = { protocol: "P-1", site: "012", investigator: "Dr Ma", zone: "+08:00", edition: trial.edition() };
  const { log, diagnostics: found } = door.newLog(header);
  same(found, [], "a new log");
  const { assessment } = trial.assess(FACTS, AS_OF);
  for (const act of [{ identified: { on: "2026-03-15", channel: "chart" } }, { assessed: { person: 1, assessment } }]) {
    same(log.append({ ...WRITTEN, act }).diagnostics, [], "append");
  }
  return log;
}

return {
  reads_a_trial_from_text_and_from_bytes(door, stroke) {
    for (const data of [stroke, new TextEncoder().encode(stroke), `\ufeff${stroke}`]) {
      const { trial, diagnostics: found } = door.readTrial(data);
      same(found, [], "diagnostics");
      ok(trial instanceof door.Trial, "no handle");
      same(trial.id, "NCT07084012", "id");
      same(trial.toJSON(), JSON.parse(stroke), "toJSON");
      plain(trial.toJSON(), "toJSON");
      trial.free();
    }
  },

  says_its_version(door) {
    ok(/^\d+\.\d+\.\d+/.test(door.version()), door.version());
  },

  a_text_that_is_no_trial_is_a_diagnostic(door) {
    for (const [name, data] of Object.entries(hostile())) {
      const result = door.readTrial(data);
      ok(!result.trial, `${name} is a trial`);
      diagnostics(result.diagnostics, name);
      ok(result.diagnostics.some((d) => d.severity === "error"), `${name}: no error`);
    }
    diagnostics(door.readTrial().diagnostics, "no argument");
  },

  a_file_that_is_too_large_is_not_read(door) {
    for (const data of [" ".repeat(8 * 1024 * 1024 + 1), new Uint8Array(8 * 1024 * 1024 + 1)]) {
      same(door.readTrial(data).diagnostics.map((d) => d.code), ["too-large"], "codes");
    }
  },

  spans_count_as_javascript_counts(door) {
    const text = '{"format":"trial-prescreen/1","id":"🧠试验","title":{"zh-CN":"急性"},"sorce":[],"eligibility":{"status":"published","criteria":[]}}';
    const under = (data, shown) =>
      door.readTrial(data).diagnostics
        .filter((d) => d.code === "unknown-key")
        .map((d) => shown.slice(d.span.start, d.span.end));
    same(under(text, text), ['"sorce"'], "text");
    same(under(new TextEncoder().encode(text), text), ['"sorce"'], "bytes");
    same(under(`\ufeff${text}`, `\ufeff${text}`), ['"sorce"'], "text with its mark");
    const marked = new TextEncoder().encode(`\ufeff${text}`);
    same(under(marked, new TextDecoder().decode(marked)), ['"sorce"'], "bytes with their mark");
    const twice = '{"format":"trial-prescreen/1","试":1,"试":2}';
    const [second] = door.readTrial(twice).diagnostics.filter((d) => d.code === "duplicate-key");
    same([second.span, second.other].map((s) => twice.slice(s.start, s.end)), ['"试"', '"试"'], "both places");
    ok(second.other.start < second.span.start, "the other place is the first");
  },

  an_evaluation_is_plain_data(door, stroke) {
    const evaluation = read(door, stroke).evaluate(FACTS, AS_OF);
    plain(evaluation, "evaluation");
    same(evaluation, JSON.parse(JSON.stringify(evaluation)), "through JSON");
    same(
      [evaluation.trial, evaluation.engine, evaluation.asOf, evaluation.determination, evaluation.determining],
      ["NCT07084012", door.version(), AS_OF.asOf, "ineligible", ["E6"]],
      "evaluation",
    );
    same(evaluation.assumed, ["first-dose", "onset"].sort((a) => (evaluation.assumed[0] === a ? -1 : 1)), "assumed");
    same(Object.keys(evaluation.remaining).sort(), ["caregiver", "investigator", "patient", "record", "staff"], "remaining");
    same(evaluation.criteria.length, 20, "criteria");
    const [age] = evaluation.criteria;
    same([age.id, age.category, age.verdict, age.truth, age.applies], ["I1", "inclusion", "pass", "true", true], "I1");
    same([age.until, age.from, age.then], ["2026-06-14", "2026-06-15", "fail"], "I1 in time");
    const liver = evaluation.criteria.find((criterion) => criterion.id === "E6");
    same([liver.verdict, liver.because], ["fail", ["alt"]], "E6");
    const alt = liver.atoms.find((atom) => atom.subject.concept === "alt");
    same(alt.margin, { bound: "low", limit: "2.5", value: "2.53", distance: "0.03", unit: "xULN" }, "margin");
    const egfr = liver.atoms.find((atom) => atom.subject.concept === "egfr");
    same(egfr.gap.asks, ["egfr", "creatinine"], "asks");
  },

  the_same_input_gives_the_same_bytes(door, stroke) {
    const once = JSON.stringify(read(door, stroke).evaluate(FACTS, AS_OF));
    const again = JSON.stringify(read(door, stroke).evaluate(JSON.parse(JSON.stringify(FACTS)), { ...AS_OF }));
    same(again, once, "evaluation");
  },

  facts_that_cannot_be_read_change_nothing_else(door, stroke) {
    const trial = read(door, stroke);
    const bad = [{ id: "x" }, 7, null, { ...FACTS[2], id: "y", value: { quantity: { value: 101 } } }];
    const evaluation = trial.evaluate([...bad, ...FACTS], AS_OF);
    same(evaluation.diagnostics.filter((d) => d.code === "unreadable-fact").length >= bad.length, true, "diagnostics");
    same({ ...evaluation, diagnostics: [] }, { ...trial.evaluate(FACTS, AS_OF), diagnostics: [] }, "evaluation");
  },

  no_argument_makes_the_handle_throw(door, stroke) {
    const trial = read(door, stroke);
    const results = (arguments_) => [
      ["evaluate", (r) => diagnostics(r.diagnostics, "evaluate"), trial.evaluate(...arguments_)],
      ["nextQuestion", (r) => ok("question" in r && r.atMost >= 0, "no plan"), trial.nextQuestion(...arguments_)],
      ["question", (r) => ok(r === null, "a question"), trial.question(...arguments_)],
      ["review", (r) => ok(Array.isArray(r), "no list"), trial.review(...arguments_)],
      ["explain", (r) => ok(r.criteria.length === 20, "no criteria"), trial.explain(...arguments_)],
      ["why", (r) => ok(r.criteria.length === 20, "no reasons"), trial.why(...arguments_)],
      ["otherwise", (r) => ok(Array.isArray(r.near), "no words"), trial.otherwise(...arguments_)],
    ];
    for (const [name, value] of [...Object.entries(hostile()), ["no argument"]]) {
      for (const arguments_ of [[value, AS_OF], [FACTS, value], [value, value], []]) {
        for (const [method, check, result] of results(arguments_)) {
          plain(result, `${method} of ${name}`);
          check(result);
        }
      }
      for (const arguments_ of [[value, { choice: "yes" }, PATIENT], ["sex", value, PATIENT], ["sex", { choice: "female" }, value], []]) {
        const answered = trial.answer(...arguments_);
        plain(answered, `answer of ${name}`);
        diagnostics(answered.diagnostics, `answer of ${name}`);
        ok(Array.isArray(answered.facts), `answer of ${name}: no facts`);
      }
    }
    same(trial.evaluate(FACTS, AS_OF).determination, "ineligible", "afterwards");
  },

  options_that_cannot_be_read_are_a_diagnostic(door, stroke) {
    const trial = read(door, stroke);
    for (const options of [undefined, null, { asOf: "yesterday" }, { asOf: "2026-02-30" }, { asOf: 20260315 }]) {
      const { diagnostics: found } = trial.evaluate(FACTS, options);
      ok(found.some((d) => d.path === "options"), `${JSON.stringify(options)}: ${JSON.stringify(found)}`);
    }
  },

  a_moment_that_nothing_can_be_judged_from_is_a_diagnostic(door, stroke) {
    for (const options of [{}, { asOf: "2026" }, { asOf: "2026-03" }]) {
      const { diagnostics: found, asOf } = read(door, stroke).evaluate(FACTS.slice(0, 1), options);
      ok(found.length > 0, `${JSON.stringify(options)} was judged from ${asOf} without a word`);
    }
  },

  an_anchor_that_is_given_is_used(door, stroke) {
    const trial = read(door, stroke);
    const evaluation = trial.evaluate(FACTS, { ...AS_OF, anchors: { "first-dose": "2026-03-20" } });
    ok(!evaluation.assumed.includes("first-dose"), "the first dose is assumed");
  },

  a_page_may_call_the_handle_while_its_facts_are_read(door, stroke) {
    const trial = read(door, stroke);
    let inner;
    const facts = { toJSON() { inner = trial.evaluate([], AS_OF); return FACTS; } };
    same(trial.evaluate(facts, AS_OF).determination, "ineligible", "outer");
    same(inner.determination, "undetermined", "inner");
  },

  asking_leads_to_an_answer_and_on(door, stroke) {
    const trial = read(door, stroke);
    let facts = [];
    let asked = 0;
    for (;;) {
      const plan = trial.nextQuestion(facts, { ...PATIENT, goOn: true });
      plain(plan, "plan");
      if (plan.question === null) {
        ok(["determined", "nothing-left"].includes(plan.stopped), `stopped: ${plan.stopped}`);
        break;
      }
      const { id, items, checklist, text, criteria } = plan.question;
      ok(text.en.ask && text["zh-CN"].ask && criteria.length > 0, `words of ${id}`);
      ok(checklist || items.length === 1, `items of ${id}`);
      ok(plan.atMost >= 1, `at most ${plan.atMost}`);
      const { facts: stated, diagnostics: found } = trial.answer(id, { absent: "asked-unknown" }, PATIENT);
      same(found, [], `answer to ${id}`);
      ok(stated.length > 0, `no fact for ${id}`);
      facts = [...facts.filter((fact) => !stated.some((s) => s.id === fact.id)), ...stated];
      asked += 1;
      ok(asked < 100, "asking does not end");
    }
    ok(asked > 5, `only ${asked} questions`);
    same(trial.evaluate(facts, AS_OF).determination, "undetermined", "not sure of anything");
    ok(trial.review(facts, READER).every((words) => words.open && words.label && words.value), "review");
  },

  whoever_says_what_was_asked_is_held_to_the_protocol(door, stroke) {
    const trial = read(door, stroke);
    const first = (more) => trial.nextQuestion([], { ...PATIENT, ...more }).question.id;
    const order = ["birth-date", "ischaemic-stroke", "onset"];
    same(first({ asked: [], detour: 0 }), order[0], "nothing to spare");
    same(first({ asked: [] }), first({}), "one to spare");
    const second = (asked) => trial.nextQuestion([], { ...PATIENT, asked }).question.id;
    same(second(["onset"]), order[0], "one spent");
    ok(first({ asked: ["", "checklist:", "|", "checklist:history|"], detour: 0 }), "what is no question's id");
  },

  several_trials_share_one_conversation(door, stroke) {
    const trial = read(door, stroke);
    const trials = new door.Trials();
    same(trials.nextQuestion([], PATIENT).stopped, "determined", "of no trial");
    trials.add(trial);
    trials.add(read(door, stroke));
    const plan = trials.nextQuestion([], PATIENT);
    plain(plan, "plan");
    same([plan.wordedBy, plan.serves.map((one) => one.trial), plan.settled], [trial.id, [trial.id, trial.id], []], "at first");
    ok(plan.question.text.en.ask && plan.atMost >= 1 && !("stopped" in plan), "a question");
    const { facts: stated } = trial.answer(plan.question.id, { absent: "asked-unknown" }, PATIENT);
    ok(stated.length > 0 && trials.nextQuestion(stated, PATIENT).question.id !== plan.question.id, "asked once");
    const settled = trials.nextQuestion(FACTS, PATIENT);
    same([settled.question, settled.stopped, settled.settled.map((one) => one.determination)], [null, "determined", ["ineligible", "ineligible"]], "settled");
    trials.free();
    same(trial.evaluate(FACTS, AS_OF).determination, "ineligible", "its own handle stays good");
  },

  an_answer_states_facts_or_says_what_is_wrong(door, stroke) {
    const trial = read(door, stroke);
    const good = trial.answer("birth-date", { date: { year: "1950", month: "6", day: "15" } }, PATIENT);
    same(good.facts.map((fact) => [fact.subject, fact.value, fact.source]), [[{ concept: "birth-date" }, { date: "1950-06-15" }, "patient"]], "facts");
    const bad = trial.answer("birth-date", { date: { year: "1950", month: "2", day: "30" } }, PATIENT);
    same([bad.facts, bad.diagnostics.map((d) => [d.code, d.path])], [[], [["bad-date", "date"]]], "30 February");
    const none = trial.answer("birth-date", { nonsense: true }, PATIENT);
    same([none.facts, none.diagnostics.length > 0], [[], true], "nonsense");
  },

  explains_in_both_languages(door, stroke) {
    const trial = read(door, stroke);
    const english = trial.explain(FACTS, READER);
    const chinese = trial.explain(FACTS, { ...READER, locale: "zh-CN" });
    plain(english, "explanation");
    ok(["may-fit", "cannot-tell", "not-now"].includes(english.outcome), english.outcome);
    same([english.determination, chinese.determination], ["ineligible", "ineligible"], "determination");
    ok(english.heading && !/[\u4e00-\u9fff]/.test(english.heading), english.heading);
    ok(/[\u4e00-\u9fff]/.test(chinese.heading), chinese.heading);
    same(english.criteria.map((c) => c.id), chinese.criteria.map((c) => c.id), "criteria");
    ok(english.criteria.every((c) => c.word && c.short && c.text), "words of the criteria");
    same(trial.explain(FACTS, { ...READER, locale: "tlh" }).heading, english.heading, "an unknown language");
  },

  a_kept_check_sends_what_changed(door, stroke) {
    const trial = read(door, stroke);
    const { check, diagnostics: found } = trial.check(FACTS, AS_OF);
    same(found, [], "diagnostics");
    ok(check instanceof door.Check, "no handle");
    same(check.evaluation(), trial.evaluate(FACTS, AS_OF), "with the facts to begin with");
    const lower = { ...FACTS[2], value: { quantity: { value: "100", unit: "U/L" } } };
    const changed = check.change([lower]);
    plain(changed, "change");
    same(changed.criteria.map((c) => c.id), ["E6"], "criteria");
    same([changed.determination, changed.criteria[0].verdict], ["undetermined", "pending"], "in its place");
    same(check.change([lower]).criteria, [], "the same again");
    const without = check.change(undefined, ["birth-date"]);
    same(without.criteria.map((c) => [c.id, c.verdict]).sort()[0], ["E6", "pending"], "the age goes into E6 too");
    same(check.facts().map((fact) => fact.id), ["alt", "sex"], "facts");
    const whole = check.evaluation();
    same(whole, trial.evaluate([lower, FACTS[0]], AS_OF), "after all changes");
    const again = check.change([FACTS[2]]);
    const kept = check.evaluation().criteria.filter((criterion) => whole.criteria.includes(criterion)).length;
    same([again.criteria.length, kept], [1, whole.criteria.length - 1], "what did not change is the same object");
    check.change([lower]);
    const later = { asOf: "2030-01-01" };
    same(check.moveTo(later).determination, trial.evaluate(check.facts(), later).determination, "at another moment");
    same(check.evaluation(), trial.evaluate(check.facts(), later), "all of it");
    diagnostics(check.moveTo({ asOf: "soon" }).diagnostics, "no moment");
    same(check.evaluation(), trial.evaluate(check.facts(), later), "without a moment it stays");
    const bytes = check.verdicts();
    ok(bytes instanceof Uint8Array, "no bytes");
    const words = { 0: "pass", 1: "fail" };
    same([...bytes].map((byte) => words[byte] ?? "pending"), check.evaluation().criteria.map((c) => c.verdict), "verdicts");
    check.free();
    trial.free();
  },

  a_kept_check_takes_what_no_page_should_send(door, stroke) {
    const trial = read(door, stroke);
    for (const [name, data] of Object.entries(hostile())) {
      const { check, diagnostics: found } = trial.check(data, data);
      diagnostics(found, name);
      ok(found.length > 0, `${name}: no diagnostic`);
      diagnostics(check.change(data, data).diagnostics, name);
      same(check.facts(), [], name);
      check.free();
    }
    const { check } = trial.check([], AS_OF);
    const sly = [{ id: "sex", subject: { concept: "sex" }, get value() { check.evaluation(); return { code: "male" }; } }];
    same(check.change(sly).diagnostics, [], "a page that calls back while its facts are read");
    same(check.facts().length, 1, "facts");
    const mixed = check.change([FACTS[1], { id: "b", subject: { concept: "alt" }, value: 5 }], ["nobody"]);
    diagnostics(mixed.diagnostics, "a fact that cannot be read");
    ok(mixed.diagnostics.length > 0, "nothing is said of the fact that cannot be read");
    same(check.facts().length, 2, "the other one went in");
  },

  async anyone_can_recompute_a_receipt(door, stroke) {
    const trial = read(door, stroke);
    const options = { ...AS_OF, anchors: { "first-dose": "2026-03-20" } };
    const facts = [...FACTS, { ...FACTS[1], id: "told twice" }];
    const { receipt, diagnostics: found } = trial.receipt(facts, options);
    same(found, [], "diagnostics");
    plain(receipt, "receipt");

    const { diagnostics: _, ...evaluation } = trial.evaluate(facts, options);
    const stated = facts.map(({ id, note, ...fact }) => canonical({ source: "patient", ...fact }));
    const expected = {
      format: "trial-prescreen-receipt/1",
      engine: door.version(),
      asOf: options.asOf,
      anchors: options.anchors,
      trial: await sha256(canonical(JSON.parse(stroke))),
      facts: await sha256(`[${stated.sort().join(",")}]`),
      evaluation: await sha256(canonical(evaluation)),
    };
    same(receipt, { ...expected, digest: await sha256(canonical(expected)) }, "receipt");

    const noted = facts.map((fact) => ({ ...fact, note: "as told" })).reverse();
    same(trial.receipt(noted, options).receipt, receipt, "in another order, with notes");
    const other = trial.receipt(facts.slice(1), options).receipt;
    ok(other.facts !== receipt.facts && other.digest !== receipt.digest, "without the first fact");
    const later = trial.receipt(facts, { ...options, asOf: "2026-03-15T14:31+08:00" }).receipt;
    same([later.facts, later.trial], [receipt.facts, receipt.trial], "a minute later");
    ok(later.digest !== receipt.digest, "a minute later");
  },

  a_receipt_needs_a_moment(door, stroke) {
    const trial = read(door, stroke);
    for (const [name, value] of [...Object.entries(hostile()), ["no argument"]]) {
      const result = trial.receipt(FACTS, value);
      plain(result, `receipt of ${name}`);
      diagnostics(result.diagnostics, `receipt of ${name}`);
      ok(!result.receipt && result.diagnostics.length > 0, `receipt of ${name}`);
      ok(trial.receipt(value, AS_OF).receipt.digest.length === 64, `receipt of the facts ${name}`);
    }
  },

  says_why_and_what_would_be_otherwise(door, stroke) {
    const trial = read(door, stroke);
    const facts = [...FACTS, { id: "nihss", subject: { concept: "nihss" }, value: { quantity: { value: "21" } } }];
    const why = trial.why(facts, AS_OF);
    plain(why, "why");
    same([why.trial, why.determination, why.alone], ["NCT07084012", "ineligible", []], "why");
    same(why.criteria.map((c) => c.id), trial.evaluate(facts, AS_OF).criteria.map((c) => c.id), "criteria");
    const score = why.criteria.find((c) => c.id === "I6");
    same(score.passes.map((set) => set.map((a) => [a.path, a.truth, a.facts, a.bounds.instead])), [[["allOf.0", "true", ["nihss"], "21"], ["allOf.1", "true", [], undefined]]].map((set) => set.map((a) => a)), "passes");
    const open = why.criteria.filter((c) => c.verdict === "pending");
    ok(open.length > 0 && open.every((c) => c.residual && c.passes.length && c.fails.length), "what is left");
    same(why.near.map((miss) => [miss.criterion, miss.relative]), [["E6", "0.012"], ["I6", "0.05"]], "near");
    ok(why.find.every((f) => f.questions.length && f.who.length && f.ways.length > 1), "what to find out");
    const english = trial.otherwise(facts, READER);
    const chinese = trial.otherwise(facts, { ...READER, locale: "zh-CN" });
    plain(english, "words");
    ok(english.criteria.some((c) => c.id === "I6" && c.sentences.length > 0), JSON.stringify(english.criteria));
    ok(chinese.near.length === 2 && chinese.near.every((text) => /[\u4e00-\u9fff]/.test(text)), chinese.near.join());
  },

  reads_criteria_with_places_as_javascript_counts(door) {
    const text = "Inclusion Criteria:\n* 𝛼-fetoprotein known\n* Age ≥ 18 years\nExclusion Criteria:\n* None";
    const read = door.readCriteria(text, { language: "en" });
    plain(read, "criteria");
    diagnostics(read.diagnostics, "criteria");
    const shown = ({ start, end }) => text.slice(start, end);
    same(read.criteria.map((c) => shown(c.source.span)), ["* 𝛼-fetoprotein known", "* Age ≥ 18 years"], "places");
    same(read.criteria[1].expression.compare.subject, { concept: "age" }, "age");
    same(
      read.outline.map(({ role, span }) => [role, shown(span)]),
      [["heading", "Inclusion Criteria:"], ["criterion", "* 𝛼-fetoprotein known"], ["criterion", "* Age ≥ 18 years"],
        ["heading", "Exclusion Criteria:"], ["nothing", "* None"]],
      "every line",
    );
    const chinese = door.readCriteria("入选标准：\n1、年龄18～75周岁\n排除标准：\n1、妊娠", { language: "zh" });
    same(chinese.criteria[0].expression.compare.high.value, "75", "Chinese");
  },

  no_text_makes_reading_throw(door) {
    for (const [name, value] of [...Object.entries(hostile()), ["half a sign", "\ud835"], ["nothing", ""]]) {
      for (const result of [door.readCriteria(value, value), { ...door.readCriteria("Age", value) }]) {
        plain(result, `criteria of ${name}`);
        diagnostics(result.diagnostics, `criteria of ${name}`);
        ok(Array.isArray(result.criteria) && Array.isArray(result.outline), `criteria of ${name}`);
      }
      diagnostics(door.lint(value), `lint of ${name}`);
    }
  },

  looks_a_document_over(door, stroke) {
    const found = door.lint(stroke.replace('"never"', '"never" '));
    diagnostics(found, "lint");
    ok(door.lint("{").some((diagnostic) => diagnostic.severity === "error"), "what cannot be read");
  },

  reads_every_trial_of_a_file(door, stroke) {
    const criteria = "Inclusion Criteria:\n* Adults\nExclusion Criteria:\n* Pacemaker";
    const record = (nctId) => ({ protocolSection: { identificationModule: { nctId }, eligibilityModule: { eligibilityCriteria: criteria } } });
    const file = JSON.stringify([record("NCT00000001"), { protocolSection: {} }, record("NCT00000002")]);
    for (const data of [file, new TextEncoder().encode(file)]) {
      const { trials, diagnostics: said } = door.readTrials(data);
      diagnostics(said, "a list");
      same(trials.map((trial) => trial.id), ["NCT00000001", "NCT00000002"], "trials");
      same(said.map(({ code, path }) => [code, path]), [["missing-key", "[1]"]], "what cannot be read");
    }
    same(door.readTrials(stroke).trials.length, 1, "one document");
    for (const [name, value] of Object.entries(hostile())) {
      const { trials, diagnostics: said } = door.readTrials(value);
      diagnostics(said, `trials of ${name}`);
      ok(trials.length === 0 && said.length > 0, `trials of ${name}`);
    }
  },

  asks_for_everything_that_criteria_use(door, stroke) {
    const document = JSON.parse(stroke);
    const bare = read(door, JSON.stringify({ ...document, questions: {}, checklists: {} }));
    const keys = (trial) => Object.keys(trial.toJSON().questions ?? {});
    same(keys(bare), [], "no question");
    const asking = bare.withQuestions();
    ok(keys(asking).includes("birth-date") && keys(asking).includes("nihss"), `asked: ${keys(asking)}`);
    ok(asking.nextQuestion([], PATIENT).question, "a question");
    same(keys(asking.withQuestions()), keys(asking), "once more");
    same(keys(bare), [], "the other handle");
    const own = read(door, stroke);
    const kept = Object.entries(own.withQuestions().toJSON().questions);
    for (const [key, question] of Object.entries(document.questions)) {
      same(ordered(kept.find(([other]) => other === key)?.[1].text), ordered(question.text), key);
    }
  },

  a_batch_says_what_each_evaluation_says(door, stroke) {
    const trial = read(door, stroke);
    const score = (value) => ({ id: "a", subject: { concept: "nihss" }, value: { quantity: { value } } });
    const birth = (date) => ({ id: "b", subject: { concept: "birth-date" }, value: { date } });
    const people = [
      [], FACTS, [score("7")], [score("8"), birth("1960")], [birth("2008-03-15")], [birth("2008-03-16"), score("20")],
      [{ id: "c", subject: { concept: "reproductive-potential" }, value: { refuted: "current" } }],
    ];
    const table = new door.Table();
    for (const facts of people) same(table.add(facts), [], "what could not be read");
    const { length, [0]: said } = table.add([{ id: "d" }]);
    same([length, said.code], [2, "unreadable-fact"], "a fact without a subject and a value");
    const packed = table.pack();
    same([table.people, packed.people], [0, people.length + 1], "people");
    const again = door.openTable(packed.bytes());
    same(again.diagnostics, [], "opened");
    const batch = new door.Batch(AS_OF);
    batch.add(trial);
    const verdicts = batch.run(again.packed);
    same([verdicts.people, verdicts.diagnostics], [packed.people, []], "nothing is wrong");
    const evaluations = people.map((facts) => trial.evaluate(facts, AS_OF));
    const back = people.map((_, row) => trial.evaluate(packed.facts(row), AS_OF));
    const words = (bytes, names) => Array.from(bytes, (byte) => names[byte]).slice(0, people.length);
    for (const said of [evaluations, back]) {
      const determinations = said.map(({ determination }) => determination);
      same(words(verdicts.determinations(0), ["eligible", "ineligible", "undetermined"]), determinations, "determinations");
      said[0].criteria.forEach(({ id }, at) => {
        const each = said.map(({ criteria }) => criteria[at].verdict);
        same(words(verdicts.criterion(0, at), ["pass", "fail", "pending"]), each, id);
      });
    }
    const { criteria, eligible, ineligible, undetermined } = verdicts.counts(0);
    same(eligible + ineligible + undetermined, people.length + 1, "everybody");
    ok(criteria.every(({ pass, fail, pending }) => pass + fail + pending === people.length + 1), "each criterion");
    same(Array.from(verdicts.bytes().slice(0, 4)), [84, 80, 86, 1], "the planes");
    for (const [name, value] of Object.entries(hostile())) {
      diagnostics(door.openTable(value).diagnostics, `a table of ${name}`);
      diagnostics(new door.Table().add(value), `a person of ${name}`);
      same(new door.Batch(value).run(packed).counts(0).criteria, [], `a batch of ${name}`);
    }
    const lacks = batch.lacks(packed)[0];
    const nihss = lacks.find(({ subject }) => subject.concept === "nihss");
    same([nihss.open, nihss.decides], [people.length - 2, 0], "the score");
    same([verdicts.determinations(7).length, verdicts.criterion(0, 99).length, packed.facts(99).length], [0, 0, 0], "nothing there");
  },

  async keeps_a_log_that_anyone_can_verify(door, stroke) {
    const trial = read(door, stroke);
    const log = begun(door, trial);
    const [identified, assessed] = log.lines();
    same([identified.event.act.identified.person, assessed.event.act.assessed.person], [1, 1], "numbers");
    const document = JSON.parse(log.text());
    const genesis = await sha256(canonical(document.header));
    let previous = genesis;
    for (const { hash, ...line } of document.events) {
      same(line.previous, previous, "previous");
      same(hash, await sha256(canonical(line)), "hash");
      previous = hash;
    }
    same(log.head, previous, "head");
    same(log.verify(log.head), [], "verify");
    const opened = door.openLog(new TextEncoder().encode(log.text()));
    same([opened.log.text(), opened.diagnostics, opened.log.rows()], [log.text(), [], log.rows()], "opened");
    const row = log.rows()[0];
    plain(row, "row");
    const evaluated = trial.evaluate(FACTS, AS_OF);
    same(row.assessed.determination, evaluated.determination, "determination");
    same(row.assessed.failed, evaluated.criteria.filter((c) => c.verdict === "fail").map((c) => c.id), "failed");
    same(row.assessed.receipt, trial.receipt(FACTS, AS_OF).receipt.digest, "receipt");
    same(row.assessed.age, "75", "age");
    const altered = door.openLog(log.text().replace('"chart"', '"other"')).log;
    same(altered.verify().map(({ code, path }) => [code, path]), [["altered-line", "events[0]"]], "altered");
    const refused = log.append({ ...WRITTEN, act: { state: { person: 1, state: "candidate" } } });
    diagnostics(refused.diagnostics, "refused");
    ok(refused.diagnostics.length === 1 && log.lines().length === 2, "an event that cannot follow");
    same(log.reminders("2026-03-16").map(({ number, why }) => [number, why]), [[1, "no-outcome"]], "reminders");
  },

  copies_of_a_log_read_back(door, stroke) {
    const log = begun(door, read(door, stroke));
    log.append({ ...WRITTEN, act: { noted: { person: 1, text: '=HYPERLINK("x")' } } });
    const sheet = door.readSheet(log.export("site"));
    same(sheet.diagnostics, [], "diagnostics");
    same(sheet.rows[0][sheet.columns.indexOf("notes")], '=HYPERLINK("x")', "a note");
    ok(log.export("site").includes('"\'=HYPERLINK(""x"")"'), "what a spreadsheet would run");
    for (const layout of ["sponsor", "sponsor-days", "screening", "redcap", "redcap-dictionary", "sdtm-ie", "consort"]) {
      same(door.readSheet(log.export(layout)).diagnostics, [], layout);
    }
    for (const layout of ["rows", "fhir-r4", "fhir-r5"]) plain(JSON.parse(log.export(layout)), layout);
    plain(log.consort(), "counts");
    same(log.export("excel"), undefined, "no layout");
  },

  no_argument_makes_a_log_throw(door, stroke) {
    const trial = read(door, stroke);
    const log = begun(door, trial);
    const before = log.text();
    for (const [name, value] of Object.entries(hostile())) {
      for (const found of [door.openLog(value), door.newLog(value), log.append(value), trial.assess(value, value), door.readSheet(value), door.reassess(trial, trial, value)]) {
        diagnostics(found.diagnostics, name);
      }
      ok(!door.openLog(value).log && !door.newLog(value).log, `${name} is a log`);
      plain([log.verify(value), log.reminders(value), door.versionInForce(value, value, value)], name);
      log.export(value);
    }
    same(log.text(), before, "the log");
  },

  says_for_whom_an_amendment_changes_something(door, stroke) {
    const trial = read(door, stroke);
    const later = JSON.parse(stroke);
    later.eligibility.criteria = later.eligibility.criteria.filter(({ id }) => id !== "E6");
    const after = read(door, JSON.stringify(later));
    const people = [{ id: "7", facts: FACTS, ...AS_OF }, { id: "8", facts: FACTS.slice(0, 2), ...AS_OF }, { id: "9", facts: FACTS, asOf: "2026-03" }];
    const told = door.reassess(trial, after, people);
    plain(told, "told");
    same(told.diagnostics.map(({ code, path }) => [code, path]), [["bad-date", "[2].asOf"]], "no moment");
    same(told.people.map(({ person, was, is }) => [person, was, is])[0], ["7", "ineligible", "undetermined"], "changed");
    same(told.people[0].criteria.map(({ change, was }) => [told.amendment.criteria[change].became, was]), [["removed", "fail"]], "why");
    same(door.versionInForce([{}, { effectiveFrom: "2026-03-01" }], "012", "2026-03-15"), { version: 1 }, "in force");
  },

  a_file_of_separated_values_becomes_a_table(door, stroke) {
    const batch = new door.Batch(AS_OF);
    batch.add(read(door, stroke));
    const mapping = batch.suggest(["nihss", "Malignancy", "thrombolysis", "ALT (U/L)", "ALT ULN", "row"]);
    plain(mapping, "a mapping");
    const parts = ["value", "presence history", "presence any", "value", "upper-limit"];
    same(mapping.columns.map(({ part, status }) => [part, status].join(" ").trim()), parts, "parts");
    const sheet = new door.Sheet(mapping);
    const bytes = new TextEncoder().encode("nihss;Malignancy;thrombolysis;ALT (U/L);ALT ULN;row\r\n12;no;no;101;40;1\r\nmany;maybe;;;;2\r\n");
    for (let at = 0; at < bytes.length; at += 7) sheet.push(bytes.subarray(at, at + 7));
    same(sheet.people, 2, "people");
    const { packed, diagnostics: said } = sheet.finish();
    diagnostics(said, "a file");
    same(said.map(({ code, path }) => [code, path]), [["bad-number", "row 2, nihss"], ["unknown-value", "row 2, Malignancy"]], "what could not be read");
    same(packed.facts(0).map(({ id }) => id), ["alt", "malignancy", "nihss", "thrombolysis"], "facts");
    same(packed.facts(1), [], "nothing");
    same(Array.from(batch.run(packed).criterion(0, 7)), [2, 2], "of two one is known");
    for (const [name, value] of Object.entries(hostile())) {
      const other = new door.Sheet(value);
      other.push(value);
      const { packed: none, diagnostics: found } = other.finish();
      diagnostics(found, `a sheet of ${name}`);
      ok(found.length > 0 && none.people === 0, `a sheet of ${name}`);
      plain(batch.suggest(value), `names of ${name}`);
    }
  },

  a_medical_record_becomes_a_row_of_a_table(door) {
    const subject = { reference: "Patient/p" };
    const result = (id, unit) => ({
      resourceType: "Observation", id, status: "final", subject, code: { coding: [{ system: "http://loinc.org", code: "1742-6" }] },
      effectiveDateTime: "2026-02-28", valueQuantity: { value: 101, unit },
    });
    const resources = [{ resourceType: "Patient", id: "p", birthDate: "1960-05-04" }, result("a", "U/L"), result("b", "furlong"), { resourceType: "Claim", id: "c" }];
    const bundle = JSON.stringify({ resourceType: "Bundle", type: "collection", entry: resources.map((resource) => ({ resource })) });
    for (const data of [bundle, new TextEncoder().encode(bundle)]) {
      const read = door.readRecord(data);
      same([read.read, read.people], [4, 1], "counts");
      plain(read.record, "a record");
      same(read.record.charts[0].proposals.map(({ fact, doubts }) => [fact.note, doubts]), [["Patient/p", []], ["Observation/a", []], ["Observation/b", ["unit-unfit"]]], "proposals");
      same(read.diagnostics, [], "nothing wrong");
      const [birth, alt] = [{ concept: "birth-date" }, { concept: "alt" }];
      const [{ facts, ...outline }] = read.outline([birth, { concept: "sex" }]);
      same([outline, read.left], [{ key: "p", proposals: 3, left: 0, doubtful: [[alt, 1]] }, 1], "what is at hand before it is opened");
      same(facts, [read.record.charts[0].proposals[0].fact], "the first fact about each");
      same([read.chart(0), read.chart(1)], [read.record.charts[0], undefined], "one person");
      same([[alt], [birth, alt], {}].map((subjects) => read.plain(0, subjects).map(({ note }) => note)), [["Observation/a"], ["Patient/p", "Observation/a"], []], "plainly of these subjects");
      same(read.plain(1, [birth]), [], "of nobody");
      const said = (subjects, ...which) => {
        const table = new door.Table(subjects);
        table.addRecord(read, ...which);
        return table.pack();
      };
      same([said().people, said(undefined, 0).people, said(undefined, 1).people], [1, 1, 0], "rows");
      same([said(), said([alt]), said("alt")].map((packed) => packed.facts(0).map(({ id }) => id)), [["alt", "birth-date"], ["alt"], []], "what is said plainly");
      read.free();
    }
    for (const [name, value] of Object.entries(hostile())) {
      const read = door.readRecord(value);
      diagnostics(read.diagnostics, `a record of ${name}`);
      ok((read.diagnostics.length > 0 || read.read === 1) && read.people === 0, `a record of ${name}`);
    }
  },
};
