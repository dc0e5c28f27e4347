import { describe, expect, it } from 'vitest';
import { coverageOf } from './coverage-model';

describe('coverageOf', () => {
  it('weighs each day ahead by how often it was measured', () => {
    const rows = [
      { level: 'area', horizon: 1, days: 1, aboveP10: 1, belowP90: 0 },
      { level: 'area', horizon: 2, days: 3, aboveP10: 1, belowP90: 1 },
      { level: 'series', horizon: 1, days: 100, aboveP10: 0, belowP90: 0 },
    ];
    expect(coverageOf(rows, 'area')).toEqual({ days: 4, aboveP10: 1, belowP90: 0.75 });
    expect(coverageOf(rows, 'terminal')).toEqual({ days: 0, aboveP10: 0, belowP90: 0 });
  });
});
