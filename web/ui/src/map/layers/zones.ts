import type { LayerSpecification } from 'maplibre-gl';
import type { AccessRule } from '../../api/contract';
import { collection, polygon } from '../geojson';
import type { MapLook } from '../look';

/** Access rules as hatched areas; the hours in words come from the hover text. */
export function zoneData(rules: readonly AccessRule[]): GeoJSON.FeatureCollection {
  return collection(rules.filter((rule) => rule.isActive).flatMap((rule) => rule.polygons.filter((ring) => ring.length > 2).map((ring) => polygon(ring, { id: rule.id, name: rule.name }))));
}

export function zoneLayers(look: MapLook): LayerSpecification[] {
  return [
    { id: 'zones-fill', type: 'fill', source: 'zones', paint: { 'fill-pattern': 'hatch', 'fill-opacity': 0.1 } },
    { id: 'zones-line', type: 'line', source: 'zones', paint: { 'line-color': look.zone, 'line-width': 1, 'line-opacity': 0.4, 'line-dasharray': [6, 2] } },
  ];
}

/** Diagonal hatch, drawn once per theme. */
export function hatchImage(look: MapLook): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 16;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.strokeStyle = look.zone;
  context.lineWidth = 1.4;
  for (const offset of [-16, -8, 0, 8, 16]) {
    context.beginPath();
    context.moveTo(offset, 16);
    context.lineTo(offset + 16, 0);
    context.stroke();
  }
  return context.getImageData(0, 0, 16, 16);
}
