import type { MyRoute, MyStop } from '../api/my-route-contract';
import type { ParcelState } from '../api/contract';

/** What of a courier's day is done: by what the host knows of the parcels, and by what the courier has ticked off on this device. Pure. */

const OVER: readonly ParcelState[] = ['deposited', 'handedOver', 'collected', 'overdue', 'returned', 'missing', 'cancelled'];

/** Marks of a stop that outlive a new plan version: its parcels, or for a break, a loading or the end its kind and trip. */
export function marksOf(route: MyRoute, stop: MyStop): string[] {
  return stop.parcels.length > 0 ? stop.parcels.map((parcel) => parcel.parcelId) : [`${route.plate} ${stop.kind} ${stop.trip}${stop.kind === 'handover' ? ` ${stop.at.join()}` : ''}`];
}

export function isStopDone(route: MyRoute, stop: MyStop, marks: ReadonlySet<string>): boolean {
  if (stop.parcels.length === 0) return marks.has(marksOf(route, stop)[0] ?? '');
  return stop.parcels.every((parcel) => OVER.includes(parcel.state) || marks.has(parcel.parcelId));
}

/** The first stop that is not done; null when the day is. */
export function nextStop(route: MyRoute, marks: ReadonlySet<string>): MyStop | null {
  return route.stops.find((stop) => !isStopDone(route, stop, marks)) ?? null;
}

/** Ticks a stop off, or takes the tick back. */
export function toggleDone(route: MyRoute, stop: MyStop, marks: ReadonlySet<string>): Set<string> {
  const next = new Set(marks);
  const isDone = isStopDone(route, stop, marks);
  for (const mark of marksOf(route, stop)) if (isDone) next.delete(mark); else next.add(mark);
  return next;
}

/** How many of each compartment size a locker stop takes, smallest first. */
export function boxesOf(stop: MyStop): { size: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { compartment } of stop.parcels) if (compartment) counts.set(compartment, (counts.get(compartment) ?? 0) + 1);
  return ['S', 'M', 'L', 'XL'].flatMap((size) => { const count = counts.get(size); return count ? [{ size, count }] : []; });
}

/** RFC 5870: every phone opens its own map with it. */
export function geoLink(stop: MyStop): string {
  const [lon, lat] = stop.at;
  return `geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(stop.placeName)})`;
}
