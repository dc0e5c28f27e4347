import type { Map as LibreMap, StyleSpecification } from 'maplibre-gl';
import { isTileAddress, readMapStyle } from '../api/map-style';

/**
 * The background an administrator has set instead of our own: a MapLibre style, or a raster tile address with {z}, {x} and {y}. It is read once; our own background is drawn
 * until it is there, and again – with a word to the person – when it cannot be read. Raster tiles that are absent leave our own background in sight.
 */
export class BaseMap {
  #style: StyleSpecification | null = null;
  #hasTile = false;
  #isGone = false;

  /** @param own Names of our own sources; everything else on the map is the background's. */
  constructor(map: LibreMap, readonly address: string, own: readonly string[], onReady: () => void, onFailed: () => void) {
    const fail = () => {
      if (this.#isGone) return;
      const wasShown = this.#style !== null;
      this.#isGone = true;
      this.#style = null;
      if (wasShown) onReady();
      onFailed();
    };
    map.on('sourcedata', (event) => { if (event.tile?.state === 'loaded' && !own.includes(event.sourceId)) this.#hasTile = true; });
    // Tile servers have holes; only one that never gave a tile is out of order.
    map.on('error', (event) => { if ('sourceId' in event && !own.includes(String(event.sourceId)) && !this.#hasTile) fail(); });
    map.on('remove', () => { this.#isGone = true; });
    void readMapStyle(address).then((style) => {
      if (this.#isGone) return;
      this.#style = style;
      onReady();
    }, fail);
  }

  /** Our layers on top of the background; null while there is none. Under raster tiles our own background stays, and shows where one is missing. */
  under(ours: StyleSpecification): StyleSpecification | null {
    const base = this.#style;
    if (!base) return null;
    const isRaster = isTileAddress(this.address);
    const [ground, rest] = [ours.layers.filter((layer) => layer.id.startsWith('ground')), ours.layers.filter((layer) => !layer.id.startsWith('ground'))];
    return { ...base, transition: ours.transition, sources: { ...base.sources, ...ours.sources }, layers: [...(isRaster ? ground : []), ...base.layers, ...rest] };
  }
}
