/** Kinds of server-sent events at /api/live. */
export const LIVE_KINDS = ['solve', 'board', 'plan', 'schedule', 'device', 'command', 'gateway', 'roster', 'forecast'] as const;
export type LiveKind = (typeof LIVE_KINDS)[number];

/** What a feed tells its reader: whether it is connected, or an event with its JSON text. */
export type FeedMessage = { type: 'state'; isUp: boolean } | { type: 'event'; kind: LiveKind; data: string };

// A browser gives up an event stream that was answered with an error, as by a host that is just starting.
const RETRY_MS = 5_000;

/** Opens the stream at /api/live and keeps it open until the returned function is called. */
export function openSource(tell: (message: FeedMessage) => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    source = new EventSource('/api/live');
    source.onopen = () => tell({ type: 'state', isUp: true });
    source.onerror = () => {
      tell({ type: 'state', isUp: false });
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY_MS);
    };
    for (const kind of LIVE_KINDS) source.addEventListener(kind, (event: MessageEvent<string>) => tell({ type: 'event', kind, data: event.data }));
  }

  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
