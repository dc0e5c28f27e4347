import type { Terminal } from '../../api/contract';
import type { FreeCompartments, NearFullAlert } from '../../api/forecast-contract';
import { setUrl, url, zone } from '../../app-state';
import { Gauge } from '../../components/charts';
import { DataTable } from '../../components/data-table';
import { Loading, Problem } from '../../components/states';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { neededText } from './near-full';
import { formatClock, formatInstant, formatPercent } from '../../model/format';

const EVERY_HOURS = 3;

/** Terminals that will be nearly full, soonest first, and one terminal's free compartments by size and hour. */
export function LockersPanel({ terminals }: { terminals: readonly Terminal[] }) {
  const alerts = useData<NearFullAlert[]>('/api/forecasts/alerts?days=3');
  const selected = url.value.values['locker'] ?? alerts.data?.[0]?.terminalId ?? terminals.find((terminal) => terminal.kind === 'locker')?.id ?? '';
  const free = useData<FreeCompartments>(selected === '' ? null : `/api/forecasts/free/${selected}?hours=48`);
  if (alerts.error && !alerts.data) return <Problem error={alerts.error} onRetry={alerts.reload} />;
  if (!alerts.data) return <Loading />;
  return (
    <div class="forecast-grid">
      <section class="forecast-card">
        <h2>{t('forecast.alerts')}</h2>
        {alerts.data.length === 0 ? <p class="muted">{t('forecast.alertsNone')}</p> : (
          <div class="alert-table">
            <DataTable label={t('forecast.alerts')} rows={alerts.data} rowKey={(row) => row.terminalId} fileName="near-full" selected={selected} onSelect={(row) => setUrl({ locker: row.terminalId })}
              columns={[
                { key: 'name', label: t('field.terminal'), value: (row) => row.name },
                { key: 'soon', label: t('forecast.soon'), width: 130, value: (row) => row.hoursAhead, render: (row) => <span class="num">{formatInstant(row.at, zone.value).slice(5)}</span> },
                { key: 'free', label: t('forecast.freeNow'), width: 90, align: 'right', value: (row) => row.freeNow, render: (row) => `${row.freeNow} / ${row.capacity}` },
                { key: 'share', label: t('forecast.share'), width: 170, value: (row) => row.share, render: (row) => <span class="fill-cell"><Gauge share={row.share} label={`${row.name} ${formatPercent(row.share)}`} /><span class="num nowrap">{neededText(row)}</span></span> },
              ]} />
          </div>
        )}
      </section>
      <section class="forecast-card">
        <h2>{t('forecast.free')}</h2>
        <label class="field"><span>{t('field.terminal')}</span>
          <select value={selected} onChange={(event) => setUrl({ locker: event.currentTarget.value })}>{terminals.map((terminal) => <option key={terminal.id} value={terminal.id}>{terminal.name}</option>)}</select>
        </label>
        <p class="muted small">{t('forecast.freeHint')}</p>
        {free.error && !free.data ? <p class="muted">{t('forecast.freeNone')}</p> : !free.data ? <Loading /> : (
          <div class="scroll-list tall" tabIndex={0} role="group" aria-label={t('forecast.freeHint')}><table class="plain">
            <thead><tr><th>{t('field.time')}</th>{free.data.sizes.map((size) => <th key={size.size} class="right">{size.size} / {size.usable}</th>)}</tr></thead>
            <tbody>{free.data.hours.map((hour, index) => (index + 1) % EVERY_HOURS === 0 && (
              <tr key={hour}><td class="num">{formatInstant(hour, zone.value).slice(5, 11)}{formatClock(hour, zone.value)}</td>{free.data?.sizes.map((size) => <td key={size.size} class="right num"><b>{size.promisedP90[index]}</b> <span class="muted">({size.mean[index]?.toFixed(1)})</span></td>)}</tr>
            ))}</tbody>
          </table></div>
        )}
      </section>
    </div>
  );
}
