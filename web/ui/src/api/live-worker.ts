/**
 * Holds the one live feed of all tabs of this browser. Over HTTP/1.1 a browser keeps six connections to a host; with a feed for each tab the seventh tab
 * would wait for ever.
 */
import { openSource, type FeedMessage } from './live-source';

/** What a tab says: here I am, signed in as this account; or I am going. */
export type TabMessage = { type: 'join'; account: string } | { type: 'leave' };

const tabs = new Set<MessagePort>();
let account = '';
let isUp = false;
let close: (() => void) | null = null;

function tell(message: FeedMessage) {
  if (message.type === 'state') isUp = message.isUp;
  for (const tab of tabs) tab.postMessage(message);
}

function join(tab: MessagePort, name: string) {
  tabs.add(tab);
  // The host decides by account what a feed may show, so another account needs another feed.
  if (close && name !== account) {
    close();
    close = null;
    isUp = false;
  }
  account = name;
  if (!close) close = openSource(tell);
  else if (isUp) tab.postMessage({ type: 'state', isUp } satisfies FeedMessage);
}

function leave(tab: MessagePort) {
  tabs.delete(tab);
  if (tabs.size > 0) return;
  close?.();
  close = null;
  isUp = false;
}

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const tab = event.ports[0];
  if (!tab) return;
  tab.onmessage = (message: MessageEvent<TabMessage>) => {
    if (message.data.type === 'join') join(tab, message.data.account);
    else leave(tab);
  };
};
