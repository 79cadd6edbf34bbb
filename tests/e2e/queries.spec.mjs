// What is not clear of a criterion, and what the sponsor said: what is typed stays with its trial, and stays where the log
// does not take it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CHARTS, desk, entered, file, take } from './charts.mjs';
import { leave } from './visit.mjs';

after(leave);

const FILES = Object.entries(CHARTS).map(([name, content]) => file(name, content));
const [STROKE, MYASTHENIA] = ['NCT07084012', 'NCT06688435'];

/** The list with three people, and what is done on it. */
async function listed() {
  const { page, seen, close } = await desk();
  await take(page, FILES);
  const at = (key) => page.locator(`[data-key="${key}"]`);
  const go = (key) => at(key).click();
  const choose = async (trial) => {
    await go('view-files');
    await at('trial').selectOption(trial);
    await page.locator('.bar .small').filter({ hasText: trial }).waitFor();
  };
  const list = async (trial) => {
    await choose(trial);
    await go('view-list');
    await page.getByRole('heading', { name: `People for ${trial}` }).waitFor();
    await at('queries').evaluate((queries) => { queries.open = true; });
  };
  const person = async (number) => {
    await go(`row-${number}`);
    await page.getByRole('heading', { name: `Person ${number}` }).waitFor();
  };
  const mark = async (criterion, text) => {
    await at('unclear-criterion').selectOption(criterion);
    await at('unclear-text').fill(text);
    await go('mark-unclear');
  };
  return { page, seen, close, at, go, choose, list, person, mark };
}

test('what is typed for one trial never stands in the form of another one with the same criterion', async () => {
  const { seen, close, at, go, choose, list, person, mark } = await listed();
  // for everybody: below the list, and its answer
  await list(STROKE);
  await mark('I2', 'seen by whom?');
  await at('answer-I2').click();
  await at('answer').fill('by a rater');
  await at('unclear-criterion').selectOption('I2');
  await at('unclear-text').fill('and when?');
  await list(MYASTHENIA);
  assert.equal(await at('unclear-text').inputValue(), '');
  assert.equal(await at('asked').count(), 0, 'nothing was asked of this trial');
  await mark('I2', 'by which test?');
  await at('answer-I2').waitFor();
  assert.equal(await at('answer').count(), 0, 'what is answered of one trial is not written to another');
  // with somebody: in the chart
  await list(STROKE);
  await person(3);
  await go('unclear-I1');
  await at('unclear-text').fill('on which day?');
  await choose(MYASTHENIA);
  await go('view-across');
  await person(3);
  await at('unclear-I2').waitFor();
  assert.equal(await at('unclear-text').count(), 0);
  assert.deepEqual([seen.errors, seen.violations], [[], []]);
  await close();
});

test('what the log does not take stays in the form, and can be written then', async () => {
  const { page, seen, close, at, go, list, person, mark } = await listed();
  await go('view-log');
  await entered(page, { who: 'AB', role: 'nurse', protocol: 'P-1', site: '01', investigator: 'Dr X', zone: 'Asia/Shanghai' });
  await go('begin');
  await page.getByText('Every line is as it was written').waitFor();
  await list(STROKE);
  // it waits until person 2 has a number
  await person(2);
  await go('unclear-I3');
  await at('unclear-text').fill('which scan?');
  await go('mark-unclear');
  await page.getByText('Unclear: which scan?').waitFor();
  await go('view-list');
  await person(3);
  await go('enter-one');
  await page.getByText('In the log as number 1.').waitFor();

  // a clock that goes wrong: the log takes no line that is before its last
  await page.clock.setFixedTime(new Date('2026-03-15T05:30:00Z'));
  await go('unclear-I1');
  await at('unclear-text').fill('on which day?');
  await go('mark-unclear');
  await at('refused').waitFor();
  assert.match(await at('refused').innerText(), /before the last line/);
  assert.equal(await at('unclear-text').inputValue(), 'on which day?');
  await list(STROKE);
  await mark('I2', 'seen by whom?');
  await at('refused').waitFor();
  assert.deepEqual([await at('unclear-criterion').inputValue(), await at('unclear-text').inputValue()], ['I2', 'seen by whom?']);
  await go('answer-I3');
  await at('answer').fill('any of the head');
  await go('write-answer');
  await at('refused').waitFor();
  assert.equal(await at('answer').inputValue(), 'any of the head');
  assert.match(await at('asked').innerText(), /which scan\?/, 'and so does what was asked');

  await page.clock.setFixedTime(new Date('2026-03-15T07:30:00Z'));
  await go('write-answer');
  await page.getByText('Answered: any of the head').waitFor();
  assert.equal(await at('answer').count(), 0);
  await go('mark-unclear');
  await page.getByText('To ask the sponsor (1)').waitFor();
  assert.equal(await at('unclear-text').inputValue(), '');
  await go('view-log');
  assert.match(await page.locator('main').innerText(), /seen by whom\?[\s\S]*Answered: any of the head/);
  assert.deepEqual([seen.errors, seen.violations], [[], []]);
  await close();
});
