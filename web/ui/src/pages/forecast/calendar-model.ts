import type { CalendarMark, DayKind } from '../../api/forecast-contract';
import { addDays } from '../../model/format';

/** Special days of the same kind, name and source that follow each other. */
export interface Stretch { from: string; until: string; mark: CalendarMark }

/** @param marks ascending by day */
export function stretchesOf(marks: readonly CalendarMark[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const mark of marks) {
    const last = stretches[stretches.length - 1];
    const goesOn = last?.mark.kind === mark.kind && last.mark.name === mark.name && last.mark.festival === mark.festival && last.mark.source === mark.source && addDays(last.until, 1) === mark.day;
    if (goesOn) last.until = mark.day;
    else stretches.push({ from: mark.day, until: mark.day, mark });
  }
  return stretches;
}

/** What kind of day it is; one may be a holiday within a sale. */
export function kindsOf(mark: CalendarMark): (DayKind | 'promotion')[] {
  return [...(mark.kind === 'ordinary' ? [] : [mark.kind]), ...(mark.festival === null ? [] : ['promotion' as const])];
}

export function stretchLabel({ from, until }: Stretch): string {
  if (from === until) return from;
  return `${from} – ${from.slice(0, 5) === until.slice(0, 5) ? until.slice(5) : until}`;
}
