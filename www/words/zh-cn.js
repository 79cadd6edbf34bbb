// @ts-check
/** @import { Words } from "./en.js" */

/** @type {Words} */
export const zh = {
  locale: 'zh-CN',
  direction: 'ltr',
  product: '临床试验预筛查',
  errorTitle: '有误：',
  skip: '跳到预筛查',
  allStudies: '全部研究',
  aboutPage: ['本页面不作任何决定。能否参加研究，只有研究团队可以决定。', '本页面不是医疗建议，也不是报名渠道；除非您要求，您的回答既不保存，也不发送。'],
  offline: {
    kept: '本页面已保存在这台设备上，没有网络也能打开。您的回答不会保存。',
    newer: '本页面有新版本可用。',
    use: '现在使用',
  },
  version: (engine) => `版本 ${engine}`,
  otherLanguage: '这项研究没有中文文字，或中文译文尚未更新，因此预筛查以英文显示。',
  sentence: '',
  brackets: (count) => `（${count}）`,

  start: {
    heading: '看看这项研究是否可能适合您',
    loading: '正在载入研究信息……',
    slow: '载入时间比平时长。您可以再等一会儿，或重新载入页面。',
    emergencyTitle: '是紧急情况吗？',
    emergency: '如果现在病情很重，或症状正在加重，立即拨打急救电话：中国大陆 120，欧洲 112，美国 911。',
    notFirst: '不要先填写本页面。',
    about: '研究内容',
    who: '研究面向哪些人',
    conditions: '疾病',
    ages: '年龄',
    between: (from, to) => `${from}至${to}`,
    atLeast: (from) => `${from}及以上`,
    atMost: (to) => `${to}及以下`,
    sex: '性别',
    places: '地点',
    sexes: { FEMALE: '女性', MALE: '男性' },
    limits: '还有其他条件，后面的问题会逐一询问。',
    beforeTitle: '开始之前',
    before: [
      '大约需要 5 分钟，没有时间限制。',
      '最好准备好：症状开始的时间、所有正在使用的药物、最近的验血报告和住院资料。',
      '每个问题都可以回答“不确定”。',
    ],
    decides: ['预筛查把您的回答与研究公布的条件作对照。能否参加，只有研究团队可以决定。', '这不是医疗建议。不要因此停止或更改任何治疗。'],
    stays: '您的回答只留在这台设备上。除非您自己发送，您输入的内容不会离开本页面；除非您要求，关闭页面后也不会保留。',
    airplane: '您现在就可以打开飞行模式，预筛查照常进行。',
    sendsNothing: '预筛查本身不发送、也不保存任何信息。它所在的网站可能会记录您的操作。',
    exposed: '嵌入本预筛查的网站可以读取您的回答和结果。',
    exit: '之后的每一屏都有“快速离开”按钮：按下后会删除您的回答，并打开另一个网站。',
    button: '开始',
    dated: (date) => `研究信息日期：${date}`,
    source: '来源：',
    partial: '这项研究的条件没有全部公布。预筛查只涉及已公布的条件。',
    unpublished: '这项研究的条件没有公布。',
    another: '打开试验文件或分享的预筛查',
    anotherHint: '选择这台设备上的试验文件（.json）或分享的预筛查（.tpseal）。文件只在这里读取，不会发送到任何地方。',
    file: '文件',
    opened: (name) => `已打开 ${name}。`,
    refused: (name) => `无法打开 ${name}。上面显示的仍是原来的研究。`,
    place: (line, column) => `第 ${line} 行第 ${column} 列`,
    kept: '您在这台设备上保存了一次预筛查。',
    openKept: '用口令打开',
    cleared: '您的回答已删除。现在可以关闭本页面。',
  },

  who: {
    heading: '您在为谁做预筛查？',
    patient: '为我自己',
    caregiver: '为我照顾的人',
    staff: '我在研究中心工作',
    staffHint: '问题使用医学术语，需要对照病历回答。',
    choose: '选择为谁做预筛查',
  },

  question: {
    exit: '快速离开',
    trying: '这只是试一试，您的回答没有改变。',
    prefilled: '以下内容由网站预先填写，核对后再继续。',
    back: '返回',
    number: (n) => `第 ${n} 题`,
    left: (about, most) => {
      if (most === 0) return '最后一题';
      if (about === 0) return `可能是最后一题，之后最多还有 ${most} 题`;
      return about < most ? `之后大约还有 ${about} 题，最多 ${most} 题` : `之后最多还有 ${most} 题`;
    },
    yes: '是',
    no: '否',
    or: '或者',
    notSure: '不确定',
    notInChart: '病历中没有',
    declined: '不想回答',
    declinedByStaff: '本人不想回答',
    continue: '继续',
    why: '为什么问这个问题',
    where: '在哪里可以找到',
    problem: '有内容需要改正',
    error: '有误：',
  },

  doubt: {
    heading: '填写正确吗？',
    entered: (label, value) => `您填写的是：${label}：${value}。`,
    unusual: '这个数值不常见，可能是输入有误，或者用了其他单位。',
    keep: '正确，保留',
    change: '更改',
  },

  stop: {
    heading: '根据这个回答，这项研究目前可能不适合',
    why: '原因',
    on: '您可以到此为止，也可以回答其余问题：与研究团队或医生交谈时会有帮助。',
    change: '更改这个回答',
    goOn: '继续回答其余问题',
    result: '查看结果',
  },

  review: {
    heading: '核对您的回答',
    open: '需要弄清楚的内容',
    openHint: '这些问题您不确定。可以先继续，弄清楚后再更改。',
    answers: '您的回答',
    none: '还没有回答。',
    change: '更改',
    submit: '查看结果',
  },

  result: {
    next: '下一步做什么',
    find: '您可以弄清楚的内容',
    where: '在哪里找：',
    team: '研究团队会检查的内容',
    against: '不符合的条件',
    open: '尚不清楚的条件',
    fine: '符合的条件',
    item: (item) => `研究文件条目：${item.replace('Inclusion', '入选标准').replace('Exclusion', '排除标准')}`,
    needed: '弄清楚需要：',
    basedOn: '依据您的回答：',
    dates: '需要留意的日期',
    answers: '您的回答',
    answer: '现在回答',
    print: '打印或保存',
    over: '重新开始',
    contact: '研究联系方式',
    write: '联系研究团队',
    watch: '告诉我其他研究的消息',
  },

  further: {
    missing: '这一部分没有载入成功',
    still: '您填写的内容都还在。先返回，有网络时再试一次。',
  },

  clear: {
    heading: '要删除您的回答吗？',
    body: '您在本页面输入的全部内容都会被删除，无法恢复。',
    yes: '删除并重新开始',
    no: '保留我的回答',
    button: '清除并重新开始',
  },

  problem: {
    heading: '预筛查无法在这里运行',
    engine: '有一部分没有载入成功。可能是网络缓慢或中断，也可能是浏览器或网络的设置造成的。',
    browser: '浏览器版本太旧，或者设置中关闭了预筛查所需的 WebAssembly。换一个较新的浏览器即可，手机和电脑都可以。',
    trial: '研究信息没有载入成功。',
    document: '研究信息文件已损坏，或者是为更新的版本制作的。',
    failure: '预筛查在运行中出了故障。没有对您作出任何判断。',
    safe: '没有发送任何信息。这并不说明您能不能参加研究。',
    still: '您还可以这样做',
    stillCan: '您可以直接询问研究团队，或把研究编号给您的医生看。',
    again: '重试',
    details: '供页面管理人员参考的详细信息',
  },

  notes: '我的笔记',

  help: {
    emergency: '现在病情很重，或症状正在加重？立即拨打急救电话。',
  },

  ageUnits: { Year: '岁', Years: '岁', Month: '个月', Months: '个月', Week: '周', Weeks: '周', Day: '天', Days: '天' },

};
