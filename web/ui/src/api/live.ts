import { signal } from '@preact/signals';

const KINDS = ['solve', 'board', 'plan', 'schedule', 'device', 'command', 'gateway', 'roster', 'forecast'] as const;
/** Kinds of server-sent events at /api/live. */
export type LiveKind = (typeof KINDS)[number];
type Listener = (data: unknown) => void;

/** Whether the live feed is connected; the frame shows when it is not. */
export const isLive = signal(false);

const listeners = new Map<LiveKind, Set<Listener>>();
const reconnectListeners = new Set<() => void>();
let wasLost = false;
let source: EventSource | null = null;

export function openLive(): void {
  if (source) return;
  source = new EventSource('/api/live');
  source.onopen = () => {
    isLive.value = true;
    if (wasLost) reconnectListeners.forEach((listener) => listener());
    wasLost = false;
  };
  source.onerror = () => {
    isLive.value = false;
    wasLost = true;
  };
  for (const kind of KINDS) {
    source.addEventListener(kind, (event: MessageEvent<string>) => {
      const data: unknown = JSON.parse(event.data);
      listeners.get(kind)?.forEach((listener) => listener(data));
    });
  }
}

export function closeLive(): void {
  source?.close();
  source = null;
  isLive.value = false;
}

/** Called when the feed is back after a break, in which news were missed; the returned function ends the subscription. */
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
