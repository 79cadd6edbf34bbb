// @ts-check
/** @import { FurtherScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { dateWords } from '../day.js';
import { actions, button, list, make, title } from '../dom.js';
import { CHECK, dayAfter, within } from '../kept.js';
import { contentOf } from './content.js';
import { boxes, days, daysIn, form, untouched } from './form.js';
import { dress } from './look.js';
import { sealer } from './sealer.js';
import { share } from './words.js';

/** @typedef {{ failure?: string, code?: string, until: string }} Keeping */

/**
 * The screen on which a person keeps the answers on the device, and gets the code.
 * @returns {FurtherScreen}
 */
export function keeping() {
  /** @type {Keeping} */
  const state = { until: '' };
  /** @type {FurtherScreen} */
  const screen = {
    name: 'further',
    draft: untouched(),
    show: (view) => (state.code ? done(view, state.code, state.until) : asked(view, state, screen.draft ?? untouched())),
  };
  return screen;
}

/**
 * @param {View} view
 * @param {Keeping} state
 * @param {FormData} draft
 */
function asked(view, state, draft) {
  const { locale, level, session } = view;
  const said = share[locale];
  return [
    title(level, said.keep.heading),
    make('p', { class: 'lead' }, said.keep.lead),
    list([said.keep.one, said.keep.shared]),
    state.failure && make('p', { class: 'notice', part: 'note' }, state.failure),
    form(
      (entered) => view.act(() => lock(view, state, entered)),
      session.notes.length > 0 && boxes(view, 'include', said.notes, [['notes', said.keep.notes]], draft, new Map()),
      days(view, said, said.keep.days, draft),
      actions(make('button', { type: 'submit', class: 'primary', part: 'button primary' }, said.keep.button)),
    ),
  ];
}

/**
 * @param {View} view
 * @param {Keeping} state
 * @param {FormData} draft
 */
async function lock(view, state, draft) {
  const { locale, session } = view;
  const said = share[locale];
  const until = dayAfter(session.asOf, daysIn(draft));
  state.failure = '';
  view.say(said.locking);
  const { outcome } = await session.explain(locale);
  const content = await contentOf(session, { answers: true, notes: draft.has('include'), outcome, ends: until, locale });
  const locked = await sealer('lock', { content }).catch(() => null);
  if (locked) {
    try {
      await within((store) => store.put({ sealed: locked.sealed, until }, CHECK), true);
      await view.remember();
      state.until = until;
      state.code = locked.code;
    } catch {
      state.failure = said.keep.failed;
    }
  } else {
    state.failure = locked === null ? said.failed : said.tooMuch;
  }
  view.say('');
  view.refresh();
}

/**
 * @param {View} view
 * @param {string} code
 * @param {string} until
 */
function done(view, code, until) {
  const { locale, level, journey } = view;
  const { keep: said } = share[locale];
  dress(view);
  return [
    title(level, said.keptHeading),
    make('p', { class: 'lead' }, make('strong', {}, said.write)),
    make('p', { class: 'code' }, code),
    make('p', {}, said.until(dateWords(locale, until))),
    make('p', {}, said.gone),
    actions(
      button('primary', () => journey.back(), said.done),
      button('secondary', () => journey.go({ name: 'clear' }), said.forget),
    ),
  ];
}
