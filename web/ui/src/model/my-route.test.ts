import { describe, expect, it } from 'vitest';
import type { MyParcel, MyRoute, MyStop } from '../api/my-route-contract';
import { boxesOf, geoLink, isStopDone, nextStop, toggleDone } from './my-route';

const parcel = (parcelId: string, change: Partial<MyParcel> = {}): MyParcel => ({ parcelId, waybill: parcelId, state: 'planned', flow: 'delivery', size: 'S', compartment: null, door: null, handling: 'normal', weightGrams: 500, recipient: '王**', phoneTail: '8000', address: null, ...change });
const stop = (stopNo: number, kind: MyStop['kind'], parcels: MyParcel[] = [], change: Partial<MyStop> = {}): MyStop => ({ stopNo, trip: 1, kind, placeName: '望京', code: null, terminalKind: null, address: null, opening: null, accessNote: null, at: [116.47, 39.99], arrival: '', departure: '', windowFrom: null, windowUntil: null, slackSeconds: 0, loadParcels: 0, takenOver: 0, leg: [], parcels, ...change });
const route = (...stops: MyStop[]): MyRoute => ({ routeNo: 3, plate: '京A1', start: '', end: '', distanceMetres: 0, parcels: 0, trips: 1, stops, bans: [] });

describe('a courier’s day', () => {
  const day = route(stop(0, 'start'), stop(1, 'terminal', [parcel('a'), parcel('b')]), stop(2, 'break'), stop(3, 'door', [parcel('c')]), stop(4, 'end'));
  const [start, terminal] = day.stops as [MyStop, MyStop];

  it('begins with loading and goes on stop by stop', () => {
    expect(nextStop(day, new Set())?.stopNo).toBe(0);
    let marks = toggleDone(day, start, new Set());
    expect(nextStop(day, marks)?.stopNo).toBe(1);
    marks = toggleDone(day, terminal, marks);
    expect(nextStop(day, marks)?.kind).toBe('break');
  });

  it('takes a tick back', () => {
    const marks = toggleDone(day, terminal, new Set());
    expect(isStopDone(day, terminal, marks)).toBe(true);
    expect(toggleDone(day, terminal, marks).size).toBe(0);
  });

  it('counts what the lockers have reported without a tick, but not half a stop', () => {
    const half = stop(1, 'terminal', [parcel('a', { state: 'deposited' }), parcel('b')]);
    const whole = stop(1, 'terminal', [parcel('a', { state: 'deposited' }), parcel('b', { state: 'collected' })]);
    expect(isStopDone(route(half), half, new Set())).toBe(false);
    expect(isStopDone(route(whole), whole, new Set())).toBe(true);
  });

  it('keeps its ticks when a new version numbers the stops anew', () => {
    const marks = toggleDone(day, terminal, new Set());
    const moved = stop(3, 'terminal', [parcel('b'), parcel('a')]);
    expect(isStopDone(route(stop(0, 'start'), moved), moved, marks)).toBe(true);
  });

  it('is over when all is done', () => {
    const marks = day.stops.reduce<Set<string>>((done, next) => toggleDone(day, next, done), new Set());
    expect(nextStop(day, marks)).toBeNull();
  });
});

describe('a stop', () => {
  it('adds up the boxes it takes by size', () => {
    const locker = stop(1, 'terminal', [parcel('a', { compartment: 'M' }), parcel('b', { compartment: 'S' }), parcel('c', { compartment: 'M' }), parcel('d')]);
    expect(boxesOf(locker)).toEqual([{ size: 'S', count: 1 }, { size: 'M', count: 2 }]);
  });

  it('opens in any map by latitude, then longitude', () => {
    expect(geoLink(stop(1, 'door'))).toBe('geo:39.99,116.47?q=39.99,116.47(%E6%9C%9B%E4%BA%AC)');
  });
});
