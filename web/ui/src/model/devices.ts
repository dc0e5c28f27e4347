import type { CompartmentView, DeviceNews, DeviceRow, DeviceState } from '../api/devices-contract';

/** Pure helpers of the Devices page. */

/** Colour and shape of a device, one word: an alarm is louder than a connection. */
export type DeviceTone = 'alarm' | DeviceState;

export function toneOf(row: Pick<DeviceRow, 'alarms' | 'state'>): DeviceTone {
  return row.alarms > 0 ? 'alarm' : row.state;
}

/** The list with what is new in its place; the same list when nothing in it changed. */
export function mergeNews(rows: readonly DeviceRow[], news: Pick<DeviceNews, 'devices'>): readonly DeviceRow[] {
  if (news.devices.length === 0) return rows;
  const fresh = new Map(news.devices.map((row) => [row.id, row]));
  const merged = rows.map((row) => fresh.get(row.id) ?? row);
  const known = new Set(rows.map((row) => row.id));
  return [...merged, ...news.devices.filter((row) => !known.has(row.id))];
}

export interface CountByTone { all: number; online: number; offline: number; never: number; alarm: number }

export function countStates(rows: readonly DeviceRow[]): CountByTone {
  const counts: CountByTone = { all: rows.length, online: 0, offline: 0, never: 0, alarm: 0 };
  for (const row of rows) {
    counts[row.state]++;
    if (row.alarms > 0) counts.alarm++;
  }
  return counts;
}

/** One door in the drawing, in units of a small compartment's height. */
export interface Box { compartment: CompartmentView; column: number; y: number; height: number }

const UNITS: Record<string, number> = { S: 1, M: 2, L: 3, XL: 4 };
const COLUMN_UNITS = 12;

/** A cabinet of so many columns, or as much of one as fits side by side. */
export interface Bank { boxes: Box[]; columns: number; units: number }

/** Cuts a cabinet that is wider than the screen into banks that stand below each other. */
export function cabinetBanks(compartments: readonly CompartmentView[], columnsPerBank: number): Bank[] {
  const { boxes, columns } = cabinetLayout(compartments);
  const banks: Bank[] = [];
  for (let first = 0; first < columns; first += columnsPerBank) {
    const own = boxes.filter((box) => box.column >= first && box.column < first + columnsPerBank).map((box) => ({ ...box, column: box.column - first }));
    banks.push({ boxes: own, columns: Math.min(columnsPerBank, columns - first), units: Math.max(...own.map((box) => box.y + box.height)) });
  }
  return banks;
}

/** Stacks the doors into columns of one height, as cabinets are built. */
export function cabinetLayout(compartments: readonly CompartmentView[]): Bank {
  const boxes: Box[] = [];
  let column = 0, y = 0, tallest = 0;
  for (const compartment of compartments) {
    const height = UNITS[compartment.size ?? 'M'] ?? 2;
    if (y + height > COLUMN_UNITS) {
      column++;
      y = 0;
    }
    boxes.push({ compartment, column, y, height });
    y += height;
    tallest = Math.max(tallest, y);
  }
  return { boxes, columns: compartments.length === 0 ? 0 : column + 1, units: tallest };
}
