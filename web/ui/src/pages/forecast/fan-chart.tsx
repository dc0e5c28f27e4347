import { useMemo, useState } from 'preact/hooks';
import type { CalendarMark, ForecastSeries } from '../../api/forecast-contract';
import { useWidth } from '../../components/charts';
import { t } from '../../i18n';
import { ceilingOf, dayNumber, markLabel, markRuns } from './fan-model';

interface Props { series: ForecastSeries; selected: string | null; onSelect: (day: string) => void; format: (value: number) => string }

/** History as a line, the forecast as a fan from P10 to P90 with its P50, special days as bands; from zero. */
export function FanChart({ series, selected, onSelect, format }: Props) {
  const { ref, width } = useWidth(900);
  const [hover, setHover] = useState<number | null>(null);
  const height = 330, left = 56, right = 12, top = 26, bottom = 42;
  const days = useMemo(() => [...series.history.map((point) => point.day), ...series.forecasts.map((point) => point.day)], [series]);
  const first = days[0], last = days[days.length - 1];
  if (first === undefined || last === undefined) return null;
  const from = dayNumber(first), span = Math.max(1, dayNumber(last) - from);
  const peak = ceilingOf(Math.max(1, ...series.history.map((point) => point.volume), ...series.forecasts.map((point) => point.p90)));
  const x = (day: string) => left + ((width - left - right) * (dayNumber(day) - from)) / span;
  const y = (value: number) => top + (height - top - bottom) * (1 - Math.min(value, peak) / peak);
  const step = (width - left - right) / span;
  const line = (points: { day: string; value: number }[]) => points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.day).toFixed(1)} ${y(point.value).toFixed(1)}`).join('');
  const origin = series.history[series.history.length - 1];
  const joined = origin ? [{ day: origin.day, p10: origin.volume, p50: origin.volume, p90: origin.volume }, ...series.forecasts] : series.forecasts;
  const band = joined.length === 0 ? '' : `${line(joined.map((point) => ({ day: point.day, value: point.p90 })))}${[...joined].reverse().map((point) => `L${x(point.day).toFixed(1)} ${y(point.p10).toFixed(1)}`).join('')}Z`;
  const every = Math.ceil(days.length / Math.max(1, Math.floor((width - left) / 64)));
  const pointed = hover === null ? null : days[hover] ?? null;
  const shown = pointed ?? selected;
  const marks = new Map(series.marks.map((mark) => [mark.day, mark]));

  function dayAt(event: MouseEvent): number {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    return Math.max(0, Math.min(days.length - 1, Math.round((((event.clientX - box.left) * width) / box.width - left) / step)));
  }
  function key(event: KeyboardEvent) {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (move === 0 || series.forecasts.length === 0) return;
    event.preventDefault();
    const at = series.forecasts.findIndex((point) => point.day === selected);
    const next = series.forecasts[Math.max(0, Math.min(series.forecasts.length - 1, at + move))];
    if (next) onSelect(next.day);
  }

  return (
    <figure class="chart fan" ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" tabindex={0} aria-label={`${t('chart.parcelsPerDay')} / ${t('chart.day')}`} onKeyDown={key}
        onMouseMove={(event) => setHover(dayAt(event))} onMouseLeave={() => setHover(null)}
        onClick={(event) => { const day = days[dayAt(event)]; if (day && series.forecasts.some((point) => point.day === day)) onSelect(day); }}>
        {markRuns(series.marks, first, last).map((run) => (
          <g key={run.from}>
            <rect class={`mark ${run.kind}`} x={x(run.from) - step / 2} width={Math.max(2, step * (dayNumber(run.until) - dayNumber(run.from) + 1))} y={top} height={height - top - bottom}><title>{`${run.from}–${run.until} ${run.label}`}</title></rect>
            <text class={`mark-label ${run.kind}`} x={x(run.from)} y={top - 6 - (run.row ? 10 : 0)}>{run.label}</text>
          </g>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line class="grid" x1={left} x2={width - right} y1={y(peak * share)} y2={y(peak * share)} />
            <text class="tick" x={left - 6} y={y(peak * share) + 4} text-anchor="end">{format(peak * share)}</text>
          </g>
        ))}
        <path class="band" d={band} />
        <path class="history" d={line(series.history.map((point) => ({ day: point.day, value: point.volume })))} />
        {series.history.length === 1 && origin && <circle class="history-dot" cx={x(origin.day)} cy={y(origin.volume)} r={4} />}
        {series.past.length > 1 && <path class="past" d={line(series.past.map((point) => ({ day: point.day, value: point.p50 })))} />}
        <path class="middle" d={line(joined.map((point) => ({ day: point.day, value: point.p50 })))} />
        {origin && <line class="origin" x1={x(origin.day)} x2={x(origin.day)} y1={top} y2={height - bottom} />}
        {shown && <line class="cursor" x1={x(shown)} x2={x(shown)} y1={top} y2={height - bottom} />}
        {days.map((day, index) => index % every === 0 && <text key={day} class="tick" x={x(day)} y={height - bottom + 15} text-anchor={x(day) > width - right - 16 ? 'end' : 'middle'}>{day.slice(5)}</text>)}
        <text class="axis" x={left} y={height - 6}>{t('chart.day')}</text>
        <text class="axis" x={width - right} y={height - 6} text-anchor="end">{shown ? readout(series, shown, marks.get(shown), format) : ''}</text>
        <text class="axis" x={0} y={11}>{t('chart.parcelsPerDay')}</text>
      </svg>
      <ul class="legend">
        <li><i class="key-history" />{t('forecast.history')}</li>
        <li><i class="key-middle" />{t('forecast.p50')}</li>
        <li><i class="key-band" />{t('forecast.band')}</li>
        {series.past.length > 1 && <li><i class="key-past" />{t('forecast.past')}</li>}
        <li><i class="key-holiday" />{t('forecast.kind.holiday')}</li>
        <li><i class="key-promotion" />{t('forecast.kind.promotion')}</li>
      </ul>
    </figure>
  );
}

function readout(series: ForecastSeries, day: string, mark: CalendarMark | undefined, format: (value: number) => string): string {
  const name = mark ? ` · ${markLabel(mark)}` : '';
  const past = series.history.find((point) => point.day === day);
  if (past) return `${day}${name}: ${format(past.volume)}`;
  const next = series.forecasts.find((point) => point.day === day);
  return next ? `${day}${name}: P50 ${format(next.p50)} · P10–P90 ${format(next.p10)}–${format(next.p90)}` : day;
}
