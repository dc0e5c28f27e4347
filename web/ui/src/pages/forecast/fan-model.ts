import type { CalendarMark, DayKind } from '../../api/forecast-contract';
import { kindsOf, stretchesOf } from './calendar-model';

/** Pure parts of the fan chart. */

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

/** The next of 1, 1.5, 2, 3, 4, 5, 6, 8 × a power of ten: an axis end that wastes little. */
export function ceilingOf(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  return ([1, 1.5, 2, 3, 4, 5, 6, 8].find((step) => lead <= step + 1e-9) ?? 10) * power;
}

export interface MarkRun { from: string; until: string; kind: DayKind | 'promotion'; label: string; row: number }

/** What a day is called; one that is a holiday within a sale bears both names. */
export function markLabel(mark: CalendarMark): string {
  return [mark.name, mark.festival].filter((name) => name !== null).join(' · ');
}

/** Days that follow each other and show the same as one band, within [first, last]; a sale hides the holiday in it, and labels that would touch go up a row. */
export function markRuns(marks: readonly CalendarMark[], first: string, last: string): MarkRun[] {
  const shown = marks.filter((mark) => mark.day >= first && mark.day <= last)
    .map((mark): CalendarMark => ({ ...mark, source: null, ...(mark.festival === null ? {} : { kind: 'ordinary', name: null }) }));
  const runs: MarkRun[] = [];
  for (const { from, until, mark } of stretchesOf(shown)) {
    const kind = kindsOf(mark)[0];
    if (!kind) continue;
    const before = runs[runs.length - 1];
    const isClose = before !== undefined && dayNumber(from) - dayNumber(before.from) < 8;
    runs.push({ from, until, kind, label: markLabel(mark), row: isClose && before.row === 0 ? 1 : 0 });
  }
  return runs;
}

/** Sums the drivers of a group, the largest effect first; groups without effect are left out. */
export function groupDrivers<T extends { group: string; parcels: number }>(drivers: readonly T[]): { group: string; parcels: number; members: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const driver of drivers) groups.set(driver.group, [...(groups.get(driver.group) ?? []), driver]);
  return [...groups].map(([group, members]) => ({ group, members, parcels: members.reduce((sum, member) => sum + member.parcels, 0) }))
    .filter((item) => Math.abs(item.parcels) > 1e-6).sort((a, b) => Math.abs(b.parcels) - Math.abs(a.parcels));
}
