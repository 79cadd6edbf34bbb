// @ts-check

/**
 * Hands a file that was made in this page to the person, who decides where it goes.
 * @param {string} name
 * @param {string} type
 * @param {string | Uint8Array} content
 */
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // the browser reads the address once the download begins
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
