// @ts-check
import { connect } from '../connect.js';
import { Panel } from '../panel.js';
import { shell } from '../shell.js';
import { Watching } from './watching.js';
import { words } from './words.js';

const watching = new Watching(connect);
const panel = new Panel(/** @type {HTMLElement} */ (document.querySelector('#watch')), 1, watching.first);

shell((locale) => {
  void panel.speak(locale);
  return { title: words[locale].report.heading, skip: words[locale].report.skip };
}, { told: async () => undefined });
