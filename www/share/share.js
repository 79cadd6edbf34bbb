// @ts-check
/** @import { Locked } from "../sealing.js" */
/** @import { FurtherScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { actions, button, heading, make, title } from '../dom.js';
import { dayAfter } from '../kept.js';
import { place } from '../place.js';
import { save } from '../save.js';
import { summary } from '../view.js';
import { contentOf } from './content.js';
import { boxes, days, daysIn, form, untouched } from './form.js';
import { dress } from './look.js';
import { drawn } from './qr.js';
import { sealer } from './sealer.js';
import { share } from './words.js';

/** Longer addresses are cut on old ways of mail. */
const LONGEST = 2000;

/**
 * @typedef {object} Sharing
 * @property {Map<string, string>} errors
 * @property {string} [failure]
 * @property {Locked} [made]
 * @property {boolean} [hidden] the code was copied, and need not be seen any more
 */

/**
 * The screen on which a person chooses what to share, and gets it.
 * @returns {FurtherScreen}
 */
export function sharing() {
  /** @type {Sharing} */
  const state = { errors: new Map() };
  /** @type {FurtherScreen} */
  const screen = {
    name: 'further',
    draft: untouched(),
    show: (view) => (state.made ? given(view, state, state.made) : chosen(view, state, screen.draft ?? untouched())),
  };
  return screen;
}

/**
 * @param {View} view
 * @param {Sharing} state
 * @param {FormData} draft
 */
function chosen(view, state, draft) {
  const { words, locale, level, session } = view;
  const said = share[locale];
  /** @type {[string, string][]} */
  const parts = [['answers', said.answers], ['result', said.result]];
  if (session.notes.length > 0) parts.push(['notes', said.notes]);
  return [
    summary(words, level, state.errors),
    title(level, said.heading),
    make('p', { class: 'lead' }, said.lead),
    state.failure && make('p', { class: 'notice', part: 'note' }, state.failure),
    form(
      (entered) => view.act(() => lock(view, state, entered)),
      boxes(view, 'include', said.include, parts, draft, state.errors),
      days(view, said, said.days, draft),
      make('p', { class: 'hint' }, said.daysHint),
      actions(make('button', { type: 'submit', class: 'primary', part: 'button primary' }, said.make)),
    ),
  ];
}

/**
 * @param {View} view
 * @param {Sharing} state
 * @param {FormData} draft
 */
async function lock(view, state, draft) {
  const { locale, session } = view;
  const said = share[locale];
  const included = draft.getAll('include');
  state.failure = '';
  state.errors = new Map(included.length > 0 ? [] : [['include', said.choose]]);
  if (included.length > 0) {
    view.say(said.locking);
    const outcome = included.includes('result') ? (await session.explain(locale)).outcome : undefined;
    const ends = dayAfter(session.asOf, daysIn(draft));
    const content = await contentOf(session, { answers: included.includes('answers'), notes: included.includes('notes'), outcome, ends, locale });
    try {
      state.made = await sealer('lock', { content, address: page() });
      if (state.made) view.tell('prescreen-share');
      else state.failure = said.tooMuch;
    } catch {
      state.failure = said.failed;
    }
    view.say('');
  }
  view.refresh();
}

/**
 * @param {View} view
 * @param {Sharing} state
 * @param {Locked} made
 */
function given(view, state, { code, sealed, squares }) {
  const { locale, level } = view;
  const said = share[locale];
  dress(view);
  const link = `${page()}#${sealed}`;
  const fits = link.length <= LONGEST;
  const section = (/** @type {string} */ text) => heading(level + 1, {}, text);
  /** @param {string} text @param {string} done */
  const copy = async (text, done) => {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    view.say(copied ? done : said.notCopied);
    return copied;
  };
  const copyCode = async () => {
    if (!(await copy(code, said.codeCopied))) return;
    state.hidden = true;
    view.refresh();
  };
  const show = () => {
    state.hidden = false;
    view.refresh();
  };
  const anew = () => {
    state.made = undefined;
    view.refresh();
  };
  return [
    title(level, said.madeHeading),
    make('p', { class: 'notice', part: 'warning' }, make('strong', {}, said.warning)),
    section(said.linkHeading),
    ...(fits
      ? [make('p', { class: 'link-text' }, link), actions(button('secondary', () => copy(link, said.linkCopied), said.copyLink))]
      : [make('p', {}, said.linkTooLong)]),
    section(said.codeHeading),
    make('p', {}, said.twoWays),
    ...(state.hidden
      ? [actions(button('secondary', show, said.showCode))]
      : [make('p', { class: 'code' }, code), actions(button('secondary', copyCode, said.copyCode))]),
    section(said.deskHeading),
    ...(squares
      ? [make('p', {}, said.desk), make('figure', {}, drawn(squares, said.picture), make('figcaption', {}, location.host))]
      : [make('p', {}, said.tooLongForPicture)]),
    section(said.fileHeading),
    make('p', {}, said.fileHint),
    actions(
      button('secondary', () => save(said.fileName, 'text/plain', sealed), said.file),
      button('secondary', anew, said.other),
    ),
  ];
}

/** Where shared checks are opened: on our own page alone. */
function page() {
  return place('check.html').href;
}
