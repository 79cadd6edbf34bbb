// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { WatchWords } from "./words/en.js" */

import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, WatchWords>} */
export const words = { en, 'zh-CN': zh };
