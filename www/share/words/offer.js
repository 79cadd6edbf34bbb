// @ts-check
/** @import { Locale } from "../../pkg/check.js" */

/** The words that offer to share and to keep. */
const en = {
  heading: 'Share or keep your answers',
  hint: 'Both are locked with a code that this page makes. Nothing is shared or kept unless you ask for it.',
  share: 'Share with a code',
  keep: 'Keep on this device',
  forget: 'Delete everything',
};

/** @type {typeof en} */
const zh = {
  heading: '分享或保存您的回答',
  hint: '两者都用本页面生成的口令加密。只有您要求时才会分享或保存。',
  share: '用口令分享',
  keep: '保存在这台设备上',
  forget: '全部删除',
};

/** @type {Record<Locale, typeof en>} */
export const offer = { en, 'zh-CN': zh };
