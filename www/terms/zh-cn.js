// @ts-check
/** @import { Terms } from "./en.js" */

/** @type {Terms} */
export const zh = {
  notStated: '资料未写明',
  phases: { EARLY_PHASE1: '早期 I 期', PHASE1: 'I 期', PHASE2: 'II 期', PHASE3: 'III 期', PHASE4: 'IV 期', NA: '不分期' },
  statuses: {
    RECRUITING: '正在招募', NOT_YET_RECRUITING: '尚未开始招募', ENROLLING_BY_INVITATION: '仅限受邀者',
    ACTIVE_NOT_RECRUITING: '进行中，不再招募', COMPLETED: '已完成', SUSPENDED: '已暂停', TERMINATED: '提前终止',
    WITHDRAWN: '开始前撤回', UNKNOWN: '不清楚',
  },
  types: { INTERVENTIONAL: '检验一种治疗', OBSERVATIONAL: '只做观察', EXPANDED_ACCESS: '试验外用药' },
  allocations: { RANDOMIZED: '随机分组', NON_RANDOMIZED: '非随机分组', NA: '单组' },
  maskings: {
    NONE: '开放，都知道用的是什么', SINGLE: '单盲，有一方不知道用的是什么', DOUBLE: '双盲，参加者和医生都不知道用的是什么',
    TRIPLE: '三盲，参加者、医生、评价者都不知道', QUADRUPLE: '四盲，有关人员都不知道用的是什么',
  },
  arms: {
    EXPERIMENTAL: '试验组', PLACEBO_COMPARATOR: '安慰剂组', ACTIVE_COMPARATOR: '阳性对照组',
    SHAM_COMPARATOR: '假治疗组', NO_INTERVENTION: '不干预组', OTHER: '其他组',
  },
  interventions: {
    BIOLOGICAL: '生物制品', DRUG: '药物', DEVICE: '器械', PROCEDURE: '操作', BEHAVIORAL: '行为干预', RADIATION: '放射治疗',
    GENETIC: '基因治疗', DIETARY_SUPPLEMENT: '膳食补充剂', DIAGNOSTIC_TEST: '检查', COMBINATION_PRODUCT: '组合产品', OTHER: '其他',
  },
  sexes: { ALL: '不限', FEMALE: '女性', MALE: '男性' },
  criteria: { published: '参加条件已全部公布', partial: '参加条件只公布了一部分', 'not-published': '参加条件没有公布' },
};
