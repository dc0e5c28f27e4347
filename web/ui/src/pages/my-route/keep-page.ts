import type { Area } from '../../api/contract';
import { mapWorkerUrl } from '../../map/city-map';

/** Has the browser keep the page itself, so that it opens without a network. Browsers allow it over https and on this machine only. */
export function keepPage(area: Area): void {
  if (!('serviceWorker' in navigator)) return;
  const loaded = performance.getEntriesByType('resource').map((entry) => new URL(entry.name)).filter((address) => address.origin === location.origin && address.pathname.startsWith('/assets/')).map((address) => address.pathname);
  void navigator.serviceWorker.register('/courier-worker.js')
    .then(() => navigator.serviceWorker.ready)
    .then((worker) => worker.active?.postMessage({ keep: ['/', mapWorkerUrl(area), ...new Set(loaded)] }))
    // A browser that refuses leaves the page as it is: it needs a network to open.
    .catch(() => undefined);
}
