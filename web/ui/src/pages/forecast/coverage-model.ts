import type { NodeCoverage } from '../../api/forecast-contract';

/** Coverage of one level over all days ahead. */
export function coverageOf(rows: readonly NodeCoverage[], level: string): { days: number; aboveP10: number; belowP90: number } {
  const own = rows.filter((row) => row.level === level);
  const days = own.reduce((sum, row) => sum + row.days, 0);
  const share = (value: (row: NodeCoverage) => number) => own.reduce((sum, row) => sum + value(row) * row.days, 0) / Math.max(1, days);
  return { days, aboveP10: share((row) => row.aboveP10), belowP90: share((row) => row.belowP90) };
}
