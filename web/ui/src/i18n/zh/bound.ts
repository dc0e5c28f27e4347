export const bound = {
  'bound.ask': '与最佳偏好对比',
  'bound.asking': '正在计算…',
  'bound.costs': '按偏好配送反而里程更少：{other}，计划 {plan}',
  'bound.driving': '并估算里程（{s} 秒）',
  'bound.gives': '计划让出 {share} 的偏好（{plan}，最佳 {best}）',
  'bound.same': '计划已达到最佳偏好（{n} 件）',
  'bound.saves': '换来里程 {share}（{plan}，按偏好 {other}）',
  'bound.title': '收件人偏好',
  'bound.unequal': '按偏好配送未排 {other} 件，计划 {plan} 件',
  'bound.unproven': '下界，未证明可达',
  'bound.walk': '人均步行 {plan}，最佳偏好 {best}',
};
