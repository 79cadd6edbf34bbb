// @ts-check
/** @import { AfterWords } from "./en.js" */

/** @type {AfterWords} */
export const zh = {
  calendar: '把这些日期放进日历',
  calendarFile: (trial) => `预筛查-${trial}.ics`,
  until: (trial) => `${trial} 预筛查：结果到此时为止有效`,
  from: (trial) => `${trial} 预筛查：从此时起再核对一次`,
  about: '此后仅因时间推移，结果就可能改变。谁能参加，只由研究团队决定。',

  attempt: '如果某个回答不一样呢？',
  attemptHint: '您可以试一试别的回答。您自己的回答不会改变。',
  pick: '您想把哪个回答换一种试试？',
  picked: (label, value) => `${label}：${value}`,
  tried: '如果这样回答',
  same: '结果会是一样的。',
  now: '您现在的回答',
  then: '您试的回答',
  changed: '会有什么改变',
  another: '再试一个回答',
  back: '返回您的结果',

  otherwise: '哪些条件不符合，相差多少',
  receipt: '凭据',
  receiptHint: '任何人用同样的研究文件、回答和预筛查版本，都会得到同样的摘要值。它不透露您的任何信息。',
  digest: '本结果的摘要值',
  answersDigest: '您的回答的摘要值',
  trialDigest: '研究文件的摘要值',
};
