// @ts-check
/** @import { Diagnostic, Locale, TrialDocument } from "./pkg/check.js" */
/** @import { ElementSettings } from "./element/element-settings.js" */
/** @import { Words } from "./words/en.js" */
/** @import { Session } from "./session.js" */
/** @import { Journey, Screen } from "./journey.js" */
/** @import { Piece } from "./dom.js" */
/** @import { Kept } from "./kept.js" */

import { actions, button, heading, icon, make } from './dom.js';
import { openPart } from './screens/part.js';
import { inLanguage } from './words.js';

/**
 * What a screen shows, and what it may ask for.
 * @typedef {object} View
 * @property {Words} words
 * @property {Locale} locale
 * @property {number} level  of the screen's heading
 * @property {ElementSettings} settings  what the page around sets
 * @property {Session} session
 * @property {Journey} journey
 * @property {boolean} ownPage  whether the page around belongs to the check
 * @property {boolean} askWho  whether the page leaves open who answers
 * @property {Opened | undefined} opened  what came of a file the person chose
 * @property {boolean} whole  whether all is there that the check needs
 * @property {string} notice  a line at the top of the start screen
 * @property {Kept | undefined} kept  a check that was kept on this device
 * @property {(decorate: (root: ShadowRoot, view: View) => void) => void} annotated  does something with every screen from now on
 * @property {() => Promise<void>} remember  looks for it again
 * @property {(text: string) => void} say  shows a line that is spoken as well; none where it is empty
 * @property {() => void} admit  asks for the code of the check that was kept
 * @property {(deed: () => Promise<void>) => void} act  does something that needs the engine, one thing at a time
 * @property {(name: "prescreen-contact" | "prescreen-share") => boolean} tell  says to the page what happens; false where it takes that in hand
 * @property {() => void} refresh  shows the same screen anew
 * @property {() => void} clear
 * @property {() => void} leave  deletes the answers and opens the page of the quick exit
 * @property {(file: File) => void} open
 * @property {(session: Session, screen: Screen) => void} turnTo  goes on with another session
 */
/** @typedef {Pick<View, "words" | "locale" | "level" | "journey" | "ownPage" | "act" | "refresh">} Place  what a part needs that stands outside the check as well */
/** @typedef {{ name: string, accepted: boolean, diagnostics: Diagnostic[], text: string }} Opened */

/** @param {View} view */
function backBar({ words, settings, journey, act, leave }) {
  return make(
    'p',
    { class: 'bar' },
    button('back', () => act(async () => journey.back()), icon('back'), words.question.back),
    settings.quickExit && button('secondary', leave, words.question.exit),
  );
}

/**
 * Whom one can ask, with the ways to do so.
 * @param {View} view
 * @param {TrialDocument["contacts"]} [contacts]
 */
export function reached({ locale, tell }, contacts = []) {
  const onclick = (/** @type {Event} */ event) => {
    if (!tell('prescreen-contact')) event.preventDefault();
  };
  return contacts.map(({ name, phone, email }) =>
    make(
      'p',
      {},
      inLanguage(name, locale),
      phone && [' ', make('a', { href: `tel:${phone.replace(/[^+\d]/g, '')}`, onclick }, phone)],
      email && [' ', make('a', { href: `mailto:${encodeURIComponent(email)}`, onclick }, email)],
    ),
  );
}

/**
 * Who answers the telephone for the study, where its document says so.
 * @param {View} view
 */
export function telephones(view) {
  return reached(view, view.session.study.contacts?.filter(({ phone }) => phone));
}

/**
 * The same help at the same place on every screen.
 * @param {View} view
 */
function helpLine(view) {
  const { words, settings, session, journey } = view;
  return make(
    'div',
    { class: 'help', part: 'help' },
    make('p', {}, words.help.emergency),
    make('slot', { name: 'contact' }),
    ...telephones(view),
    !settings.noNotes && !session.trial.start && button('link', () => openPart(view, async () => (await import('./notes/check.js')).notes(view)), words.notes),
    button('link', () => journey.go({ name: 'clear' }), words.clear.button),
  );
}

/**
 * A screen after the first: the way back, what it shows, and help.
 * @param {View} view
 * @param {...(Piece | Piece[])} contents
 */
export function framed(view, ...contents) {
  return [view.journey.index > 0 && backBar(view), ...contents.flat(), helpLine(view)];
}

/** @param {Words} words */
export function onward(words) {
  return actions(make('button', { type: 'submit', class: 'primary', part: 'button primary' }, words.question.continue));
}

/**
 * The errors of a screen at its top, each leading to its field; nothing where there are none.
 * @param {Words} words
 * @param {number} level
 * @param {Map<string, string>} errors
 */
export function summary(words, level, errors) {
  if (errors.size === 0) return null;
  return make(
    'section',
    { class: 'summary', part: 'error-summary', tabindex: -1, 'aria-labelledby': 'problem', 'aria-describedby': 'problems' },
    heading(level + 1, { id: 'problem' }, words.question.problem),
    make('ul', { id: 'problems' }, ...[...errors].map(([path, text]) => make('li', {}, button('link', (event) => lead(event, path), text)))),
  );
}

/**
 * @param {Event} event
 * @param {string} path
 */
function lead({ currentTarget }, path) {
  const root = /** @type {HTMLElement} */ (currentTarget).getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const name = CSS.escape(path);
  const places = [`[name="${name}"]`, `[data-field="${name}"] :is(input, select)`, 'form :is(input, select)'];
  const field = places.map((place) => root.querySelector(place)).find(Boolean);
  if (field instanceof HTMLElement) field.focus();
}
