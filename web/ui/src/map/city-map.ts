import { Map as LibreMap, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type MapGeoJSONFeature, type MapMouseEvent, type PointLike, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { AccessRule, Area, Hub, LonLat, TerminalLoad, UnassignedView } from '../api/contract';
import type { DeviceRow } from '../api/devices-contract';
import type { MapServerFault } from '../api/map-style';
import { BaseMap } from './base-map';
import { paceFrames } from './frame-pace';
import { boundsOf, collection } from './geojson';
import { deviceData, deviceLayers } from './layers/devices';
import { groundData, groundLayers } from './layers/ground';
import { hubData, hubImage, hubLayers } from './layers/hubs';
import { arrowImage, previewData, ROUND_OPACITY, routeData, routeLayers, routeLine, STEM_OPACITY, stopData, unassignedData, type DrawnRoute } from './layers/routes';
import { terminalData, terminalImage, terminalLayers } from './layers/terminals';
import { hatchImage, zoneData, zoneLayers } from './layers/zones';
import { DARK, LIGHT } from './look';
import { selectedLineLayers, selectedPointLayers, selectionData, type MapSelection } from './layers/selection';
import { PolygonPen } from './polygon-pen';

/**
 * The script the map's tiles are cut by; needed to open a map without a network. It fetches tiles under the policy it was itself sent with, and browsers keep it:
 * another map server needs another address.
 */
export const mapWorkerUrl = (area: Area): string => (area.tileStyleUrl ? `${workerUrl}?for=${encodeURIComponent(area.tileStyleUrl.split('/').slice(0, 3).join('/'))}` : workerUrl);

/** What the pointer can hit, in the order it is preferred. */
export type MapHit = { kind: 'stop'; routeNo: number; stopNo: number } | { kind: 'device'; id: string } | { kind: 'terminal'; id: string } | { kind: 'hub'; id: string } | { kind: 'unassigned'; id: string } | { kind: 'route'; routeNo: number } | { kind: 'zone'; id: string };

/** What the map's own controls are called. */
export interface MapWords { title: string; zoomIn: string; zoomOut: string }

const POINT_LAYERS = ['stops-selected', 'unassigned', 'devices', 'terminals', 'hubs', 'stops-dots'];
const LINE_LAYERS = ['routes-selected', 'routes-0', 'routes-1', 'routes-2', 'routes-stem'];
/** How near a line the pointer must be, in px. */
const LINE_REACH = 6;
const SOURCES = ['ground', 'zones', 'before', 'routes', 'stops', 'unassigned', 'hubs', 'terminals', 'devices', 'selection', 'pen'] as const;
type SourceName = (typeof SOURCES)[number];
/** Where stops begin to be drawn; further out they are not sent until the rest has been. */
const STOPS_FROM_ZOOM = 11;

/** The one imperative map object of a page. It never moves by itself: only fit(), which a person asks for, changes the viewport; until somebody moves it, it shows the whole area whatever its size. */
export class CityMap {
  readonly #map: LibreMap;
  readonly #data = new Map<SourceName, GeoJSON.FeatureCollection>();
  readonly pen: PolygonPen;
  #isDark: boolean;
  #selection: MapSelection = {};
  readonly #inStyle = new Map<SourceName, GeoJSON.FeatureCollection>();
  #base: BaseMap | null = null;
  #isReady = false;
  #hasZones = true;
  #isWhole: boolean;
  onClick: (hit: MapHit | null) => void = () => undefined;
  onHover: (hit: MapHit | null, x: number, y: number) => void = () => undefined;
  onView: (view: string) => void = () => undefined;
  /** The tile or style server set by the administrator cannot be read; the own background is drawn instead. */
  onBaseFailed: (fault: MapServerFault) => void = () => undefined;

  constructor(container: HTMLElement, readonly area: Area, isDark: boolean, view: string | null, words: MapWords) {
    setWorkerUrl(mapWorkerUrl(area));
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
    paceFrames(this.#map);
    this.#map.touchZoomRotate.disableRotation();
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.#map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');
    // Images are drawn when a layer first asks for them, so a style swap needs no bookkeeping.
    this.#map.setMissingStyleImageResolver((name) => this.#addImage(name));
    this.#map.on('load', () => { this.#isReady = true; this.#applyLook(); });
    // A style is read a frame after it was given; what came in between is not in it.
    this.#map.on('style.load', () => { for (const name of SOURCES) if (this.#data.get(name) !== this.#inStyle.get(name)) this.#send(name); });
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
    if (area.tileStyleUrl) this.#base = new BaseMap(this.#map, area.tileStyleUrl, SOURCES, () => this.#restyle(), (fault) => this.onBaseFailed(fault));
  }

  setTheme(isDark: boolean): void {
    if (isDark === this.#isDark) return;
    this.#isDark = isDark;
    this.#restyle();
  }

  setRoutes(routes: readonly DrawnRoute[]): void {
    this.#set('routes', routeData(routes));
    const stops = stopData(routes);
    this.#data.set('stops', stops);
    this.#drawSelection();
    // The lines are on the screen before the worker is given the points that are not drawn yet.
    const send = () => { if (this.#data.get('stops') === stops) this.#send('stops'); };
    if (this.#map.getZoom() >= STOPS_FROM_ZOOM - 1) send();
    else void this.#map.once('idle', send);
  }

  /** Routes as they were, drawn thin under those that are proposed. */
  setBefore(routes: readonly DrawnRoute[]): void { this.#set('before', routeData(routes)); }

  setPreview(lines: readonly { routeNo: number; line: LonLat[] }[]): void {
    this.#set('routes', previewData(lines));
    this.#set('stops', collection([]));
    this.#drawSelection();
  }

  setUnassigned(items: readonly UnassignedView[]): void { this.#set('unassigned', unassignedData(items)); this.#drawSelection(); }
  setTerminals(terminals: readonly TerminalLoad[]): void { this.#set('terminals', terminalData(terminals)); this.#drawSelection(); }
  setDevices(devices: readonly DeviceRow[]): void { this.#set('devices', deviceData(devices)); this.#drawSelection(); }
  setHubs(hubs: readonly Hub[]): void { this.#set('hubs', hubData(hubs)); this.#drawSelection(); }
  setZones(rules: readonly AccessRule[]): void { this.#set('zones', zoneData(rules)); this.#drawSelection(); }

  select(selection: MapSelection): void {
    this.#selection = selection;
    this.#drawSelection();
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
    this.#applyLook();
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
    // Nothing in place of nothing would cost a round through the worker and a frame.
    if (data.features.length === 0 && this.#data.get(name)?.features.length === 0) return;
    this.#data.set(name, data);
    this.#send(name);
  }

  #send(name: SourceName): void {
    const source = this.#map.getSource(name) as GeoJSONSource | undefined;
    const data = this.#data.get(name);
    if (source && data) void source.setData(data);
  }

  #style(): StyleSpecification {
    const look = this.#isDark ? DARK : LIGHT;
    for (const [name, data] of this.#data) this.#inStyle.set(name, data);
    return {
      version: 8,
      // What is selected shows at once; fading would draw the map anew for every step of it.
      transition: { duration: 0, delay: 0 },
      sources: Object.fromEntries(SOURCES.map((name) => [name, { type: 'geojson', buffer: 32, data: this.#data.get(name) ?? collection([]) }])),
      layers: [...groundLayers(look), ...zoneLayers(look), ...routeLayers(look), ...selectedLineLayers(look), ...terminalLayers(look), ...hubLayers(look), ...deviceLayers(look), ...selectedPointLayers(look), ...PolygonPen.layers(look)],
    };
  }

  #restyle(): void {
    const ours = this.#style();
    const refresh = () => {
      for (const image of ['hatch', 'arrow', 'hub']) if (this.#map.hasImage(image)) this.#map.removeImage(image);
      for (const image of this.#map.listImages()) if (image.startsWith('terminal:')) this.#map.removeImage(image);
      this.#applyLook();
    };
    this.#map.once('styledata', refresh);
    this.#map.setStyle(this.#base?.under(ours) ?? ours, { diff: false });
  }

  #addImage(name: string): void {
    if (this.#map.hasImage(name)) return;
    const look = this.#isDark ? DARK : LIGHT;
    const drawn = name === 'hatch' ? { image: hatchImage(look), pixelRatio: 2 } : name === 'arrow' ? { image: arrowImage(), pixelRatio: 2 } : name === 'hub' ? { image: hubImage(look), pixelRatio: 2 } : name.startsWith('terminal:') ? terminalImage(name, this.#isDark) : null;
    if (drawn?.image) this.#map.addImage(name, drawn.image, { pixelRatio: drawn.pixelRatio });
  }

  /** The selected things are a small source of their own: a filter on the large ones would have them all cut into tiles again. */
  #drawSelection(): void {
    const of = (name: SourceName) => this.#data.get(name)?.features ?? [];
    this.#set('selection', selectionData(this.#selection, { routes: of('routes'), stops: of('stops'), hubs: of('hubs'), terminals: of('terminals'), devices: of('devices'), unassigned: of('unassigned'), zones: of('zones') }));
    this.#applyLook();
  }

  #applyLook(): void {
    if (!this.#isReady || !this.#map.getLayer('routes-stem')) return;
    const isFaded = Boolean(this.#selection.routeNo);
    for (const dash of [0, 1, 2]) this.#map.setPaintProperty(`routes-${dash}`, 'line-opacity', isFaded ? 0.22 : ROUND_OPACITY);
    this.#map.setPaintProperty('routes-stem', 'line-opacity', isFaded ? 0.05 : STEM_OPACITY);
    for (const id of ['zones-fill', 'zones-line']) this.#map.setLayoutProperty(id, 'visibility', this.#hasZones ? 'visible' : 'none');
  }

  #hitAt(event: MapMouseEvent): MapHit | null {
    if (!this.#isReady || this.pen.isActive) return null;
    const { x, y } = event.point;
    const feature = this.#find(event.point, POINT_LAYERS) ?? this.#find([[x - LINE_REACH, y - LINE_REACH], [x + LINE_REACH, y + LINE_REACH]], LINE_LAYERS) ?? this.#find(event.point, ['zones-fill']);
    if (!feature) return null;
    const properties = feature.properties as Record<string, string | number>;
    switch (feature.layer.id) {
      case 'stops-selected': case 'stops-dots': return { kind: 'stop', routeNo: Number(properties['routeNo']), stopNo: Number(properties['stopNo']) };
      case 'unassigned': return { kind: 'unassigned', id: String(properties['id']) };
      case 'devices': return { kind: 'device', id: String(properties['id']) };
      case 'terminals': return { kind: 'terminal', id: String(properties['id']) };
      case 'hubs': return { kind: 'hub', id: String(properties['id']) };
      case 'zones-fill': return { kind: 'zone', id: String(properties['id']) };
      default: return { kind: 'route', routeNo: Number(properties['routeNo']) };
    }
  }

  /** What lies there of the first of the layers that has something. */
  #find(where: PointLike | [PointLike, PointLike], layers: readonly string[]): MapGeoJSONFeature | undefined {
    const found = this.#map.queryRenderedFeatures(where, { layers: layers.filter((id) => this.#map.getLayer(id)) });
    return found.sort((a, b) => layers.indexOf(a.layer.id) - layers.indexOf(b.layer.id))[0];
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
