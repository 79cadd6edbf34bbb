// @ts-check
/** @import { Diagnostic, Fact, Question, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Clerk } from "./clerk.js" */
/** @import { Standing } from "./people.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { answerIn, fieldOf } from '../fields/field.js';
import { now } from '../clock.js';
import { sheet } from '../style.js';
import { errorWords } from '../fields/words.js';
import { inLanguage, words as checkWords } from '../words.js';
import { area, field, press, select } from '../workshop/controls.js';
import { inLog } from './inlog.js';
import { keyOf } from './key.js';
import { unclear } from './queries.js';
import { findings } from './records.js';

/** @typedef {ReturnType<Clerk["person"]>} Person */
/** What stands in the form, and what is wrong with it. */
let form = { question: '', draft: new FormData(), diagnostics: /** @type {Diagnostic[]} */ ([]), wrong: false };
/** The proposal that is being put right, and why. */
let correcting = { number: 0, fact: '', question: '', reason: '' };
/** The criterion that is being set, by its id, with what was chosen. */
let setting = { criterion: '', verdict: /** @type {Verdict} */ ('pass'), reason: '', wrong: false };

/**
 * One person: what the record says, what is confirmed, what is still to ask, where each criterion stands.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function chart(desk) {
  const said = desk.words.chart;
  const person = /** @type {Person} */ (desk.got);
  const { determinations } = desk.words.list;
  const { refused = [], trouble } = /** @type {{ refused?: Diagnostic[], trouble?: string }} */ (desk.got);
  return [
    make('p', {}, press('link', () => void desk.go('list'), said.back, { 'data-key': 'back' })),
    title(1, said.heading(person.number)),
    make('p', { class: 'small' }, said.from(person.file, person.key, person.label)),
    (refused.length > 0 || trouble) && make('section', { class: 'summary', tabindex: -1, 'data-key': 'refused' }, make('h2', {}, desk.words.log.refused), trouble && make('p', {}, trouble), refused.length > 0 && findings(desk.words, refused)),
    make('dl', { class: 'facts' },
      make('dt', {}, said.onConfirmed), make('dd', { class: person.confirmed }, determinations[person.confirmed]),
      make('dt', {}, said.onProposed), make('dd', { class: person.proposed }, determinations[person.proposed]),
      person.cohorts.length > 0 && make('dt', {}, said.cohorts),
      person.cohorts.length > 0 && make('dd', {}, person.cohorts.map(({ id, determination }) => `${id}: ${determinations[determination]}`).join('; ')),
      person.again && make('dt', {}, desk.words.list.columns.again), person.again && make('dd', {}, person.again.slice(0, 10)),
      person.until && make('dt', {}, desk.words.list.columns.until), person.until && make('dd', {}, person.until.slice(0, 10))),
    ...near(desk, person),
    make('div', { class: 'panes' },
      make('div', {}, ...proposals(desk, person)),
      make('div', {}, ...ask(desk, person), ...answers(desk, person), ...corrections(desk, person), ...notes(desk, person), ...inLog(desk, person, (done) => act(desk, done, 'in-log')))),
    ...criteria(desk, person),
    ...rest(desk, person),
  ];
}

/**
 * Does something to this person, and shows what came of it: also why the log did not take it.
 * @param {Desk} desk
 * @param {() => Promise<unknown>} deed  what it gives is why it was not taken: words, or what the engine says
 * @param {string} focus
 * @param {string} [question] to ask instead of the next one
 */
async function act(desk, deed, focus, question) {
  const refused = await deed();
  if (!(await desk.look(/** @type {number} */ (desk.number), question))) return;
  if (typeof refused === 'string') desk.got.trouble = refused;
  if (Array.isArray(refused)) desk.got.refused = refused;
  desk.render(desk.got.trouble || desk.got.refused?.length > 0 ? 'refused' : focus);
}

/** What one value alone keeps out, in words that never advise. @param {Desk} desk @param {Person} person @returns {Piece[]} */
function near(desk, { proposed, otherwise }) {
  const said = desk.words.chart;
  if (proposed !== 'ineligible' || otherwise.near.length === 0) return [];
  return [make('details', {}, make('summary', {}, said.near), make('ul', {}, ...otherwise.near.map((text) => make('li', {}, text))), make('p', { class: 'small' }, otherwise.notice))];
}

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function proposals(desk, person) {
  const said = desk.words.chart;
  const { number } = person;
  const plain = person.proposals.filter(({ stand, doubts }) => stand === 'proposed' && doubts.length === 0).map(({ fact }) => fact.id);
  const words = new Map(person.words.map(({ fact, question, label, value }) => [fact, { question, label, value }]));
  const decide = (/** @type {string[]} */ ids, /** @type {Standing["stand"]} */ stand, /** @type {string} */ focus) =>
    void act(desk, () => desk.send('decide', { number, ids, stand }), focus);
  const of = (/** @type {string} */ id) => words.get(id) ?? { question: '', label: id, value: '' };
  const correct = (/** @type {string} */ id, /** @type {string} */ question) => {
    correcting = { number, fact: id, question, reason: '' };
    return act(desk, async () => {}, 'ask', question);
  };
  return [
    make('h2', {}, said.proposals),
    person.proposals.length === 0 && make('p', {}, said.none),
    plain.length > 0 && make('p', { class: 'actions' }, press('primary', () => decide(plain, 'accepted', 'title'), said.acceptPlain(plain.length), { 'data-key': 'accept-plain' })),
    person.contradictions.length > 0 && make('div', { class: 'summary' }, make('p', {}, said.contradictions),
      make('ul', {}, ...person.contradictions.slice(0, 20).map((ids) => make('li', {}, ids.map((id) => `${of(id).label} ${of(id).value}`.trim()).join(' / '))))),
    person.proposals.length > 0 && make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.proposals },
      make('table', {},
        make('thead', {}, make('tr', {}, ...Object.values(said.columns).map((label) => make('th', { scope: 'col' }, label)))),
        make('tbody', {}, ...person.proposals.slice(0, 300).map(({ fact, origin, said: called, doubts, stand }) => {
          const { question, label, value } = of(fact.id);
          const doing = (/** @type {Standing["stand"]} */ to, /** @type {string} */ word) =>
            press('link', () => decide([fact.id], to, `stand-${fact.id}`), word, { 'aria-label': `${word}${desk.words.colon}${label} ${value}` });
          return make('tr', {},
            make('th', { scope: 'row' }, label),
            make('td', {}, value, dated(fact), aged(desk, fact, person.stale)),
            make('td', { class: 'small' }, make('bdi', {}, called), ' ', make('span', {}, origin.resource, ' · ', said.line(origin.line))),
            make('td', { class: 'doubt' }, doubts.map((doubt) => said.doubts[doubt]).join(', ')),
            make('td', { tabindex: -1, 'data-key': `stand-${fact.id}` }, said.stands[stand], ' ',
              ...(stand === 'proposed' ? [doing('accepted', said.accept), ' ', doing('rejected', said.reject), ' ', question && press('link', () => void correct(fact.id, question), said.correct, { 'aria-label': `${said.correct}${desk.words.colon}${label} ${value}` })] : [doing('proposed', said.undo)])));
        })))),
  ];
}

/** When it was, as the record has it. @param {Fact} fact */
function dated({ on, during, value }) {
  if (typeof value === 'object' && 'date' in value) return '';
  const when = on ? String(on) : during ? `${during.from ?? ''}–${during.to ?? ''}` : '';
  return when && make('span', { class: 'small' }, ` (${when.replaceAll('T', ' ')})`);
}

/** How long ago it was measured, and for which criteria that is too long. @param {Desk} desk @param {Fact} fact @param {Person["stale"]} stale */
function aged(desk, { subject, value, on }, stale) {
  const said = desk.words.chart;
  if (typeof value !== 'object' || !('quantity' in value) || !/^\d{4}-\d\d-\d\d/.test(String(on))) return '';
  const days = Math.round((Date.parse(now().slice(0, 10)) - Date.parse(String(on).slice(0, 10))) / 86_400_000);
  const items = [...new Set(stale.filter(({ key }) => key === keyOf(subject)).map(({ item }) => item))];
  return make('span', { class: 'small' }, ` ${said.old(days)}`, items.length > 0 && make('span', { class: 'doubt' }, ` ${said.stale(items.join(', '))}`));
}

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function ask(desk, { number, question }) {
  const said = desk.words.chart;
  if (!question) return [make('h2', {}, said.ask), make('p', {}, said.askDone)];
  if (form.question !== `${number} ${question.id}`) form = { ...untouched(), question: `${number} ${question.id}` };
  const corrected = correcting.number === number && correcting.question === question.id;
  const words = checkWords[desk.locale];
  const main = fieldOf(question);
  const why = corrected && field(said.corrected, correcting.reason, (reason) => { correcting.reason = reason; }, { hint: said.reasonNeeded, 'aria-invalid': form.wrong, 'data-key': 'why' });
  const errors = new Map(form.diagnostics.map(({ code, path }) => [path || main.main, errorWords(desk.locale, code, path || main.main)]));
  const text = inLanguage(question.text, desk.locale);
  const host = make('div', { tabindex: -1, 'data-key': errors.size > 0 ? 'wrong' : 'ask' });
  // the fields look as they do in the check
  const root = host.attachShadow({ mode: 'open', delegatesFocus: true });
  root.adoptedStyleSheets = [sheet()];
  const pieces = [
    errors.size > 0 && make('div', { class: 'summary' }, make('p', {}, said.wrong), make('ul', {}, ...[...errors.values()].map((message) => make('li', {}, message)))),
    make('form', { novalidate: true, autocomplete: 'off', onsubmit: (event) => {
      event.preventDefault();
      void answered(desk, number, question, new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)));
    } },
    make('fieldset', {}, make('legend', {}, text?.ask ?? question.id),
      text?.hint && make('p', { class: 'hint' }, text.hint),
      ...main.build({ words, locale: desk.locale, question, item: question.items[0], text, draft: form.draft, errors, offsets: [], asOf: now(), before: [], staff: true, units: 'auto' })),
    make('p', { class: 'actions' }, make('button', { type: 'submit', class: 'primary' }, said.save))),
  ];
  root.append(make('div', { class: 'root', lang: desk.locale }, ...pieces));
  return [make('h2', {}, corrected ? said.correcting : said.ask), why, host];
}

const untouched = () => ({ question: '', draft: new FormData(), diagnostics: /** @type {Diagnostic[]} */ ([]), wrong: false });

/** @param {Desk} desk @param {number} number @param {Question} question @param {FormData} draft */
async function answered(desk, number, question, draft) {
  const corrects = correcting.number === number && correcting.question === question.id ? { fact: correcting.fact, reason: correcting.reason.trim() } : undefined;
  if (corrects && !corrects.reason) {
    form = { ...form, draft, wrong: true };
    desk.render('why');
    return;
  }
  const answer = answerIn(question, draft) ?? { choice: '' };
  const read = await desk.send('answer', { number, question: question.id, answer, corrects });
  const wrong = read.diagnostics.filter(({ severity }) => severity === 'error');
  // facts without an answer that was wrong: it was the log that did not take it
  const kept = wrong.length === 0 || read.facts.length > 0;
  form = kept ? untouched() : { ...form, draft, diagnostics: wrong, wrong: false };
  if (kept) correcting = { number: 0, fact: '', question: '', reason: '' };
  await act(desk, async () => (kept ? wrong : []), kept ? 'ask' : 'wrong', kept ? undefined : question.id);
}

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function answers(desk, { number, answers }) {
  const said = desk.words.chart;
  if (answers.length === 0) return [];
  return [
    make('h2', {}, said.answers),
    make('ul', {}, ...answers.map(({ question, label, value }) =>
      make('li', {}, `${label}${desk.words.colon}${value} `, press('link', () => void act(desk, () => desk.send('answer', { number, question }), 'ask'), said.takeBack, { 'aria-label': `${said.takeBack}${desk.words.colon}${label}` })))),
  ];
}

/** What was put right: both values. @param {Desk} desk @param {Person} person @returns {Piece[]} */
function corrections(desk, { corrections }) {
  const said = desk.words.chart;
  if (corrections.length === 0) return [];
  return [
    make('h2', {}, said.corrections),
    make('ul', {}, ...corrections.map(({ old, new: fresh, reason }) => make('li', {}, said.step(old?.label ?? '', old?.value ?? '', fresh?.value ?? ''), make('span', { class: 'small' }, ` ${reason}`)))),
  ];
}

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function notes(desk, { number, notes }) {
  const said = desk.words.chart;
  let text = '';
  const add = async () => {
    if (text.trim()) await act(desk, () => desk.send('note', { number, text: text.trim() }), 'note');
  };
  return [
    make('h2', {}, said.notes),
    notes.length > 0 && make('ul', {}, ...notes.map((note) => make('li', {}, note))),
    area(said.note, '', (typed) => { text = typed; }, { hint: said.noteHint, 'data-key': 'note' }),
    make('p', { class: 'actions' }, press('secondary', () => void add(), said.addNote, { 'data-key': 'add-note' })),
  ];
}

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function criteria(desk, { number, explanation, proposedVerdicts, overrides, queries }) {
  const said = desk.words.chart;
  const proposed = new Map(proposedVerdicts.map(({ id, verdict }) => [id, verdict]));
  const set = new Map(overrides.map((one) => [one.criterion, one]));
  return [
    make('h2', {}, said.criteria),
    make('ul', { class: 'plain' }, ...explanation.criteria.map(({ id, verdict, item, short, text, reasons, dates }) => {
      const over = set.get(id);
      const byRecord = proposed.get(id) ?? verdict;
      return make('li', { class: 'card' },
        make('p', {}, make('strong', {}, `${item || id} ${short}`), ' ', make('span', { class: verdict }, said.words[verdict]),
          byRecord !== verdict && make('span', { class: 'small' }, ` (${said.asProposed(said.words[byRecord])})`)),
        over && make('p', { class: 'doubt' }, said.setBy(said.words[over.verdict], over.reason), ' ', press('link', () => void act(desk, () => desk.send('override', { number, criterion: id, reason: '' }), 'title'), said.undo)),
        make('details', {}, make('summary', {}, said.protocol), make('p', {}, text)),
        [...reasons, ...dates].length > 0 && make('ul', { class: 'small' }, ...[...reasons, ...dates].map((line) => make('li', {}, line))),
        setting.criterion === id ? setter(desk, number, id) : press('link', () => {
          setting = { criterion: id, verdict: 'pass', reason: '', wrong: false };
          desk.render('set');
        }, said.override, { 'aria-label': `${said.override} (${item || id})` }),
        ' ', ...unclear(desk, number, id, item || id, queries.filter(({ criterion }) => criterion === id), (diagnostics) => act(desk, async () => diagnostics, `unclear-${id}`)));
    })),
  ];
}

/** @param {Desk} desk @param {number} number @param {string} criterion */
function setter(desk, number, criterion) {
  const said = desk.words.chart;
  const apply = () => {
    if (!setting.reason.trim()) {
      setting.wrong = true;
      desk.render('reason');
      return;
    }
    const { verdict, reason } = setting;
    setting = { criterion: '', verdict: 'pass', reason: '', wrong: false };
    void act(desk, () => desk.send('override', { number, criterion, verdict, reason: reason.trim() }), 'title');
  };
  return make('div', {},
    select(said.overrideTo, setting.verdict, Object.entries(said.words), (verdict) => { setting.verdict = /** @type {Verdict} */ (verdict); }, { 'data-key': 'set' }),
    field(said.reason, setting.reason, (reason) => { setting.reason = reason; }, { 'data-key': 'reason', hint: said.reasonNeeded, 'aria-invalid': setting.wrong }),
    make('p', { class: 'actions' }, press('secondary', apply, said.set), press('link', () => {
      setting = { criterion: '', verdict: 'pass', reason: '', wrong: false };
      desk.render('title');
    }, said.undo)));
}

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function rest(desk, { others, left, elsewhere }) {
  const said = desk.words.chart;
  const { determinations } = desk.words.list;
  const known = left.filter(({ kept }) => kept);
  const silent = left.filter(({ kept }) => !kept);
  const line = (/** @type {typeof left[number]} */ { said: called, why, origin }) =>
    make('li', {}, make('bdi', {}, called || origin.resource), make('span', { class: 'small' }, ` ${said.whys[why]} · ${origin.resource} · ${said.line(origin.line)}`));
  return [
    elsewhere.length > 0 && make('details', { 'data-key': 'elsewhere' }, make('summary', {}, said.elsewhere(elsewhere.length)),
      make('ul', {}, ...elsewhere.map(({ id, title, determination, failed, open }) =>
        make('li', {}, make('strong', {}, id), ` ${inLanguage(title, desk.locale) ?? ''}${desk.words.colon}`, make('span', { class: determination }, determinations[determination]),
          make('span', { class: 'small' }, ` ${failed.length > 0 ? failed.join(', ') : said.stillOpen(open)}`))))),
    known.length > 0 && make('details', {}, make('summary', {}, said.left(known.length)), make('p', {}, said.unknown), make('ul', {}, ...known.slice(0, 300).map(line))),
    silent.length > 0 && make('details', {}, make('summary', {}, said.left(silent.length)), make('ul', {}, ...silent.slice(0, 300).map(line))),
    others.length > 0 && make('details', {}, make('summary', {}, said.others(others.length)),
      make('ul', {}, ...others.slice(0, 300).map(({ said: called, origin }) => make('li', {}, make('bdi', {}, called), make('span', { class: 'small' }, ` ${origin.resource}`))))),
  ];
}
