// @ts-check
/** @import { Place } from "../view.js" */
/** @import { Contact } from "./contact.js" */
/** @import { Message } from "./message.js" */
/** @import { ContactWords } from "./words/en.js" */

import { actions, button, heading, make, title } from '../dom.js';
import { save } from '../save.js';
import { send } from './endpoint.js';
import { drafted, packed } from './message.js';
import { words } from './words.js';

/**
 * Every word of the message, and what can be done with it.
 * @param {Place} place
 * @param {Contact} contact
 */
export async function preview(place, contact) {
  const { locale, level, journey } = place;
  const said = words[locale].preview;
  const message = await contact.message(locale);
  const { address } = contact.endpoint;
  const to = address ? address.href : addressOf(contact);
  const status = make('p', { role: 'status', class: 'told' });
  const { href = '', cut = false } = address || !to ? {} : drafted(to, message);
  const mail = href && make('a', { href, class: cut ? 'secondary' : 'primary', part: 'button' }, cut ? said.empty : said.mail);
  const ways = [
    button(address || (mail && !cut) ? 'secondary' : 'primary', () => void copy(message, status, said), said.copy),
    cut && mail,
    button('secondary', () => save(`${message.trial}.txt`, 'text/plain;charset=utf-8', message.text), said.save),
    button('secondary', () => journey.back(), said.change),
  ];
  return [
    failure(place, contact),
    title(level, said.heading),
    make('p', { class: 'lead' }, contact.isDelivered ? said.already : said.lead),
    make('dl', { class: 'letter' },
      ...row(said.to, to),
      ...row(said.subject, message.subject),
      make('dt', {}, said.text),
      make('dd', {}, make('pre', { class: 'message', part: 'message' }, message.text))),
    address && make('details', {}, make('summary', {}, said.data), make('pre', { class: 'message data', dir: 'ltr' }, packed(message))),
    !address && make('p', {}, mail ? (cut ? said.emptyHint : said.mailHint) : said.nobody),
    status,
    actions(address && sending(place, contact, address, message, status), !cut && mail, ...ways),
  ];
}

/** @param {string} term @param {string} value */
function row(term, value) {
  return value ? [make('dt', {}, term), make('dd', {}, value)] : [];
}

/** The study's public address; the first that there is. @param {Contact} contact */
function addressOf({ study: { contacts = [] } }) {
  return contacts.find(({ email }) => email)?.email ?? '';
}

/**
 * The button that sends.
 * @param {Place} place
 * @param {Contact} contact
 * @param {URL} address
 * @param {Message} message
 * @param {HTMLElement} status
 */
function sending({ locale, journey, refresh }, contact, address, message, status) {
  const said = words[locale].preview;
  const begun = () => {
    status.textContent = said.sending;
    press.setAttribute('aria-disabled', 'true');
  };
  const go = async () => {
    if (contact.sending === 'now') return;
    const { draft } = contact.form;
    contact.sending = 'now';
    begun();
    const arrived = await send(address, packed(message));
    contact.sending = arrived ? 'no' : 'failed';
    if (arrived) contact.delivered = draft;
    if (journey.current !== contact.preview) return;
    if (!contact.isDelivered) return refresh();
    contact.form.draft = undefined;
    journey.replace(contact.sent);
  };
  const press = button('primary', () => void go(), contact.sending === 'failed' ? said.again : said.send);
  if (contact.sending === 'now') begun();
  return !contact.isDelivered && press;
}

/**
 * Why the message is still here, where it should have gone.
 * @param {Place} place
 * @param {Contact} contact
 */
function failure({ locale, level }, contact) {
  const { failed } = words[locale];
  if (contact.sending !== 'failed') return null;
  return make('section', { class: 'summary', part: 'error-summary', tabindex: -1, 'aria-labelledby': 'problem', 'aria-describedby': 'problems' },
    heading(level + 1, { id: 'problem' }, failed.heading), make('p', { id: 'problems' }, failed.body));
}

/**
 * @param {Message} message
 * @param {HTMLElement} status
 * @param {ContactWords["preview"]} said
 */
async function copy({ text }, status, said) {
  const copied = await Promise.resolve().then(() => navigator.clipboard.writeText(text)).then(() => true, () => false);
  status.textContent = copied ? said.copied : said.notCopied;
}

/**
 * The message is away.
 * @param {Place} place
 * @param {Contact} contact
 */
export function sent({ locale, level }, { endpoint }) {
  const said = words[locale].sent;
  return [
    title(level, said.heading),
    make('p', { class: 'lead' }, said.body(endpoint.address?.host ?? '')),
    make('p', {}, said.next),
  ];
}
