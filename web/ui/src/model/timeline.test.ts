import { expect, it } from 'vitest';
import type { RouteView, StopView } from '../api/contract';
import { daySpan, hitAt, hourMarks, LABEL_WIDTH, msOf, positionAt, xOf, zoomed, type TimeScale } from './timeline';

const at = (text: string) => `2026-11-22T${text}:00Z`;
const stop = (stopNo: number, kind: StopView['kind'], arrival: string, departure: string) => ({ stopNo, kind, arrival: at(arrival), departure: at(departure) }) as StopView;
const route = { routeNo: 1, start: at('06:10'), end: at('09:40'), shiftStart: at('06:00'), shiftEnd: at('12:00'), stops: [stop(0, 'start', '06:10', '06:20'), stop(1, 'terminal', '07:00', '07:30'), stop(2, 'door', '08:00', '08:10'), stop(3, 'end', '09:40', '09:40')] } as RouteView;
// 6 h over 600 px: one minute is 100/60 px.
const scale: TimeScale = { ...daySpan([route]), width: LABEL_WIDTH + 608 };

it('spans whole hours around routes and shifts', () => expect([new Date(scale.fromMs).toISOString(), new Date(scale.untilMs).toISOString()]).toEqual(['2026-11-22T06:00:00.000Z', '2026-11-22T12:00:00.000Z']));
it('time and x are inverse', () => expect(msOf(scale, xOf(scale, Date.parse(at('08:05'))))).toBeCloseTo(Date.parse(at('08:05')), 0));
it('hits the stop under the pointer', () => expect(hitAt([route], scale, xOf(scale, Date.parse(at('07:15'))), 30, 0)?.stop?.stopNo).toBe(1));
it('hits the row between stops', () => expect(hitAt([route], scale, xOf(scale, Date.parse(at('07:45'))), 30, 0)).toEqual({ route, stop: null }));
it('drops before the first later stop, never before the start or after the end', () => {
  expect(positionAt(route, Date.parse(at('06:05')))).toBe(1);
  expect(positionAt(route, Date.parse(at('07:45')))).toBe(2);
  expect(positionAt(route, Date.parse(at('11:00')))).toBe(3);
});
it('zoom keeps the time under the pointer', () => {
  const x = xOf(scale, Date.parse(at('08:00')));
  const next = zoomed(scale, x, 0.5, scale);
  expect(xOf({ ...next, width: scale.width }, Date.parse(at('08:00')))).toBeCloseTo(x, 3);
});
it('marks stay readable', () => expect(hourMarks(scale).length).toBe(7));
