import type { RouteView, StopView } from '../api/contract';

/** Geometry of the Gantt: time ⇄ x, route ⇄ y, and what lies under the pointer. Pure. */
export const ROW_HEIGHT = 26;
export const HEAD_HEIGHT = 24;
export const LABEL_WIDTH = 108;

export interface TimeScale { fromMs: number; untilMs: number; width: number }

/** The span all routes and shifts lie in, widened to whole hours. */
export function daySpan(routes: readonly RouteView[]): { fromMs: number; untilMs: number } {
  const hour = 3_600_000;
  let from = Infinity, until = -Infinity;
  for (const route of routes) {
    from = Math.min(from, Date.parse(route.start), Date.parse(route.shiftStart));
    until = Math.max(until, Date.parse(route.end), Date.parse(route.shiftEnd));
  }
  if (from === Infinity) return { fromMs: 0, untilMs: hour };
  return { fromMs: Math.floor(from / hour) * hour, untilMs: Math.ceil(until / hour) * hour };
}

export const xOf = (scale: TimeScale, ms: number) => LABEL_WIDTH + ((ms - scale.fromMs) / (scale.untilMs - scale.fromMs)) * (scale.width - LABEL_WIDTH - 8);
export const msOf = (scale: TimeScale, x: number) => scale.fromMs + ((x - LABEL_WIDTH) / (scale.width - LABEL_WIDTH - 8)) * (scale.untilMs - scale.fromMs);

/** Zooms about a point and keeps the span between ten minutes and the whole day. */
export function zoomed(scale: TimeScale, x: number, factor: number, limit: { fromMs: number; untilMs: number }): { fromMs: number; untilMs: number } {
  const centre = msOf(scale, x);
  const span = Math.max(600_000, Math.min(limit.untilMs - limit.fromMs, (scale.untilMs - scale.fromMs) * factor));
  const share = (centre - scale.fromMs) / (scale.untilMs - scale.fromMs);
  const from = Math.max(limit.fromMs, Math.min(limit.untilMs - span, centre - share * span));
  return { fromMs: from, untilMs: from + span };
}

export interface TimelineHit { route: RouteView; stop: StopView | null }

export function hitAt(routes: readonly RouteView[], scale: TimeScale, x: number, y: number, scrollTop: number): TimelineHit | null {
  const route = y < HEAD_HEIGHT ? undefined : routes[Math.floor((y - HEAD_HEIGHT + scrollTop) / ROW_HEIGHT)];
  if (!route) return null;
  if (x < LABEL_WIDTH) return { route, stop: null };
  const ms = msOf(scale, x);
  const slack = (msOf(scale, x + 3) - ms);
  const stop = route.stops.find((candidate) => ms >= Date.parse(candidate.arrival) - slack && ms <= Date.parse(candidate.departure) + slack);
  return { route, stop: stop ?? null };
}

/** Where in a route a stop dropped at this time would go: the index of the first stop that begins later. */
export function positionAt(route: RouteView, ms: number): number {
  const index = route.stops.findIndex((stop) => stop.kind !== 'start' && Date.parse(stop.arrival) > ms);
  return index === -1 ? Math.max(1, route.stops.length - 1) : Math.max(1, index);
}

/** Hour marks that stay at least 60 px apart. */
export function hourMarks(scale: TimeScale): number[] {
  const hour = 3_600_000;
  const perPixel = (scale.untilMs - scale.fromMs) / Math.max(1, scale.width - LABEL_WIDTH);
  const step = [hour / 4, hour / 2, hour, 2 * hour, 4 * hour].find((candidate) => candidate / perPixel >= 60) ?? 6 * hour;
  const marks: number[] = [];
  for (let ms = Math.ceil(scale.fromMs / step) * step; ms <= scale.untilMs; ms += step) marks.push(ms);
  return marks;
}
