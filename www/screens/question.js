// @ts-check
/** @import { QuestionScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { make, title } from '../dom.js';
import { fieldOf } from '../fields/field.js';
import { submit } from '../submit.js';
import { framed, onward, summary } from '../view.js';
import { errorWords } from '../fields/words.js';
import { inLanguage } from '../words.js';

/**
 * @param {View} view
 * @param {QuestionScreen} screen
 */
export function question(view, screen) {
  const { words, locale, level, settings, session } = view;
  const { question, offsets = [] } = screen;
  const [item] = question.items;
  const field = fieldOf(question);
  const text = inLanguage(question.text, locale);
  const errors = new Map(
    screen.errors?.map(({ code, path }) => {
      const place = path || field.main;
      return [place, errorWords(locale, code, place)];
    }),
  );
  const draft = (screen.draft ??= session.draft(question.id) ?? new FormData());
  const described = [text?.hint && 'hint', errors.has(field.main) && `error-${field.main}`].filter(Boolean).join(' ');
  const staff = session.respondent === 'staff';
  return framed(
    view,
    summary(words, level, errors),
    make(
      'form',
      {
        novalidate: true, autocomplete: 'off', 'data-question': question.id, 'data-block': `question:${question.id}`, oninput: takeBack,
        onsubmit: (event) => {
          event.preventDefault();
          const draft = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
          view.act(() => submit(view, screen, draft));
        },
      },
      make('p', { class: 'caption', part: 'caption' }, caption(view, screen)),
      screen.trying && make('p', { class: 'notice', part: 'note' }, words.question.trying),
      session.isPrefilled(question.id) && make('p', { class: 'notice', part: 'note' }, words.question.prefilled),
      make(
        'fieldset',
        { part: 'question', 'aria-describedby': described || null },
        make('legend', { id: 'ask' }, title(level, text?.ask ?? item.key)),
        text?.hint && make('p', { class: 'hint', part: 'hint', id: 'hint' }, text.hint),
        question.sensitive && text?.why && make('p', { class: 'why' }, text.why),
        ...field.build({ words, locale, question, item, text, draft, errors, offsets, asOf: session.asOf, before: session.factsWith(question.id, []), staff, units: settings.units }),
      ),
      more(words.question.where, text?.place),
      !question.sensitive && more(words.question.why, text?.why),
      onward(words),
    ),
  );
}

/**
 * @param {View} view
 * @param {QuestionScreen} screen
 */
function caption({ words, session }, { question, expected, atMost, returning }) {
  const number = words.question.number(session.number(question.id));
  return returning ? number : `${number} · ${words.question.left(Math.max(expected - 1, 0), Math.max(atMost - 1, 0))}`;
}

/**
 * @param {string} label
 * @param {string | undefined} text
 */
function more(label, text) {
  return text && make('details', {}, make('summary', {}, label), make('p', {}, text));
}

/**
 * Whoever fills in a field takes back "I am not sure".
 * @param {Event} event
 */
function takeBack({ target, currentTarget }) {
  if (!(currentTarget instanceof Element) || (target instanceof HTMLInputElement && target.name === 'absent')) return;
  for (const absent of currentTarget.querySelectorAll('[name="absent"]')) {
    if (absent instanceof HTMLInputElement) absent.checked = false;
  }
}
