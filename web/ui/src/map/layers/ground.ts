import type { LayerSpecification } from 'maplibre-gl';
import type { Area } from '../../api/contract';
import { collection, line, point, polygon } from '../geojson';
import type { MapLook } from '../look';

/** Our own background: the service area, its ring roads and district names. No network needed. */
export function groundData(area: Area): GeoJSON.FeatureCollection {
  return collection([
    ...(area.polygon.length > 2 ? [polygon(area.polygon, { kind: 'area' })] : []),
    ...area.rings.map((ring) => line(ring.line, { kind: 'ring', name: ring.name })),
    ...area.districts.map((district) => point(district.at, { kind: 'district', name: district.name })),
  ]);
}

export function groundLayers(look: MapLook): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': look.ground } },
    { id: 'ground-land', type: 'fill', source: 'ground', filter: ['==', ['get', 'kind'], 'area'], paint: { 'fill-color': look.land } },
    { id: 'ground-outline', type: 'line', source: 'ground', filter: ['==', ['get', 'kind'], 'area'], paint: { 'line-color': look.outline, 'line-width': 1.2, 'line-dasharray': [4, 2] } },
    { id: 'ground-ring', type: 'line', source: 'ground', filter: ['==', ['get', 'kind'], 'ring'], paint: { 'line-color': look.ring, 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 2, 14, 7] } },
    { id: 'ground-ring-name', type: 'symbol', source: 'ground', filter: ['==', ['get', 'kind'], 'ring'], layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-size': 10.5, 'symbol-spacing': 420, 'text-font': ['sans'] }, paint: { 'text-color': look.label, 'text-halo-color': look.land, 'text-halo-width': 2 } },
    { id: 'ground-district', type: 'symbol', source: 'ground', filter: ['==', ['get', 'kind'], 'district'], layout: { 'text-field': ['get', 'name'], 'text-size': ['interpolate', ['linear'], ['zoom'], 9, 12, 13, 16], 'text-letter-spacing': 0.12, 'text-font': ['sans'] }, paint: { 'text-color': look.label, 'text-opacity': 0.75, 'text-halo-color': look.land, 'text-halo-width': 1.5 } },
  ];
}
