// @ts-check
/** @import { WatchWords } from "./en.js" */

/** @type {WatchWords} */
export const zh = {
  offer: {
    heading: '告诉我其他研究的消息',
    lead: '会有新的研究，已有研究的条件也可能改变。您再次打开本页面时，可以在这里看到有什么变化。',
    keeps: '为此，本页面会把网站上的研究按今天的样子保存在这台设备上，不保存任何关于您的内容。',
    seen: '使用这台设备的其他人能看到保存了这份清单。',
    asks: '不会告诉任何人。打开页面时，比较只在您的设备上进行。',
    button: '在这台设备上保存清单',
    failed: '清单没有保存成功。可能是浏览器不允许本页面保存内容，或者没有网络。',
  },

  report: {
    heading: '研究有什么变化',
    skip: '跳到研究的变化',
    since: (day) => `与您上次查看时（${day}）相比。`,
    nothing: '没有变化。',
    failed: '研究信息没有载入成功。有网络时再试一次。您的清单还在。',
    unreadable: '这项研究的信息无法读取。',
    fresh: '新的研究',
    changed: '有变化的研究',
    gone: '本网站上不再有的研究',
    open: '查看这项研究',
    check: '做这项研究的预筛查',
    status: (before, now) => `状态：${now}（原来是：${before}）`,
    newCondition: '新增条件：',
    goneCondition: '取消的条件：',
    changedCondition: '改变的条件：',
    was: (text) => `原来是：${text}`,
    same: '文字没有变，核对的方法变了。',
    noConditions: '条件没有变，其他内容有变化。',
    you: '对您的回答意味着什么',
    sameOutcome: '对其他研究来说，您的回答得出的结果和以前一样。',
    allSame: '对每项研究来说，您的回答得出的结果都和以前一样。',
    unlock: '这台设备上保存着您用口令锁住的回答。输入口令，本页面就能说明这些变化对它们意味着什么。回答仍然锁着，不会发送到任何地方。',
    without: '这里没有您的回答，所以无法说明这些变化对您意味着什么。做一项研究的预筛查就能知道。',
    turned: (before, now) => `现在：${now}。以前：${before}。`,
    first: (now) => `新的研究：${now}。`,
    causes: { document: '研究有变化。', time: '研究没有变，时间过去了。' },
    decides: '只有研究团队才能决定谁可以参加。',
    read: '我已看过',
    readHint: '按“我已看过”后，下次将与今天的样子比较。',
    stop: '停止并删除清单',
    kept: '清单已保存在这台设备上。随时再打开本页面，就能看到有什么变化。',
  },

  stopped: {
    heading: '清单已删除',
    body: '本页面不再比较，这台设备上也没有留下清单。',
    failed: '清单没有删除成功。您可以在浏览器的设置中，随本网站的数据一起删除。',
  },

  notice: {
    news: (count) => `您上次查看之后，有 ${count} 项研究有新消息。`,
    see: '查看变化',
  },
};
