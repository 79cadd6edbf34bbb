// @ts-check
/** @import { Locale, Outcome, TrialDocument } from "../pkg/check.js" */
/** @import { AnyTrial } from "../connect.js" */
/** @import { Piece } from "../dom.js" */
/** @import { Screen } from "../journey.js" */
/** @import { Kept } from "../kept.js" */
/** @import { Arrival, Entrance } from "../share/open.js" */
/** @import { Opened, View } from "../view.js" */
/** @import { ElementSettings } from "./element-settings.js" */
/** @import { Whole } from "./loading.js" */
/** @import { Stage } from "./stage.js" */

import { now } from '../clock.js';
import { ComingTrial } from '../connect.js';
import { make } from '../dom.js';
import { Problem } from '../engine.js';
import { Journey } from '../journey.js';
import { OVER, Session } from '../session.js';
import { shownIn, words } from '../words.js';
import { problem } from '../screens/problem.js';
import { begin, opening, start, who } from '../screens/start.js';
import { localeAround } from './surroundings.js';

/** @typedef {{ index?: number, code?: string, outcome?: Outcome | null }} Detail  what an event tells */

/**
 * What the conversation needs of the element it is in.
 * @typedef {object} Around
 * @property {(name: string, detail?: Detail) => boolean} tell  says to the page what happens; false where it takes that in hand
 * @property {() => void} changed  the screen has changed
 * @property {() => void} again  tries once more after a failure
 * @property {(file: File) => void} open
 * @property {(address: string) => void} load  the trial at this address
 */

/** @typedef {typeof import("../screens/later.js")} Later */

/** The conversation with one person about one trial: the screens, their order, and what happens on them. */
export class Conversation {
  /** @type {Session | undefined} */
  session;
  /** @type {Problem | undefined} why it cannot go on */
  problem;
  /** @type {Opened | undefined} */
  opened;
  /** @type {Outcome | null} what the result screen said, while the page may know it */
  outcome = null;
  /** Whether the person could read that the page sees the answers. */
  told = false;
  /** @type {Later | Promise<Later> | undefined} */
  #later;
  /** Whether the trial is still on its way to the engine. */
  #coming = false;
  /** Whether all is there that the check needs. */
  #whole = false;
  /** @type {((root: ShadowRoot, view: View) => void) | undefined} */
  #decorate;
  /** @type {Kept | undefined} what the person kept on this device */
  #kept;
  /** @type {Entrance | undefined} asks for a code, in the place of every screen */
  #entrance;
  /** @type {Arrival | undefined} what comes in once its trial is there */
  #arrival;
  #settings;
  #stage;
  #around;
  #journey;
  #cleared = false;
  #turn = 0;
  #busy = false;
  /** @type {"person" | "page" | "loading"} at whose wish screens change */
  #wish = 'person';
  /** @type {Screen | undefined} the one that stands there now */
  #shown;

  /**
   * @param {ElementSettings} settings
   * @param {Stage} stage
   * @param {Around} around
   */
  constructor(settings, stage, around) {
    this.#settings = settings;
    this.#stage = stage;
    this.#around = around;
    this.#journey = new Journey(() => this.hold(), () => void this.#arrived(), () => settings.ownPage);
  }

  /** @returns {Locale} */
  get locale() {
    const wanted = localeAround(this.#settings);
    return this.session ? shownIn(wanted, this.session.trial.languages) : wanted;
  }

  /** Nothing is there yet, or any more. */
  empty() {
    this.session?.end();
    this.session = undefined;
    this.#coming = false;
    this.#whole = false;
    this.problem = undefined;
    this.outcome = null;
  }

  /**
   * Shows what can be shown of a trial before the engine has it, up to the first question that needs the engine.
   * @param {TrialDocument} study
   * @param {Promise<Whole>} whole
   */
  async preview(study, whole) {
    const { startWith, respondent, exposeAnswers } = this.#settings;
    const atOnce = startWith === 'questions' && !exposeAnswers;
    if (this.#entrance || this.#arrival || (atOnce && respondent)) return;
    const later = whole.then((all) => all.later);
    later.catch(() => {});
    this.#meet(new ComingTrial(study, whole.then(({ trial }) => trial)), later);
    this.#coming = true;
    try {
      if (this.session) start(this.#view(this.session));
    } catch {
      // no document after all: the engine says what is wrong with it
      this.session = undefined;
      this.#coming = false;
      return;
    }
    if (atOnce) await this.atTheWishOf('loading', begin);
    else await this.render();
  }

  /**
   * The trial that was on its way is there; false where none was.
   * @param {AnyTrial} trial
   */
  arrivedAt(trial) {
    if (!this.#coming) return false;
    this.#coming = false;
    const { locale } = this;
    this.session?.arrive(trial);
    if (this.locale !== locale) {
      this.hold();
      void this.render();
    }
    this.#lookForKept();
    return true;
  }

  /**
   * Says that no network is needed any more, once that is so.
   * @param {Promise<void>} complete
   */
  async completing(complete) {
    try {
      await complete;
      this.#whole = true;
      this.#stage.reveal();
    } catch (cause) {
      this.fail(cause);
    }
  }

  /**
   * @param {AnyTrial} trial
   * @param {Later} later
   */
  begin(trial, later) {
    this.#meet(trial, later);
    this.#lookForKept();
  }

  /**
   * @param {AnyTrial} trial
   * @param {Later | Promise<Later>} later
   */
  #meet(trial, later) {
    this.empty();
    this.#later = later;
    this.session = new Session(trial, () => this.#settings.asOf || now(), (cause) => this.fail(cause));
    this.#journey.forget();
  }

  #lookForKept() {
    if (this.#settings.ownPage && !this.#settings.noKeep) this.#remember().catch(() => {});
  }

  /** Finds what was kept. */
  async #remember() {
    this.#kept = await (await this.#later)?.kept(now());
    if (this.#kept && this.isAtStart && !this.#arrival) await this.render();
  }

  /**
   * Asks for the code of a sealed check.
   * @param {string} sealed
   * @param {boolean} [kept] on this device
   */
  async admit(sealed, kept = false) {
    try {
      const { entrance } = await import('../share/open.js');
      this.#entrance = entrance({ sealed, kept }, {
        enter: (address, arrival) => {
          this.#arrival = arrival;
          this.#entrance = undefined;
          this.#around.load(address);
        },
        leave: () => {
          this.#entrance = undefined;
          if (this.session) void this.#refresh();
          else this.#around.load(this.#settings.src);
        },
        refresh: () => this.#refresh(),
        say: (text) => this.#stage.announce(text, text !== ''),
      });
      await this.#refresh();
    } catch {
      this.fail(new Problem('engine'));
    }
  }

  /** Shows what was opened, now that its trial is there. */
  async arriving() {
    const arrival = this.#arrival;
    const { session } = this;
    if (!arrival || !session) return;
    await this.#act(async () => {
      const screen = await arrival(this.#view(session));
      this.#arrival = undefined;
      this.#journey.replace(screen);
    });
  }

  async #refresh() {
    await this.render();
    this.focus();
  }

  /**
   * Goes on with another session, whose own first screen lies behind this one.
   * @param {Session} session
   * @param {Screen} screen
   */
  #turnTo(session, screen) {
    this.session = session;
    this.outcome = null;
    this.#journey.forget();
    this.#journey.go(screen);
  }

  /** Whether answers are kept on this device. */
  get isKept() {
    return Boolean(this.#kept);
  }

  /** Whether the start screen is shown. */
  get isAtStart() {
    return this.#journey.current.name === 'start';
  }

  /**
   * At a screen gone through before.
   * @param {unknown} step
   */
  arrive(step) {
    this.#journey.arrive(step);
  }

  /** @returns {View} */
  #view(/** @type {Session} */ session) {
    const { locale } = this;
    const { respondent, headingLevel, ownPage } = this.#settings;
    if (respondent) session.respondent = respondent;
    return {
      words: words[locale],
      locale,
      level: headingLevel,
      settings: this.#settings,
      session,
      journey: this.#journey,
      ownPage,
      askWho: !respondent,
      opened: this.opened,
      whole: this.#whole,
      notice: this.#cleared ? words[locale].start.cleared : '',
      act: (deed) => void this.#act(deed),
      tell: this.#around.tell,
      kept: this.#kept,
      annotated: (decorate) => { this.#decorate = decorate; },
      remember: () => this.#remember(),
      say: (text) => this.#stage.announce(text, text !== ''),
      admit: () => this.#kept && void this.admit(this.#kept.sealed, true),
      refresh: () => void this.#refresh(),
      clear: () => void this.clear(),
      leave: () => void this.#leave(),
      open: this.#around.open,
      turnTo: (other, screen) => this.#turnTo(other, screen),
    };
  }

  /**
   * One thing at a time: what is pressed while the engine still works does nothing.
   * @param {() => Promise<void>} deed
   */
  async #act(deed) {
    if (this.#busy) return;
    this.#busy = true;
    if (this.#coming) this.#stage.announce(words[this.locale].start.loading, true);
    try {
      await deed();
    } catch (cause) {
      if (cause !== OVER) this.fail(cause);
    } finally {
      this.#busy = false;
    }
  }

  /**
   * What a page asks for is not told to it again, and what loading brings does not take the focus.
   * @param {"page" | "loading"} wish
   * @param {(view: View) => Promise<void>} deed
   */
  async atTheWishOf(wish, deed) {
    const { session } = this;
    if (!session) return;
    await this.#act(async () => {
      this.#wish = wish;
      await deed(this.#view(session)).finally(() => { this.#wish = 'person'; });
    });
  }

  /** Shows the screen as it now is, unless another one is to be shown before this one is done. */
  async render() {
    const turn = (this.#turn += 1);
    const { locale } = this;
    this.#stage.speak(words[locale]);
    try {
      const pieces = await this.#pieces(locale);
      if (turn === this.#turn) this.#show(pieces);
    } catch (cause) {
      if (turn === this.#turn) this.fail(cause);
    }
  }

  /** @param {Locale} locale @returns {Piece[] | Promise<Piece[]>} */
  #pieces(locale) {
    if (this.problem) return this.#broken(locale, this.problem);
    if (this.#entrance) return this.#entrance(locale, this.#settings.headingLevel);
    if (!this.session || !this.#later) return [...opening(words[locale], this.#settings.headingLevel), make('p', { class: 'loading' }, words[locale].start.loading)];
    return screenOf(this.#view(this.session), this.#journey.current, this.#later);
  }

  /** @param {Locale} locale @param {Problem} cause */
  #broken(locale, cause) {
    return problem(words[locale], this.#settings.headingLevel, cause, this.#around.again);
  }

  /** @param {Piece[]} pieces */
  #show(pieces) {
    const { ownPage, exposeAnswers } = this.#settings;
    this.#shown = this.#journey.current;
    this.#stage.show([this.#inPlaceOf(), ...pieces]);
    const root = this.#settings.shadowRoot;
    if (root && this.session && !this.problem && !this.#entrance) this.#decorate?.(root, this.#view(this.session));
    if (this.#shown.name === 'start' && this.session) this.told = exposeAnswers;
    if (ownPage) document.title = (this.#stage.summary ? words[this.locale].errorTitle : '') + words[this.locale].product;
    this.#around.changed();
  }

  /** Says why the language is another than the one that is wanted. */
  #inPlaceOf() {
    const wanted = localeAround(this.#settings);
    return wanted !== this.locale && make('p', { class: 'notice', part: 'note', lang: wanted }, words[wanted].otherLanguage);
  }

  focus() {
    this.#stage.focus(this.#settings.ownPage);
  }

  /** What stands in the form stays with its screen. */
  hold() {
    const screen = this.#journey.current;
    if (screen === this.#shown && (screen.name === 'question' || screen.name === 'who' || screen.name === 'further')) screen.draft = this.#stage.draft ?? screen.draft;
  }

  async #arrived() {
    const wish = this.#wish;
    if (this.#journey.index > 0) this.#cleared = false;
    await this.render();
    if (wish !== 'loading') this.focus();
    if (wish === 'person') this.#around.tell('prescreen-step', { index: this.#journey.index });
    if (this.#journey.current.name === 'result' && !this.problem) await this.#concluded();
  }

  async #concluded() {
    const open = this.#settings.exposeAnswers && this.told;
    this.outcome = open ? ((await this.session?.explain(this.locale))?.outcome ?? null) : null;
    this.#around.tell('prescreen-outcome', open ? { outcome: this.outcome } : {});
  }

  async clear() {
    const wish = this.#wish;
    this.session?.clear();
    if (this.#settings.ownPage) await (await this.#later)?.forget();
    this.#kept = undefined;
    this.outcome = null;
    this.#journey.forget();
    this.#cleared = true;
    await this.#arrived();
    this.#stage.announce(words[this.locale].start.cleared);
    if (wish === 'person') this.#around.tell('prescreen-clear');
  }

  async #leave() {
    const address = this.#settings.quickExit;
    await this.clear().finally(() => location.replace(address));
  }

  /** @param {unknown} cause */
  fail(cause) {
    if (this.problem) return;
    this.problem = cause instanceof Problem ? cause : new Problem('failure');
    this.#turn += 1;
    this.#show(this.#broken(this.locale, this.problem));
    // nobody who only reads another page is torn away from it
    if (this.session || this.#settings.ownPage) this.focus();
    this.#around.tell('prescreen-error', { code: this.problem.diagnostics[0]?.code ?? this.problem.kind });
  }
}

/**
 * @param {View} view
 * @param {Screen} screen
 * @param {Later | Promise<Later>} later
 * @returns {Promise<Piece[]>}
 */
async function screenOf(view, screen, later) {
  if (screen.name === 'start') return (view.session.trial.start ?? start)(view);
  if (screen.name === 'who') return who(view, screen);
  return (await later).laterScreen(view, screen);
}
