import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
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
export const ROUTE_OPACITY: ExpressionSpecification = ['case', ['get', 'stem'], 0.2, 0.85];

export function routeLayers(look: MapLook): LayerSpecification[] {
  const base = (dash: number, pattern: number[] | null): LayerSpecification => ({
    id: `routes-${dash}`, type: 'line', source: 'routes', filter: ['==', ['get', 'dash'], dash],
    layout: { 'line-join': 'round', 'line-cap': pattern ? 'butt' : 'round' },
    paint: { 'line-color': ['get', 'colour'], 'line-width': ['interpolate', ['linear'], ['zoom'], 9, ['case', ['get', 'stem'], 0.8, 1.5], 13, ['case', ['get', 'stem'], 1.2, 2.8]], 'line-opacity': ROUTE_OPACITY, ...(pattern ? { 'line-dasharray': pattern } : {}) },
  });
  const onlySelected: ExpressionSpecification = ['==', ['get', 'routeNo'], -1];
  return [
    { id: 'routes-before', type: 'line', source: 'before', filter: ['!', ['get', 'stem']], paint: { 'line-color': look.line, 'line-width': 1.6, 'line-opacity': 0.9, 'line-dasharray': [2, 2] } },
    { id: 'routes-hit', type: 'line', source: 'routes', paint: { 'line-color': '#000', 'line-opacity': 0, 'line-width': 12 } },
    base(0, null), base(1, [3, 1.5]), base(2, [1, 1.2]),
    { id: 'routes-casing', type: 'line', source: 'routes', filter: onlySelected, layout: { 'line-join': 'round' }, paint: { 'line-color': look.halo, 'line-width': 7, 'line-opacity': 0.9 } },
    { id: 'routes-selected', type: 'line', source: 'routes', filter: onlySelected, layout: { 'line-join': 'round' }, paint: { 'line-color': ['get', 'colour'], 'line-width': 4 } },
    { id: 'routes-arrows', type: 'symbol', source: 'routes', filter: onlySelected, layout: { 'symbol-placement': 'line', 'symbol-spacing': 70, 'icon-image': 'arrow', 'icon-size': 0.7, 'icon-allow-overlap': true } },
    { id: 'stops-dots', type: 'circle', source: 'stops', minzoom: 11, paint: { 'circle-radius': 2.6, 'circle-color': ['get', 'colour'], 'circle-opacity': 0.75 } },
    { id: 'unassigned', type: 'circle', source: 'unassigned', paint: { 'circle-radius': 4, 'circle-color': look.bad, 'circle-stroke-color': look.halo, 'circle-stroke-width': 1.2 } },
    { id: 'unassigned-selected', type: 'circle', source: 'unassigned', filter: ['==', ['get', 'id'], ''], paint: { 'circle-radius': 8, 'circle-color': look.bad, 'circle-stroke-color': look.selected, 'circle-stroke-width': 2 } },
  ];
}

/** Stop numbers of the selected route, above the terminals. */
export function stopNumberLayers(look: MapLook): LayerSpecification[] {
  return [
    { id: 'stops-selected', type: 'circle', source: 'stops', filter: ['==', ['get', 'routeNo'], -1], paint: { 'circle-radius': 9, 'circle-color': ['get', 'colour'], 'circle-stroke-color': look.halo, 'circle-stroke-width': 1.5 } },
    { id: 'stops-number', type: 'symbol', source: 'stops', filter: ['==', ['get', 'routeNo'], -1], layout: { 'text-field': ['to-string', ['get', 'stopNo']], 'text-size': 10, 'text-font': ['sans'], 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': '#ffffff' } },
    { id: 'stop-current', type: 'circle', source: 'stops', filter: ['==', ['get', 'stopNo'], -1], paint: { 'circle-radius': 13, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': look.selected, 'circle-stroke-width': 2.5 } },
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
