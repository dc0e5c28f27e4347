import { describe, expect, it } from 'vitest';
import type { FleetDay } from '../../api/forecast-contract';
import { gapOf, neededOf, ruledByOrders, worstGap } from './fleet-model';

const shift = (vehicles: number, available: number) => ({ shiftName: '08:00–17:30', startMinute: 480, endMinute: 1050, share: 0.5, parcels: 0, vehicles, couriers: vehicles, available });
const day = (date: string, parcels: number, ...shifts: ReturnType<typeof shift>[]): FleetDay => ({ day: date, p50: 900, p90: 1200, ordered: 1100, parcels, capacity: 1000, confidence: 0.7, shifts });

it('proposes the vehicles and couriers of all shifts together', () => expect(neededOf(day('2026-11-26', 1150, shift(12, 8), shift(3, 5)))).toEqual({ vehicles: 15, couriers: 15 }));

describe('what the fleet lacks', () => {
  it('counts each shift by itself: one with vehicles to spare does not fill another', () => {
    expect(gapOf(day('2026-11-26', 1150, shift(12, 8), shift(3, 5)))).toEqual({ day: '2026-11-26', vehicles: 4, parcels: 150 });
  });
  it('names the day that lacks most', () => {
    expect(worstGap([day('2026-11-26', 1100, shift(9, 8)), day('2026-11-27', 1300, shift(11, 8)), day('2026-11-28', 900, shift(7, 8))])).toEqual({ days: 2, worst: { day: '2026-11-27', vehicles: 3, parcels: 300 } });
  });
  it('names the days that are sized for what is ordered', () => {
    expect(ruledByOrders([day('2026-11-26', 1100, shift(9, 8)), day('2026-11-27', 1300, shift(11, 8))]).map((ruled) => ruled.day)).toEqual(['2026-11-26']);
  });
  it('says nothing where the fleet suffices', () => expect(worstGap([day('2026-11-28', 900, shift(7, 8))])).toBeNull());
});
