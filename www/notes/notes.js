// @ts-check
/** @import { Quote } from "./anchor.js" */

/** @typedef {Quote & { block: string, text: string }} Note  `block` names a block of the page; `exact` is empty where the note is about all of it */

/** A note is cut here, in UTF-16 units. */
export const LONGEST = 1200;

/** What a person wrote, as it is kept: line feeds and nothing else that does not print. @param {string} text */
export function written(text) {
  // eslint-disable-next-line no-control-regex
  return text.slice(0, LONGEST).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ').trim();
}

/**
 * Notes as a page of annotations (W3C Web Annotation Data Model).
 * @param {Note[]} notes
 * @param {string} source the address of what they are about
 */
export function annotations(notes, source) {
  const items = notes.map(({ block, exact, prefix, suffix, start, text }) => ({
    type: 'Annotation',
    motivation: 'commenting',
    body: { type: 'TextualBody', value: text, format: 'text/plain' },
    target: {
      source,
      selector: {
        type: 'CssSelector',
        value: `[data-block="${CSS.escape(block)}"]`,
        ...(exact && {
          refinedBy: [
            { type: 'TextQuoteSelector', exact, prefix, suffix },
            { type: 'TextPositionSelector', start, end: start + exact.length },
          ],
        }),
      },
    },
  }));
  return { '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'AnnotationPage', items };
}
