import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';

/** Whether an address is that of raster tiles, with places for zoom, column and row, rather than of a style. */
export const isTileAddress = (address: string) => address.includes('{z}');

/** The MapLibre style at an address of an administrator's choice; one of our own around it when it is that of raster tiles. */
export async function readMapStyle(address: string): Promise<StyleSpecification> {
  if (isTileAddress(address)) return { version: 8, sources: { tiles: { type: 'raster', tiles: [address], tileSize: 256 } }, layers: [{ id: 'tiles', type: 'raster', source: 'tiles' }] };
  const answer = await fetch(address);
  const style = (await answer.json()) as Partial<StyleSpecification>;
  if (!answer.ok || style.version !== 8 || !Array.isArray(style.layers)) throw new Error(`${address} is no MapLibre style.`);
  return { ...style, version: 8, sources: style.sources ?? {}, layers: style.layers };
}
