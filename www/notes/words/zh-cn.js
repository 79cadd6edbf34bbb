// @ts-check
/** @import { NoteWords } from "./en.js" */

/** @type {NoteWords} */
export const zh = {
  heading: '我的笔记',
  none: '还没有笔记。可以在任何一段下面按“添加笔记”。如果只针对其中几个字，先选中这些字。',
  private: '笔记只有您自己能看到。打印时会一起打印，放进链接则要您勾选。',
  add: '添加笔记',
  about: (what) => `：${what}`,
  noteAbout: (what) => `您的笔记：${what}`,
  mark: (number) => `笔记 ${number}`,
  save: '保存笔记',
  drop: '不写笔记',
  remove: '删除这条笔记',
  saved: '笔记已保存。',
  deleted: '这条笔记已不在。',
  allDeleted: '笔记已全部删除。',
  removeAll: '删除全部笔记',
  choose: '选择要引用的文字',
  select: '用 Shift 和方向键选择文字，或用手指选择。这里的文字不能修改。',
  use: '引用这些文字',
  unquote: '去掉引用',
  lost: '您写下之后，这里的文字有变化。',
  export: '保存为文件',
  fileName: '笔记.jsonld',
  keep: '把笔记保存在这台设备上',
  keepHint: '关闭页面后笔记就没有了。如果保存，使用这台设备的其他人也能看到。',
  unkeep: '不再保存',
  kept: '这些笔记在这台设备上保存 90 天。使用它的其他人也能看到。',
  notKept: '这个浏览器不允许页面保存内容。',
  elsewhere: (id) => `其他部分（${id}）`,
};
