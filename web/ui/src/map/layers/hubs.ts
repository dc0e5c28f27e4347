import type { LayerSpecification } from 'maplibre-gl';
import type { Hub } from '../../api/contract';
import { collection, point } from '../geojson';
import type { MapLook } from '../look';

/** Where the routes begin, reload and end. */
export function hubData(hubs: readonly Hub[]): GeoJSON.FeatureCollection {
  return collection(hubs.filter((hub) => hub.isActive).map((hub) => point(hub.at, { id: hub.id, name: hub.name })));
}

/** A warehouse with its name at every scale: there are few hubs, and every route is read from them. */
export function hubLayers(look: MapLook): LayerSpecification[] {
  return [
    { id: 'hubs', type: 'symbol', source: 'hubs', layout: { 'icon-image': 'hub', 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'text-field': ['get', 'name'], 'text-size': 12, 'text-anchor': 'top', 'text-offset': [0, 1], 'text-font': ['sans'], 'text-optional': true }, paint: { 'text-color': look.selected, 'text-halo-color': look.halo, 'text-halo-width': 1.8 } },
  ];
}

const SIZE = 24, SCALE = 2;

/** A gabled hall with its gate. */
export function hubImage(look: MapLook): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE * SCALE;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.scale(SCALE, SCALE);
  const hall = new Path2D('M12 2.5 22 8.5V21.5H2V8.5Z');
  context.lineJoin = 'round';
  context.strokeStyle = look.halo;
  context.lineWidth = 3;
  context.stroke(hall);
  context.fillStyle = look.selected;
  context.fill(hall);
  context.fillStyle = look.halo;
  context.fillRect(7, 12, 10, 2);
  context.fillRect(7, 15.5, 10, 2);
  context.fillRect(7, 19, 10, 2.5);
  return context.getImageData(0, 0, SIZE * SCALE, SIZE * SCALE);
}
