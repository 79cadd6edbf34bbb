// @ts-check
/** @import { Hello, Told } from "./frame/messages.js" */

import { Settings } from './element/settings.js';
import { PASSED, isHere, toldIn } from './frame/messages.js';

const PATIENCE = 15_000;
const TITLES = { en: 'Check if a study may be right for you', zh: '看看某项研究是否可能适合您' };
const CSS = `
:host { display: block; position: relative; }
:host([hidden]) { display: none; }
iframe { display: block; inline-size: 100%; block-size: 24rem; border: 0; color-scheme: auto; }
/* what is below is out of sight until it is known how high the check is: so nothing moves that is seen */
.loading:not([hidden]) { display: block; min-block-size: 100vh; }
iframe.coming { position: absolute; visibility: hidden; }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/**
 * A pre-screening check in a frame of the site it comes from, as high as what it shows. The page around sees its height,
 * which screen it is at, and that it came to a result: never what is typed, nor what came out.
 *
 * @attr {string} src - address of the check, `https://check.example.org/frame.html#NCT07084012`
 * @attr {string} lang - language; the nearest ancestor's where absent
 * @attr {string} title - the frame's name for those who do not see it
 * @attr {"patient"|"caregiver"|"staff"} respondent - who answers; asked where absent
 * @attr {"auto"|"light"|"dark"} theme - light or dark
 * @attr {"auto"|"metric"|"us"} units - which units of a result come first
 * @attr {"intro"|"questions"} start - the first screen
 * @attr {boolean} no-share - nothing can be shared
 * @attr {boolean} no-notes - no notes can be taken
 * @prop {"idle"|"loading"|"ready"|"error"} status - how far it is
 * @fires prescreen-ready - the check can be used
 * @fires prescreen-step - another screen is shown: its number in `detail.index`
 * @fires prescreen-outcome - the result is shown; the detail is empty
 * @fires prescreen-contact - somebody is about to reach the study
 * @fires prescreen-error - the check cannot run: why in `detail.code`
 * @fires prescreen-clear - all answers were deleted
 * @slot - shown until the check comes, and beside it where it cannot run: a telephone number
 * @csspart frame - the frame
 */
export class TrialPrescreenFrame extends Settings {
  static observedAttributes = ['src', 'title', ...PASSED];

  #frame = document.createElement('iframe');
  #fallback = document.createElement('slot');
  #nonce = '';
  #origin = '';
  /** @type {"idle" | "loading" | "ready" | "error"} */
  #status = 'idle';
  #slow = 0;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
    }
    shadow.adoptedStyleSheets = [sheet];
    const attributes = {
      // without `allow-forms` no form can even be read; that none is sent is for the policy of the frame's own page
      sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads',
      allow: 'clipboard-write; web-share',
      referrerpolicy: 'no-referrer',
      part: 'frame',
    };
    for (const [name, value] of Object.entries(attributes)) this.#frame.setAttribute(name, value);
    shadow.append(this.#fallback, this.#frame);
  }

  connectedCallback() {
    this.upgrade();
    window.addEventListener('message', this.#hear);
    this.#load();
  }

  disconnectedCallback() {
    window.removeEventListener('message', this.#hear);
    clearTimeout(this.#slow);
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} after
   */
  attributeChangedCallback(name, before, after) {
    if (this.#status === 'idle' || !this.isConnected || before === after) return;
    if (name === 'src') this.#load();
    else this.#greet(this.#nonce);
  }

  get status() {
    return this.#status;
  }

  #load() {
    clearTimeout(this.#slow);
    this.#fallback.hidden = false;
    const address = URL.canParse(this.src, document.baseURI) ? new URL(this.src, document.baseURI) : undefined;
    if (!address || !/^https?:$/.test(address.protocol)) return this.#fail('frame');
    this.#status = 'loading';
    this.#frame.className = 'loading coming';
    this.#fallback.className = 'loading';
    this.#nonce = '';
    this.#origin = address.origin;
    this.#slow = setTimeout(() => this.#fail('frame'), PATIENCE);
    this.#frame.src = address.href;
    this.#frame.title = this.#name;
    return undefined;
  }

  get #language() {
    const root = this.getRootNode();
    const around = this.closest('[lang]') ?? (root instanceof ShadowRoot ? root.host.closest('[lang]') : null) ?? document.documentElement;
    return around.getAttribute('lang') ?? '';
  }

  get #name() {
    return this.getAttribute('title') ?? (/^zh\b/i.test(this.#language) ? TITLES.zh : TITLES.en);
  }

  /**
   * Says who speaks, and how the check is to be. Only a frame of the site it was meant for hears it.
   * @param {string} nonce
   */
  #greet(nonce) {
    if (!nonce) return;
    this.#nonce = nonce;
    this.#frame.title = this.#name;
    const set = PASSED.flatMap((name) => (this.hasAttribute(name) ? [[name, this.getAttribute(name)]] : []));
    /** @type {Hello} */
    const hello = { prescreen: 'hello', nonce, settings: { ...Object.fromEntries(set), lang: this.#language } };
    this.#frame.contentWindow?.postMessage(hello, this.#origin);
  }

  #hear = (/** @type {MessageEvent<unknown>} */ { source, origin, data }) => {
    if (!source || source !== this.#frame.contentWindow || origin !== this.#origin) return;
    const told = toldIn(data);
    if (isHere(data)) this.#greet(crypto.randomUUID());
    else if (told && this.#nonce && told.nonce === this.#nonce) this.#take(told);
  };

  /** @param {Told} told */
  #take(told) {
    if (told.prescreen === 'size') {
      this.#frame.style.blockSize = `${told.height}px`;
      if (this.#status === 'loading') this.#show();
    } else if (told.prescreen === 'step') {
      if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
      this.#tell('step', { index: told.index });
    } else if (told.prescreen === 'error') {
      this.#fail(told.code);
    } else {
      if (told.prescreen === 'ready') this.#begin();
      this.#tell(told.prescreen);
    }
  }

  /** There is something to see. */
  #show() {
    this.#frame.classList.remove('coming');
    this.#fallback.hidden = true;
  }

  #begin() {
    clearTimeout(this.#slow);
    this.#status = 'ready';
    this.#frame.className = '';
    this.#show();
  }

  /** @param {string} code */
  #fail(code) {
    clearTimeout(this.#slow);
    this.#status = 'error';
    this.#frame.classList.remove('loading');
    this.#fallback.className = '';
    this.#fallback.hidden = false;
    this.#tell('error', { code });
  }

  /**
   * @param {string} name
   * @param {{ index?: number, code?: string }} [detail]
   */
  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`prescreen-${name}`, { bubbles: true, composed: true, detail }));
  }
}
