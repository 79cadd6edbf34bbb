// WebKit by its own driver, in the few words of the WebDriver protocol that the specs need.
import { spawn } from 'node:child_process';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** A session of WebKit; `undefined` where its driver is not there. */
export async function webkit() {
  const driver = process.env.WEBKITDRIVER ?? '/usr/bin/WebKitWebDriver';
  const port = 20_000 + (process.pid % 20_000);
  const server = spawn('xvfb-run', ['-a', driver, `--port=${port}`], { stdio: 'ignore', detached: true });
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
      const script = `const done = arguments[arguments.length - 1]; (${deed})(arguments[0]).then((value) => done({ value }), (cause) => done({ cause: [cause, cause?.stack].join(' ') }));`;
      const { value, cause } = await send(`${at}/execute/async`, { script, args: [given ?? null] });
      if (cause) throw new Error(cause);
      return value;
    },
    close: async () => {
      await send(at, undefined, 'DELETE').catch(() => {});
      process.kill(-server.pid);
    },
  };
}
