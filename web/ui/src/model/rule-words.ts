import type { AccessRule } from '../api/contract';
import { t, tx } from '../i18n';

/** An access rule in words: who may not be where, when. */
export function ruleInWords(rule: AccessRule): string {
  const comma = t('list.comma');
  const weekdays = rule.weekdays.length === 0 || rule.weekdays.length === 7 ? t('rule.everyDay') : rule.weekdays.map((weekday) => tx('weekday', String(weekday))).join(comma);
  const hours = rule.hours.length === 0 ? t('rule.allDay') : rule.hours.map((span) => `${span.fromLocal}–${span.untilLocal}`).join(comma);
  const who = [
    tx('rulePlates', rule.plates),
    ...(rule.vehicleClasses.length > 0 ? [rule.vehicleClasses.map((name) => tx('vehicleClass', name)).join(comma)] : []),
    ...(rule.accessClasses.length > 0 ? [rule.accessClasses.map((name) => tx('accessClass', name)).join(comma)] : []),
    ...(rule.energies.length > 0 ? [rule.energies.map((name) => tx('energy', name)).join(comma)] : []),
  ].join(' · ');
  const rotation = rule.plateRotation.map((turn) => `${tx('weekday', String(turn.weekday))} ${turn.digits.join('/')}`).join(comma);
  return [rule.name, `${weekdays} ${hours}`, who, ...(rotation === '' ? [] : [t('rule.digits', { digits: rotation })])].join('\n');
}
