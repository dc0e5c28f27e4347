import type { FleetDay } from '../../api/forecast-contract';

export interface FleetGap { day: string; vehicles: number; parcels: number }

/** Vehicles and couriers proposed for a day, all shifts together. Pure. */
export function neededOf(day: FleetDay): { vehicles: number; couriers: number } {
  return { vehicles: day.shifts.reduce((sum, shift) => sum + shift.vehicles, 0), couriers: day.shifts.reduce((sum, shift) => sum + shift.couriers, 0) };
}

/** What a day lacks at the service level: vehicles (each with a courier) and parcels beyond what the fleet carries. Pure. */
export function gapOf(day: FleetDay): FleetGap {
  const vehicles = day.shifts.reduce((sum, shift) => sum + Math.max(0, shift.vehicles - shift.available), 0);
  return { day: day.day, vehicles, parcels: vehicles > 0 ? Math.max(0, Math.round(day.parcels - day.capacity)) : 0 };
}

/** The day that lacks most, and how many lack anything; null when none does. Pure. */
export function worstGap(days: readonly FleetDay[]): { days: number; worst: FleetGap } | null {
  const gaps = days.map(gapOf).filter((gap) => gap.vehicles > 0);
  const worst = gaps.reduce<FleetGap | null>((most, gap) => (most === null || gap.vehicles > most.vehicles ? gap : most), null);
  return worst && { days: gaps.length, worst };
}

/** Days with more parcels ordered than the forecast says at the service level. Pure. */
export function ruledByOrders(days: readonly FleetDay[]): FleetDay[] {
  return days.filter((day) => day.ordered > 0 && day.parcels === day.ordered);
}
