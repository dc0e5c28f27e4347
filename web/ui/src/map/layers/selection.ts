import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { collection } from '../geojson';
import type { MapLook } from '../look';

/** What is selected on a map; what is null or left out is not. */
export interface MapSelection { routeNo?: number | null; stopNo?: number | null; hubId?: string | null; terminalId?: string | null; deviceId?: string | null; parcelId?: string | null; zoneId?: string | null }

/** What can be selected, as it was given to the map. */
export interface Selectable { routes: readonly GeoJSON.Feature[]; stops: readonly GeoJSON.Feature[]; hubs: readonly GeoJSON.Feature[]; terminals: readonly GeoJSON.Feature[]; devices: readonly GeoJSON.Feature[]; unassigned: readonly GeoJSON.Feature[]; zones: readonly GeoJSON.Feature[] }

/** The selected features alone, each marked with what it is drawn as: the route and its stops, one of them current, and the ring around a hub, terminal, device, parcel or zone. */
export function selectionData(selection: MapSelection, all: Selectable): GeoJSON.FeatureCollection {
  const { routeNo, stopNo } = selection;
  const picked = (features: readonly GeoJSON.Feature[], key: string, value: string | number | null | undefined, what: string) =>
    value === null || value === undefined ? [] : features.filter((feature) => feature.properties?.[key] === value).map((feature) => ({ ...feature, properties: { ...feature.properties, what } }));
  const stops = picked(all.stops, 'routeNo', routeNo, 'stop');
  return collection([
    ...picked(all.zones, 'id', selection.zoneId, 'zone'),
    ...picked(all.routes, 'routeNo', routeNo, 'route'),
    ...picked(all.unassigned, 'id', selection.parcelId, 'parcel'),
    ...picked(all.hubs, 'id', selection.hubId, 'ring'),
    ...picked(all.terminals, 'id', selection.terminalId, 'ring'),
    ...picked(all.devices, 'id', selection.deviceId, 'ring'),
    ...stops,
    ...picked(stops, 'stopNo', stopNo, 'current'),
  ]);
}

const only = (what: string): ExpressionSpecification => ['==', ['get', 'what'], what];

/** The selected route in full with direction arrows, under the terminals. */
export function selectedLineLayers(look: MapLook): LayerSpecification[] {
  return [
    { id: 'zones-selected', type: 'line', source: 'selection', filter: only('zone'), paint: { 'line-color': look.zone, 'line-width': 2.5 } },
    { id: 'routes-casing', type: 'line', source: 'selection', filter: only('route'), layout: { 'line-join': 'round' }, paint: { 'line-color': look.halo, 'line-width': 7, 'line-opacity': 0.9 } },
    { id: 'routes-selected', type: 'line', source: 'selection', filter: only('route'), layout: { 'line-join': 'round' }, paint: { 'line-color': ['get', 'colour'], 'line-width': 4 } },
    { id: 'routes-arrows', type: 'symbol', source: 'selection', filter: only('route'), layout: { 'symbol-placement': 'line', 'symbol-spacing': 70, 'icon-image': 'arrow', 'icon-size': 0.7, 'icon-allow-overlap': true } },
  ];
}

/** Rings around what is selected, and the stop numbers of the route in place, above the terminals. */
export function selectedPointLayers(look: MapLook): LayerSpecification[] {
  return [
    { id: 'unassigned-selected', type: 'circle', source: 'selection', filter: only('parcel'), paint: { 'circle-radius': 8, 'circle-color': look.bad, 'circle-stroke-color': look.selected, 'circle-stroke-width': 2 } },
    { id: 'selected-ring', type: 'circle', source: 'selection', filter: only('ring'), paint: { 'circle-radius': 15, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': look.selected, 'circle-stroke-width': 2 } },
    { id: 'stops-selected', type: 'circle', source: 'selection', filter: only('stop'), paint: { 'circle-radius': 9, 'circle-color': ['get', 'colour'], 'circle-stroke-color': look.halo, 'circle-stroke-width': 1.5 } },
    { id: 'stops-number', type: 'symbol', source: 'selection', filter: only('stop'), layout: { 'text-field': ['to-string', ['get', 'stopNo']], 'text-size': 10, 'text-font': ['sans'], 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': '#ffffff' } },
    { id: 'stop-current', type: 'circle', source: 'selection', filter: only('current'), paint: { 'circle-radius': 13, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': look.selected, 'circle-stroke-width': 2.5 } },
  ];
}
