// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { AfterWords } from "./words/en.js" */

import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, AfterWords>} */
export const after = { en, 'zh-CN': zh };
