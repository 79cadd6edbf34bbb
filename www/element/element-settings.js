// @ts-check
import { Settings } from './settings.js';

/** What a page sets of a check that is an element of its own. */
export class ElementSettings extends Settings {
  static observedAttributes = [
    'src', 'integrity', 'lang', 'respondent', 'as-of', 'heading-level', 'theme', 'units', 'start', 'own-page',
    'no-share', 'no-notes', 'no-keep', 'quick-exit', 'expose-answers', 'engine-src', 'engine-integrity', 'worker',
    'contact-endpoint',
  ];

  get integrity() {
    return this.getAttribute('integrity') ?? '';
  }

  set integrity(digest) {
    this.put('integrity', digest);
  }

  get asOf() {
    return this.getAttribute('as-of') ?? '';
  }

  set asOf(moment) {
    this.put('as-of', moment);
  }

  get headingLevel() {
    const level = Number(this.getAttribute('heading-level') ?? 2);
    return level >= 1 && level <= 5 ? Math.floor(level) : 2;
  }

  set headingLevel(level) {
    this.put('heading-level', String(level));
  }

  get ownPage() {
    return this.hasAttribute('own-page');
  }

  set ownPage(own) {
    this.toggleAttribute('own-page', own);
  }

  get noKeep() {
    return this.hasAttribute('no-keep');
  }

  set noKeep(no) {
    this.toggleAttribute('no-keep', no);
  }

  /** The whole address that a quick exit opens; nothing where it is none of the web. */
  get quickExit() {
    const given = this.getAttribute('quick-exit');
    const address = given && URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI) : undefined;
    return address && /^https?:$/.test(address.protocol) ? address.href : '';
  }

  set quickExit(address) {
    this.put('quick-exit', address);
  }

  get exposeAnswers() {
    return this.hasAttribute('expose-answers');
  }

  set exposeAnswers(expose) {
    this.toggleAttribute('expose-answers', expose);
  }

  get engineSrc() {
    return this.getAttribute('engine-src') ?? '';
  }

  set engineSrc(address) {
    this.put('engine-src', address);
  }

  get engineIntegrity() {
    return this.getAttribute('engine-integrity') ?? '';
  }

  set engineIntegrity(digest) {
    this.put('engine-integrity', digest);
  }

  get contactEndpoint() {
    return this.getAttribute('contact-endpoint') ?? '';
  }

  set contactEndpoint(address) {
    this.put('contact-endpoint', address);
  }

  get worker() {
    return this.hasAttribute('worker');
  }

  set worker(worker) {
    this.toggleAttribute('worker', worker);
  }
}
