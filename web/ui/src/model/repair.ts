import type { RouteView } from '../api/contract';

/** When a report begins by default: now, while the plan is being driven; else the middle of its first half, so that there is history to respect. Pure. */
export function startOf(routes: readonly RouteView[], now: Date): Date {
  const starts = routes.map((route) => Date.parse(route.start)), ends = routes.map((route) => Date.parse(route.end));
  if (starts.length === 0) return now;
  const from = Math.min(...starts), until = Math.max(...ends);
  const at = now.getTime() > from && now.getTime() < until ? now.getTime() : from + (until - from) / 4;
  return new Date(Math.floor(at / 60_000) * 60_000);
}

/** The instant of a wall clock time on a service day in its zone. Pure. */
export function atOfDay(day: string, clock: string, zone: string): string {
  const naive = Date.parse(`${day}T${clock}:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(naive));
  const part = (type: string) => Number(shown.find((item) => item.type === type)?.value ?? 0);
  const offset = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - naive;
  return new Date(naive - offset).toISOString();
}
