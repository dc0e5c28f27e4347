import { describe, expect, it } from 'vitest';
import tokens from './tokens.css?raw';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function read(selector: string): (name: string) => string {
  const block = tokens.slice(tokens.indexOf(`${selector} {`)).split('}')[0] ?? '';
  const values = new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map((found) => [found[1], found[2]]));
  return (name) => { const value = values.get(name); if (!value) throw new Error(`${selector} has no --${name}`); return value; };
}

describe.each([['light', ':root'], ['dark', ':root[data-theme="dark"]']])('tokens, %s', (_, selector) => {
  const token = read(selector);
  const pairs = [
    ...['text', 'muted', 'faint', 'accent', 'ok', 'warn', 'bad'].flatMap((text) => ['surface', 'ground', 'sunken', 'raised'].map((ground) => [text, ground] as const)),
    ...['accent', 'ok', 'warn', 'bad'].map((tone) => [tone, `${tone}-soft`] as const),
    ...['text', 'muted', 'faint'].map((text) => [text, 'accent-soft'] as const),
    ['on-accent', 'accent'] as const,
  ];
  it.each(pairs)('%s on %s is readable (AA)', (text, ground) => expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5));
});
