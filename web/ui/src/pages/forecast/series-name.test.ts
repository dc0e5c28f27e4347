import { describe, expect, it } from 'vitest';
import type { Network } from '../../api/contract';
import { seriesName } from './series-name';

const network = { terminals: [{ id: 'ter_1', name: '定福庄快件箱' }], partners: [{ id: 'ptn_1', name: '京选' }] } as unknown as Network;

describe('seriesName', () => {
  it('says terminal, partner and size as people know them', () => {
    expect(seriesName('ter_1|ptn_1|XL', network, '上门投递')).toBe('定福庄快件箱 · 京选 · XL');
    expect(seriesName('door|ptn_1|S', network, '上门投递')).toBe('上门投递 · 京选 · S');
  });

  it('keeps what it does not know', () => {
    expect(seriesName('ter_9|ptn_1|M', network, '上门投递')).toBe('ter_9 · 京选 · M');
  });
});
