import { beforeEach, expect, it } from 'vitest';
import type { Me } from '../api/contract';
import type { MyRouteView } from '../api/my-route-contract';
import { keepRoute, keepSession, keptRoute, readKept } from './kept-day';

const values = new Map<string, string>();
const store = { getItem: (key: string) => values.get(key) ?? null, setItem: (key: string, value: string) => void values.set(key, value), removeItem: (key: string) => void values.delete(key) };
const who = (name: string, role = 'courier') => ({ name, role, csrfToken: 'secret' }) as unknown as Me;
const route = { day: '2026-11-26', state: 'ready', routes: [] } as unknown as MyRouteView;
const HOUR = 3_600_000;

beforeEach(() => values.clear());

it('keeps the route of the courier who is signed in, without the token', () => {
  keepSession(store, who('a'), 0);
  keepRoute(store, 'a', route, HOUR);
  expect(keptRoute(store, 'a', '2026-11-26', 2 * HOUR)).toEqual({ route, atUnixMs: HOUR });
  expect([...values.values()].join()).not.toContain('secret');
});

it('shows it to nobody else and for no other day', () => {
  keepSession(store, who('a'), 0);
  keepRoute(store, 'a', route, 0);
  expect(keptRoute(store, 'b', '2026-11-26', HOUR)).toBeNull();
  expect(keptRoute(store, 'a', '2026-11-27', HOUR)).toBeNull();
});

it('forgets it when another account signs in, at sign-out, and for staff', () => {
  for (const next of [who('b'), null, who('a', 'dispatcher')]) {
    keepSession(store, who('a'), 0);
    keepRoute(store, 'a', route, 0);
    keepSession(store, next, HOUR);
    expect(keptRoute(store, 'a', '2026-11-26', HOUR)).toBeNull();
  }
  expect(values.size).toBe(0);
});

it('survives a second sign-in of the same courier, and not the next day', () => {
  keepSession(store, who('a'), 0);
  keepRoute(store, 'a', route, 0);
  keepSession(store, who('a'), HOUR);
  expect(keptRoute(store, 'a', '2026-11-26', HOUR)?.route).toEqual(route);
  expect(readKept(store, 22 * HOUR)).toBeNull();
  expect(values.size).toBe(0);
});

it('forgets what it cannot read', () => {
  values.set('courier.day', '{');
  expect(readKept(store, 0)).toBeNull();
  expect(values.size).toBe(0);
});
