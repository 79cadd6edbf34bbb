// Writes pictures of every screen into `shots`, to be looked at: node screens.mjs [en|zh-CN] [light|dark] [width]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FITTING, WORDS, answerTo, asked, begin, enter, press } from './walk.mjs';
import { leave, visit } from './visit.mjs';

const folder = fileURLToPath(new URL('shots', import.meta.url));
mkdirSync(folder, { recursive: true });
const [languages, schemes, widths] = [['en', 'zh-CN'], ['light', 'dark'], ['390', '1280']].map((all, at) => (process.argv[2 + at] ? [process.argv[2 + at]] : all));

for (const language of languages) {
  for (const colorScheme of schemes) {
    for (const width of widths.map(Number)) {
      const words = WORDS[language];
      const { page, close } = await visit({ locale: language, colorScheme, viewport: { width, height: 800 } });
      let number = 0;
      const shot = (name) => page.screenshot({ path: `${folder}/${language}-${colorScheme}-${width}-${String((number += 1)).padStart(2, '0')}-${name.replace(':', '-').split('|')[0]}.png`, fullPage: true });
      await shot('start');
      await press(page, words.start);
      await shot('who');
      await page.getByLabel(words.myself).check();
      await press(page, words.onward);
      for (let id = await asked(page); id !== null; id = await asked(page)) {
        await shot(id);
        await press(page, words.onward);
        await shot(`${id}-error`);
        await enter(page, id === 'egfr' ? 'not sure' : await answerTo(page, id, FITTING));
        if (['onset', 'ast'].includes(id)) await shot(`${id}-filled`);
        await press(page, words.onward);
        await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
      }
      await shot('review');
      await press(page, words.submit);
      await shot('result');
      for (const summary of await page.locator('.part > summary').all()) await summary.click();
      await page.locator('.criterion summary').first().click();
      await shot('reason');
      await page.emulateMedia({ media: 'print' });
      await page.pdf({ path: `${folder}/${language}.pdf` });
      await close();
    }
  }
}

for (const language of languages) {
  const words = WORDS[language];
  const { page, close } = await visit({ locale: language });
  await begin(page, language);
  for (let id = await asked(page); id !== null; id = await asked(page)) {
    await enter(page, id === 'ischaemic-stroke' ? 'no' : await answerTo(page, id, FITTING));
    await press(page, words.onward);
    await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
  }
  await page.screenshot({ path: `${folder}/${language}-stop.png`, fullPage: true });
  await press(page, words.see);
  await page.screenshot({ path: `${folder}/${language}-not-now.png`, fullPage: true });
  await close();
}

const forced = await visit({ forcedColors: 'active' });
await press(forced.page, WORDS.en.start);
await forced.page.getByLabel(WORDS.en.myself).check();
await forced.page.screenshot({ path: `${folder}/forced-colours.png`, fullPage: true });
const failed = await visit({ ready: false, pages: { 'NCT07084012.json': null } });
await failed.page.getByRole('button', { name: 'Try again' }).waitFor();
await failed.page.screenshot({ path: `${folder}/problem.png`, fullPage: true });
await leave();
