import type { LayerSpecification, Map as LibreMap, MapMouseEvent } from 'maplibre-gl';
import type { LonLat } from '../api/contract';
import { collection, line, point, polygon } from './geojson';
import type { MapLook } from './look';

/** Draws and edits one polygon: click adds a corner, drag moves one, right click removes one, a click on the midpoint inserts. */
export class PolygonPen {
  #corners: LonLat[] = [];
  #dragging: number | null = null;
  #onChange: ((corners: LonLat[]) => void) | null = null;

  constructor(private readonly map: LibreMap, private readonly show: (data: GeoJSON.FeatureCollection) => void) {
    map.on('click', (event) => this.#click(event));
    map.on('mousedown', (event) => this.#press(event));
    map.on('mousemove', (event) => this.#move(event));
    map.on('mouseup', () => { this.#dragging = null; });
    map.on('contextmenu', (event) => this.#removeAt(event));
  }

  get isActive(): boolean { return this.#onChange !== null; }

  start(corners: LonLat[], onChange: (corners: LonLat[]) => void): void {
    const first = corners[0], last = corners.at(-1);
    this.#corners = corners.length > 1 && first && last && first[0] === last[0] && first[1] === last[1] ? corners.slice(0, -1) : [...corners];
    this.#onChange = onChange;
    this.#draw();
  }

  stop(): void {
    this.#onChange = null;
    this.#corners = [];
    this.show(collection([]));
  }

  static layers(look: MapLook): LayerSpecification[] {
    return [
      { id: 'pen-fill', type: 'fill', source: 'pen', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': look.zone, 'fill-opacity': 0.12 } },
      { id: 'pen-line', type: 'line', source: 'pen', paint: { 'line-color': look.zone, 'line-width': 2 } },
      { id: 'pen-corner', type: 'circle', source: 'pen', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': ['case', ['get', 'middle'], 3.5, 6], 'circle-color': look.halo, 'circle-stroke-color': look.zone, 'circle-stroke-width': 2 } },
    ];
  }

  #cornerAt(event: MapMouseEvent): { index: number; isMiddle: boolean } | null {
    const found = this.map.queryRenderedFeatures([[event.point.x - 7, event.point.y - 7], [event.point.x + 7, event.point.y + 7]], { layers: ['pen-corner'] });
    const properties = found.find((feature) => !feature.properties['middle'])?.properties ?? found[0]?.properties;
    return properties ? { index: Number(properties['index']), isMiddle: Boolean(properties['middle']) } : null;
  }

  #click(event: MapMouseEvent): void {
    if (!this.isActive || this.#cornerAt(event)) return;
    this.#corners.push([event.lngLat.lng, event.lngLat.lat]);
    this.#changed();
  }

  #press(event: MapMouseEvent): void {
    if (!this.isActive) return;
    const corner = this.#cornerAt(event);
    if (!corner) return;
    event.preventDefault();
    if (corner.isMiddle) this.#corners.splice(corner.index + 1, 0, [event.lngLat.lng, event.lngLat.lat]);
    this.#dragging = corner.isMiddle ? corner.index + 1 : corner.index;
  }

  #move(event: MapMouseEvent): void {
    if (this.#dragging === null) return;
    this.#corners[this.#dragging] = [event.lngLat.lng, event.lngLat.lat];
    this.#changed();
  }

  #removeAt(event: MapMouseEvent): void {
    if (!this.isActive) return;
    const corner = this.#cornerAt(event);
    if (!corner || corner.isMiddle || this.#corners.length <= 3) return;
    this.#corners.splice(corner.index, 1);
    this.#changed();
  }

  #changed(): void {
    this.#draw();
    this.#onChange?.([...this.#corners]);
  }

  #draw(): void {
    const corners = this.#corners;
    const shape = corners.length > 2 ? [polygon(corners, {})] : corners.length === 2 ? [line(corners, {})] : [];
    const middles = corners.length < 3 ? [] : corners.map((corner, index) => {
      const next = corners[(index + 1) % corners.length] ?? corner;
      return point([(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2], { index, middle: true });
    });
    const data = collection([...shape, ...middles, ...corners.map((corner, index) => point(corner, { index, middle: false }))]);
    this.show(data);
  }
}
