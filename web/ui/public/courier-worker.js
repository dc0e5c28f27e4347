// Keeps the page itself, so that a courier's route opens where there is no network. It never keeps an answer of /api: what is personal is kept by the page, which forgets it at sign-out.
const SHELL = 'shell';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => { if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep)); });

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
});

/** The newest page when there is a network, else the kept one. */
async function openPage(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.headers.get('Content-Type')?.startsWith('text/html')) await renew(answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match('/', { cacheName: SHELL });
    if (kept) return kept;
    throw error;
  }
}

/** Another build has other assets; those of the last one are let go with its page. */
async function renew(page) {
  const cache = await caches.open(SHELL);
  const before = await cache.match('/');
  if (before && (await before.text()) !== (await page.clone().text())) await caches.delete(SHELL);
  await (await caches.open(SHELL)).put('/', page);
}

// The name of an asset changes with its text, so a kept one is never old.
async function asset(request) {
  const kept = await caches.match(request, { cacheName: SHELL });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

/** What was loaded before this worker was there. */
async function keep(addresses) {
  const cache = await caches.open(SHELL);
  await Promise.all(addresses.map(async (address) => { if (!(await cache.match(address))) await cache.add(address); }));
}
