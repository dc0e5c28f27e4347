import type { LonLat } from '../api/contract';

/** Builders for the few GeoJSON shapes the layers need. */
export type Properties = Record<string, string | number | boolean | null>;

export function point(at: LonLat, properties: Properties): GeoJSON.Feature {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties };
}

export function line(points: LonLat[], properties: Properties): GeoJSON.Feature {
  return { type: 'Feature', geometry: { type: 'LineString', coordinates: points }, properties };
}

export function polygon(ring: LonLat[], properties: Properties): GeoJSON.Feature {
  const first = ring[0], last = ring.at(-1);
  const isClosed = first && last && first[0] === last[0] && first[1] === last[1];
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [isClosed || !first ? ring : [...ring, first]] }, properties };
}

export function collection(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features };
}

/** Smallest box around the points, or null when there are none. */
export function boundsOf(points: Iterable<LonLat>): [number, number, number, number] | null {
  let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
  for (const [lon, lat] of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west === Infinity ? null : [west, south, east, north];
}
