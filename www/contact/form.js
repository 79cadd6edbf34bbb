// @ts-check
/** @import { Place } from "../view.js" */
/** @import { Contact } from "./contact.js" */

import { make, title } from '../dom.js';
import { entry, group, option } from '../fields/controls.js';
import { onward, summary } from '../view.js';
import { FIELDS, entered, faults, order } from './entered.js';
import { words } from './words.js';

/** @type {Partial<Record<keyof typeof FIELDS, "email" | "tel">>} */
const MODES = { email: 'email', phone: 'tel' };

/**
 * Who writes, and what goes along.
 * @param {Place} place
 * @param {Contact} contact
 */
export function form({ words: general, locale, level, journey, ownPage, refresh }, contact) {
  const said = words[locale];
  const { draft, endpoint, tell } = contact;
  const errors = new Map([...contact.errors].map(([field, fault]) => /** @type {[string, string]} */ ([field, said.errors[fault]])));
  const view = { words: general, errors, draft };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    contact.form.draft = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    contact.errors = faults(entered(contact.form.draft));
    if (contact.sending === 'failed') contact.sending = 'no';
    if (contact.errors.size > 0) refresh();
    else journey.go(contact.preview);
  };
  return [
    summary(general, level, errors),
    title(level, said.heading),
    make('p', { class: 'lead' }, said.lead),
    endpoint.refused && make('p', { class: 'notice', part: 'note' }, said.refused(endpoint.refused)),
    make('p', {}, endpoint.address ? said.sends(endpoint.address.host) : said.stays, general.sentence, said.notKept),
    !ownPage && make('p', {}, said.around),
    make(
      'form',
      { novalidate: true, onsubmit: submit },
      make('p', {}, said.reach),
      ...order(locale).map((field) =>
        entry(view, field, {
          label: said[field] + (field === 'email' || field === 'phone' ? '' : said.optional),
          hint: field === 'language' ? said.languageHint : undefined,
          width: field === 'email' ? 26 : 18, mode: MODES[field] ?? 'text', complete: FIELDS[field],
        }),
      ),
      tell &&
        group(
          view, 'along', { label: said.along, hint: said.alongHint },
          make('div', { class: 'options', part: 'options' },
            option('checkbox', 'along', 'result', said.result, draft),
            option('checkbox', 'along', 'answers', said.answers, draft)),
        ),
      onward(general),
    ),
  ];
}
