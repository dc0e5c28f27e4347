import { expect, test } from 'vitest';
import type { RouteView } from '../api/contract';
import { atOfDay, startOf } from './repair';

const route = (start: string, end: string) => ({ start, end }) as RouteView;

test('a report begins now while the plan is driven', () => {
  const routes = [route('2026-11-26T00:00:00Z', '2026-11-26T08:00:00Z')];
  expect(startOf(routes, new Date('2026-11-26T03:20:30Z')).toISOString()).toBe('2026-11-26T03:20:00.000Z');
});

test('a report on another day begins a quarter into it', () => {
  const routes = [route('2026-11-26T00:00:00Z', '2026-11-26T06:00:00Z'), route('2026-11-26T02:00:00Z', '2026-11-26T08:00:00Z')];
  expect(startOf(routes, new Date('2026-11-25T12:00:00Z')).toISOString()).toBe('2026-11-26T02:00:00.000Z');
});

test('wall clock and zone make an instant', () => {
  expect(atOfDay('2026-11-26', '11:30', 'Asia/Shanghai')).toBe('2026-11-26T03:30:00.000Z');
  expect(atOfDay('2026-07-01', '11:30', 'Europe/Berlin')).toBe('2026-07-01T09:30:00.000Z');
});
