// @ts-check
/** @import { Shown } from "./about.js" */
/** @import { Point } from "./distance.js" */
/** @import { Site } from "./shape.js" */

import { make } from '../dom.js';
import { plain, terms, together } from '../terms/terms.js';
import { inLanguage } from '../words.js';
import { distance, pointOf } from './distance.js';
import { part } from './parts.js';

/** Where the study takes place, and what is near. @param {Shown} shown */
export function sites(shown) {
  const { study, words } = shown;
  const { sites: all = [] } = study;
  const list = make('ul', { class: 'sites' });
  const told = make('p', { role: 'status' });
  fill(shown, list, all);
  const somewhere = all.some(({ coordinates }) => pointOf(coordinates));
  const sort = (/** @type {Point} */ from) => {
    const [nearest] = fill(shown, list, all, from);
    told.textContent = nearest ? `${words.sorted(nearest.name, nearest.km)} ${words.straight}` : '';
  };
  return part('sites', words.sites, all.length > 0 ? list : make('p', {}, words.noSites), somewhere && near(shown, told, sort), somewhere && told);
}

/**
 * Fills the list, the nearest first where it is known from where; a site without a place stands behind them.
 * @param {Shown} shown
 * @param {HTMLElement} list
 * @param {Site[]} all
 * @param {Point} [from]
 */
function fill({ words, locale }, list, all, from) {
  const rows = all.map((site) => {
    const point = pointOf(site.coordinates);
    return { site, far: from && point ? distance(from, point) : Infinity };
  });
  if (from) rows.sort((a, b) => (a.far === b.far ? 0 : a.far - b.far));
  const said = rows.map(({ site, far }) => ({ site, name: inLanguage(site.name, locale) ?? '', km: Number.isFinite(far) ? kilometres(locale, far) : '' }));
  list.replaceChildren(...said.map(({ site, name, km }) => {
    const where = together(locale, [inLanguage(site.city, locale) ?? '', inLanguage(site.country, locale) ?? ''].filter(Boolean));
    const more = [where, site.status && plain(terms[locale].statuses, site.status), from && (km ? words.away(km) : words.noPlace)].filter(Boolean).join(' · ');
    return make('li', {}, make('strong', {}, name), more && make('span', { class: 'where' }, more));
  }));
  return said.filter(({ km }) => km);
}

/** @param {string} locale @param {number} far no more exact than the places are */
function kilometres(locale, far) {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: far < 100 ? 1 : 2 }).format(Math.max(far, 10));
}

/**
 * @param {Shown} shown
 * @param {HTMLElement} told
 * @param {(from: Point) => void} sort
 */
function near({ words, locale }, told, sort) {
  const cities = make('datalist', { id: 'cities' });
  const known = import('./places.js').then(({ places, placeNamed }) => {
    cities.replaceChildren(...places.map((place) => make('option', { value: place[locale] })));
    return placeNamed;
  });
  const city = make('input', { type: 'text', id: 'city', name: 'city', list: 'cities', maxlength: 60, 'aria-describedby': 'city-hint' });
  const byCity = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const place = await known.then((placeNamed) => placeNamed(city.value)).catch(() => undefined);
    if (place) sort(place.point);
    else told.textContent = words.cityUnknown;
  };
  // the device is asked for its position only here, when the person presses
  const byPosition = () => {
    if (!('geolocation' in navigator)) return void (told.textContent = words.positionFailed);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => sort({ north: coords.latitude, east: coords.longitude }),
      () => { told.textContent = words.positionFailed; },
      { maximumAge: 600_000, timeout: 20_000 },
    );
  };
  return make('form', { autocomplete: 'off', novalidate: true, 'aria-labelledby': 'nearest', onsubmit: (event) => void byCity(event) },
    make('h3', { id: 'nearest' }, words.nearest),
    make('div', { class: 'entry' }, make('label', { for: 'city' }, words.city), make('p', { class: 'hint', id: 'city-hint' }, words.cityHint), city, cities),
    make('p', { class: 'actions' },
      make('button', { type: 'submit', class: 'secondary' }, words.show),
      make('button', { type: 'button', class: 'secondary', 'aria-describedby': 'position-hint', onclick: byPosition }, words.position)),
    make('p', { class: 'hint', id: 'position-hint' }, words.positionHint));
}
