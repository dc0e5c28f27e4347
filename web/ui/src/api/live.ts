import { signal } from '@preact/signals';
import { openSource, type FeedMessage, type LiveKind } from './live-source';
import type { TabMessage } from './live-worker';

export type { LiveKind } from './live-source';
type Listener = (data: unknown) => void;

/** Whether the live feed is connected or still being opened; the frame shows when it is not. */
export const isLive = signal(true);

const listeners = new Map<LiveKind, Set<Listener>>();
const reconnectListeners = new Set<() => void>();
// What was read before the feed is up may be older than the first news that is heard.
let isMissing = true;
let account: string | null = null;
let close: (() => void) | null = null;

/** Opens the feed for the account that is signed in; a feed that is open for it stays. */
export function openLive(name: string): void {
  if (close && account === name) return;
  closeLive();
  account = name;
  isMissing = true;
  close = openShared(name, receive) ?? openSource(receive);
}

export function closeLive(): void {
  account = null;
  disconnect();
}

function disconnect() {
  close?.();
  close = null;
}

function receive(message: FeedMessage) {
  if (message.type === 'event') {
    const data: unknown = JSON.parse(message.data);
    listeners.get(message.kind)?.forEach((listener) => listener(data));
    return;
  }
  isLive.value = message.isUp;
  if (message.isUp && isMissing) reconnectListeners.forEach((listener) => listener());
  isMissing = !message.isUp;
}

/** The feed that all tabs share; null where the browser has no shared workers. */
function openShared(name: string, tell: (message: FeedMessage) => void): (() => void) | null {
  if (typeof SharedWorker === 'undefined') return null;
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), { type: 'module', name: 'live' });
  let end = () => {
    worker.port.postMessage({ type: 'leave' } satisfies TabMessage);
    worker.port.close();
  };
  worker.port.onmessage = (message: MessageEvent<FeedMessage>) => tell(message.data);
  worker.onerror = () => { end(); end = openSource(tell); };
  worker.port.postMessage({ type: 'join', account: name } satisfies TabMessage);
  return () => end();
}

// A page that the browser keeps for the back button must not keep its connection; it asks for what it missed when it is shown again.
addEventListener('pagehide', disconnect);
addEventListener('pageshow', (event) => {
  if (!event.persisted || account === null) return;
  const name = account;
  openLive(name);
});

/** Called when the feed is up, at first and after each break: news before it were missed, so what is shown must be read again. The returned function ends the subscription. */
export function onReconnect(listener: () => void): () => void {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
}

/** Subscribes; the returned function ends the subscription. */
export function onLive<T>(kind: LiveKind, listener: (data: T) => void): () => void {
  const set = listeners.get(kind) ?? new Set<Listener>();
  listeners.set(kind, set);
  set.add(listener as Listener);
  return () => set.delete(listener as Listener);
}
