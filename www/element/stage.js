// @ts-check
/** @import { Piece } from "../dom.js" */
/** @import { Words } from "../words/en.js" */

import { make } from '../dom.js';

/** Where screens are shown, and the line in which the check speaks to those who listen. */
export class Stage {
  #screen = make('div', { class: 'screen' });
  #status = make('p', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  root = make('div', { class: 'root', part: 'root' }, make('slot', { name: 'header' }), this.#status, this.#screen);

  /** @param {Words} words */
  speak({ locale, direction }) {
    this.root.lang = locale;
    this.root.dir = direction;
  }

  /** @param {Piece[]} pieces */
  show(pieces) {
    this.#screen.replaceChildren(...pieces.filter((piece) => piece !== false && piece != null));
  }

  /** The errors of the screen, where it has any. */
  get summary() {
    return /** @type {HTMLElement | null} */ (this.#screen.querySelector('.summary'));
  }

  /** What stands in the form. */
  get draft() {
    const form = this.#screen.querySelector('form');
    return form ? new FormData(form) : undefined;
  }

  /** @param {boolean} ownPage whether the page may be scrolled to its top */
  focus(ownPage) {
    if (ownPage) window.scrollTo(0, 0);
    const target = this.summary ?? this.#screen.querySelector('.title');
    if (target instanceof HTMLElement) target.focus({ preventScroll: ownPage && !this.summary });
  }

  /**
   * @param {string} text
   * @param {boolean} [visible]
   */
  announce(text, visible = false) {
    this.#status.textContent = text;
    this.#status.className = visible ? 'notice' : 'spoken';
  }

  /** Shows what holds only once all is there. */
  reveal() {
    this.#screen.querySelector('.airplane')?.removeAttribute('hidden');
  }

  /** Opens all that is folded, for paper. */
  unfold() {
    for (const details of this.#screen.querySelectorAll('details')) details.open = true;
  }
}
