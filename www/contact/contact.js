// @ts-check
/** @import { Locale, TrialDocument } from "../pkg/check.js" */
/** @import { FurtherScreen } from "../journey.js" */
/** @import { Place } from "../view.js" */
/** @import { Endpoint } from "./endpoint.js" */
/** @import { Field, Fault } from "./entered.js" */
/** @import { Message, Told } from "./message.js" */

import { inLanguage } from '../words.js';
import { endpointAt } from './endpoint.js';
import { entered, order } from './entered.js';
import { form } from './form.js';
import { written } from './message.js';
import { preview, sent } from './preview.js';
import { words } from './words.js';

/** @typedef {Pick<TrialDocument, "id" | "title" | "contacts">} Study */
/** @typedef {(locale: Locale) => Promise<Told>} Tell  what the check could add */

/**
 * The first screen of the form.
 * @param {Study} study
 * @param {{ endpoint?: string, tell?: Tell }} [more] where the site wants messages, as it wrote it; nothing is told without a check
 * @returns {FurtherScreen<Place>}
 */
export function contact(study, { endpoint = '', tell } = {}) {
  return new Contact(study, endpointAt(endpoint), tell).form;
}

/** One message on its way: in memory, and gone with the page. */
export class Contact {
  /** @type {FurtherScreen<Place>} */
  form = { name: 'further', show: (place) => form(place, this) };
  /** @type {FurtherScreen<Place>} */
  preview = { name: 'further', show: (place) => preview(place, this) };
  /** @type {FurtherScreen<Place>} */
  sent = { name: 'further', show: (place) => sent(place, this) };
  /** @type {Map<Field, Fault>} */
  errors = new Map();
  /** @type {"no" | "now" | "failed"} */
  sending = 'no';
  /** @type {FormData | undefined} what was typed in the message that arrived */
  delivered;

  /**
   * @param {Study} study
   * @param {Endpoint} endpoint
   * @param {Tell | undefined} tell
   */
  constructor(study, endpoint, tell) {
    this.study = study;
    this.endpoint = endpoint;
    this.tell = tell;
  }

  get draft() {
    return this.form.draft ?? new FormData();
  }

  /**
   * @param {Locale} locale
   * @returns {Promise<Message>}
   */
  async message(locale) {
    const { draft, study } = this;
    const ticked = draft.getAll('along');
    const told = ticked.length > 0 ? await this.tell?.(locale) : undefined;
    const added = { result: [], answers: [], ...told };
    if (!ticked.includes('result')) added.result = [];
    if (!ticked.includes('answers')) added.answers = [];
    const typed = entered(draft);
    const fields = order(locale).map((field) => /** @type {[Field, string]} */ ([field, typed[field]]));
    return written(words[locale], study, inLanguage(study.title, locale) ?? '', fields, added);
  }

  get isDelivered() {
    return this.delivered !== undefined && this.delivered === this.form.draft;
  }
}
