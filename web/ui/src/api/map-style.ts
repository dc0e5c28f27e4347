import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';

/** Whether an address is that of raster tiles, with places for zoom, column and row, rather than of a style. */
export const isTileAddress = (address: string) => address.includes('{z}');

/** Why nothing can be drawn from a map server: it answers with an HTTP error, does not answer (or not to this page), or answers what is no map. */
export type MapServerFault = { kind: 'status'; status: number } | { kind: 'unreachable' } | { kind: 'unreadable' };

/** The MapLibre style at an address of an administrator's choice; one of our own around it when it is that of raster tiles. Fails with a {@link MapServerFault} as its cause. */
export async function readMapStyle(address: string): Promise<StyleSpecification> {
  if (isTileAddress(address)) return { version: 8, sources: { tiles: { type: 'raster', tiles: [address], tileSize: 256 } }, layers: [{ id: 'tiles', type: 'raster', source: 'tiles' }] };
  const answer = await fetch(address).catch(() => { throw failed(address, { kind: 'unreachable' }); });
  if (!answer.ok) throw failed(address, { kind: 'status', status: answer.status });
  const style = (await answer.json().catch(() => null)) as Partial<StyleSpecification> | null;
  if (style?.version !== 8 || !Array.isArray(style.layers)) throw failed(address, { kind: 'unreadable' });
  return { ...style, version: 8, sources: style.sources ?? {}, layers: style.layers };
}

/** What went wrong, of an error of {@link readMapStyle} or of MapLibre, whose requests carry a status that is 0 when there was no answer. */
export function faultOf(error: unknown): MapServerFault {
  if (!(error instanceof Error)) return { kind: 'unreadable' };
  if (isFault(error.cause)) return error.cause;
  const status = 'status' in error ? Number(error.status) : Number.NaN;
  if (status === 0) return { kind: 'unreachable' };
  return status > 0 ? { kind: 'status', status } : { kind: 'unreadable' };
}

/** An address as it may be shown: what follows the question mark can be a key. */
export const shownAddress = (address: string) => address.split('?')[0] ?? address;

const failed = (address: string, cause: MapServerFault) => new Error(`Nothing can be drawn from ${shownAddress(address)}.`, { cause });

const isFault = (cause: unknown): cause is MapServerFault => typeof cause === 'object' && cause !== null && 'kind' in cause;
