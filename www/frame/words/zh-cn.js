// @ts-check
/** @import { Words } from "./en.js" */

/** @type {Words} */
export const zh = {
  about: (host) => `本预筛查由 ${host} 提供。嵌入它的网站看不到您在这里输入的内容。`,
};
