import { expect, it, vi } from 'vitest';
import { reasonWords } from './reason-words';

const language = vi.hoisted(() => ({ value: 'zh' }));
vi.mock('../app-state', () => ({ language }));

it('tells the host\u2019s own reasons in the page\u2019s language and leaves what a person wrote', () => {
  expect(['edits of version 12', 'released', 'run by hand', '司机生病', null].map(reasonWords)).toEqual(['修改第 12 版', '放行', '手工运行', '司机生病', null]);
});
