// @ts-check
/** @import { Diagnostic } from "../pkg/trial_prescreen.js" */
/** @import { Listed } from "../find/list.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { place } from '../place.js';
import { entry, inLanguage } from '../words.js';
import { press, select } from '../workshop/controls.js';
import { sheet } from './sheet.js';

/** The trials of the site with their documents, all of them fetched with the page: choosing one asks for nothing. @type {(Listed & { bytes: Uint8Array })[] | undefined} */
let bundled;

/**
 * Where a trial is chosen, and records come in.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function records(desk) {
  const said = desk.words.files;
  if (!bundled) void lookUp(desk);
  const choices = (bundled ?? []).map(({ id, title }) => /** @type {[string, string]} */ ([id, `${id}${desk.words.colon}${inLanguage(title, desk.locale) ?? ''}`]));
  const own = desk.study && !choices.some(([id]) => id === desk.study?.id) ? [/** @type {[string, string]} */ ([desk.study.id, desk.study.id])] : [];
  return [
    title(1, said.heading),
    make('p', { class: 'lead' }, said.lead),
    problem(desk),
    make('div', { class: 'panes' },
      make('section', {},
        make('h2', {}, said.trial),
        make('p', { class: 'hint' }, said.trialHint),
        choices.length > 0 && select(said.trial, desk.study?.id ?? '', [['', '–'], ...own, ...choices], (chosen) => {
          const trial = bundled?.find(({ id }) => id === chosen);
          if (trial) void desk.openTrial(trial.bytes);
        }, { 'data-key': 'trial' }),
        choices.length > 0 && press('link', () => void openAll(desk), said.allTrials, { 'data-key': 'all-trials' }),
        file(said.trialFile, 'trial-file', false, async ([file]) => desk.openTrial(new Uint8Array(await file.arrayBuffer())))),
      make('section', { class: 'loaded' },
        make('h2', {}, said.records),
        make('p', { class: 'hint' }, said.recordsHint),
        desk.study && !desk.busy && file(said.records, 'records-file', true, (files) => desk.take(files)),
        desk.study && !desk.busy && file(said.folder, 'folder', true, (files) => desk.take(files), true),
        desk.study && make('p', { class: 'small' }, said.drop))),
    ...outcome(desk),
  ];
}

/** Every trial of the site is open from now on, beside the one the list is of. @param {Desk} desk */
async function openAll(desk) {
  for (const { bytes } of bundled ?? []) await desk.send('open', { bytes, choose: false });
  desk.say(desk.words.files.allOpen((bundled ?? []).length));
}

/** @param {Desk} desk */
async function lookUp(desk) {
  bundled = [];
  try {
    const bytes = async (/** @type {string} */ name) => new Uint8Array(await (await fetch(place(`trials/${name}.json`))).arrayBuffer());
    /** @type {{ trials: Listed[] }} */
    const { trials } = JSON.parse(new TextDecoder().decode(await bytes('index')));
    bundled = await Promise.all(trials.map(async (trial) => ({ ...trial, bytes: await bytes(trial.id) })));
  } catch {
    // the trials of the site are only a convenience: a file can be chosen
    bundled = [];
  }
  if (desk.place === 'files') desk.render();
}

/**
 * @param {string} label
 * @param {string} id
 * @param {boolean} multiple
 * @param {(files: File[]) => unknown} take
 * @param {boolean} [folder]
 */
export function file(label, id, multiple, take, folder = false) {
  const change = (/** @type {Event} */ { target }) => {
    const files = [.../** @type {HTMLInputElement} */ (target).files ?? []];
    if (files.length > 0) void take(files);
  };
  return make('div', { class: 'field wide' }, make('label', { for: id }, label),
    make('input', { type: 'file', id, multiple, webkitdirectory: folder, 'data-key': id, onchange: change }));
}

/** Why a file was not taken for a trial. @param {Desk} desk */
export function problem({ words, refused }) {
  return refused.length > 0 && make('section', { class: 'summary', tabindex: -1, 'data-key': 'refused' }, findings(words, refused));
}

/**
 * What was found wrong, as the engine words it.
 * @param {Desk["words"]} words
 * @param {Diagnostic[]} diagnostics
 */
export function findings(words, diagnostics) {
  return make('ul', {}, ...diagnostics.slice(0, 50).map(({ severity, message, help, path }) =>
    make('li', { class: severity, lang: 'en' }, make('strong', {}, `${words.severity[severity]}${words.colon}`), `${message}. ${help}.`, path && make('code', {}, ` ${path}`))));
}

/** @param {Desk} desk @returns {Piece[]} */
function outcome(desk) {
  const { taken, people, words } = desk;
  const said = words.files;
  if (!taken && people === 0) return [];
  const troubles = taken?.troubles ?? [];
  return [
    taken && make('section', { tabindex: -1, 'data-key': 'taken' },
      make('p', {}, taken.stopped ? said.stopped : taken.added > 0 || taken.sheets.length > 0 ? said.taken(taken) : said.nobody),
      troubles.length > 0 && make('h2', {}, said.troubles),
      troubles.length > 0 && make('ul', {}, ...troubles.slice(0, 200).map(({ file, problem, diagnostics }) =>
        make('li', {}, make('bdi', {}, file), problem && `${words.colon}${entry(said.problems, problem) ?? said.problems.broken}`, diagnostics.length > 0 && findings(words, diagnostics))))),
    ...(taken?.sheets ?? []).map((one) => sheet(desk, one)),
    people > 0 && make('p', { class: 'actions' },
      press('primary', () => void desk.go('list'), words.views.list, { 'data-key': 'to-list' }),
      press('secondary', () => {
        if (confirm(said.sure)) void desk.forget();
      }, said.clear)),
  ];
}
