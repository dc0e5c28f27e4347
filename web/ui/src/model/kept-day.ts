import type { Me } from '../api/contract';
import type { MyRouteView } from '../api/my-route-contract';

/** What a courier's device keeps of the day, to show it where there is no network: who they are and the routes as last read. */
export interface KeptDay { me: Me; route: MyRouteView | null; /** When the routes were read. */ atUnixMs: number }

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'courier.day';
/** A shift and its breaks; what is older is not shown, nor kept. */
const KEPT_MS = 20 * 3_600_000;

export function readKept(store: Store, nowUnixMs: number): KeptDay | null {
  try {
    const kept = JSON.parse(store.getItem(KEY) ?? 'null') as KeptDay | null;
    if (kept && nowUnixMs - kept.atUnixMs < KEPT_MS) return kept;
  } catch { /* Not ours: forgotten below. */ }
  store.removeItem(KEY);
  return null;
}

/** Called with whoever the host says is signed in: only a courier's day is kept, and only while it is theirs. */
export function keepSession(store: Store, me: Me | null, nowUnixMs: number): void {
  const before = readKept(store, nowUnixMs);
  if (me?.role !== 'courier') store.removeItem(KEY);
  else store.setItem(KEY, JSON.stringify({ me: { ...me, csrfToken: '' }, route: before?.me.name === me.name ? before.route : null, atUnixMs: nowUnixMs } satisfies KeptDay));
}

export function keepRoute(store: Store, account: string, route: MyRouteView, nowUnixMs: number): void {
  const before = readKept(store, nowUnixMs);
  if (before?.me.name === account) store.setItem(KEY, JSON.stringify({ ...before, route, atUnixMs: nowUnixMs } satisfies KeptDay));
}

/** The routes kept for an account and day. */
export function keptRoute(store: Store, account: string, day: string, nowUnixMs: number): { route: MyRouteView; atUnixMs: number } | null {
  const kept = readKept(store, nowUnixMs);
  return kept?.route && kept.me.name === account && kept.route.day === day ? { route: kept.route, atUnixMs: kept.atUnixMs } : null;
}
