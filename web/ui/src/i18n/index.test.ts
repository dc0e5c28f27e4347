import { expect, it, vi } from 'vitest';
import { t } from '.';

const language = vi.hoisted(() => ({ value: 'en' }));
vi.mock('../app-state', () => ({ language }));

it('counts one thing in the singular', () => {
  language.value = 'en';
  expect([0, 1, 2].map((n) => t('table.rows', { n }))).toEqual(['0 rows', '1 row', '2 rows']);
  expect(t('table.someRows', { n: '1', all: '1,000' })).toBe('1 of 1,000 rows');
});

it('needs no plural in Chinese', () => {
  language.value = 'zh';
  expect(t('table.rows', { n: 1 })).toBe('1 行');
});
