// WebKit by its own driver, in the few words of the WebDriver protocol that the specs need.
import { spawn } from 'node:child_process';
import { AXE, RULES } from './axe.mjs';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const KEYS = { Tab: '\uE004', Enter: '\uE007', ArrowDown: '\uE015', Space: ' ' };

/** A session of WebKit, in the dark where that is asked for; `undefined` where its driver is not there. */
export async function webkit({ dark = false } = {}) {
  const driver = process.env.WEBKITDRIVER ?? '/usr/bin/WebKitWebDriver';
  const port = 20_000 + (process.pid % 20_000) + (dark ? 20_000 : 0);
  const server = spawn('xvfb-run', ['-a', driver, `--port=${port}`], { stdio: 'ignore', detached: true, ...(dark && { env: { ...process.env, GTK_THEME: 'Adwaita:dark' } }) });
  const address = `http://127.0.0.1:${port}`;
  const send = async (path, body, method = 'POST') => {
    const answer = await fetch(address + path, { method, ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } } };
  const begun = async () => {
    for (let turn = 0; ; turn += 1) {
      try {
        return await send('/session', { capabilities });
      } catch (cause) {
        if (turn === 100) throw cause;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const { sessionId } = await begun();
  const at = `/session/${sessionId}`;
  await send(`${at}/timeouts`, { script: 120_000, pageLoad: 60_000 });
  return {
    go: (url) => send(`${at}/url`, { url }),
    /** Runs a function in the page and waits for what it promises. */
    run: async (deed, given) => {
      const script = `const done = arguments[arguments.length - 1]; Promise.resolve().then(() => (${deed})(arguments[0])).then((value) => done({ value }), (cause) => done({ cause: [cause, cause?.stack].join(' ') }));`;
      const { value, cause } = await send(`${at}/execute/async`, { script, args: [given ?? null] });
      if (cause) throw new Error(cause);
      return value;
    },
    /** Presses keys one after another. */
    press: (...keys) => {
      const strokes = keys.flatMap((key) => ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] ?? key })));
      return send(`${at}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions: strokes }] });
    },
    /** What axe finds wrong with the page. */
    axe: () => {
      const script = `const done = arguments[0]; ${AXE}; axe.run({ runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target))), (cause) => done([String(cause)]));`;
      return send(`${at}/execute/async`, { script, args: [] });
    },
    close: async () => {
      await send(at, undefined, 'DELETE').catch(() => {});
      process.kill(-server.pid);
    },
  };
}
