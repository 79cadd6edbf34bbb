// Going through the check from within the page, for a browser that is driven by scripts alone: the same fields and words
// as in walk.mjs. It is sent as text, so it uses nothing from outside.

export async function walker({ answers, words, asOf, limit = 60, width }) {
  const around = document.querySelector('trial-prescreen-frame');
  // a window cannot be as narrow as a frame
  if (width) around.style.width = `${width}px`;
  const page = around ? around.shadowRoot.querySelector('iframe').contentDocument : document;
  page.querySelector('trial-prescreen').setAttribute('as-of', asOf);
  const root = () => page.querySelector('trial-prescreen').shadowRoot;
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const until = async (find, what) => {
    for (let turn = 0; turn < 800; turn += 1) {
      const found = find();
      if (found) return found;
      await wait(25);
    }
    throw new Error(`waited in vain for ${what}`);
  };
  const button = (name) => [...root().querySelectorAll('button')].find((one) => one.textContent.trim() === name);
  const press = async (name) => (await until(() => button(name), name)).click();
  const type = (name, text) => {
    const field = root().querySelector(`[name="${name}"]`);
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const tick = (name, value) => root().querySelector(`[name="${name}"][value="${value}"]`).click();
  await press(words.start);
  (await until(() => root().querySelector('[name="respondent"][value="patient"]'), 'who answers')).click();
  await press(words.onward);
  const questions = [];
  let wide = 0;
  for (let step = 0; step < limit; step += 1) {
    const form = await until(() => root().querySelector('form[data-question]') ?? button(words.submit), 'a question');
    if (form.localName === 'button') break;
    const id = form.dataset.question;
    questions.push(id);
    wide = Math.max(wide, page.documentElement.scrollWidth - page.documentElement.clientWidth);
    const checklist = root().querySelector('[name="rest"]');
    const answer = answers[id] ?? (checklist ? { rest: 'no' } : undefined);
    if (typeof answer === 'string') tick('choice', answer);
    else if (answer?.rest) tick('rest', answer.rest);
    else if (answer) {
      for (const [name, value] of Object.entries(answer.ticked ?? {})) tick(name, value);
      for (const [name, text] of Object.entries(answer.text ?? {})) type(name, text);
    } else root().querySelector(':is([name="absent"][value="asked-unknown"], [name="choice"][value=" asked-unknown"])').click();
    await press(words.onward);
    await until(() => root().querySelector('form[data-question]')?.dataset.question !== id, `what follows ${id}`);
  }
  await press(words.submit);
  await until(() => root().querySelector('.outcome'), 'the result');
  wide = Math.max(wide, page.documentElement.scrollWidth - page.documentElement.clientWidth);
  return { questions, heading: root().querySelector('.title').textContent, focus: root().activeElement?.className ?? '', width: wide <= 0 };
}
