// @ts-check

/**
 * The trials that the address asks for, `check.html#NCT07084012` or several joined by `+`: their files among the site's
 * own. What the page names itself stands where the fragment names none.
 */
const [, ids] = /^#([A-Za-z0-9][A-Za-z0-9-]{1,40}(?:\+[A-Za-z0-9][A-Za-z0-9-]{1,40}){0,49})$/.exec(location.hash) ?? [];
if (ids) document.querySelector('trial-prescreen')?.setAttribute('src', ids.split('+').map((id) => `trials/${id}.json`).join(' '));
