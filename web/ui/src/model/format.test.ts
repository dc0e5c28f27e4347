import { describe, expect, it } from 'vitest';
import { addDays, formatClock, formatDistance, formatDuration, formatMoney, formatPercent, signed } from './format';

describe('format', () => {
  it.each([
    [0.9995, 1, '99.9 %'],
    [0.997, 0, '99 %'],
    [1, 1, '100.0 %'],
    [0.456, 0, '46 %'],
  ])('a part is never the whole: %f', (share, digits, text) => expect(formatPercent(share, digits)).toBe(text));
  it.each([
    [30, '30 s'],
    [2700, '45 min'],
    [7500, '2 h 05 min'],
    [-600, '−10 min'],
    [3599, '1 h 00 min'],
    [957_600, '266 h'],
  ])('duration %i', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
  it.each([
    [850, '850 m'],
    [3400, '3.4 km'],
    [412_000, '412 km'],
    [-1500, '−1.5 km'],
  ])('distance %i', (metres, text) => expect(formatDistance(metres)).toBe(text));
  it('money shows yuan from fen', () => expect([formatMoney(1234), formatMoney(123_456_700)]).toEqual(['¥12.34', '¥1,234,567']));
  it('signed keeps the direction', () => expect([signed(3100, formatDistance), signed(-3100, formatDistance), signed(0, formatDistance)]).toEqual(['+3.1 km', '−3.1 km', '±0']));
  it('clock is local to the service area', () => expect(formatClock('2026-11-22T21:05:00Z', 'Asia/Shanghai')).toBe('05:05'));
  it('days cross months', () => expect(addDays('2026-11-30', 1)).toBe('2026-12-01'));
});
