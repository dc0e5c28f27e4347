import { Map as LibreMap, NavigationControl, ScaleControl, setWorkerUrl, type FilterSpecification, type GeoJSONSource, type MapMouseEvent, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { AccessRule, Area, LonLat, TerminalLoad, UnassignedView } from '../api/contract';
import type { DeviceRow } from '../api/devices-contract';
import { boundsOf, collection } from './geojson';
import { deviceData, deviceLayers } from './layers/devices';
import { groundData, groundLayers } from './layers/ground';
import { arrowImage, previewData, ROUTE_OPACITY, routeData, routeLayers, routeLine, stopData, stopNumberLayers, unassignedData, type DrawnRoute } from './layers/routes';
import { terminalData, terminalImage, terminalLayers } from './layers/terminals';
import { hatchImage, zoneData, zoneLayers } from './layers/zones';
import { DARK, LIGHT } from './look';
import { PolygonPen } from './polygon-pen';

setWorkerUrl(workerUrl);

/** What the pointer can hit, in the order it is preferred. */
export type MapHit = { kind: 'stop'; routeNo: number; stopNo: number } | { kind: 'device'; id: string } | { kind: 'terminal'; id: string } | { kind: 'unassigned'; id: string } | { kind: 'route'; routeNo: number } | { kind: 'zone'; id: string };

export interface MapSelection { routeNo?: number | null; stopNo?: number | null; terminalId?: string | null; deviceId?: string | null; parcelId?: string | null; zoneId?: string | null }

/** What the map's own controls are called. */
export interface MapWords { title: string; zoomIn: string; zoomOut: string }

const HIT_LAYERS = ['stops-selected', 'unassigned', 'devices', 'terminals', 'stops-dots', 'routes-hit', 'zones-fill'];
const SOURCES = ['ground', 'zones', 'before', 'routes', 'stops', 'unassigned', 'terminals', 'devices', 'pen'] as const;
type SourceName = (typeof SOURCES)[number];

/** The one imperative map object of a page. It never moves by itself: only fit(), which a person asks for, changes the viewport; until somebody moves it, it shows the whole area whatever its size. */
export class CityMap {
  readonly #map: LibreMap;
  readonly #data = new Map<SourceName, GeoJSON.FeatureCollection>();
  readonly pen: PolygonPen;
  #isDark: boolean;
  #selection: MapSelection = {};
  #isReady = false;
  #hasZones = true;
  #isWhole: boolean;
  onClick: (hit: MapHit | null) => void = () => undefined;
  onHover: (hit: MapHit | null, x: number, y: number) => void = () => undefined;
  onView: (view: string) => void = () => undefined;

  constructor(container: HTMLElement, readonly area: Area, isDark: boolean, view: string | null, words: MapWords) {
    this.#isDark = isDark;
    for (const name of SOURCES) this.#data.set(name, collection([]));
    this.#data.set('ground', groundData(area));
    const place = parseView(view);
    this.#isWhole = place === null;
    this.#map = new LibreMap({
      container,
      style: this.#style(),
      ...(place ? { center: [place.lon, place.lat], zoom: place.zoom } : { bounds: homeBounds(area), fitBoundsOptions: { padding: 24 } }),
      attributionControl: area.attribution ? { customAttribution: area.attribution } : false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      locale: { 'Map.Title': words.title, 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut, 'ScaleControl.Meters': 'm', 'ScaleControl.Kilometers': 'km' },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.#map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');
    // Images are drawn when a layer first asks for them, so a style swap needs no bookkeeping.
    this.#map.setMissingStyleImageResolver((name) => this.#addImage(name));
    this.#map.on('load', () => {
      this.#isReady = true;
      this.#applySelection();
    });
    this.#map.on('click', (event) => this.onClick(this.#hitAt(event)));
    this.#map.on('mousemove', (event) => {
      // Looking for what is under the pointer costs milliseconds, which a pan needs for drawing.
      if (this.#map.isMoving()) return;
      const hit = this.#hitAt(event);
      this.#map.getCanvas().style.cursor = this.pen.isActive ? 'crosshair' : hit ? 'pointer' : '';
      this.onHover(hit, event.point.x, event.point.y);
    });
    this.#map.on('mouseout', () => this.onHover(null, 0, 0));
    this.#map.on('movestart', (event) => { if (event.originalEvent) this.#isWhole = false; });
    this.#map.on('moveend', () => {
      const centre = this.#map.getCenter();
      this.onView(this.#isWhole ? '' : `${centre.lng.toFixed(4)},${centre.lat.toFixed(4)},${this.#map.getZoom().toFixed(2)}`);
    });
    this.pen = new PolygonPen(this.#map, (shape) => this.#set('pen', shape));
    if (area.tileStyleUrl) this.#restyle();
  }

  setTheme(isDark: boolean): void {
    if (isDark === this.#isDark) return;
    this.#isDark = isDark;
    this.#restyle();
  }

  setRoutes(routes: readonly DrawnRoute[]): void {
    this.#set('routes', routeData(routes));
    this.#set('stops', stopData(routes));
  }

  /** Routes as they were, drawn thin under those that are proposed. */
  setBefore(routes: readonly DrawnRoute[]): void { this.#set('before', routeData(routes)); }

  setPreview(lines: readonly { routeNo: number; line: LonLat[] }[]): void {
    this.#set('routes', previewData(lines));
    this.#set('stops', collection([]));
  }

  setUnassigned(items: readonly UnassignedView[]): void { this.#set('unassigned', unassignedData(items)); }
  setTerminals(terminals: readonly TerminalLoad[]): void { this.#set('terminals', terminalData(terminals)); }
  setDevices(devices: readonly DeviceRow[]): void { this.#set('devices', deviceData(devices)); }
  setZones(rules: readonly AccessRule[]): void { this.#set('zones', zoneData(rules)); }

  select(selection: MapSelection): void {
    this.#selection = selection;
    this.#applySelection();
  }

  /** @param isAtOnce For a map that is just opened: a resize would end a movement half way. */
  fit(points: Iterable<LonLat>, isAtOnce = false): void {
    const bounds = boundsOf(points);
    if (!bounds) return;
    this.#isWhole = false;
    this.#map.fitBounds(bounds, { padding: 60, maxZoom: 15, duration: isAtOnce ? 0 : 300 });
  }

  fitRoute(route: DrawnRoute, isAtOnce = false): void { this.fit(routeLine(route), isAtOnce); }

  fitArea(duration = 300): void {
    this.#isWhole = true;
    this.#map.fitBounds(homeBounds(this.area), { padding: 24, duration });
  }

  showZones(isShown: boolean): void {
    this.#hasZones = isShown;
    this.#applySelection();
  }

  /** Shows what another map shows. */
  follow(other: CityMap): void {
    this.#isWhole = other.#isWhole;
    this.#map.jumpTo({ center: other.#map.getCenter(), zoom: other.#map.getZoom() });
  }

  resize(): void {
    this.#map.resize();
    if (this.#isWhole) this.fitArea(0);
  }

  remove(): void { this.#map.remove(); }

  #set(name: SourceName, data: GeoJSON.FeatureCollection): void {
    this.#data.set(name, data);
    const source = this.#map.getSource(name) as GeoJSONSource | undefined;
    if (source) void source.setData(data);
  }

  #style(): StyleSpecification {
    const look = this.#isDark ? DARK : LIGHT;
    return {
      version: 8,
      sources: Object.fromEntries(SOURCES.map((name) => [name, { type: 'geojson', data: this.#data.get(name) ?? collection([]) }])),
      layers: [...groundLayers(look, this.area.tileStyleUrl !== null), ...zoneLayers(look), ...routeLayers(look), ...terminalLayers(look), ...deviceLayers(look), ...stopNumberLayers(look), ...PolygonPen.layers(look)],
    };
  }

  #restyle(): void {
    const ours = this.#style();
    const refresh = () => {
      for (const image of ['hatch', 'arrow']) if (this.#map.hasImage(image)) this.#map.removeImage(image);
      for (const image of this.#map.listImages()) if (image.startsWith('terminal:')) this.#map.removeImage(image);
      this.#applySelection();
    };
    this.#map.once('styledata', refresh);
    if (!this.area.tileStyleUrl) this.#map.setStyle(ours, { diff: false });
    else this.#map.setStyle(this.area.tileStyleUrl, { diff: false, transformStyle: (_, base) => ({ ...base, sources: { ...base.sources, ...ours.sources }, layers: [...base.layers, ...ours.layers] }) });
  }

  #addImage(name: string): void {
    if (this.#map.hasImage(name)) return;
    const look = this.#isDark ? DARK : LIGHT;
    const drawn = name === 'hatch' ? { image: hatchImage(look), pixelRatio: 2 } : name === 'arrow' ? { image: arrowImage(), pixelRatio: 2 } : name.startsWith('terminal:') ? terminalImage(name, this.#isDark) : null;
    if (drawn?.image) this.#map.addImage(name, drawn.image, { pixelRatio: drawn.pixelRatio });
  }

  #applySelection(): void {
    if (!this.#isReady || !this.#map.getLayer('routes-selected')) return;
    const { routeNo, stopNo, terminalId, deviceId, parcelId, zoneId } = this.#selection;
    const route: FilterSpecification = ['==', ['get', 'routeNo'], routeNo ?? -1];
    for (const id of ['routes-casing', 'routes-selected', 'routes-arrows', 'stops-selected', 'stops-number']) this.#map.setFilter(id, route);
    this.#map.setFilter('stop-current', ['all', route, ['==', ['get', 'stopNo'], stopNo ?? -1]]);
    for (const dash of [0, 1, 2]) this.#map.setPaintProperty(`routes-${dash}`, 'line-opacity', routeNo ? ['case', ['get', 'stem'], 0.05, 0.22] : ROUTE_OPACITY);
    for (const id of ['zones-fill', 'zones-line']) this.#map.setLayoutProperty(id, 'visibility', this.#hasZones ? 'visible' : 'none');
    this.#map.setFilter('terminals-selected', ['==', ['get', 'id'], terminalId ?? '']);
    this.#map.setFilter('devices-selected', ['==', ['get', 'id'], deviceId ?? '']);
    this.#map.setFilter('unassigned-selected', ['==', ['get', 'id'], parcelId ?? '']);
    this.#map.setFilter('zones-selected', ['==', ['get', 'id'], zoneId ?? '']);
  }

  #hitAt(event: MapMouseEvent): MapHit | null {
    if (!this.#isReady || this.pen.isActive) return null;
    const layers = HIT_LAYERS.filter((id) => this.#map.getLayer(id));
    const found = this.#map.queryRenderedFeatures(event.point, { layers });
    found.sort((a, b) => HIT_LAYERS.indexOf(a.layer.id) - HIT_LAYERS.indexOf(b.layer.id));
    const feature = found[0];
    if (!feature) return null;
    const properties = feature.properties as Record<string, string | number>;
    switch (feature.layer.id) {
      case 'stops-selected': case 'stops-dots': return { kind: 'stop', routeNo: Number(properties['routeNo']), stopNo: Number(properties['stopNo']) };
      case 'unassigned': return { kind: 'unassigned', id: String(properties['id']) };
      case 'devices': return { kind: 'device', id: String(properties['id']) };
      case 'terminals': return { kind: 'terminal', id: String(properties['id']) };
      case 'zones-fill': return { kind: 'zone', id: String(properties['id']) };
      default: return { kind: 'route', routeNo: Number(properties['routeNo']) };
    }
  }
}

// Of the rings' height, to each side: the towns just outside the last ring belong to the picture.
const HOME_MARGIN = 0.12;

/** What the map opens on: the ring roads and a margin where there are some – a service area is mostly its empty edge – else the whole area. */
function homeBounds(area: Area): [number, number, number, number] {
  const rings = boundsOf(area.rings.flatMap((ring) => ring.line));
  // A service area elsewhere keeps the rings it was made with; they are not its picture.
  if (!rings || rings[2] < area.bounds[0] || rings[0] > area.bounds[2] || rings[3] < area.bounds[1] || rings[1] > area.bounds[3]) return area.bounds;
  const [west, south, east, north] = rings;
  const margin = (north - south) * HOME_MARGIN;
  return [west, south - margin, east, north + margin];
}

function parseView(view: string | null): { lon: number; lat: number; zoom: number } | null {
  const [lon, lat, zoom] = (view ?? '').split(',').map(Number);
  return lon !== undefined && lat !== undefined && zoom !== undefined && [lon, lat, zoom].every(Number.isFinite) ? { lon, lat, zoom } : null;
}
