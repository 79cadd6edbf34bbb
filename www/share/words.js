// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { ShareWords } from "./words/en.js" */

import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, ShareWords>} */
export const share = { en, 'zh-CN': zh };
