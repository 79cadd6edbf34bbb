// @ts-check
/** @import { Fact, FactWords, Locale, Quantity } from "../pkg/check.js" */
/** @import { Session } from "../session.js" */

/** @typedef {"json" | "csv" | "fhir"} Format */
/** @typedef {{ fact: Fact, words: FactWords }} Said */

/** What may stand beside a value without its words saying more than it. */
const BESIDE = new Set(['id', 'subject', 'value', 'on', 'upperLimit', 'source']);
/** FHIR's own code for why there is no answer. */
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

const WRITERS = { json: [asJson, 'application/json'], csv: [asCsv, 'text/csv'], fhir: [asFhir, 'application/fhir+json'] };

/**
 * What was answered, as a file: facts as the engine takes them, a table, or a QuestionnaireResponse of FHIR R4.
 * @param {Format} format
 * @param {Session} session
 * @param {Locale} locale of the words
 */
export async function recordIn(format, session, locale) {
  if (!Object.hasOwn(WRITERS, format)) throw new TypeError(`no record is written as ${format}`);
  const { facts } = session;
  const words = new Map((await session.review(locale)).map((one) => [one.fact, one]));
  const said = facts.flatMap((fact) => {
    const own = words.get(fact.id);
    return own ? [{ fact, words: own }] : [];
  });
  const [write, type] = /** @type {[(session: Session, said: Said[]) => string, string]} */ (WRITERS[format]);
  return new Blob([write(session, said)], { type: `${type};charset=utf-8` });
}

/** @param {Session} session */
function asJson({ study, asOf, respondent, facts }) {
  return `${JSON.stringify({ trial: { id: study.id, ...study.version }, asOf, respondent, facts }, null, 2)}\n`;
}

/**
 * @param {Session} session
 * @param {Said[]} said
 */
function asCsv({ study, asOf }, said) {
  const rows = said.map(({ fact, words }) => {
    const { value, unit } = quantityIn(fact) ?? {};
    return [study.id, asOf, words.question, words.label, words.value, value ?? '', unit ?? '', fact.on ?? ''];
  });
  return [['trial', 'as-of', 'question', 'label', 'answer', 'value', 'unit', 'on'], ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell that no table program takes for a formula. @param {string} text */
function cell(text) {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/**
 * @param {Session} session
 * @param {Said[]} said
 */
function asFhir({ study, asOf }, said) {
  const questions = Map.groupBy(said, ({ words }) => words.question);
  const item = Array.from(questions, ([linkId, all]) => ({
    linkId,
    text: all[0].words.label,
    ...(all.every(({ fact }) => absenceOf(fact))
      ? { extension: [{ url: ABSENT, valueCode: absenceOf(all[0].fact) }] }
      : { answer: all.map((one) => ({ ...answerOf(one), ...beside(linkId, one.fact) })) }),
  }));
  return `${JSON.stringify({ resourceType: 'QuestionnaireResponse', identifier: { value: study.id }, status: 'completed', authored: momentOf(asOf), item }, null, 2)}\n`;
}

/** @param {Fact} fact */
function absenceOf({ value }) {
  return typeof value === 'object' && 'absent' in value ? value.absent : undefined;
}

/** An answer of its type where that says all that the words say; otherwise the words. @param {Said} said */
function answerOf({ fact, words }) {
  const { value } = fact;
  const quantity = quantityIn(fact);
  if (quantity && Object.keys(fact).every((key) => BESIDE.has(key))) return { valueQuantity: measured(quantity) };
  if (typeof value === 'object' && 'date' in value && !value.date.includes('/')) return value.date.includes('T') ? { valueDateTime: momentOf(value.date) } : { valueDate: value.date };
  return { valueString: words.value };
}

/**
 * The date and the limit that came with a value.
 * @param {string} linkId
 * @param {Fact} fact
 */
function beside(linkId, { on, upperLimit }) {
  const item = [];
  if (on && !on.includes('/')) item.push({ linkId: `${linkId}/on`, answer: [{ valueDateTime: momentOf(on) }] });
  if (upperLimit && isExact(upperLimit)) item.push({ linkId: `${linkId}/upper-limit`, answer: [{ valueQuantity: measured(upperLimit) }] });
  return item.length > 0 ? { item } : {};
}

/** A quantity that is one number, exactly. @param {Fact} fact */
function quantityIn({ value }) {
  return typeof value === 'object' && 'quantity' in value && isExact(value.quantity) ? value.quantity : undefined;
}

/** @param {Quantity} quantity */
function isExact({ value, comparator }) {
  return !comparator && value !== undefined && /^-?\d{1,15}(\.\d+)?$/.test(value) && value.replace(/\D/g, '').length <= 15;
}

/** @param {Quantity} quantity */
function measured({ value, unit }) {
  return { value: Number(value), ...(unit && { unit }) };
}

/** A moment as FHIR writes it, with its seconds. @param {string} moment */
function momentOf(moment) {
  return moment.replace(/T(\d\d:\d\d)(?!:)/, 'T$1:00');
}
