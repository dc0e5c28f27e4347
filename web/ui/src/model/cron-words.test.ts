import { describe, expect, it } from 'vitest';
import { cronWords } from './cron-words';

describe('cronWords', () => {
  it('reads a daily time and a rhythm within the day', () => {
    expect(cronWords('0 40 3 * * ?')).toEqual({ kind: 'daily', at: '03:40' });
    expect(cronWords('0 0/30 7-21 * * ?')).toEqual({ kind: 'every', minutes: 30, from: '07:00', until: '21:30' });
  });

  it('says nothing of what it does not know', () => {
    for (const cron of ['0 0 9 ? * MON-FRI', '0 0/0 7-21 * * ?', '15 0 9 * * ?', '']) expect(cronWords(cron)).toBeNull();
  });
});
