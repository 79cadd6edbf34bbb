// Going through the check as a person does: by the names of fields and the words on buttons.

export const WORDS = {
  en: { start: 'Start now', myself: 'For myself', onward: 'Continue', review: 'Check your answers', submit: 'See what this means', back: 'Back', notSure: 'I am not sure', goOn: 'Answer the rest anyway', see: 'See the result' },
  'zh-CN': { start: '开始', myself: '为我自己', onward: '继续', review: '核对您的回答', submit: '查看结果', back: '返回', notSure: '不确定', goOn: '继续回答其余问题', see: '查看结果' },
};

export const heading = (page) => page.locator('.title');

/** Presses a button. Who begins in a spec waits for the engine, which people need not. */
export async function press(page, name) {
  if (name === WORDS.en.start || name === WORDS['zh-CN'].start) await page.locator('trial-prescreen:state(loading)').waitFor({ state: 'detached' });
  await page.getByRole('button', { name, exact: true }).click();
}

/** From the start screen to the first question. */
export async function begin(page, language = 'en', who = WORDS[language].myself) {
  const words = WORDS[language];
  await press(page, words.start);
  await page.getByLabel(who).check();
  await press(page, words.onward);
}

/** The question on the screen; null where there is none. */
export async function asked(page) {
  const form = page.locator('form[data-question]');
  return (await form.count()) > 0 ? form.getAttribute('data-question') : null;
}

const unsure = ':is([name="absent"][value="asked-unknown"], [name="choice"][value=" asked-unknown"], [name="rest"][value="asked-unknown"])';

/** Enters an answer: a choice, `{ checked, rest }`, `{ text: { name: typed }, ticked: { name: value }, chosen: { name: value } }` or `"not sure"`. */
export async function enter(page, answer) {
  const field = (name, value) => page.locator(`[name="${name}"]${value === undefined ? '' : `[value="${value}"]`}`);
  if (answer === 'not sure') return page.locator(unsure).check();
  if (typeof answer === 'string') return field('choice', answer).check();
  for (const key of answer.checked ?? []) await field('checked', key).check();
  if (answer.rest) await field('rest', answer.rest).check();
  for (const [name, value] of Object.entries(answer.ticked ?? {})) await field(name, value).check();
  for (const [name, value] of Object.entries(answer.chosen ?? {})) await field(name).selectOption(value);
  for (const [name, value] of Object.entries(answer.text ?? {})) await field(name).fill(value);
}

/** The answer to a question: the one that is given, or else nothing of a list, and not sure. */
export async function answerTo(page, id, answers, otherwise) {
  const checklist = (await page.locator('[name="rest"]').count()) > 0;
  return answers[id] ?? otherwise ?? (checklist ? { rest: 'no' } : 'not sure');
}

/** Answers questions until there is none, and tells which ones were asked. */
export async function answerAll(page, answers, { language = 'en', otherwise, limit = 60, each } = {}) {
  const questions = [];
  for (let step = 0; step < limit; step += 1) {
    const id = await asked(page);
    if (id === null) return questions;
    questions.push(id);
    await each?.(id);
    await enter(page, await answerTo(page, id, answers, otherwise));
    await press(page, WORDS[language].onward);
    await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
  }
  throw new Error(`still asking after ${limit} questions: ${questions.join(', ')}`);
}

const lab = (value, unit, upperLimit) => ({
  text: { value, 'on.year': '2026', 'on.month': '3', 'on.day': '14', ...(upperLimit && { upperLimit }) },
  ticked: unit ? { unit } : {},
});

/** A man of 65 on the day of his stroke, in whom nothing speaks against the trial. */
export const FITTING = {
  'birth-date': { text: { 'date.year': '1960', 'date.month': '5', 'date.day': '20' } },
  sex: 'male',
  onset: { ticked: { basis: 'seen' }, text: { 'date.year': '2026', 'date.month': '3', 'date.day': '15', hour: '8', minute: '05' } },
  'ischaemic-stroke': 'yes',
  'mrs-before-onset': '0',
  ast: lab('31', 'U/L', '40'),
  alt: lab('28', 'U/L', '40'),
  egfr: lab('88'),
  creatinine: lab('80', 'umol/L'),
  'systemic-corticosteroid': { ticked: { absent: 'none' } },
  'alcohol-intake': { ticked: { absent: 'none' } },
  'reproductive-potential': 'no',
  contraception: 'yes',
};
