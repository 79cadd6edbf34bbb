// @ts-check

/**
 * The address of a file of the site, wherever the page around lies.
 * @param {string} path from the site's root, where this module lies, alone or bundled with others
 */
export function place(path) {
  return new URL(path, import.meta.url);
}
