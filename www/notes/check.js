// @ts-check
/** @import { Desk } from "./annotator.js" */
/** @import { FurtherScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { title } from '../dom.js';
import { place } from '../place.js';
import { inLanguage } from '../words.js';
import { annotate } from './annotator.js';
import { Keeping } from './keeping.js';
import { noteList } from './list.js';
import { noteWords } from './words.js';

/** @type {WeakMap<import("../session.js").Session, Keeping>} */
const keepings = new WeakMap();

/**
 * Begins with notes in a check: from now on every question and every condition has a way to take one.
 * @param {View} view
 * @returns {Promise<FurtherScreen>}
 */
export async function notes({ session, annotated }) {
  if (!keepings.has(session)) {
    const keeping = new Keeping(session.study.id);
    keepings.set(session, keeping);
    session.notes.unshift(...(await keeping.before()));
  }
  annotated((root, view) => {
    const list = () => root.querySelector('[data-note-list]')?.replaceChildren(...listed(view, view.level + 1));
    const desk = deskOf(view);
    const changed = () => {
      desk.changed();
      list();
    };
    annotate(root, { ...desk, changed });
    list();
  });
  return { name: 'further', show: (view) => [title(view.level, noteWords[view.locale].heading), ...listed(view, 0)] };
}

/** @param {View} view @returns {Desk} */
function deskOf({ session, locale, say }) {
  return { notes: session.notes, said: noteWords[locale], say, changed: () => void keepings.get(session)?.changed(session.notes) };
}

/**
 * @param {View} view
 * @param {number} level
 */
function listed(view, level) {
  const { session, settings, ownPage, locale, refresh, say } = view;
  const keeping = keepings.get(session);
  const keep = (/** @type {boolean} */ wanted) => {
    keeping?.set(wanted, session.notes).then(refresh, () => say(noteWords[locale].notKept));
  };
  const pieces = noteList(deskOf(view), {
    level,
    source: `${place('trial.html').href}#${session.study.id}`,
    label: (block) => labelOf(view, block),
    kept: keeping?.kept ?? false,
    keep: ownPage && !settings.noKeep ? keep : undefined,
    refresh,
  });
  return pieces.filter((piece) => piece instanceof Node);
}

/**
 * @param {View} view
 * @param {string} block
 */
function labelOf({ session, locale }, block) {
  const [kind, ...rest] = block.split(':');
  const id = rest.join(':');
  const criterion = kind === 'criterion' && session.study.eligibility.criteria.find((one) => one.id === id);
  const question = kind === 'question' && session.questionOf(id);
  const text = criterion ? inLanguage(criterion.text, locale)?.short : question && inLanguage(question.text, locale)?.ask;
  return text || noteWords[locale].elsewhere(id || block);
}
