// @ts-check
/** @import { SeveralWords } from "./en.js" */

/** @type {SeveralWords} */
export const zh = {
  heading: '这些研究中，哪些可能适合您？',
  about: (count) => `一次核对 ${count} 项研究。每件事只问一次，已经排除的研究不再追问。`,
  studies: '研究',
  result: '您的回答对每项研究意味着什么',
  lead: '这里把您的回答和各项研究公布的内容作比较。能不能参加只能由研究团队决定。',
  groups: {
    'may-fit': '您可能可以参加',
    'cannot-tell': '目前还不能判断',
    'not-now': '目前可能不适合',
  },
  none: '按您的回答，这里目前没有适合的研究。情况会变，医生也知道还有哪些研究和办法。',
  find: '需要了解：',
  team: '研究团队会核对的内容',
  goOn: '继续查这项研究',
  goOnHint: '已有的回答会带过去，只问还缺的内容。',
  read: '了解这项研究',
  alone: '正在查一项研究',
  back: '回到全部研究',
};
