// @ts-check
/** @import { ContactWords } from "./en.js" */

/** @type {ContactWords} */
export const zh = {
  heading: '联系研究团队',
  lead: '写下研究团队怎样可以联系到您。在任何操作之前，您都会先看到完整的内容。',
  stays: '这份表格不会发送任何内容。您会得到一段文字，由您自己发送、保存或复制。',
  sends: (host) => `填写时不会发送任何内容。下一页会显示完整的文字和一个发送按钮，按下后只发给 ${host}，不会发到别处。`,
  around: '这份表格所在的网站可能会记录您填写的内容。',
  notKept: '关闭页面后，您填写的内容不会保留。',
  refused: (address) => `本网站要求把内容发到另一个网站：${address}。这份表格不会这样做。您仍然可以自己发送、保存或复制。`,
  reach: '留下一种联系方式即可：电子邮箱或电话。其余都可以不填。',
  optional: '（选填）',
  given: '名',
  family: '姓',
  email: '电子邮箱',
  phone: '电话',
  language: '其他语言',
  languageHint: '如果您想用其他语言交谈，写下是哪一种。',
  along: '还要附上什么',
  alongHint: '除非您勾选，否则预筛查的内容都不会附上。您可以先在文字中看到全部内容。',
  result: '预筛查的结果',
  answers: '我的回答',

  errors: {
    reach: '填写电子邮箱或电话',
    email: '填写完整的电子邮箱，例如 name@example.com',
    phone: '填写完整的电话号码',
  },

  preview: {
    heading: '这是全部内容',
    lead: '现在还没有发送。逐字核对一下。',
    to: '收件人',
    subject: '主题',
    text: '正文',
    data: '网站的计算机收到的内容（逐字相同）',
    change: '修改内容',
    mail: '在我的邮件程序中打开',
    mailHint: '邮件程序会打开这封邮件。只有您在那里发送，邮件才会发出。',
    empty: '打开一封没有正文的邮件',
    emptyHint: '正文太长，不能放进链接。先复制正文，再粘贴到邮件里。',
    nobody: '这项研究的公开信息中没有电子邮箱。您可以保存或复制这段文字，自己转交，例如交给您的医生。',
    copy: '复制正文',
    copied: '正文已复制。',
    notCopied: '浏览器不允许本页面复制。您可以自己选中正文并复制。',
    save: '保存为文件',
    send: '发送',
    sending: '正在发送……',
    again: '再试一次',
    already: '这段内容已经发送。',
  },

  failed: {
    heading: '没有发送成功',
    body: '您填写的内容都还在。可以再试一次，或者复制、保存正文。',
  },

  sent: {
    heading: '您的内容已发送',
    body: (host) => `已发给 ${host}，没有发到别处。本页面不保留这些内容。`,
    next: '研究团队会用您留下的方式回复您。如果没有收到回复，可以让您的医生联系研究方。',
  },

  message: {
    subject: (id) => `咨询研究 ${id}`,
    opening: '我想与研究团队谈谈这项研究。',
    study: '研究',
    line: (label, value) => `${label}：${value}`,
    language: '希望使用的语言',
    result: '我在自己的设备上做的预筛查的结果，不作任何决定。',
    answers: '我在预筛查中的回答',
    whom: { patient: '我为自己回答。', caregiver: '我为自己照顾的人回答。', staff: '我在试验机构工作，为他人回答。' },
  },
};
