import { describe, expect, it } from 'vitest';
import type { CalendarMark } from '../../api/forecast-contract';
import { ceilingOf, groupDrivers, markRuns } from './fan-model';

const mark = (day: string, name: string | null, festival: string | null = null): CalendarMark => ({ day, kind: name ? 'holiday' : 'ordinary', name, festival, source: null });

describe('fan model', () => {
  it('ends an axis a little above the largest value', () => {
    expect([ceilingOf(1), ceilingOf(29), ceilingOf(31), ceilingOf(4200), ceilingOf(8100)]).toEqual([1, 30, 40, 5000, 10000]);
  });

  it('joins the days of one holiday and keeps promotions apart', () => {
    const runs = markRuns([mark('2026-10-01', '国庆节'), mark('2026-10-02', '国庆节'), mark('2026-11-11', null, '双11'), mark('2027-01-01', '元旦')], '2026-09-01', '2026-11-30');
    expect(runs.map((run) => [run.from, run.until, run.kind])).toEqual([['2026-10-01', '2026-10-02', 'holiday'], ['2026-11-11', '2026-11-11', 'promotion']]);
  });

  it('draws a sale as one band whatever else its days are', () => {
    const sale: CalendarMark[] = ['2026-06-18', '2026-06-19', '2026-06-20'].map((day) => mark(day, day === '2026-06-19' ? '端午节' : null, '618'));
    const runs = markRuns([...sale, { ...mark('2026-06-21', null), kind: 'makeUpWorkday', name: '调休上班' }], '2026-06-01', '2026-06-30');
    expect(runs.map((run) => [run.from, run.until, run.kind, run.label, run.row])).toEqual([
      ['2026-06-18', '2026-06-20', 'promotion', '618', 0], ['2026-06-21', '2026-06-21', 'makeUpWorkday', '调休上班', 1],
    ]);
  });

  it('sums what drives a day by reason, largest first', () => {
    const groups = groupDrivers([{ group: 'level', parcels: 2 }, { group: 'weekday', parcels: -5 }, { group: 'level', parcels: 1 }, { group: 'season', parcels: 0 }]);
    expect(groups.map((group) => [group.group, group.parcels])).toEqual([['weekday', -5], ['level', 3]]);
  });
});
