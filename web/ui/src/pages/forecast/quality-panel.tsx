import type { Network } from '../../api/contract';
import type { AccuracyDay, ForecastReport } from '../../api/forecast-contract';
import { language } from '../../app-state';
import { BarChart } from '../../components/charts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { formatCount, formatPercent } from '../../model/format';
import { CoverageChart } from './coverage-chart';
import { coverageOf, FEWEST_DAYS } from './coverage-model';
import { seriesName } from './series-name';

/** How good the forecast is: held-out weeks against the simple methods, coverage, days that have come since, and what was wrong with the input. */
export function QualityPanel({ report, network }: { report: ForecastReport; network: Network }) {
  const accuracy = useData<AccuracyDay[]>('/api/forecasts/accuracy');
  const days = accuracy.data ?? [];
  const n = (value: number) => formatCount(Math.round(value), language.value);
  // A report stored before levels were measured has the series alone.
  const byNode = report.byNode ?? report.byHorizon.map((row) => ({ ...row, level: 'series', horizon: Number(row.key) }));
  const levels = [
    ...['area', 'terminal', 'series'].map((level) => ({ key: level, name: tx('forecast.node', level), ...coverageOf(byNode, level) })),
    ...report.byLevel.map((row) => ({ ...row, name: tx('forecast.level', row.key) })),
  ].filter((row) => row.days > 0);
  const methods = [...report.methods].sort((a, b) => a.wape - b.wape);
  // A history too short to hold weeks out proves nothing yet, and says so instead of showing empty tables.
  const isProven = report.origins.length > 0;
  return (
    <div class="forecast-grid">
      {!isProven ? <section class="forecast-card wide"><h2>{t('forecast.backtest')}</h2><p class="muted">{t('forecast.backtestNone')}</p></section> : <>
        <section class="forecast-card">
          <h2>{t('forecast.backtest')}</h2>
          <p class="muted small">{t('forecast.backtestHint')}</p>
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
          <CoverageChart rows={byNode} />
          <h3>{t('forecast.byLevel')}</h3>
          <table class="plain small">
            <thead><tr><td /><th class="right">≥ P10</th><th class="right">≤ P90</th><th class="right">{t('forecast.samples')}</th></tr></thead>
            <tbody>{levels.map((row) => <tr key={row.key}><td>{row.name}</td><td class="right num">{row.p10Days >= FEWEST_DAYS ? formatPercent(row.aboveP10, 1) : '–'}</td><td class="right num">{formatPercent(row.belowP90, 1)}</td><td class="right num muted">{n(row.days)}</td></tr>)}</tbody>
          </table>
        </section>
      </>}
      <section class="forecast-card wide">
        <h2>{t('forecast.accuracy')}</h2>
        <p class="muted small">{t(days.length > 0 ? 'forecast.accuracyHint' : isProven ? 'forecast.accuracyNone' : 'forecast.accuracyNoDays')}</p>
        {days.length > 0
          ? <>
            <BarChart height={170} xTitle={t('chart.day')} yTitle="WAPE" format={(value) => formatPercent(value)} bars={days.map((day) => ({ label: day.day.slice(5), value: day.wape, title: `${day.day}: ${formatPercent(day.wape, 1)} (${tx('forecast.method', 'seasonal naive')} ${formatPercent(day.naiveWape, 1)})` }))} />
            <table class="plain small">
              <thead><tr><th>{t('chart.day')}</th><th class="right">{t('forecast.actual')}</th><th class="right">P50</th><th class="right">WAPE</th><th class="right">{tx('forecast.method', 'seasonal naive')}</th><th class="right">≤ P90</th></tr></thead>
              <tbody>{days.slice(-14).reverse().map((day) => <tr key={day.day}><td class="num">{day.day}</td><td class="right num">{n(day.actual)}</td><td class="right num">{n(day.p50)}</td><td class="right num">{formatPercent(day.wape, 1)}</td><td class="right num">{formatPercent(day.naiveWape, 1)}</td><td class="right num">{formatPercent(day.belowP90)}</td></tr>)}</tbody>
            </table>
          </>
          : isProven && <BarChart height={170} xTitle={t('forecast.origin')} yTitle="WAPE" format={(value) => formatPercent(value)} bars={report.origins.map((row) => ({ label: row.origin.slice(5), value: row.wape, title: `${row.origin}: ${formatPercent(row.wape, 1)}` }))} />}
      </section>
      <section class="forecast-card wide">
        <h2>{t('forecast.notes')}</h2>
        {report.notes.length === 0 ? <p class="muted">{t('forecast.notesNone')}</p> : <>
          <p class="chips">{Object.entries(report.noteCounts).map(([kind, count]) => <span key={kind} class="chip">{tx('forecast.note', kind)} <b class="num">{n(count)}</b></span>)}</p>
          <div class="scroll-list" tabIndex={0} role="group" aria-label={t('forecast.notes')}><table class="plain small"><tbody>{report.notes.map((note, index) => <tr key={index}><td>{tx('forecast.note', note.kind)}</td><td class="num nowrap">{note.first}</td><td title={note.text}>{noteWords(note, network)}</td></tr>)}</tbody></table></div>
        </>}
      </section>
    </div>
  );
}

/** A note as a line: in Chinese its series and how many days it speaks of – the kind beside it says the rest – in English what the report says. */
function noteWords(note: ForecastReport['notes'][number], network: Network): string {
  if (note.series === '') return note.text;
  const series = seriesName(note.series, network, t('forecast.door'));
  const text = note.text.replace(note.series, series);
  const days = / (\d+) days?/.exec(note.text)?.[1];
  return days === undefined ? t('forecast.noteLine', { series, text }) : t('forecast.noteDays', { series, text, n: days });
}
