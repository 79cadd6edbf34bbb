// @ts-check

/**
 * What was typed and ticked, by question and field: `{ alt: { value: "31", unit: "U/L" } }`; a list where a field was
 * ticked more than once.
 * @typedef {Record<string, Record<string, string | string[]>>} Entered
 */

/**
 * @param {Iterable<[string, FormData]>} drafts by question
 * @returns {Entered}
 */
export function enteredIn(drafts) {
  return Object.fromEntries(Array.from(drafts, ([question, draft]) => [question, fieldsIn(draft)]));
}

/** @param {FormData} draft */
function fieldsIn(draft) {
  const names = new Set(draft.keys());
  return Object.fromEntries(
    Array.from(names, (name) => {
      const values = draft.getAll(name).map(String);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/**
 * The forms as they were; whatever is no text is left out.
 * @param {unknown} entered
 * @returns {Map<string, FormData>}
 */
export function draftsOf(entered) {
  return new Map(pairs(entered).map(([question, fields]) => [question, draftOf(fields)]));
}

/** @param {unknown} fields */
function draftOf(fields) {
  const draft = new FormData();
  for (const [name, value] of pairs(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string') draft.append(name, one);
    }
  }
  return draft;
}

/**
 * @param {unknown} value
 * @returns {[string, unknown][]}
 */
function pairs(value) {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
