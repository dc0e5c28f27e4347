import type { Board } from '../api/contract';

/** One line for each vehicle and rule, with all its hours: a rush-hour ban is one ban. Pure. */
export function groupBans(bans: Board['illegalVehicles']): { plate: string; rule: string; hours: string[] }[] {
  const groups = new Map<string, { plate: string; rule: string; hours: string[] }>();
  for (const { plate, rule, fromLocal, untilLocal } of bans) {
    const key = `${plate}\n${rule}`;
    const group = groups.get(key) ?? { plate, rule, hours: [] };
    group.hours.push(`${fromLocal}–${untilLocal}`);
    groups.set(key, group);
  }
  return [...groups.values()];
}
