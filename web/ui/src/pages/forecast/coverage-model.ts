import type { NodeCoverage } from '../../api/forecast-contract';

/** Coverage of one level over all days ahead. */
export function coverageOf(rows: readonly NodeCoverage[], level: string): { days: number; p10Days: number; aboveP10: number; belowP90: number } {
  const own = rows.filter((row) => row.level === level);
  const sum = (value: (row: NodeCoverage) => number) => own.reduce((total, row) => total + value(row), 0);
  const [days, p10Days] = [sum((row) => row.days), sum((row) => row.p10Days)];
  return { days, p10Days, aboveP10: sum((row) => row.aboveP10 * row.p10Days) / Math.max(1, p10Days), belowP90: sum((row) => row.belowP90 * row.days) / Math.max(1, days) };
}

/** A share of fewer days says nothing. */
export const FEWEST_DAYS = 30;
