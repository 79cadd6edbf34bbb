// @ts-check
/** @import { Content, Unopened } from "../pkg/seal.js" */
/** @import { Locale } from "../pkg/check.js" */
/** @import { Piece } from "../dom.js" */
/** @import { FurtherScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { now } from '../clock.js';
import { dateWords } from '../day.js';
import { actions, button, heading, list, make, title } from '../dom.js';
import { entry } from '../fields/controls.js';
import { following } from '../flow.js';
import { place } from '../place.js';
import { summary } from '../view.js';
import { inLanguage, words } from '../words.js';
import { restore } from './content.js';
import { form } from './form.js';
import { sealer } from './sealer.js';
import { share } from './words.js';

/**
 * What an entrance may ask for.
 * @typedef {object} Around
 * @property {(address: string, arrival: Arrival) => void} enter  loads the trial and goes on
 * @property {() => void} leave  shows what was there before
 * @property {() => Promise<void>} refresh
 * @property {(text: string) => void} say
 */
/** @typedef {(view: View) => Promise<FurtherScreen>} Arrival  takes a check in, and gives the screen that shows it */
/** @typedef {{ sealed: string, kept: boolean }} Closed */
/** @typedef {(locale: Locale, level: number) => Piece[]} Entrance */

/**
 * Asks for the code of a sealed check.
 * @param {Closed} closed
 * @param {Around} around
 * @returns {Entrance}
 */
export function entrance(closed, around) {
  const draft = new FormData();
  /** @type {Map<string, string>} */
  let errors = new Map();
  let busy = false;
  /** @param {string} error */
  const refuse = (error) => {
    errors = new Map([['code', error]]);
    return around.refresh();
  };
  /** @param {Locale} locale */
  const open = async (locale) => {
    if (busy) return;
    busy = true;
    const said = share[locale].open;
    around.say(said.opening);
    try {
      const opened = await sealer('open', { sealed: closed.sealed, code: String(draft.get('code')) });
      if ('problem' in opened) return await refuse(refusal(said, opened.problem));
      const { content } = opened;
      if (content.ends && content.ends < now().slice(0, 10)) return await refuse(said.ended(dateWords(locale, content.ends)));
      const address = await addressesOf(content);
      if (!address) return await refuse(said.unknown);
      around.enter(address, (view) => arrival(view, content, closed.kept));
    } catch {
      await refuse(said.failed);
    } finally {
      busy = false;
      around.say('');
    }
  };
  return (locale, level) => {
    const said = share[locale].open;
    const field = { words: words[locale], draft, errors };
    const code = entry(field, 'code', { label: said.code, hint: said.codeHint, width: 12, mode: 'text' });
    const input = code.querySelector('input');
    input?.setAttribute('autocapitalize', 'characters');
    input?.addEventListener('input', () => draft.set('code', input.value));
    return [
      summary(words[locale], level, errors),
      title(level, closed.kept ? said.keptHeading : said.heading),
      make('p', { class: 'lead' }, closed.kept ? said.keptLead : said.lead),
      form(
        () => void open(locale),
        code,
        actions(
          make('button', { type: 'submit', class: 'primary', part: 'button primary' }, said.button),
          button('secondary', around.leave, said.leave),
        ),
      ),
    ];
  };
}

/**
 * @param {import("./words/en.js").ShareWords["open"]} said
 * @param {Unopened} problem
 */
export function refusal(said, problem) {
  if (problem === 'newer') return said.newer;
  return problem === 'no-code' ? said.noCode : said.closed;
}

/**
 * The addresses of its trial, or of several, among the site's own; a check never says where they lie.
 * @param {Content} content
 */
async function addressesOf({ trial }) {
  const response = await fetch(place('trials/index.json'));
  /** @type {{ trials: { id: string }[] }} */
  const { trials } = await response.json();
  const ids = trial.split('+');
  const known = ids.every((wanted) => trials.some(({ id }) => id === wanted));
  return known ? ids.map((id) => place(`trials/${id}.json`).href).join(' ') : '';
}

/**
 * @param {View} view
 * @param {Content} content
 * @param {boolean} kept
 * @returns {Promise<FurtherScreen>}
 */
async function arrival({ session }, content, kept) {
  const lost = await restore(session, content);
  const { receipt } = await session.receipt();
  const changed = receipt?.trial.slice(0, 16) !== content.document;
  return { name: 'further', show: (view) => arrived(view, content, { kept, lost, changed }) };
}

/**
 * What was opened, to be looked at before anything is done with it.
 * @param {View} view
 * @param {Content} content
 * @param {{ kept: boolean, lost: number, changed: boolean }} found
 */
async function arrived(view, { made, outcome, answers, notes }, { kept, lost, changed }) {
  const { locale, level, session, journey } = view;
  const said = share[locale].arrived;
  const rows = await session.review(locale);
  const section = (/** @type {string} */ text) => heading(level + 1, {}, text);
  const goOn = () => view.act(async () => journey.go(await following(view)));
  return [
    title(level, kept ? said.keptHeading : said.heading),
    make('p', { class: 'lead' }, said.made(dateWords(locale, made), inLanguage(session.study.title, locale) ?? session.study.id)),
    changed && make('p', { class: 'notice', part: 'note' }, said.changed),
    lost > 0 && make('p', { class: 'notice', part: 'note' }, said.lost(lost)),
    ...(outcome ? [section(said.result), make('p', {}, said.outcomes[outcome])] : []),
    section(said.answers),
    answers.length === 0 && make('p', {}, said.noAnswers),
    make('dl', { part: 'summary-list' }, ...rows.map(({ label, value, open }) => make('div', { class: 'answer', part: 'answer' }, make('dt', {}, label), make('dd', { class: open && 'open' }, value)))),
    ...(notes.length > 0 ? [section(said.notes), list(notes.map(({ exact, text }) => (exact ? `“${exact}” ${text}` : text)))] : []),
    !kept && make('p', { class: 'hint' }, said.nothingSent),
    actions(button('primary', goOn, said.goOn), button('secondary', () => journey.go({ name: 'clear' }), said.leave)),
  ];
}
