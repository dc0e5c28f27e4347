import { expect, it } from 'vitest';
import { formatUrl, parseUrl } from './url-state';

it('round-trips page and values', () => {
  const url = formatUrl({ page: 'plan', values: { v: 'pln_1', day: '2026-11-22', sel: '' } });
  expect(url).toBe('/plan?day=2026-11-22&v=pln_1');
  expect(parseUrl('/plan', '?day=2026-11-22&v=pln_1')).toEqual({ page: 'plan', values: { day: '2026-11-22', v: 'pln_1' } });
});
it('the root is the board', () => expect(parseUrl('/', '').page).toBe('board'));
