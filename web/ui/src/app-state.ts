import { computed, effect, signal } from '@preact/signals';
import type { Me } from './api/contract';
import type { Language } from './model/format';
import { formatUrl, parseUrl, type UrlState } from './model/url-state';
import { hasUnsaved, leave } from './unsaved';

/** State every page shares: who is signed in, language, theme, and what the address bar says. */
export const me = signal<Me | null>(null);

function remembered<T extends string>(key: string, fallback: T, allowed: readonly T[]) {
  const stored = localStorage.getItem(key) as T | null;
  const value = signal<T>(stored && allowed.includes(stored) ? stored : fallback);
  effect(() => localStorage.setItem(key, value.value));
  return value;
}

export const language = remembered<Language>('language', navigator.language.startsWith('zh') || !navigator.language ? 'zh' : 'en', ['zh', 'en']);
export type Theme = 'system' | 'light' | 'dark';
export const theme = remembered<Theme>('theme', 'system', ['system', 'light', 'dark']);

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const isSystemDark = signal(systemDark.matches);
systemDark.addEventListener('change', (event) => (isSystemDark.value = event.matches));
export const isDark = computed(() => theme.value === 'dark' || (theme.value === 'system' && isSystemDark.value));
effect(() => {
  document.documentElement.dataset['theme'] = isDark.value ? 'dark' : 'light';
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
});

export const url = signal<UrlState>(parseUrl(location.pathname, location.search));
addEventListener('popstate', () => {
  const next = parseUrl(location.pathname, location.search);
  if (!hasUnsaved()) { url.value = next; return; }
  // The browser has gone already: it is brought back, and goes again when the person says so.
  history.pushState(null, '', formatUrl(url.value));
  leave(() => show(next));
});

function show(next: UrlState): void {
  url.value = next;
  history.pushState(null, '', formatUrl(next));
}

/** Goes to another page, once nothing typed is lost by it; keeps the day. */
export function goTo(page: string, values: Record<string, string> = {}): void {
  const day = url.value.values['day'];
  leave(() => show({ page, values: { ...(day ? { day } : {}), ...values } }));
}

/** Changes values of this page's address; `push` makes it a step Back can undo. */
export function setUrl(values: Record<string, string>, push = false): void {
  const next = { page: url.value.page, values: { ...url.value.values, ...values } };
  const text = formatUrl(next);
  if (text === location.pathname + location.search) return;
  url.value = next;
  if (push) history.pushState(null, '', text);
  else history.replaceState(null, '', text);
}

/** Writes what nothing on the page draws, such as the map's viewport, into the address without drawing the page again. */
export function noteUrl(values: Record<string, string>): void {
  const state = url.peek();
  Object.assign(state.values, values);
  history.replaceState(null, '', formatUrl(state));
}

/** The service day on the page; today unless the address names another. */
export const day = computed(() => url.value.values['day'] ?? me.value?.today ?? new Date().toISOString().slice(0, 10));
export const zone = computed(() => me.value?.area.zone ?? 'Asia/Shanghai');
export const canEdit = computed(() => me.value?.role === 'administrator' || me.value?.role === 'dispatcher');
