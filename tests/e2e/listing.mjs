// The main way of the pre-screening list, in whichever browser: records come in, and all else is done by the keyboard alone.
import { keyboard } from './keyboard.mjs';

const CHART = {
  resourceType: 'Bundle', type: 'collection',
  entry: [{ resource: { resourceType: 'Patient', id: 'one', birthDate: '1960-05-04', gender: 'female' } }, { resource: { resourceType: 'Patient', id: 'two', birthDate: '1930-01-01', gender: 'male' } }],
};
export const CHARTS = JSON.stringify(CHART);

/** A trial is chosen and the charts are given. It is sent as text, so it uses nothing from outside. */
export const CHOSEN = async () => {
  const until = async (selector) => {
    for (let turn = 0; turn < 1200; turn += 1) {
      const found = document.querySelector(selector);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`waited in vain for ${selector}`);
  };
  const trial = (await until('option[value="NCT07084012"]')).parentElement;
  trial.value = 'NCT07084012';
  trial.dispatchEvent(new Event('change'));
  await until('#records-file');
};
export const GIVEN = async (charts) => {
  const files = new DataTransfer();
  files.items.add(new File([charts], 'charts.json', { type: 'application/json' }));
  const input = document.querySelector('#records-file');
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
  for (let turn = 0; turn < 1200 && !document.querySelector('[data-key="to-list"]'); turn += 1) await new Promise((resolve) => setTimeout(resolve, 25));
};

/** What the screen is called once it is another one than before. */
export const TITLE = async (before) => {
  for (let turn = 0; turn < 1200; turn += 1) {
    const title = document.querySelector('.title')?.textContent ?? '';
    if (title !== before) return title;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nothing follows ${before}`);
};
/** The first text of what is there once it is there. */
export const TEXT = async (selector) => {
  for (let turn = 0; turn < 1200; turn += 1) {
    const found = document.querySelector(selector);
    if (found) return found.textContent;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`waited in vain for ${selector}`);
};

/** Waits until something is no longer there. */
const GONE = async (selector) => {
  for (let turn = 0; turn < 1200 && document.querySelector(selector); turn += 1) await new Promise((resolve) => setTimeout(resolve, 25));
};

/**
 * From the records to a log that is kept, by the keyboard alone.
 * @returns what had the focus and did not show it, and what the list said
 */
export async function listed(means, said, look = async () => {}) {
  const { press, fill, hidden } = keyboard(means);
  // where Tab would lead out of the page and in again, it is gone backwards
  const back = keyboard({ ...means, key: (key) => means.key(key === 'Tab' ? (means.back ?? key) : key) });
  let title = await means.run(TITLE, '');
  const go = async (text, by = press) => {
    await by(text);
    title = await means.run(TITLE, title);
    await look(title);
  };
  await go(said.views.list);
  const rows = await means.run(TEXT, 'tbody');
  await go('1');
  await press(said.chart.acceptPlain(1));
  await means.run(GONE, '[data-key="accept-plain"]');
  await go(said.views.log, back.press);
  for (const [name, text] of Object.entries({ who: 'AB', role: 'nurse', protocol: 'P-1', site: '01', investigator: 'X' })) await fill(name, text);
  await press(said.log.start);
  await means.run(TEXT, '[data-key="enter"]');
  await press(said.log.enter);
  await means.run(TEXT, '[data-key="set-2"]');
  await press(said.log.keep);
  const code = await means.run(TEXT, 'p.code');
  await look('log');
  return { hidden: [...hidden, ...back.hidden], rows, code };
}
