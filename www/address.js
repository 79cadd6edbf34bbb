// @ts-check

/**
 * The trial that the address asks for, `check.html#NCT07084012`: its file among the site's own. What the page names
 * itself stands where the fragment names none.
 */
const [, id] = /^#([A-Za-z0-9][A-Za-z0-9-]{2,40})$/.exec(location.hash) ?? [];
if (id) document.querySelector('trial-prescreen')?.setAttribute('src', `trials/${id}.json`);
