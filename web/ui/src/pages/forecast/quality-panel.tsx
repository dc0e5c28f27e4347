import type { AccuracyDay, CoverageRow, ForecastReport } from '../../api/forecast-contract';
import { language } from '../../app-state';
import { BarChart, useWidth } from '../../components/charts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { formatCount, formatPercent } from '../../model/format';

/** How good the forecast is: held-out weeks against the simple methods, coverage, days that have come since, and what was wrong with the input. */
export function QualityPanel({ report }: { report: ForecastReport }) {
  const accuracy = useData<AccuracyDay[]>('/api/forecasts/accuracy');
  const days = accuracy.data ?? [];
  const n = (value: number) => formatCount(Math.round(value), language.value);
  const methods = [...report.methods].sort((a, b) => a.wape - b.wape);
  return (
    <div class="forecast-grid">
      <section class="forecast-card">
        <h2>{t('forecast.backtest')}</h2>
        <table class="plain">
          <thead><tr><th>{t('forecast.method')}</th><th class="right">WAPE</th><th class="right">{t('forecast.weight')}</th></tr></thead>
          <tbody>{methods.map((row) => (
            <tr key={row.method} class={row.method === 'combined' ? 'current' : ''}><td>{tx('forecast.method', row.method)}</td><td class="right num">{formatPercent(row.wape, 1)}</td><td class="right num">{row.method === 'combined' ? '' : formatPercent(row.weight)}</td></tr>
          ))}</tbody>
        </table>
        <table class="plain small">
          <thead><tr><th>{t('forecast.origin')}</th><th class="right">WAPE</th><th>{t('forecast.bestSimple')}</th><th class="right">≤ P90</th></tr></thead>
          <tbody>{report.origins.map((row) => <tr key={row.origin}><td class="num">{row.origin}</td><td class="right num">{formatPercent(row.wape, 1)}</td><td>{tx('forecast.method', row.bestSimple)} <span class="num muted">{formatPercent(row.bestSimpleWape, 1)}</span></td><td class="right num">{formatPercent(row.belowP90)}</td></tr>)}</tbody>
        </table>
      </section>
      <section class="forecast-card">
        <h2>{t('forecast.coverage')}</h2>
        <p class="muted small">{t('forecast.coverageHint')}</p>
        <CoverageChart rows={report.byHorizon} />
        <h3>{t('forecast.byLevel')}</h3>
        <table class="plain small"><tbody>{report.byLevel.map((row) => <tr key={row.key}><td>{tx('forecast.level', row.key)}</td><td class="right num">{formatPercent(row.belowP90, 1)}</td><td class="right num muted">n = {n(row.days)}</td></tr>)}</tbody></table>
      </section>
      <section class="forecast-card wide">
        <h2>{t('forecast.accuracy')}</h2>
        <p class="muted small">{days.length > 0 ? t('forecast.accuracyHint') : t('forecast.accuracyNone')}</p>
        {days.length > 0
          ? <>
            <BarChart height={170} xTitle={t('chart.day')} yTitle="WAPE" format={(value) => formatPercent(value)} bars={days.map((day) => ({ label: day.day.slice(5), value: day.wape, title: `${day.day}: ${formatPercent(day.wape, 1)} (${tx('forecast.method', 'seasonal naive')} ${formatPercent(day.naiveWape, 1)})` }))} />
            <table class="plain small">
              <thead><tr><th>{t('chart.day')}</th><th class="right">{t('forecast.actual')}</th><th class="right">P50</th><th class="right">WAPE</th><th class="right">{tx('forecast.method', 'seasonal naive')}</th><th class="right">≤ P90</th></tr></thead>
              <tbody>{days.slice(-14).reverse().map((day) => <tr key={day.day}><td class="num">{day.day}</td><td class="right num">{n(day.actual)}</td><td class="right num">{n(day.p50)}</td><td class="right num">{formatPercent(day.wape, 1)}</td><td class="right num">{formatPercent(day.naiveWape, 1)}</td><td class="right num">{formatPercent(day.belowP90)}</td></tr>)}</tbody>
            </table>
          </>
          : <BarChart height={170} xTitle={t('forecast.origin')} yTitle="WAPE" format={(value) => formatPercent(value)} bars={report.origins.map((row) => ({ label: row.origin.slice(5), value: row.wape, title: `${row.origin}: ${formatPercent(row.wape, 1)}` }))} />}
      </section>
      <section class="forecast-card wide">
        <h2>{t('forecast.notes')}</h2>
        {report.notes.length === 0 ? <p class="muted">{t('forecast.notesNone')}</p> : <>
          <p class="chips">{Object.entries(report.noteCounts).map(([kind, count]) => <span key={kind} class="chip">{tx('forecast.note', kind)} <b class="num">{n(count)}</b></span>)}</p>
          <div class="scroll-list"><table class="plain small"><tbody>{report.notes.map((note, index) => <tr key={index}><td>{tx('forecast.note', note.kind)}</td><td class="num">{note.first}</td><td>{note.text}</td></tr>)}</tbody></table></div>
        </>}
      </section>
    </div>
  );
}

/** Coverage by days ahead around its target; the axis starts at 50 % and says so. */
function CoverageChart({ rows }: { rows: readonly CoverageRow[] }) {
  const { ref, width } = useWidth(420);
  const height = 190, left = 46, bottom = 32, top = 8, low = 0.5;
  const x = (index: number) => left + ((width - left - 14) * index) / Math.max(1, rows.length - 1);
  const y = (share: number) => top + (height - top - bottom) * (1 - (Math.max(low, share) - low) / (1 - low));
  return (
    <figure class="chart" ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${t('forecast.axisCoverage')} / ${t('forecast.axisHorizon')}`}>
        {[0.5, 0.75, 1].map((share) => <g key={share}><line class="grid" x1={left} x2={width} y1={y(share)} y2={y(share)} /><text class="tick" x={left - 6} y={y(share) + 4} text-anchor="end">{formatPercent(share)}</text></g>)}
        <line class="target" x1={left} x2={width} y1={y(0.9)} y2={y(0.9)} />
        <path class="line" d={rows.map((row, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(row.belowP90)}`).join('')} />
        {rows.map((row, index) => <g key={row.key}><circle class="dot" cx={x(index)} cy={y(row.belowP90)} r={3}><title>{`${row.key}: ${formatPercent(row.belowP90, 1)}`}</title></circle>{(rows.length <= 16 || index % 2 === 0) && <text class="tick" x={x(index)} y={height - bottom + 14} text-anchor="middle">{row.key}</text>}</g>)}
        <text class="axis" x={left} y={height - 3}>{t('forecast.axisHorizon')}</text>
        <text class="axis" x={width} y={height - 3} text-anchor="end">{t('forecast.axisCoverage')}</text>
      </svg>
    </figure>
  );
}
