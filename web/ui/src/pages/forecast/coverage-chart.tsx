import type { NodeCoverage } from '../../api/forecast-contract';
import { useWidth } from '../../components/charts';
import { t, tx } from '../../i18n';
import { formatPercent } from '../../model/format';
import { FEWEST_DAYS } from './coverage-model';

interface Props { rows: readonly NodeCoverage[] }

const LEVELS = ['series', 'terminal', 'area'] as const;
const LOW = 0.5;

/** Coverage of P90 by days ahead, a line for each level of the hierarchy that was held out often enough to say; the axis starts at 50 % and says so. */
export function CoverageChart({ rows }: Props) {
  const { ref, width } = useWidth(420);
  const height = 190, left = 46, bottom = 32, top = 8;
  const last = Math.max(2, ...rows.map((row) => row.horizon));
  const x = (horizon: number) => left + ((width - left - 14) * (horizon - 1)) / (last - 1);
  const y = (share: number) => top + (height - top - bottom) * (1 - (Math.max(LOW, share) - LOW) / (1 - LOW));
  const levels = LEVELS.filter((level) => rows.some((row) => row.level === level && row.days >= FEWEST_DAYS));
  return (
    <figure class="chart" ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${t('forecast.axisCoverage')} / ${t('forecast.axisHorizon')}`}>
        {[0.5, 0.75, 1].map((share) => <g key={share}><line class="grid" x1={left} x2={width} y1={y(share)} y2={y(share)} /><text class="tick" x={left - 6} y={y(share) + 4} text-anchor="end">{formatPercent(share)}</text></g>)}
        <line class="target" x1={left} x2={width} y1={y(0.9)} y2={y(0.9)} />
        {levels.map((level) => {
          const own = rows.filter((row) => row.level === level);
          return (
            <g key={level} class={`coverage ${level}`}>
              <path class="line" d={own.map((row, index) => `${index === 0 ? 'M' : 'L'}${x(row.horizon).toFixed(1)} ${y(row.belowP90).toFixed(1)}`).join('')} />
              {own.map((row) => <circle key={row.horizon} class="dot" cx={x(row.horizon)} cy={y(row.belowP90)} r={3}><title>{`${tx('forecast.node', level)} ${row.horizon}: ${formatPercent(row.belowP90, 1)} (n = ${row.days})`}</title></circle>)}
            </g>
          );
        })}
        {Array.from({ length: last }, (_, index) => index + 1).filter((day) => last <= 16 || day % 2 === 1).map((day) => <text key={day} class="tick" x={x(day)} y={height - bottom + 14} text-anchor="middle">{day}</text>)}
        <text class="axis" x={left} y={height - 3}>{t('forecast.axisHorizon')}</text>
        <text class="axis" x={width} y={height - 3} text-anchor="end">{t('forecast.axisCoverage')}</text>
      </svg>
      {levels.length > 1 && <ul class="legend">{levels.map((level) => <li key={level}><i class={`key-${level}`} />{tx('forecast.node', level)}</li>)}</ul>}
    </figure>
  );
}
