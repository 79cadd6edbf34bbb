// @ts-check
/** @import { Locale } from "./pkg/check.js" */
/** @import { FurtherScreen } from "./journey.js" */
/** @import { Place } from "./view.js" */

import { button, icon, make } from './dom.js';
import { Stage } from './element/stage.js';
import { Journey } from './journey.js';
import { MISSING } from './screens/part.js';
import { sheet } from './style.js';
import { words } from './words.js';

/** Where a part of the check stands alone in a page of the site: its screens, and the way back through them. */
export class Panel {
  #stage = new Stage();
  #journey;
  #level;
  #turn = 0;
  #busy = false;
  /** @type {Locale} */
  #locale = 'en';
  /** @type {unknown} the screen that stands there now */
  #shown;

  /**
   * @param {HTMLElement} host
   * @param {number} level of the headings
   * @param {FurtherScreen<Place>} first
   */
  constructor(host, level, first) {
    this.#level = level;
    this.#journey = new Journey(() => this.#hold(), () => void this.#show(true), () => false, first);
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet()];
    shadow.append(this.#stage.root);
  }

  /**
   * Shows the screen in this language.
   * @param {Locale} locale
   * @param {boolean} [focus] whether somebody has asked for it just now
   */
  async speak(locale, focus = false) {
    this.#hold();
    this.#locale = locale;
    await this.#show(focus);
  }

  /** @returns {Place} */
  get #place() {
    return {
      words: words[this.#locale],
      locale: this.#locale,
      level: this.#level,
      journey: this.#journey,
      ownPage: true,
      act: (deed) => void this.#act(deed),
      refresh: () => void this.#show(true),
    };
  }

  /** @param {() => Promise<void>} deed */
  async #act(deed) {
    if (this.#busy) return;
    this.#busy = true;
    await deed().catch(() => this.#journey.go(MISSING)).finally(() => { this.#busy = false; });
  }

  /** @param {boolean} focus */
  async #show(focus) {
    const turn = (this.#turn += 1);
    const place = this.#place;
    const screen = this.#journey.current;
    const shown = /** @type {FurtherScreen<Place>} */ (screen.name === 'further' ? screen : MISSING);
    const pieces = await Promise.resolve().then(() => shown.show(place)).catch(() => MISSING.show(place));
    if (turn !== this.#turn) return;
    this.#shown = screen;
    this.#stage.speak(place.words);
    this.#stage.show([this.#journey.index > 0 && this.#back(place), ...pieces]);
    if (focus) this.#stage.focus(false);
  }

  /** @param {Place} place */
  #back({ words: { question }, journey }) {
    return make('p', { class: 'bar' }, button('back', () => journey.back(), icon('back'), question.back));
  }

  /** What stands in the form stays with its screen. */
  #hold() {
    const screen = this.#journey.current;
    if (screen === this.#shown && screen.name === 'further') screen.draft = this.#stage.draft ?? screen.draft;
  }
}
