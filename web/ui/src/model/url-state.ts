/** What the address bar holds, so that a link shows a colleague the same thing. Pure. */
export interface UrlState { page: string; values: Record<string, string> }

export function parseUrl(path: string, search: string): UrlState {
  const page = path.replace(/^\/+|\/+$/g, '') || 'board';
  return { page, values: Object.fromEntries(new URLSearchParams(search)) };
}

export function formatUrl(state: UrlState): string {
  const entries = Object.entries(state.values).filter(([, value]) => value !== '');
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = new URLSearchParams(entries).toString();
  return `/${state.page}${text === '' ? '' : `?${text}`}`;
}
