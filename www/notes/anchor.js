// @ts-check
// Where a note belongs: a block of the page, and words in it, found again by what they are and where they stood
// (W3C Web Annotation Data Model, TextQuoteSelector and TextPositionSelector).

/** @typedef {{ exact: string, prefix: string, suffix: string, start: number }} Quote  in the text of a block, in UTF-16 units */

const AROUND = 32;
/** Nobody quotes more than this. */
const LONGEST = 300;

/** What stands in a block, without what notes put there. @param {Element} block */
export function textOf(block) {
  return texts(block).map(({ data }) => data).join('');
}

/** @param {Element} block */
function texts(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => (node.parentElement?.closest('[data-notes]') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  /** @type {Text[]} */
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(/** @type {Text} */ (node));
  return found;
}

/**
 * The words of a text between two places, with what stands around them; none where that is nothing.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {Quote | undefined}
 */
export function quote(text, from, to) {
  const exact = text.slice(from, Math.min(to, from + LONGEST));
  if (exact.trim() === '') return undefined;
  return { exact, prefix: text.slice(Math.max(from - AROUND, 0), from), suffix: text.slice(from + exact.length, from + exact.length + AROUND), start: from };
}

/**
 * The words that are selected in a block.
 * @param {Element} block
 * @returns {Quote | undefined}
 */
export function selected(block) {
  const root = block.getRootNode();
  const selection = /** @type {Selection & { getComposedRanges?(options: { shadowRoots: ShadowRoot[] }): StaticRange[] }} */ (document.getSelection());
  if (!selection || selection.rangeCount === 0) return undefined;
  const [range] = selection.getComposedRanges?.({ shadowRoots: root instanceof ShadowRoot ? [root] : [] }) ?? [selection.getRangeAt(0)];
  if (!range || range.collapsed || !block.contains(range.startContainer)) return undefined;
  const from = offsetOf(block, range.startContainer, range.startOffset);
  const to = block.contains(range.endContainer) ? offsetOf(block, range.endContainer, range.endOffset) : textOf(block).length;
  return quote(textOf(block), from, to);
}

/**
 * @param {Element} block
 * @param {Node} node
 * @param {number} offset
 */
function offsetOf(block, node, offset) {
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  let length = 0;
  for (const text of texts(block)) {
    if (!before.intersectsNode(text)) break;
    length += text === node ? offset : text.length;
  }
  return length;
}

/**
 * Where a quote stands in a text now: at its place, or at the only other one; nowhere where that is in doubt.
 * @param {string} text
 * @param {Quote} quoted
 */
export function placeOf(text, { exact, prefix, suffix, start }) {
  if (exact === '') return undefined;
  if (text.startsWith(exact, start)) return start;
  const around = text.indexOf(prefix + exact + suffix);
  if (around >= 0 && prefix + suffix) return around + prefix.length;
  const first = text.indexOf(exact);
  return first >= 0 && first === text.lastIndexOf(exact) ? first : undefined;
}

/**
 * The words of a block between two places.
 * @param {Element} block
 * @param {number} from
 * @param {number} to
 */
export function rangeOf(block, from, to) {
  const range = document.createRange();
  let at = 0;
  let begun = false;
  for (const text of texts(block)) {
    const end = at + text.length;
    if (!begun && from < end) {
      range.setStart(text, from - at);
      begun = true;
    }
    if (begun && to <= end) {
      range.setEnd(text, to - at);
      return range;
    }
    at = end;
  }
  return undefined;
}
