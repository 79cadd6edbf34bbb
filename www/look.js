// @ts-check

/**
 * What puts a sheet of a part that was loaded later on a page or an element, once on each.
 * @param {string} text
 */
export function look(text) {
  /** @type {CSSStyleSheet | undefined} */
  let sheet;
  return (/** @type {Document | ShadowRoot} */ root) => {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
    }
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  };
}
