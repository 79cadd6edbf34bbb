// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { NoteWords } from "./words/en.js" */

import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, NoteWords>} */
export const noteWords = { en, 'zh-CN': zh };
