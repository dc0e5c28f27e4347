import { describe, expect, it } from 'vitest';
import { coverageOf } from './coverage-model';

describe('coverageOf', () => {
  it('weighs each day ahead by how often it was measured', () => {
    const rows = [
      { level: 'area', horizon: 1, days: 1, p10Days: 1, aboveP10: 1, belowP90: 0 },
      { level: 'area', horizon: 2, days: 3, p10Days: 1, aboveP10: 0, belowP90: 1 },
      { level: 'series', horizon: 1, days: 100, p10Days: 50, aboveP10: 0, belowP90: 0 },
    ];
    expect(coverageOf(rows, 'area')).toEqual({ days: 4, p10Days: 2, aboveP10: 0.5, belowP90: 0.75 });
    expect(coverageOf(rows, 'terminal')).toEqual({ days: 0, p10Days: 0, aboveP10: 0, belowP90: 0 });
  });
});
