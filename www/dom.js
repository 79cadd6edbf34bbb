// @ts-check

/** @typedef {Node | string | false | null | undefined} Piece */
/** @typedef {string | number | boolean | null | undefined | ((event: Event) => void)} Setting */

/**
 * An element with these attributes, listeners (`onclick`) and contents. Text stays text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Setting>} [settings]
 * @param {...(Piece | Piece[])} contents
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, settings = {}, ...contents) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  for (const piece of contents.flat()) {
    if (piece || piece === '') element.append(piece);
  }
  return element;
}

/**
 * A heading of this level, no deeper than six.
 * @param {number} level
 * @param {Record<string, Setting>} settings
 * @param {...Piece} contents
 */
export function heading(level, settings, ...contents) {
  const tag = /** @type {"h1" | "h2" | "h3" | "h4" | "h5" | "h6"} */ (`h${Math.min(Math.max(level, 1), 6)}`);
  return make(tag, settings, ...contents);
}

/**
 * The heading of a screen, which takes the focus when the screen appears.
 * @param {number} level
 * @param {...Piece} contents
 */
export function title(level, ...contents) {
  return heading(level, { class: 'title', part: 'heading', tabindex: -1 }, ...contents);
}

/**
 * A button that does something in this page.
 * @param {string} kind `primary`, `secondary`, `link` or `back`
 * @param {(event: Event) => void} onclick
 * @param {...Piece} contents
 */
export function button(kind, onclick, ...contents) {
  return make('button', { type: 'button', class: kind, part: `button ${kind}`, onclick }, ...contents);
}

/** @param {...Piece} buttons */
export function actions(...buttons) {
  return make('p', { class: 'actions' }, ...buttons);
}

/**
 * Words for those who listen instead of looking.
 * @param {string} text
 */
export function spoken(text) {
  return make('span', { class: 'spoken' }, text);
}

/**
 * A list of sentences; nothing where there are none.
 * @param {string[]} texts
 * @param {Record<string, Setting>} [settings]
 */
export function list(texts, settings = {}) {
  return texts.length > 0 && make('ul', settings, ...texts.map((text) => make('li', {}, text)));
}

const SHAPES = {
  yes: 'M5 12.5l4.5 4.5L19 7.5',
  unknown: 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.2v.1',
  no: 'M6 12h12',
  back: 'M15 5l-7 7 7 7',
};

/**
 * A drawn sign beside words that say the same.
 * @param {keyof typeof SHAPES} shape
 */
export function icon(shape) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', SHAPES[shape]);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon ${shape}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}
