// @ts-check
/** @import { Channel, Diagnostic, LogAct, LogHeader, LogLayout, LogState, OtherReason } from "../pkg/trial_prescreen.js" */
/** @import { Hand } from "./book.js" */
/** @import { Room } from "./room.js" */
/** @import { Tell } from "./turns.js" */

import { ending } from './turns.js';
import { judges } from './versions.js';

/** Writes the logs: the errands of their screen. */
export class Scribe {
  #room;
  /** Which page of attempts is looked at. */
  #attempts = 0;

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
  }

  /**
   * A new log for the trial of the list, one from a file, or the one that is kept on this device.
   * @param {{ header?: Omit<LogHeader, "edition">, bytes?: Uint8Array, code?: string, by: Hand }} given
   */
  async begin({ header, bytes, code, by }) {
    this.#room.hand = by;
    const { id } = this.#room.own.study;
    const kept = code === undefined ? undefined : await this.#room.safe.open(id, code);
    if (code !== undefined && !kept) return { locked: true, diagnostics: [], book: await this.book() };
    const text = bytes ?? kept;
    const { foreign, diagnostics } = text ? this.#room.ledger.read(text, id) : header ? this.#room.ledger.begin(header, this.#room.own) : { foreign: undefined, diagnostics: [] };
    if (!foreign && diagnostics.length === 0) {
      for (const person of this.#room.people) person.logged.delete(id);
      this.#room.settle();
      diagnostics.push(...this.#room.ledger.begun(id, this.#room.stamp));
      await this.#room.save();
    }
    return { foreign, diagnostics, book: await this.book() };
  }

  /** The log of the trial as it stands. @param {{ page: number }} [given] which attempts are looked at from now on */
  async book(given) {
    this.#attempts = given?.page ?? this.#attempts;
    const { id } = this.#room.own.study;
    const book = this.#room.ledger.book(id);
    const people = [...this.#room.people];
    return book && {
      ...book.view(this.#room.today, this.#attempts),
      keeps: this.#room.safe.keeps(id),
      unlogged: people.filter(({ logged }) => !logged.has(id)).length,
      force: this.#room.force(this.#room.own),
      asked: this.#room.asked(() => undefined),
    };
  }

  /** Whether a log of the trial is kept on this device. @param {undefined} [_given] */
  async kept(_given) {
    return this.#room.safe.has(this.#room.own.study.id);
  }

  /**
   * The log of the trial is kept on this device from now on; no code comes where this browser keeps nothing, nor where
   * another log of it is kept that is not to be replaced.
   * @param {{ replace: boolean }} given
   */
  async keep({ replace }) {
    const { id } = this.#room.own.study;
    if (!replace && !this.#room.safe.keeps(id) && (await this.#room.safe.has(id))) return { taken: true, book: await this.book() };
    const code = await this.#room.safe.keep(id, this.#room.ledger.book(id)?.text() ?? '');
    return { code, book: await this.book() };
  }

  /** What is kept of the log on this device is deleted; what is open stays open. @param {undefined} [_given] */
  async wipe(_given) {
    await this.#room.safe.wipe(this.#room.own.study.id);
    return this.book();
  }

  /** @param {Diagnostic[]} diagnostics */
  async #written(diagnostics) {
    await this.#room.save();
    return { diagnostics, book: await this.book() };
  }

  /**
   * Everyone of the list, or one of them, as confirmed, goes into the log: those who are not in it yet, and those of whom
   * something changed. Nobody does while the version of the trial that applies is not open.
   * @param {{ channel: Channel, detail: string, number?: number }} given
   * @param {Tell} [tell]
   */
  async enter({ number, ...given }, tell) {
    /** @type {Diagnostic[]} */
    const diagnostics = [];
    this.#room.settle();
    if (!judges(this.#room.force(this.#room.own))) return this.#written(diagnostics);
    const pause = this.#room.pause('judging', tell);
    const people = number === undefined ? this.#room.people : [this.#room.people.get(number)];
    await ending(async () => {
      for (const person of people) {
        diagnostics.push(...this.#room.ledger.enter(person, this.#room.own, this.#room.entering(given)));
        await pause();
      }
    });
    // what is the same of many is said once
    return this.#written([...new Map(diagnostics.map((one) => [one.message, one])).values()]);
  }

  /**
   * Somebody of the list is in the log already: the same attempt, or an earlier one.
   * @param {{ number: number, logged: number, again: boolean }} given
   */
  async known({ number, logged, again }) {
    const person = this.#room.people.get(number);
    const { id } = this.#room.own.study;
    if (!this.#room.ledger.book(id)?.row(logged)) return { unknown: true, diagnostics: [], book: await this.book() };
    if (!again) {
      person.logged.set(id, logged);
      return this.#written([]);
    }
    person.logged.delete(id);
    this.#room.ledger.write(person, id, (person) => ({ linked: { person, earlier: logged } }), this.#room.stamp);
    return this.#written(this.#room.ledger.enter(person, this.#room.own, this.#room.entering({ channel: 'chart', detail: '' })));
  }

  /** An attempt in the log is of somebody who had an earlier one. @param {{ person: number, earlier: number }} linked */
  async link(linked) {
    return this.#written(this.#write({ linked }));
  }

  /** @param {{ person: number, state: LogState, criteria?: string[], other?: OtherReason, words: string }} given */
  async state({ person, state, criteria, other, words }) {
    return this.#written(this.#write({ state: { person, state, criteria, other, words: words || undefined } }));
  }

  /** The site works under the version that is open from a day on. @param {{ on: string }} given */
  async activate({ on }) {
    const diagnostics = this.#write({ activated: { edition: this.#room.own.trial.edition(), on } });
    this.#room.settle();
    return this.#written(diagnostics);
  }

  /** A copy of the log in a layout, and a line that it was made; the log itself without one. @param {{ layout?: LogLayout }} given */
  async copy({ layout }) {
    const book = this.#room.ledger.book(this.#room.own.study.id);
    if (!layout) return book?.text();
    const text = book?.copy(layout);
    if (text === undefined) return undefined;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
    this.#write({ exported: { layout, digest: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') } });
    await this.#room.save();
    return text;
  }

  /** @param {LogAct} act */
  #write(act) {
    return this.#room.ledger.book(this.#room.own.study.id)?.write(act, this.#room.stamp).diagnostics ?? [];
  }
}
