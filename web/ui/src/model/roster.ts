import type { CourierWish, RosterCell, RosterView, WishKind } from '../api/roster-contract';

/** The week's draft as pure changes of lists. A courier's day without a cell is free. */

const DAY_MS = 86_400_000;

/** The Monday of a YYYY-MM-DD day. */
export function mondayOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - weekday * DAY_MS).toISOString().slice(0, 10);
}

export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function minuteOf(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minute <= 1440 ? minute : null;
}

export function findCell(cells: readonly RosterCell[], courierId: string, day: number): RosterCell | undefined {
  return cells.find((cell) => cell.courierId === courierId && cell.day === day);
}

/** Puts a cell in its place; one that says nothing is left out. */
export function setCell(cells: readonly RosterCell[], next: RosterCell): RosterCell[] {
  const others = cells.filter((cell) => cell.courierId !== next.courierId || cell.day !== next.day);
  return next.shiftId === null && !next.isLocked ? others : [...others, next];
}

/** A free vehicle that the courier may drive from the home hub on that day; null when there is none. */
export function pickVehicle(view: RosterView, cells: readonly RosterCell[], courierId: string, day: number, shiftId: string, wished: string | null = null): string | null {
  const courier = view.couriers.find((candidate) => candidate.id === courierId);
  const shift = view.shifts.find((candidate) => candidate.id === shiftId);
  if (!courier || !shift) return null;
  const isBusy = (vehicleId: string) => cells.some((cell) => {
    if (cell.vehicleId !== vehicleId || cell.day !== day || cell.courierId === courierId) return false;
    const other = view.shifts.find((candidate) => candidate.id === cell.shiftId);
    return other !== undefined && other.startMinute < shift.endMinute && shift.startMinute < other.endMinute;
  });
  const legal = view.vehicles.filter((vehicle) => vehicle.hubId === courier.hubId && courier.classes.includes(vehicle.vehicleClass) && !vehicle.barredDays.includes(day));
  return (legal.find((vehicle) => vehicle.id === wished && !isBusy(vehicle.id)) ?? legal.find((vehicle) => !isBusy(vehicle.id)))?.id ?? null;
}

/** Gives a courier a shift, with a vehicle where one is free; keeps the lock. */
export function assign(view: RosterView, cells: readonly RosterCell[], courierId: string, day: number, shiftId: string | null): RosterCell[] {
  const before = findCell(cells, courierId, day);
  const vehicleId = shiftId === null ? null : pickVehicle(view, cells, courierId, day, shiftId, before?.vehicleId ?? null);
  return setCell(cells, { courierId, day, shiftId, vehicleId, isLocked: before?.isLocked ?? false });
}

export interface Place { courierId: string; day: number }

/** Moves a duty to another place of the calendar; what is there comes back in exchange. Locks stay with the duties. */
export function moveDuty(view: RosterView, cells: readonly RosterCell[], from: Place, to: Place): RosterCell[] {
  const moved = findCell(cells, from.courierId, from.day);
  if (!moved || moved.shiftId === null || (from.courierId === to.courierId && from.day === to.day)) return [...cells];
  const met = findCell(cells, to.courierId, to.day);
  let next = cells.filter((cell) => cell !== moved && cell !== met);
  const place = (cell: RosterCell, at: Place) => {
    const vehicleId = cell.shiftId === null ? null : pickVehicle(view, next, at.courierId, at.day, cell.shiftId, cell.vehicleId);
    next = setCell(next, { ...cell, ...at, vehicleId });
  };
  place(moved, to);
  if (met && met.shiftId !== null) place(met, from);
  return next;
}

export function toggleLock(cells: readonly RosterCell[], courierId: string, day: number): RosterCell[] {
  const cell = findCell(cells, courierId, day) ?? { courierId, day, shiftId: null, vehicleId: null, isLocked: false };
  return setCell(cells, { ...cell, isLocked: !cell.isLocked });
}

/** Replaces what the courier asked for on that day. */
export function setWish(wishes: readonly CourierWish[], courierId: string, day: number, kind: WishKind | null, shiftId: string | null, weight: number): CourierWish[] {
  const others = wishes.filter((wish) => wish.courierId !== courierId || wish.day !== day);
  if (kind === null) return others;
  const needsShift = kind === 'avoid' || kind === 'want';
  return [...others, { courierId, day, kind, shiftId: needsShift ? shiftId : null, weight }];
}

/** Paid minutes of a courier's week. */
export function paidMinutes(view: RosterView, cells: readonly RosterCell[], courierId: string): number {
  return cells.reduce((sum, cell) => sum + (cell.courierId === courierId ? view.shifts.find((shift) => shift.id === cell.shiftId)?.paidMinutes ?? 0 : 0), 0);
}

/** Couriers of a period of a day, over one hub or all. */
export interface Coverage { startMinute: number; endMinute: number; needed: number; scheduled: number; missing: number }

/** The hubs that the week's demand names, with the names its couriers give them; empty where the demand is the whole area's. */
export function hubsOf(view: RosterView): { id: string; name: string }[] {
  const ids = [...new Set(view.demand.flatMap((demand) => (demand.hubId === null ? [] : [demand.hubId])))];
  return ids.map((id) => ({ id, name: view.couriers.find((courier) => courier.hubId === id)?.hub ?? id }));
}

/**
 * Couriers of a day's periods, counted from the cells at hand, so that the curve follows a drag before the host answers. One hub's surplus does
 * not help another's lack, so what is missing is counted hub by hub.
 */
export function coverageOf(view: RosterView, cells: readonly RosterCell[], day: number, hubId: string | null = null): Coverage[] {
  const shifts = new Map(view.shifts.map((shift) => [shift.id, shift]));
  const homes = new Map(view.couriers.map((courier) => [courier.id, courier.hubId]));
  const periods = new Map<number, Coverage>();
  for (const demand of view.demand) {
    if (demand.day !== day || demand.skill !== null || (hubId !== null && demand.hubId !== null && demand.hubId !== hubId)) continue;
    const scheduled = cells.filter((cell) => {
      const shift = cell.day === day && cell.shiftId !== null ? shifts.get(cell.shiftId) : undefined;
      return shift !== undefined && shift.startMinute <= demand.startMinute && shift.endMinute >= demand.endMinute && (demand.hubId === null || homes.get(cell.courierId) === demand.hubId);
    }).length;
    const sum = periods.get(demand.startMinute) ?? { startMinute: demand.startMinute, endMinute: demand.endMinute, needed: 0, scheduled: 0, missing: 0 };
    periods.set(demand.startMinute, { ...sum, needed: sum.needed + demand.needed, scheduled: sum.scheduled + scheduled, missing: sum.missing + Math.max(0, demand.needed - scheduled) });
  }
  return [...periods.values()].sort((a, b) => a.startMinute - b.startMinute);
}

/** Courier-minutes that the week's demand lacks as it stands now; a solve's own number is of the demand it was given. */
export function missingMinutes(view: Pick<RosterView, 'demand'>): number {
  return view.demand.reduce((sum, item) => sum + Math.max(0, item.needed - item.scheduled) * (item.endMinute - item.startMinute), 0);
}
