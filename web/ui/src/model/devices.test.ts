import { expect, it } from 'vitest';
import type { CompartmentView, DeviceRow } from '../api/devices-contract';
import { cabinetBanks, cabinetLayout, countStates, mergeNews, toneOf } from './devices';

const row = (id: string, part: Partial<DeviceRow> = {}): DeviceRow => ({ id, kind: 'locker', name: id, state: 'never', isRegistered: true, terminalId: null, district: null, at: null, lastSeen: null, battery: null, compartments: 0, occupied: 0, free: 0, outOfService: 0, openDoors: 0, alarms: 0, differences: 0, firmware: null, ...part });
const box = (label: string, size: CompartmentView['size']): CompartmentView => ({ label, size, door: null, doorSince: null, doorCause: null, isOccupied: null, occupiedSince: null, service: null, parcel: null, isMissing: false });

it('lets an alarm be louder than the connection', () => expect([toneOf(row('a', { state: 'online', alarms: 1 })), toneOf(row('a', { state: 'online' }))]).toEqual(['alarm', 'online']));
it('puts news in place and new devices at the end', () => {
  const rows = [row('a'), row('b')];
  expect(mergeNews(rows, { devices: [] })).toBe(rows);
  expect(mergeNews(rows, { devices: [row('c'), row('a', { state: 'online' })] }).map((r) => `${r.id} ${r.state}`)).toEqual(['a online', 'b never', 'c never']);
});
it('counts states, and alarms beside them', () => expect(countStates([row('a', { alarms: 2, state: 'offline' }), row('b')])).toEqual({ all: 2, online: 0, offline: 1, never: 1, alarm: 1 }));
it('stacks doors into columns and never splits one', () => {
  // 12 units a column: L L L leaves 3, an XL of 4 begins the next.
  const { boxes, columns, units } = cabinetLayout([box('L01', 'L'), box('L02', 'L'), box('L03', 'L'), box('X01', 'XL'), box('S01', 'S')]);
  expect(boxes.map((b) => [b.column, b.y, b.height])).toEqual([[0, 0, 3], [0, 3, 3], [0, 6, 3], [1, 0, 4], [1, 4, 1]]);
  expect([columns, units]).toEqual([2, 9]);
});
it('breaks a wide cabinet into banks and keeps every door', () => {
  // Five columns of three XL, two columns a bank.
  const boxes = Array.from({ length: 5 }, (_, column) => [box(`${column}a`, 'XL'), box(`${column}b`, 'XL'), box(`${column}c`, 'XL')]).flat();
  const banks = cabinetBanks(boxes, 2);
  expect(banks.map((bank) => [bank.columns, bank.units, bank.boxes.length])).toEqual([[2, 12, 6], [2, 12, 6], [1, 12, 3]]);
  expect(banks[2]?.boxes.map((b) => [b.compartment.label, b.column])).toEqual([['4a', 0], ['4b', 0], ['4c', 0]]);
});
it('draws nothing for a device without compartments', () => expect(cabinetLayout([])).toEqual({ boxes: [], columns: 0, units: 0 }));
