// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Panel } from "../panel.js" */
/** @import { Study } from "./shape.js" */
/** @import { StudyWords } from "./words/en.js" */

import { make } from '../dom.js';
import { words as shared } from '../words.js';

/** The form that writes to a study, in its page: loaded once it is wanted, and the same when the language changes. */
export class Letter {
  #host = make('div', { class: 'letter' });
  #study;
  #endpoint;
  /** @type {Panel | undefined} */
  #panel;
  #failed = false;

  /**
   * @param {Study} study
   * @param {string} endpoint where the site wants messages; empty where it wants none
   */
  constructor(study, endpoint) {
    this.#study = study;
    this.#endpoint = endpoint;
  }

  /**
   * @param {StudyWords} words
   * @param {Locale} locale
   */
  shown(words, locale) {
    if (this.#panel) void this.#panel.speak(locale);
    else this.#offer(words, locale);
    return this.#host;
  }

  /** @param {StudyWords} words @param {Locale} locale */
  #offer(words, locale) {
    this.#host.replaceChildren(
      make('button', { type: 'button', class: 'secondary', onclick: () => void this.#open(words, locale) }, words.write),
      make('p', { role: 'status' }, this.#failed ? shared[locale].further.missing : ''),
    );
  }

  /** @param {StudyWords} words @param {Locale} locale */
  async #open(words, locale) {
    try {
      const [{ Panel }, { contact }] = await Promise.all([import('../panel.js'), import('../contact/contact.js')]);
      this.#host.replaceChildren();
      this.#panel = new Panel(this.#host, 3, contact(this.#study, { endpoint: this.#endpoint }));
      await this.#panel.speak(locale, true);
    } catch {
      this.#failed = true;
      this.#offer(words, locale);
    }
  }
}
