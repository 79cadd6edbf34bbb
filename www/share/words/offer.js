// @ts-check
/** @import { Locale } from "../../pkg/check.js" */

/** The words that offer to share and to keep, and those for what came in that way. */
const en = {
  heading: 'Share or keep your answers',
  hint: 'Both are locked with a code that this page makes. Nothing is shared or kept unless you ask for it.',
  share: 'Share with a code',
  keep: 'Keep on this device',
  forget: 'Delete everything',
  forgets: 'What you kept on this device is deleted too.',
  elsewhere: 'This time was told by the clock of another place. Which clock is meant?',
};

/** @type {typeof en} */
const zh = {
  heading: '分享或保存您的回答',
  hint: '两者都用本页面生成的口令加密。只有您要求时才会分享或保存。',
  share: '用口令分享',
  keep: '保存在这台设备上',
  forget: '全部删除',
  forgets: '保存在这台设备上的内容也会一并删除。',
  elsewhere: '这个时间是按另一个地方的时钟填写的。以哪个时区为准？',
};

/** @type {Record<Locale, typeof en>} */
export const offer = { en, 'zh-CN': zh };
