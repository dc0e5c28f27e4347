import { expect, it } from 'vitest';
import { groupBans } from './bans';

const ban = (plate: string, rule: string, fromLocal: string, untilLocal: string) => ({ vehicleId: plate, plate, rule, fromLocal, untilLocal, area: rule });

it('tells a rule of two rush hours once, and keeps vehicles and rules apart', () => {
  expect(groupBans([ban('A', 'rush', '07:00', '09:00'), ban('A', 'ring', '06:00', '23:00'), ban('A', 'rush', '17:00', '20:00'), ban('B', 'rush', '07:00', '09:00')])).toEqual([
    { plate: 'A', rule: 'rush', hours: ['07:00–09:00', '17:00–20:00'] },
    { plate: 'A', rule: 'ring', hours: ['06:00–23:00'] },
    { plate: 'B', rule: 'rush', hours: ['07:00–09:00'] },
  ]);
});
