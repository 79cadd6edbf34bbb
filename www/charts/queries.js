// @ts-check
/** @import { Diagnostic } from "../pkg/trial_prescreen.js" */
/** @import { Asked, Query } from "./ledger.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make } from '../dom.js';
import { inLanguage } from '../words.js';
import { area, press, select } from '../workshop/controls.js';
import { findings } from './records.js';

/** Each form is of one trial: what is typed for one never goes into the log of another. @param {Desk} [desk] */
const untouched = (desk) => ({ trial: desk?.study?.id, number: /** @type {number | undefined} */ (undefined), criterion: '', text: '', wrong: false });
/** What is being marked, and what stands in the form. */
let marking = untouched();
/** What is being answered. */
let answering = untouched();

/**
 * What the sponsor is to be asked, by criterion, with how many people hang on it, and what was said.
 * @param {Desk} desk
 * @param {Asked[]} asked
 * @param {(asked: Asked) => Piece[]} [more]
 * @returns {Piece[]}
 */
export function toAsk({ words }, asked, more = () => []) {
  const said = words.unclear;
  return asked.map((one) =>
    make('li', {}, make('strong', {}, one.item), one.texts.length > 0 && one.people !== undefined && ` ${said.hanging(one.people)}`,
      one.texts.length > 0 && make('ul', {}, ...one.texts.map((text) => make('li', {}, text))), ...one.answers.map((answer) => make('p', {}, said.meant(answer))), ...more(one)));
}

/** How many criteria wait for an answer. @param {Asked[]} asked */
const waiting = (asked) => asked.filter(({ texts }) => texts.length > 0).length;

/**
 * The same below the list, with a form that marks a criterion for everybody.
 * @param {Desk} desk
 * @param {Asked[]} asked
 */
export function queries(desk, asked) {
  const said = desk.words.unclear;
  const { study, locale } = desk;
  const { refused = [] } = /** @type {{ refused?: Diagnostic[] }} */ (desk.got);
  const criteria = (study?.eligibility.criteria ?? []).map(({ id, source, text }) => /** @type {[string, string]} */ ([id, `${source.item || id} ${inLanguage(text, locale)?.short ?? ''}`.trim()]));
  if (marking.trial !== study?.id || marking.number !== undefined || !criteria.some(([id]) => id === marking.criterion)) marking = { ...untouched(desk), criterion: criteria[0]?.[0] ?? '' };
  const done = async (/** @type {Diagnostic[]} */ diagnostics) => {
    await desk.turn();
    desk.got.refused = diagnostics;
    desk.render(diagnostics.length > 0 ? 'refused' : 'to-ask');
  };
  const mark = () => marked(desk, undefined, done);
  return make('details', { open: marking.text !== '' || marking.wrong || asked.length > 0, 'data-key': 'queries' },
    make('summary', { 'data-key': 'to-ask' }, `${said.heading} (${waiting(asked)})`),
    make('p', {}, said.lead),
    refused.length > 0 && make('div', { class: 'summary', tabindex: -1, 'data-key': 'refused' }, findings(desk.words, refused)),
    asked.length > 0 && make('ul', { 'data-key': 'asked' }, ...toAsk(desk, asked, (one) => answered(desk, one, done))),
    select(said.criterion, marking.criterion, criteria, (criterion) => { marking.criterion = criterion; }, { 'data-key': 'unclear-criterion' }),
    ...form(desk, mark));
}

/**
 * What is not clear of a criterion in somebody's chart, and a form that marks it.
 * @param {Desk} desk
 * @param {number} number
 * @param {string} criterion
 * @param {string} item
 * @param {Query[]} found
 * @param {(diagnostics: Diagnostic[]) => unknown} done
 * @returns {Piece[]}
 */
export function unclear(desk, number, criterion, item, found, done) {
  const said = desk.words.unclear;
  const open = marking.trial === desk.study?.id && marking.number === number && marking.criterion === criterion;
  const close = () => {
    marking = untouched();
  };
  return [
    ...found.flatMap(({ text, all, answer }) => (answer === undefined ? [make('p', { class: 'doubt' }, all ? said.forAll(text) : said.here(text))] : [])),
    ...[...new Set(found.flatMap(({ answer }) => answer ?? []))].map((answer) => make('p', {}, said.meant(answer))),
    ...(open ? form(desk, () => marked(desk, number, (diagnostics) => done(diagnostics)), () => {
      close();
      desk.render(`unclear-${criterion}`);
    }) : [press('link', () => {
      marking = { ...untouched(desk), number, criterion };
      desk.render('unclear-text');
    }, said.mark, { 'aria-label': `${said.mark} (${item})`, 'data-key': `unclear-${criterion}` })]),
  ];
}

/** @param {Desk} desk @param {() => unknown} mark @param {() => void} [leave] @returns {Piece[]} */
function form(desk, mark, leave) {
  const said = desk.words.unclear;
  return [
    area(said.text, marking.text, (text) => { marking.text = text; }, { hint: marking.wrong ? said.needed : said.hint, 'aria-invalid': marking.wrong, 'data-key': 'unclear-text' }),
    make('p', { class: 'actions' }, press('secondary', () => void mark(), said.mark, { 'data-key': 'mark-unclear' }), leave && press('link', leave, desk.words.log.cancel)),
  ];
}

/** @param {Desk} desk @param {number | undefined} number @param {(diagnostics: Diagnostic[]) => unknown} done */
async function marked(desk, number, done) {
  const { criterion, text } = marking;
  if (!text.trim()) {
    marking.wrong = true;
    desk.render('unclear-text');
    return;
  }
  const diagnostics = await desk.send('unclear', { number, criterion, text: text.trim() });
  if (diagnostics.length === 0) marking = untouched();
  await done(diagnostics);
}

/**
 * A form for what the sponsor said to what waits.
 * @param {Desk} desk
 * @param {Asked} asked
 * @param {(diagnostics: Diagnostic[]) => unknown} done
 * @returns {Piece[]}
 */
function answered(desk, { criterion, item, texts }, done) {
  const said = desk.words.unclear;
  if (texts.length === 0) return [];
  if (answering.trial !== desk.study?.id || answering.criterion !== criterion) {
    return [press('link', () => {
      answering = { ...untouched(desk), criterion };
      desk.render('answer');
    }, said.answer, { 'aria-label': `${said.answer} (${item})`, 'data-key': `answer-${criterion}` })];
  }
  const write = async () => {
    const text = answering.text.trim();
    if (!text) {
      answering.wrong = true;
      return desk.render('answer');
    }
    const diagnostics = await desk.send('clarify', { criterion, text });
    if (diagnostics.length === 0) answering = untouched();
    await done(diagnostics);
  };
  const leave = () => {
    answering = untouched();
    desk.render(`answer-${criterion}`);
  };
  return [
    area(`${said.meaning} (${item})`, answering.text, (text) => { answering.text = text; }, { hint: answering.wrong ? said.unanswered : said.meaningHint, 'aria-invalid': answering.wrong, 'data-key': 'answer' }),
    make('p', { class: 'actions' }, press('secondary', () => void write(), said.write, { 'data-key': 'write-answer' }), press('link', leave, desk.words.log.cancel)),
  ];
}
