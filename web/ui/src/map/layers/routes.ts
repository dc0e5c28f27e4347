import type { LayerSpecification } from 'maplibre-gl';
import type { LonLat, StopView, UnassignedView } from '../../api/contract';
import { routeLook } from '../../model/palette';
import { collection, line, point } from '../geojson';
import type { MapLook } from '../look';

/** What the map needs of a route, whoever it is drawn for. */
export interface DrawnRoute { routeNo: number; stops: readonly Pick<StopView, 'stopNo' | 'kind' | 'at' | 'leg'>[] }
type DrawnStop = DrawnRoute['stops'][number];

/**
 * Route lines, stops and what is left out. Hues repeat with dash patterns; the selected route is full, the others step back.
 * The legs to and from the hub are lines of their own ("stem"), drawn faintly: they all meet at the hub and would hide the rounds.
 */
export function routeData(routes: readonly DrawnRoute[]): GeoJSON.FeatureCollection {
  return collection(routes.flatMap((route) => pieces(route).map((piece) => routeLineOf(piece.points, route.routeNo, piece.isStem))));
}

export function previewData(lines: readonly { routeNo: number; line: LonLat[] }[]): GeoJSON.FeatureCollection {
  return collection(lines.flatMap(({ line: points, routeNo }) => [
    routeLineOf(points.slice(0, 2), routeNo, true),
    ...(points.length > 3 ? [routeLineOf(points.slice(1, -1), routeNo, false)] : []),
    ...(points.length > 2 ? [routeLineOf(points.slice(-2), routeNo, true)] : []),
  ]));
}

function routeLineOf(points: LonLat[], routeNo: number, isStem: boolean): GeoJSON.Feature {
  return line(points, { routeNo, colour: routeLook(routeNo).colour, dash: dashIndex(routeNo), stem: isStem });
}

/** A route cut where it meets a hub. */
function pieces(route: DrawnRoute): { points: LonLat[]; isStem: boolean }[] {
  const found: { points: LonLat[]; isStem: boolean }[] = [];
  let before: DrawnStop | null = null;
  for (const stop of route.stops) {
    if (stop.kind === 'break') continue;
    if (before) {
      const isStem = isHub(before) || isHub(stop);
      const last = found.at(-1);
      if (last && !last.isStem && !isStem) last.points.push(...stop.leg, stop.at);
      else found.push({ points: [before.at, ...stop.leg, stop.at], isStem });
    }
    before = stop;
  }
  return found;
}

const isHub = (stop: DrawnStop) => stop.kind === 'start' || stop.kind === 'reload' || stop.kind === 'end';

function dashIndex(routeNo: number): number {
  const { dash } = routeLook(routeNo);
  return dash === null ? 0 : dash[0] === 3 ? 1 : 2;
}

/** The driven line: each stop's leg when the host gives one, else straight between stops. */
export function routeLine(route: DrawnRoute): LonLat[] {
  const points: LonLat[] = [];
  for (const stop of route.stops) {
    if (stop.leg.length > 0) points.push(...stop.leg);
    points.push(stop.at);
  }
  return points;
}

export function stopData(routes: readonly DrawnRoute[]): GeoJSON.FeatureCollection {
  return collection(routes.flatMap((route) => route.stops.filter((stop) => stop.kind === 'terminal' || stop.kind === 'door').map((stop) => point(stop.at, { routeNo: route.routeNo, stopNo: stop.stopNo, kind: stop.kind, colour: routeLook(route.routeNo).colour }))));
}

export function unassignedData(items: readonly UnassignedView[]): GeoJSON.FeatureCollection {
  return collection(items.map((item) => point(item.at, { id: item.parcelId })));
}

/** All routes at once: rounds strong, ways to and from the hub faint. */
export const ROUND_OPACITY = 0.85;
export const STEM_OPACITY = 0.2;

export function routeLayers(look: MapLook): LayerSpecification[] {
  // Opacities are constants of a layer, so that a selection changes them without cutting the lines into tiles again.
  const rounds = (dash: number, pattern: number[] | null): LayerSpecification => ({
    id: `routes-${dash}`, type: 'line', source: 'routes', filter: ['all', ['==', ['get', 'dash'], dash], ['!', ['get', 'stem']]],
    layout: { 'line-join': 'round', 'line-cap': pattern ? 'butt' : 'round' },
    paint: { 'line-color': ['get', 'colour'], 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 1.5, 13, 2.8], 'line-opacity': ROUND_OPACITY, ...(pattern ? { 'line-dasharray': pattern } : {}) },
  });
  return [
    { id: 'routes-before', type: 'line', source: 'before', filter: ['!', ['get', 'stem']], paint: { 'line-color': look.line, 'line-width': 1.6, 'line-opacity': 0.9, 'line-dasharray': [2, 2] } },
    { id: 'routes-stem', type: 'line', source: 'routes', filter: ['get', 'stem'], paint: { 'line-color': ['get', 'colour'], 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.8, 13, 1.2], 'line-opacity': STEM_OPACITY } },
    rounds(0, null), rounds(1, [3, 1.5]), rounds(2, [1, 1.2]),
    { id: 'stops-dots', type: 'circle', source: 'stops', minzoom: 11, paint: { 'circle-radius': 2.6, 'circle-color': ['get', 'colour'], 'circle-opacity': 0.75 } },
    { id: 'unassigned', type: 'circle', source: 'unassigned', paint: { 'circle-radius': 4, 'circle-color': look.bad, 'circle-stroke-color': look.halo, 'circle-stroke-width': 1.2 } },
  ];
}

export function arrowImage(): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 20;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = '#ffffff';
  context.strokeStyle = 'rgba(0,0,0,.55)';
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(4, 3);
  context.lineTo(17, 10);
  context.lineTo(4, 17);
  context.lineTo(8, 10);
  context.closePath();
  context.fill();
  context.stroke();
  return context.getImageData(0, 0, 20, 20);
}
