// @ts-check
/** @import { CriterionChange, TrialDocument } from "../pkg/trial_prescreen.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { inLanguage } from '../words.js';
import { press } from '../workshop/controls.js';
import { toChart } from './list.js';
import { file, findings } from './records.js';

/**
 * Whose outcome another version of the trial changes.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function amend(desk) {
  const { words, got } = desk;
  const said = words.amend;
  const take = async (/** @type {File[]} */ [chosen]) => {
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    desk.got = { ...(await desk.long('amend', bytes)), bytes };
    desk.render('amended');
  };
  return [
    title(1, said.heading),
    make('p', {}, said.lead),
    file(said.file, 'other-version', false, take),
    got.diagnostics?.length > 0 && make('section', { class: 'summary' }, findings(words, got.diagnostics)),
    got.study && make('section', { tabindex: -1, 'data-key': 'amended' },
      make('p', {}, got.changed.length === 0 ? said.nothing : said.changed(got.changed.length, got.people)),
      got.changed.length > 0 && table(desk),
      changes(desk),
      make('p', { class: 'actions' }, press('secondary', () => void desk.openTrial(got.bytes).then(() => desk.go('list')), said.take))),
  ];
}

/** @param {Desk} desk */
function table(desk) {
  const { words, got } = desk;
  const said = words.amend;
  const { determinations } = words.list;
  const verdicts = words.chart.words;
  /** @type {{ number: number, key: string, label: string, file: string, before: keyof typeof determinations, after: keyof typeof determinations, verdicts: { item: string, before?: keyof typeof verdicts, after?: keyof typeof verdicts }[] }[]} */
  const changed = got.changed;
  return make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading },
    make('table', {},
      make('thead', {}, make('tr', {}, ...Object.values(said.columns).map((label) => make('th', { scope: 'col' }, label)))),
      make('tbody', {}, ...changed.slice(0, 500).map((one) =>
        make('tr', {},
          make('th', { scope: 'row' }, toChart(desk, one.number)),
          make('td', {}, make('bdi', {}, one.label || one.key || one.file)),
          make('td', { class: one.before }, determinations[one.before]),
          make('td', { class: one.after }, determinations[one.after]),
          make('td', {}, one.verdicts.map(({ item, before, after }) => said.step(item, before ? verdicts[before] : said.fresh, after ? verdicts[after] : said.fresh)).join('; ')))))));
}

/** What of the criteria is otherwise in the other version. @param {Desk} desk */
function changes({ words, locale, study, got }) {
  const said = words.amend;
  /** @type {CriterionChange[]} */
  const changed = got.changes;
  const textOf = (/** @type {TrialDocument | undefined} */ version, /** @type {string | undefined} */ id) => {
    const criterion = version?.eligibility.criteria.find((one) => one.id === id);
    return criterion && { item: criterion.source.item || criterion.id, text: inLanguage(criterion.text, locale)?.full };
  };
  return changed.length > 0 && make('details', {}, make('summary', {}, `${said.criteria} (${changed.length})`),
    make('ul', { class: 'plain' }, ...changed.map(({ before, after, became, effect }) => {
      const [was, is] = [textOf(study, before), textOf(got.study, after)];
      return make('li', { class: 'card' },
        make('p', {}, make('strong', {}, is?.item ?? was?.item ?? ''), ` ${[said.became[/** @type {keyof typeof said.became} */ (became)], effect && said.effects[effect]].filter(Boolean).join(' · ')}`),
        was && make('p', { class: 'small' }, `${said.columns.before}${words.colon}${was.text ?? ''}`),
        is && is.text !== was?.text && make('p', { class: 'small' }, `${said.columns.after}${words.colon}${is.text ?? ''}`));
    })));
}
