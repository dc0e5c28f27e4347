import { describe, expect, it } from 'vitest';
import type { TerminalLoad } from '../api/contract';
import { fillOf } from './terminal-load';

const locker: TerminalLoad = {
  terminalId: 'ter_1', name: 'T', kind: 'locker', at: [116, 39], district: '', planned: 6, capacity: 40,
  bySize: [{ size: 'S', capacity: 20, occupied: 5, planned: 4 }, { size: 'M', capacity: 10, occupied: 1, planned: 2 }],
};

describe('fillOf', () => {
  it('counts what lies there and what is planned against the boxes in service', () => {
    expect(fillOf(locker)).toEqual({ occupied: 6, planned: 6, capacity: 30, awaited: 0, share: 0.4 });
  });

  it('falls back to the terminal when sizes are unknown, and survives a terminal without boxes', () => {
    expect(fillOf({ ...locker, bySize: [] })).toEqual({ occupied: 0, planned: 6, capacity: 40, awaited: 0, share: 0.15 });
    expect(fillOf({ ...locker, bySize: [], capacity: 0 }).share).toBe(0);
  });

  it('is full, not fuller, where the plan counts on parcels being collected first', () => {
    expect(fillOf({ ...locker, planned: 27 })).toEqual({ occupied: 6, planned: 27, capacity: 30, awaited: 3, share: 1 });
  });
});
