import { expect, it, vi } from 'vitest';
import { problemInWords } from './problem-words';

const language = vi.hoisted(() => ({ value: 'zh' }));
vi.mock('../app-state', () => ({ language, zone: { value: 'Asia/Shanghai' } }));

const weight = { field: 'weightGrams', value: '-300', rule: 'range', message: 'weightGrams -300 must be above 0 and at most 1000000 g.' };
const size = { field: 'sizeClass', value: '巨大', rule: 'format', message: 'sizeClass "巨大" is not S, M, L or XL (小, 中, 大, 特大).' };

it('names field, value and rule in Chinese', () => {
  language.value = 'zh';
  expect(problemInWords(weight)).toBe('重量（克）“-300”超出允许范围 (> 0, ≤ 1000000 g)');
  expect(problemInWords(size)).toBe('规格“巨大”须为 S、M、L、XL（小、中、大、特大）之一');
  expect(problemInWords({ ...size, field: 'options[1].until', value: 'x' })).toContain('格式不对');
});

it('names field, value and rule in English, and the limits once', () => {
  language.value = 'en';
  expect(problemInWords(weight)).toBe('Weight (g) “-300” is outside what is allowed (> 0, ≤ 1000000 g)');
  expect(problemInWords(size)).toBe('Size “巨大” must be S, M, L or XL');
});
