// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Kept } from "../kept.js" */
/** @import { Place } from "../view.js" */
/** @import { Published } from "./documents.js" */
/** @import { Watching } from "./watching.js" */
/** @import { Person } from "./outcomes.js" */

import { now } from '../clock.js';
import { actions, make } from '../dom.js';
import { entry } from '../fields/controls.js';
import { Session } from '../session.js';
import { restore } from '../share/content.js';
import { form } from '../share/form.js';
import { refusal } from '../share/open.js';
import { sealer } from '../share/sealer.js';
import { share } from '../share/words.js';
import { words } from './words.js';

/**
 * Asks for the code of the answers that are kept on this device, to say what the news mean for them.
 * @param {Place} place
 * @param {Watching} watching
 * @param {Kept} kept
 * @param {Published[]} documents
 */
export function unlock({ words: general, locale, act, refresh }, watching, kept, documents) {
  const said = share[locale].open;
  const status = make('p', { role: 'status' });
  const open = (/** @type {FormData} */ draft) => act(async () => {
    watching.first.draft = draft;
    status.textContent = said.opening;
    const found = await opened(watching, kept.sealed, String(draft.get('code')), documents, locale).catch(() => said.failed);
    watching.wrong = typeof found === 'string' ? found : '';
    if (typeof found !== 'string') {
      watching.unlocked = found;
      watching.first.draft = undefined;
    }
    refresh();
  });
  const field = { words: general, draft: watching.first.draft ?? new FormData(), errors: watching.errors };
  return [
    make('p', {}, words[locale].report.unlock),
    form(open,
      entry(field, 'code', { label: said.code, hint: said.codeHint, width: 12, mode: 'text' }),
      status,
      actions(make('button', { type: 'submit', class: 'secondary', part: 'button secondary' }, said.button))),
  ];
}

/**
 * @param {Watching} watching
 * @param {string} sealed
 * @param {string} code
 * @param {Published[]} documents
 * @param {Locale} locale
 * @returns {Promise<Person | string>} the words for why not
 */
async function opened({ engine }, sealed, code, documents, locale) {
  const said = share[locale].open;
  const found = await sealer('open', { sealed, code });
  if ('problem' in found) return refusal(said, found.problem);
  const { content } = found;
  const document = documents.find(({ id }) => id === content.trial);
  if (!document) return said.unknown;
  const { trial } = await (await engine()).open(new TextEncoder().encode(document.text));
  try {
    const session = new Session(trial, now, () => {});
    await restore(session, content);
    return { facts: session.facts, respondent: content.respondent, given: content.made, asOf: now() };
  } finally {
    trial.free();
  }
}
