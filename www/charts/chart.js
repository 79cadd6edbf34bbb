// @ts-check
/** @import { Diagnostic, Fact, Question, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Clerk, Standing } from "./clerk.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { answerIn, fieldOf } from '../fields/field.js';
import { now } from '../clock.js';
import { sheet } from '../style.js';
import { errorWords } from '../fields/words.js';
import { inLanguage, words as checkWords } from '../words.js';
import { area, field, press, select } from '../workshop/controls.js';

/** @typedef {ReturnType<Clerk["person"]>} Person */
/** What stands in the form, and what is wrong with it. */
let form = { question: '', draft: new FormData(), diagnostics: /** @type {Diagnostic[]} */ ([]) };
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
  return [
    make('p', {}, press('link', () => void desk.go('list'), said.back, { 'data-key': 'back' })),
    title(1, said.heading(person.number)),
    make('p', { class: 'small' }, said.from(person.file, person.key)),
    make('dl', { class: 'facts' },
      make('dt', {}, said.onConfirmed), make('dd', { class: person.confirmed }, determinations[person.confirmed]),
      make('dt', {}, said.onProposed), make('dd', { class: person.proposed }, determinations[person.proposed]),
      person.cohorts.length > 0 && make('dt', {}, said.cohorts),
      person.cohorts.length > 0 && make('dd', {}, person.cohorts.map(({ id, determination }) => `${id}: ${determinations[determination]}`).join('; '))),
    make('div', { class: 'panes' },
      make('div', {}, ...proposals(desk, person)),
      make('div', {}, ...ask(desk, person), ...answers(desk, person), ...note(desk, person))),
    ...criteria(desk, person),
    ...rest(desk, person),
  ];
}

/**
 * Does something to this person, and shows what came of it.
 * @param {Desk} desk
 * @param {() => Promise<unknown>} deed
 * @param {string} focus
 * @param {string} [question] to ask instead of the next one
 */
async function act(desk, deed, focus, question) {
  await deed();
  const number = /** @type {number} */ (desk.number);
  await desk.look(number, question);
  const { proposals: _, evaluation: __, explanation: ___, question: ____, ...row } = /** @type {Person} */ (desk.got);
  desk.rows = desk.rows.map((one) => (one.number === number ? { ...one, ...row } : one));
  desk.render(focus);
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
  const correct = async (/** @type {string} */ id, /** @type {string} */ question) => {
    await desk.send('decide', { number, ids: [id], stand: 'rejected' });
    await act(desk, () => Promise.resolve(), 'ask', question);
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
            make('td', {}, value, dated(fact)),
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

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function ask(desk, { number, question }) {
  const said = desk.words.chart;
  if (!question) return [make('h2', {}, said.ask), make('p', {}, said.askDone)];
  if (form.question !== `${number} ${question.id}`) form = { question: `${number} ${question.id}`, draft: new FormData(), diagnostics: [] };
  const words = checkWords[desk.locale];
  const main = fieldOf(question);
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
      ...main.build({ words, locale: desk.locale, question, item: question.items[0], text, draft: form.draft, errors, offsets: [], asOf: now(), staff: true, units: 'auto' })),
    make('p', { class: 'actions' }, make('button', { type: 'submit', class: 'primary' }, said.save))),
  ];
  root.append(make('div', { class: 'root', lang: desk.locale }, ...pieces));
  return [make('h2', {}, said.ask), host];
}

/** @param {Desk} desk @param {number} number @param {Question} question @param {FormData} draft */
async function answered(desk, number, question, draft) {
  const answer = answerIn(question, draft) ?? { choice: '' };
  const read = await desk.send('answer', { number, question: question.id, answer });
  const wrong = read.diagnostics.filter(({ severity }) => severity === 'error');
  form = wrong.length > 0 ? { ...form, draft, diagnostics: wrong } : { question: '', draft: new FormData(), diagnostics: [] };
  await act(desk, async () => {}, wrong.length > 0 ? 'wrong' : 'ask');
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

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function note(desk, { number, note }) {
  const said = desk.words.chart;
  return [area(said.note, note, (text) => void desk.send('note', { number, text }), { hint: said.noteHint })];
}

/** @param {Desk} desk @param {Person} person @returns {Piece[]} */
function criteria(desk, { number, explanation, proposedVerdicts, overrides }) {
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
        make('details', {}, make('summary', {}, said.columns.said), make('p', {}, text)),
        [...reasons, ...dates].length > 0 && make('ul', { class: 'small' }, ...[...reasons, ...dates].map((line) => make('li', {}, line))),
        setting.criterion === id ? setter(desk, number, id) : press('link', () => {
          setting = { criterion: id, verdict: 'pass', reason: '', wrong: false };
          desk.render('set');
        }, said.override, { 'aria-label': `${said.override} (${item || id})` }));
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
function rest(desk, { others, left }) {
  const said = desk.words.chart;
  const known = left.filter(({ kept }) => kept);
  const silent = left.filter(({ kept }) => !kept);
  const line = (/** @type {typeof left[number]} */ { said: called, why, origin }) =>
    make('li', {}, make('bdi', {}, called || origin.resource), make('span', { class: 'small' }, ` ${said.whys[why]} · ${origin.resource} · ${said.line(origin.line)}`));
  return [
    known.length > 0 && make('details', {}, make('summary', {}, said.left(known.length)), make('p', {}, said.unknown), make('ul', {}, ...known.slice(0, 300).map(line))),
    silent.length > 0 && make('details', {}, make('summary', {}, said.left(silent.length)), make('ul', {}, ...silent.slice(0, 300).map(line))),
    others.length > 0 && make('details', {}, make('summary', {}, said.others(others.length)),
      make('ul', {}, ...others.slice(0, 300).map(({ said: called, origin }) => make('li', {}, make('bdi', {}, called), make('span', { class: 'small' }, ` ${origin.resource}`))))),
  ];
}
