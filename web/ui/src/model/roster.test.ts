import { expect, it } from 'vitest';
import type { RosterCell, RosterView } from '../api/roster-contract';
import { assign, clockOf, coverageOf, findCell, hubsOf, minuteOf, mondayOf, moveDuty, paidMinutes, setWish, toggleLock, missingMinutes } from './roster';

const shift = (id: string, startMinute: number, endMinute: number) => ({ id, name: id, startMinute, endMinute, paidMinutes: endMinute - startMinute - 30, isUnpopular: false });
const courier = (id: string, hubId: string) => ({ id, code: id, name: id, hub: hubId, hubId, skills: [], classes: ['van'], contractMinutes: 2400, maxMinutes: 2640 });
const view: RosterView = {
  firstDay: '2026-11-23', revision: 1, publishedAt: null, publishedBy: null, isChangedSincePublished: false,
  shifts: [shift('early', 360, 840), shift('late', 780, 1260)],
  couriers: [courier('a', 'h1'), courier('b', 'h1'), courier('c', 'h2')],
  vehicles: [{ id: 'v1', plate: '1', vehicleClass: 'van', hubId: 'h1', barredDays: [3] }, { id: 'v2', plate: '2', vehicleClass: 'van', hubId: 'h1', barredDays: [] }],
  cells: [], wishes: [], demand: [{ day: 0, startMinute: 360, endMinute: 780, needed: 2, scheduled: 0, skill: null, hubId: null }, { day: 0, startMinute: 780, endMinute: 840, needed: 2, scheduled: 0, skill: null, hubId: null }],
  volumes: [], broken: [], faults: [], solve: null, job: null, engineProblem: null,
};
const duty = (courierId: string, day: number, shiftId: string, vehicleId: string | null, isLocked = false): RosterCell => ({ courierId, day, shiftId, vehicleId, isLocked });

it('finds the Monday of any day', () => {
  expect(['2026-11-23', '2026-11-25', '2026-11-29'].map(mondayOf)).toEqual(['2026-11-23', '2026-11-23', '2026-11-23']);
});

it('reads and writes clock readings', () => {
  expect([clockOf(390), minuteOf('6:30'), minuteOf('24:00'), minuteOf('24:01'), minuteOf('7:61')]).toEqual(['06:30', 390, 1440, null, null]);
});

it('gives a shift with a legal, free vehicle of the home hub', () => {
  const first = assign(view, [], 'a', 3, 'early'); // v1 is barred on day 3
  expect(first).toEqual([duty('a', 3, 'early', 'v2')]);
  expect(findCell(assign(view, first, 'b', 3, 'late'), 'b', 3)?.vehicleId).toBeNull(); // early and late overlap by an hour
  expect(assign(view, first, 'a', 3, null)).toEqual([]);
});

it('exchanges duties when one is dropped on another, and keeps locks with them', () => {
  const cells = [duty('a', 0, 'early', 'v1', true), duty('b', 1, 'late', 'v2')];
  const moved = moveDuty(view, cells, { courierId: 'a', day: 0 }, { courierId: 'b', day: 1 });
  expect(findCell(moved, 'b', 1)).toEqual(duty('b', 1, 'early', 'v1', true));
  expect(findCell(moved, 'a', 0)).toEqual(duty('a', 0, 'late', 'v2'));
});

it('takes the vehicle away from a courier of another hub', () => {
  expect(findCell(moveDuty(view, [duty('a', 0, 'early', 'v1')], { courierId: 'a', day: 0 }, { courierId: 'c', day: 0 }), 'c', 0)?.vehicleId).toBeNull();
});

it('locks a free day and forgets it when unlocked', () => {
  const locked = toggleLock([], 'a', 2);
  expect(locked).toEqual([{ courierId: 'a', day: 2, shiftId: null, vehicleId: null, isLocked: true }]);
  expect(toggleLock(locked, 'a', 2)).toEqual([]);
});

it('counts couriers who cover the whole of a period, and their paid time', () => {
  const cells = [duty('a', 0, 'early', 'v1'), duty('b', 0, 'late', 'v2')];
  expect(coverageOf(view, cells, 0).map((period) => period.scheduled)).toEqual([1, 2]);
  expect(paidMinutes(view, cells, 'a')).toBe(450);
});

it('counts what is missing hub by hub, so that one hub cannot help another', () => {
  const need = (hubId: string, needed: number) => ({ day: 0, startMinute: 360, endMinute: 780, needed, scheduled: 0, skill: null, hubId });
  const divided = { ...view, demand: [need('h1', 1), need('h2', 1)] };
  const cells = [duty('a', 0, 'early', 'v1'), duty('b', 0, 'early', 'v2')];
  const period = { startMinute: 360, endMinute: 780 };
  expect(coverageOf(divided, cells, 0)).toEqual([{ ...period, needed: 2, scheduled: 2, missing: 1 }]);
  expect(coverageOf(divided, cells, 0, 'h1')).toEqual([{ ...period, needed: 1, scheduled: 2, missing: 0 }]);
  expect(coverageOf(divided, cells, 0, 'h2')).toEqual([{ ...period, needed: 1, scheduled: 0, missing: 1 }]);
  expect([hubsOf(view), hubsOf(divided)]).toEqual([[], [{ id: 'h1', name: 'h1' }, { id: 'h2', name: 'h2' }]]);
});

it('replaces the wish of a day', () => {
  const first = setWish([], 'a', 1, 'avoid', 'late', 4);
  expect(setWish(first, 'a', 1, 'dayOff', 'late', 4)).toEqual([{ courierId: 'a', day: 1, kind: 'dayOff', shiftId: null, weight: 4 }]);
  expect(setWish(first, 'a', 1, null, null, 1)).toEqual([]);
});

it('counts what is missing and not what is spare', () => {
  const demand = (startMinute: number, endMinute: number, needed: number, scheduled: number) => ({ day: 0, startMinute, endMinute, needed, scheduled, skill: null, hubId: null });
  // Two missing for an hour; the three too many of the next half hour make up for nothing.
  expect(missingMinutes({ demand: [demand(480, 540, 5, 3), demand(540, 570, 2, 5)] })).toBe(120);
});
