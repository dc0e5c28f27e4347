export const bound = {
  'bound.ask': 'Compare with best preference',
  'bound.asking': 'Computing…',
  'bound.costs': 'Driving the preferred assignment would be shorter: {other}, plan {plan}',
  'bound.driving': 'and estimate driving ({s} s)',
  'bound.gives': 'The plan gives up {share} of preference ({plan}, best {best})',
  'bound.same': 'The plan meets the best preference ({n} parcel{n:s})',
  'bound.saves': 'to save {share} of driving ({plan}, preferred {other})',
  'bound.title': 'Recipients’ preference',
  'bound.unequal': 'preferred leaves out {other} parcel{other:s}, the plan {plan}',
  'bound.unproven': 'a bound, not proven reachable',
  'bound.walk': 'Walk per recipient {plan}, best preference {best}',
};
