import { t } from '../../i18n';
import { clockOf, type Coverage } from '../../model/roster';

const WIDTH = 140, HEIGHT = 62, AXIS = 11;

/** One day's couriers: bars for those on duty, a step line for those needed, red where some are missing. Periods keep their true width. */
export function CoverageCurve({ periods, peak, label }: { periods: Coverage[]; peak: number; label: string }) {
  const first = periods[0], last = periods[periods.length - 1];
  if (!first || !last) return <span class="muted">–</span>;
  const x = (minute: number) => (WIDTH * (minute - first.startMinute)) / (last.endMinute - first.startMinute);
  const y = (count: number) => (HEIGHT - AXIS) * (1 - count / peak) + 1;
  const floor = y(0);
  const line = periods.map((period, index) => `${index === 0 ? 'M' : 'L'}${x(period.startMinute)} ${y(period.needed)}H${x(period.endMinute)}`).join('');
  const missing = Math.max(0, ...periods.map((period) => period.missing));
  const text = periods.map((period) => t('roster.period', { from: clockOf(period.startMinute), until: clockOf(period.endMinute), scheduled: period.scheduled, needed: period.needed }));
  return (
    <figure class="coverage" aria-label={`${label}: ${text.join('; ')}`}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-hidden="true">
        {periods.map((period, index) => (
          <g key={index}>
            <rect class={period.missing > 0 ? 'short' : 'met'} x={x(period.startMinute) + 0.5} width={Math.max(1, x(period.endMinute) - x(period.startMinute) - 1)} y={y(period.scheduled)} height={Math.max(0, floor - y(period.scheduled))} />
            {period.scheduled < period.needed && <rect class="gap" x={x(period.startMinute) + 0.5} width={Math.max(1, x(period.endMinute) - x(period.startMinute) - 1)} y={y(period.needed)} height={y(period.scheduled) - y(period.needed)} />}
            <rect class="hit" x={x(period.startMinute)} width={x(period.endMinute) - x(period.startMinute)} y={0} height={floor}><title>{text[index]}</title></rect>
          </g>
        ))}
        <path class="need" d={line} />
      </svg>
      <figcaption><span class="num muted">{clockOf(first.startMinute)}</span><span class={missing > 0 ? 'num bad-text' : 'num ok-text'}>{missing > 0 ? t('roster.missing', { n: missing }) : t('roster.met')}</span><span class="num muted">{clockOf(last.endMinute)}</span></figcaption>
    </figure>
  );
}
