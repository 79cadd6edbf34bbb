// @ts-check
/** @import { Words } from "./en.js" */

/** @type {Words} */
export const zh = {
  about: (host) => `本预筛查由 ${host} 提供。嵌入它的网站看不到您在这里输入的内容。`,
  alone: {
    heading: '本页面供其他网站嵌入使用',
    body: '单独打开时，这里不进行预筛查。预筛查有自己的页面。',
    one: (study) => `前往研究 ${study} 的预筛查`,
    several: '前往这些研究的预筛查',
  },
};
