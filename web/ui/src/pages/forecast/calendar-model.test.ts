import { describe, expect, it } from 'vitest';
import type { CalendarMark } from '../../api/forecast-contract';
import { kindsOf, stretchesOf, stretchLabel } from './calendar-model';
import { markLabel } from './fan-model';

const mark = (day: string, festival: string | null, source: string | null = null): CalendarMark => ({ day, kind: 'ordinary', name: null, festival, source });

describe('calendar', () => {
  it('calls a holiday within a sale both', () => {
    const both: CalendarMark = { ...mark('2026-06-19', '618'), kind: 'holiday', name: '端午节' };
    expect(kindsOf(both)).toEqual(['holiday', 'promotion']);
    expect(markLabel(both)).toBe('端午节 · 618');
  });
  it('joins days that follow each other and are alike', () => {
    const labels = stretchesOf([
      mark('2026-12-30', 'a'), mark('2026-12-31', 'a'), mark('2027-01-01', 'a'), mark('2027-01-02', 'b'), mark('2027-01-03', 'b'), mark('2027-01-04', 'b', 'mail'), mark('2027-01-06', 'b', 'mail'),
    ]).map((stretch) => `${stretchLabel(stretch)} ${stretch.mark.festival}`);

    expect(labels).toEqual(['2026-12-30 – 2027-01-01 a', '2027-01-02 – 01-03 b', '2027-01-04 b', '2027-01-06 b']);
  });
});
