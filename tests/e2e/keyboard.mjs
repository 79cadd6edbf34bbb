// Going through the site by the keyboard alone: Tab, arrows, Space, Enter and what is typed, in whichever browser gives
// `active` (what FOCUS tells), `key` and `type`.

/** What has the focus, and whether it can be seen. It is sent as text, so it uses nothing from outside. */
export const FOCUS = () => {
  let inner = document.activeElement;
  while (inner?.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement;
  if (!inner || inner === document.body) return {};
  const ring = getComputedStyle(inner.closest('.option') ?? inner);
  const { top, bottom } = inner.getBoundingClientRect();
  return {
    tag: inner.localName, name: inner.getAttribute('name'), value: inner.getAttribute('value'), type: inner.getAttribute('type'), id: inner.id,
    text: inner.textContent.trim().replace(/\s+/g, ' '), title: inner.classList.contains('title'),
    seen: (ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 3) || ring.outlineStyle === 'auto',
    there: bottom > 0 && top < innerHeight,
  };
};

/** The names of the fields of the question on the screen, in their order; nothing where there is no question. */
export const FIELDS = () => {
  const form = document.querySelector('trial-prescreen').shadowRoot.querySelector('form[data-question]');
  return form && { id: form.dataset.question, names: [...new Set([...form.elements].filter((one) => one.name && one.checkVisibility()).map(({ name }) => name))] };
};

export function keyboard({ active, key, type }) {
  const hidden = new Set();
  /** Goes on with Tab until what has the focus is wanted. */
  const tabTo = async (wanted, what = String(wanted)) => {
    for (let presses = 0; presses < 300; presses += 1) {
      const now = await active();
      const told = ({ tag, title, seen, there }) => !tag || title || tag === 'main' || (seen && there);
      // some browsers scroll to it a moment later
      for (let turn = 0; presses > 0 && !told(now); turn += 1) {
        if (turn === 10) {
          hidden.add(`${now.tag} ${now.name ?? ''} ${now.text.slice(0, 40)}`);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
        Object.assign(now, await active());
      }
      if (now.tag && wanted(now)) return now;
      await key('Tab');
    }
    throw new Error(`not reachable with Tab: ${what}`);
  };
  const press = async (text) => {
    const wanted = (now) => ['button', 'summary', 'a'].includes(now.tag) && (text instanceof RegExp ? text.test(now.text) : now.text === text);
    await tabTo(wanted, String(text));
    await key('Enter');
  };
  const choose = async (name, value) => {
    await tabTo((now) => now.name === name && (now.type === 'radio' || now.value === value));
    for (let presses = 0; presses < 20; presses += 1) {
      const now = await active();
      if (now.value === value) return key('Space');
      await key('ArrowDown');
    }
    throw new Error(`${name} has no ${value}`);
  };
  const fill = async (name, text) => {
    await tabTo((now) => now.name === name);
    await type(text);
  };
  /** Answers the question on the screen, whose fields have these names, in their order. */
  const answer = async (given, names) => {
    const { ticked = {}, text = {} } = typeof given === 'object' ? given : {};
    if (names.includes('rest')) return choose('rest', 'no');
    if (typeof given === 'string') return choose('choice', given);
    if (!given) return choose(names.includes('absent') ? 'absent' : 'choice', names.includes('absent') ? 'asked-unknown' : ' asked-unknown');
    for (const name of names) {
      if (ticked[name]) await choose(name, ticked[name]);
      else if (text[name]) await fill(name, text[name]);
    }
    return undefined;
  };
  return { tabTo, press, choose, fill, answer, /** What had the focus and did not show it. */ hidden };
}
