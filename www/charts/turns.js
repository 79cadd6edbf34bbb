// @ts-check

/** @typedef {(progress: { done: number, all: number }) => void} Tell */

/** Somebody wanted it to end, or wants something newer. */
class Stopped extends Error {}

/** What lasts long and lets others in between. Of each kind only what was begun last goes on. */
export class Turns {
  #now = { judging: 0, dating: 0 };

  /** @param {"judging" | "dating"} [what] all of them without */
  stop(what) {
    if (what !== 'dating') this.#now.judging += 1;
    if (what !== 'judging') this.#now.dating += 1;
  }

  /**
   * Lets other errands in between, tells how far it is, and ends what was stopped.
   * @param {"judging" | "dating"} what
   * @param {number} all
   * @param {Tell} [tell]
   */
  pause(what, all, tell) {
    this.stop(what);
    const turn = this.#now[what];
    let [done, since] = [0, performance.now()];
    return async () => {
      done += 1;
      if (performance.now() - since < 25) return;
      tell?.({ done: Math.min(done, all), all });
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
      if (this.#now[what] !== turn) throw new Stopped();
    };
  }
}

/**
 * What comes of something that can be stopped; nothing where it was.
 * @template T
 * @param {() => Promise<T>} deed
 * @returns {Promise<T | undefined>}
 */
export async function ending(deed) {
  try {
    return await deed();
  } catch (cause) {
    if (cause instanceof Stopped) return undefined;
    throw cause;
  }
}
