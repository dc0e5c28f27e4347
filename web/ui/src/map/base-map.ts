import type { Map as LibreMap, StyleSpecification } from 'maplibre-gl';
import { faultOf, isTileAddress, readMapStyle, type MapServerFault } from '../api/map-style';

/** How often tiles that were asked for are looked at, until one is there, in ms. */
const LOOK_EVERY = 500;

/**
 * The background an administrator has set instead of our own: a MapLibre style, or a raster tile address with {z}, {x} and {y}. It is read once; our own background is drawn
 * until it is there, and again – with a word to the person – when it cannot be read. Raster tiles that are absent leave our own background in sight.
 */
export class BaseMap {
  #style: StyleSpecification | null = null;
  #hasTile = false;
  #isGone = false;
  readonly #asked = new Set<{ state: string }>();

  /** @param own Names of our own sources; everything else on the map is the background's. */
  constructor(map: LibreMap, readonly address: string, own: readonly string[], onReady: () => void, onFailed: (fault: MapServerFault) => void) {
    const fail = (fault: MapServerFault) => {
      if (this.#isGone) return;
      const wasShown = this.#style !== null;
      end();
      this.#style = null;
      if (wasShown) onReady();
      onFailed(fault);
    };
    // A tile that is not there (404) is a hole to MapLibre, which tells nobody of it; a server that has nothing but holes is out of order.
    const watch = setInterval(() => { if (this.#hasOnlyHoles()) fail({ kind: 'status', status: 404 }); }, LOOK_EVERY);
    const end = () => { this.#isGone = true; clearInterval(watch); };
    map.on('sourcedataloading', (event) => { if (event.tile && !this.#hasTile && !own.includes(event.sourceId)) this.#asked.add(event.tile as { state: string }); });
    map.on('sourcedata', (event) => {
      if (this.#hasTile || event.tile?.state !== 'loaded' || own.includes(event.sourceId)) return;
      this.#hasTile = true;
      this.#asked.clear();
      clearInterval(watch);
    });
    // Only a server that never gave a tile is out of order; one that gave some has trouble with this one.
    map.on('error', (event) => { if ('sourceId' in event && !own.includes(String(event.sourceId)) && !this.#hasTile) fail(faultOf(event.error)); });
    map.on('remove', end);
    void readMapStyle(address).then((style) => {
      if (this.#isGone) return;
      this.#style = style;
      onReady();
    }, (error: unknown) => fail(faultOf(error)));
  }

  /** Our layers on top of the background; null while there is none. Under raster tiles our own background stays, and shows where one is missing. */
  under(ours: StyleSpecification): StyleSpecification | null {
    const base = this.#style;
    if (!base) return null;
    const isRaster = isTileAddress(this.address);
    const [ground, rest] = [ours.layers.filter((layer) => layer.id.startsWith('ground')), ours.layers.filter((layer) => !layer.id.startsWith('ground'))];
    return { ...base, transition: ours.transition, sources: { ...base.sources, ...ours.sources }, layers: [...(isRaster ? ground : []), ...base.layers, ...rest] };
  }

  /** Whether all that was asked for has been answered, and nothing was there. A tile that is no longer wanted counts for nothing. */
  #hasOnlyHoles(): boolean {
    const wanted = [...this.#asked].filter((tile) => tile.state !== 'unloaded');
    return !this.#hasTile && wanted.length > 0 && wanted.every((tile) => tile.state === 'errored');
  }
}
