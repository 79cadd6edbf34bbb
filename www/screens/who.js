// @ts-check
/** @import { Respondent } from "../pkg/trial_prescreen.js" */
/** @import { WhoScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { make, title } from '../dom.js';
import { message, option } from '../fields/controls.js';
import { following } from '../flow.js';
import { framed } from '../view.js';
import { summary } from './summary.js';

/**
 * @param {View} view
 * @param {WhoScreen} screen
 */
export function who(view, screen) {
  const { words, level, session, journey } = view;
  const draft = screen.draft ?? new FormData();
  const errors = new Map(screen.errors?.map(({ path = '' }) => [path, words.who.choose]));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const chosen = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('respondent');
    screen.errors = chosen ? undefined : [{ code: 'no-answer', path: 'respondent', severity: 'error', message: '', help: '' }];
    if (!chosen) return view.refresh();
    session.respondent = /** @type {Respondent} */ (chosen);
    journey.go(following(view));
  };
  return framed(
    view,
    summary(words, level, errors),
    make(
      'form',
      { novalidate: true, autocomplete: 'off', onsubmit: submit },
      make(
        'fieldset',
        { 'aria-describedby': errors.size > 0 && 'error-respondent' },
        make('legend', {}, title(level, words.who.heading)),
        message(words, errors, 'respondent'),
        make(
          'div',
          { class: 'options', 'data-field': 'respondent' },
          option('radio', 'respondent', 'patient', words.who.patient, draft),
          option('radio', 'respondent', 'caregiver', words.who.caregiver, draft),
          option('radio', 'respondent', 'staff', words.who.staff, draft, words.who.staffHint),
        ),
      ),
      make('p', { class: 'actions' }, make('button', { type: 'submit', class: 'primary', part: 'button primary' }, words.question.continue)),
    ),
  );
}
