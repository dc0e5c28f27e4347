import { language } from '../app-state';
import { en } from './en';
import { zh } from './zh';

export type TextKey = keyof typeof zh;

/** The text of a key in the page's language, with {name} places filled; {name:s} is an "s" unless that value is 1. Reading it inside a component re-renders on language change. */
export function t(key: TextKey, values?: Record<string, string | number>): string {
  const text = (language.value === 'zh' ? zh : en)[key];
  if (!values) return text;
  return text.replace(/\{(\w+)(:s)?\}/g, (whole, name: string, isPlural?: string) => (isPlural ? (String(values[name]) === '1' ? '' : 's') : String(values[name] ?? whole)));
}

/** Text of a computed key such as `state.${state}`; falls back to the key's last part. */
export function tx(prefix: string, name: string): string {
  const key = `${prefix}.${name}`;
  return key in zh ? t(key as TextKey) : name;
}

/** Whether there are words for a computed key. */
export function isKnownText(prefix: string, name: string): boolean {
  return `${prefix}.${name}` in zh;
}
