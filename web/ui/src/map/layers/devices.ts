import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { DeviceRow } from '../../api/devices-contract';
import { toneOf } from '../../model/devices';
import { collection, point } from '../geojson';
import type { MapLook } from '../look';

/** Beyond so many, dots of full size would cover a city. */
const CROWD = 1500;

/** Devices as dots: filled when online, hollow when not, ringed in the alarm colour; smaller from afar where there are thousands. */
export function deviceData(devices: readonly DeviceRow[]): GeoJSON.FeatureCollection {
  const scale = devices.length > CROWD ? 0.4 : 1;
  return collection(devices.flatMap((device) => (device.at ? [point(device.at, { id: device.id, name: device.name, tone: toneOf(device), isOnline: device.state === 'online', scale })] : [])));
}

export function deviceLayers(look: MapLook): LayerSpecification[] {
  const ring: ExpressionSpecification = ['match', ['get', 'tone'], 'alarm', 3, 1.6];
  return [
    {
      id: 'devices', type: 'circle', source: 'devices', layout: { 'circle-sort-key': ['case', ['==', ['get', 'tone'], 'alarm'], 1, 0] },
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, ['*', 3.5, ['get', 'scale']], 12, ['*', 6, ['get', 'scale']], 15, 9],
        'circle-color': ['case', ['get', 'isOnline'], look.good, look.land],
        'circle-stroke-color': ['match', ['get', 'tone'], 'alarm', look.bad, 'online', look.good, look.line],
        'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 9, ['*', ring, ['get', 'scale']], 12, ['*', ring, ['get', 'scale']], 15, ring],
      },
    },
    { id: 'devices-name', type: 'symbol', source: 'devices', minzoom: 12.5, layout: { 'text-field': ['get', 'name'], 'text-size': 11.5, 'text-anchor': 'top', 'text-offset': [0, 0.9], 'text-font': ['sans'], 'text-optional': true }, paint: { 'text-color': look.label, 'text-halo-color': look.halo, 'text-halo-width': 1.6 } },
  ];
}
