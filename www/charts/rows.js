// @ts-check
/** @import { Determination, Outlook } from "../pkg/trial_prescreen.js" */
/** @import { Standings } from "./standings.js" */

import { OUTCOMES } from './judge.js';

/**
 * What the list shows of one person.
 * @typedef {object} Row
 * @property {number} number
 * @property {string} file
 * @property {string} key
 * @property {string} label  what staff call them, for the page alone
 * @property {number | undefined} age  completed years; 90 stands for more too
 * @property {string | undefined} sex
 * @property {Determination} proposed  if all that the record says plainly is so
 * @property {Determination} confirmed  on what somebody has confirmed or answered
 * @property {string[]} deciding  the protocol's own numbers of the criteria against it, as proposed
 * @property {number} open  criteria that are open, as proposed
 * @property {string[]} missing  what would close the first of them; only where somebody looks
 * @property {number} doubts  proposals that somebody must look at
 * @property {string} again  the first day on which time, or the protocol, allows another outcome
 * @property {string} until  the last day on which nothing but time rules the person out
 * @property {{ item: string, distance: string, unit: string, relative?: string } | undefined} near  the one value that is against it
 * @property {boolean} overridden
 */

/** @typedef {"number" | "key" | "age" | "sex" | "proposed" | "deciding" | "open" | "doubts" | "again" | "until" | "near" | "confirmed"} Column */
/** @typedef {Determination | "near" | "again" | "doubts" | ""} Show */
/** How the list is looked at. @typedef {{ page: number, sort: Column, down: boolean, show: Show, criterion: string, search: string }} Look */
/** @typedef {{ rows: Row[], from: number, found: number, page: number, pages: number, people: number, counts: Record<Determination, number>, criteria: string[], dated: number }} Page */

/** So many rows are shown at once. */
export const PAGE = 50;
const ORDER = [0, 2, 1];
const names = new Intl.Collator('en', { numeric: true });

/** The rows of the list, sorted and filtered as somebody wants them. */
export class Rows {
  /** What the order was made for, and the order. */
  #last = { look: '', order: /** @type {number[]} */ ([]) };

  /** @param {Standings} standings */
  constructor(standings) {
    this.standings = standings;
    const { study } = standings.of;
    this.items = study.eligibility.criteria.map(({ id, source }) => source.item || id);
  }

  /** Somebody stands otherwise now. */
  changed() {
    this.#last.look = '';
  }

  /** @param {number} place */
  #of(place) {
    return this.standings.people[place].shown(this.standings.asOf);
  }

  /** The criteria against it. @param {number} place */
  #failed(place) {
    const { proposed, criteria } = this.standings;
    return OUTCOMES[proposed[place]] === 'ineligible' ? this.items.filter((_, at) => criteria[at][place] === 1) : [];
  }

  /** @param {number} place */
  #open(place) {
    let open = 0;
    for (const plane of this.standings.criteria) if (plane[place] === 2) open += 1;
    return open;
  }

  /** How many people hang on a criterion: it does not pass, and no other one is against them. @param {number} at */
  hanging(at) {
    const { criteria, people } = this.standings;
    const others = criteria.filter((_, other) => other !== at);
    return people.filter((_, place) => criteria[at][place] !== 0 && others.every((plane) => plane[place] !== 1)).length;
  }

  /** @param {number} place @returns {Row} */
  row(place) {
    const { people, of, proposed, confirmed } = this.standings;
    const person = people[place];
    const outlook = this.standings.outlook(place);
    const near = nearest(outlook);
    return {
      number: person.number, file: person.file, key: person.key, label: person.label, ...this.#of(place),
      proposed: OUTCOMES[proposed[place]], confirmed: OUTCOMES[confirmed[place]],
      deciding: this.#failed(place), open: this.#open(place), missing: [], doubts: person.doubts(of.asked), again: again(outlook), until: outlook.possibleUntil ?? '',
      near: near && { item: this.items[of.study.eligibility.criteria.findIndex(({ id }) => id === near.criterion)], distance: near.margin.distance, unit: near.margin.unit, relative: near.relative },
      overridden: (person.overrides.get(of.study.id)?.size ?? 0) > 0,
    };
  }

  /** @param {Look} look @returns {Page} */
  page(look) {
    const { people, proposed, criteria } = this.standings;
    const order = this.order(look);
    const pages = Math.max(Math.ceil(order.length / PAGE), 1);
    const page = Math.min(look.page, pages - 1);
    const counts = { eligible: 0, ineligible: 0, undetermined: 0 };
    for (const byte of proposed) counts[OUTCOMES[byte]] += 1;
    const against = this.items.filter((_, at) => criteria[at].includes(1));
    return {
      rows: order.slice(page * PAGE, (page + 1) * PAGE).map((place) => ({ ...this.row(place), missing: this.standings.missing(place) })),
      from: page * PAGE, found: order.length, page, pages, people: people.length, counts,
      criteria: [...new Set(against)].sort(names.compare), dated: this.standings.dated,
    };
  }

  /** Where those stand that are wanted, in the order that is wanted. @param {Omit<Look, "page">} look */
  order({ sort, down, show, criterion, search }) {
    const { people, dated } = this.standings;
    const timed = [sort, show].some((one) => ['again', 'until', 'near'].includes(one));
    const look = JSON.stringify({ sort, down, show, criterion, search, dated: timed && dated });
    if (this.#last.look === look) return this.#last.order;
    const wanted = this.#filter({ show, criterion, search });
    const places = people.flatMap((_, place) => (wanted(place) ? [place] : []));
    const value = this.#value(sort);
    const keys = new Map(places.map((place) => [place, value(place)]));
    const turn = down ? -1 : 1;
    const order = places.sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      // who has none comes last, whichever way
      if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || a - b;
      return (typeof x === 'number' && typeof y === 'number' ? x - y : names.compare(String(x), String(y))) * turn || a - b;
    });
    this.#last = { look, order };
    return order;
  }

  /** @param {Pick<Look, "show" | "criterion" | "search">} look @returns {(place: number) => boolean} */
  #filter({ show, criterion, search }) {
    const { people, proposed, criteria, outlooks, of } = this.standings;
    const outcome = OUTCOMES.findIndex((name) => name === show);
    const at = this.items.indexOf(criterion);
    const text = search.trim().toLowerCase();
    return (place) => {
      const person = people[place];
      if (outcome >= 0 && proposed[place] !== outcome) return false;
      if (show === 'near' && !nearest(outlooks[place] ?? {})) return false;
      if (show === 'again' && !again(outlooks[place] ?? {})) return false;
      if (show === 'doubts' && person.doubts(of.asked) === 0) return false;
      if (at >= 0 && criteria[at][place] !== 1) return false;
      return !text || String(person.number) === text || person.key.toLowerCase().includes(text) || person.label.toLowerCase().includes(text) || person.file.toLowerCase().includes(text);
    };
  }

  /** What is sorted by. @param {Column} sort @returns {(place: number) => number | string | undefined} */
  #value(sort) {
    const { people, proposed, confirmed, outlooks, of } = this.standings;
    /** @type {Record<Column, (place: number) => number | string | undefined>} */
    const values = {
      number: (place) => people[place].number,
      key: (place) => people[place].label || people[place].key || people[place].file,
      age: (place) => this.#of(place).age,
      sex: (place) => this.#of(place).sex,
      proposed: (place) => ORDER[proposed[place]],
      confirmed: (place) => ORDER[confirmed[place]],
      deciding: (place) => this.#failed(place).join(' ') || undefined,
      open: (place) => this.#open(place),
      doubts: (place) => people[place].doubts(of.asked),
      again: (place) => again(outlooks[place] ?? {}) || undefined,
      until: (place) => outlooks[place]?.possibleUntil,
      near: (place) => {
        const near = nearest(outlooks[place] ?? {});
        return near && Number(near.relative ?? Infinity);
      },
    };
    return values[sort];
  }
}

/** The first day on which it may be otherwise for the better: by the protocol's rules and by time. @param {Outlook} outlook */
function again({ callBack, from, then }) {
  return callBack ?? (then && then !== 'ineligible' ? (from ?? '') : '');
}

/** A miss is near up to a tenth of the bound. @param {Outlook} outlook */
function nearest({ near }) {
  return near && Number(near.relative ?? Infinity) <= 0.1 ? near : undefined;
}
