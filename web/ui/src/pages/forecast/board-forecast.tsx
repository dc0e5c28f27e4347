import type { NearFullAlert } from '../../api/forecast-contract';
import { goTo, zone } from '../../app-state';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { formatInstant } from '../../model/format';
import { FleetCard } from './fleet-card';
import { neededText } from './near-full';

const SHOWN = 6;

/** The board's look ahead: fleet for the next days, and terminals that will be nearly full. */
export function BoardForecast() {
  const alerts = useData<NearFullAlert[]>('/api/forecasts/alerts?days=3');
  const rows = alerts.data ?? [];
  return <>
    <section class="board-card two">
      <h2>{t('forecast.fleet')}</h2>
      <FleetCard days={5} />
    </section>
    <section class="board-card">
      <h2>{t('forecast.alerts')}{rows.length > 0 && <span class="muted"> · {rows.length}</span>}</h2>
      {rows.length === 0 ? <p class="muted">{t('forecast.alertsNone')}</p> : (
        <ul class="attention">{rows.slice(0, SHOWN).map((row) => (
          <li key={row.terminalId} class={row.hoursAhead <= 12 ? 'bad' : 'warn'}><b class="num nowrap">{neededText(row)}</b><span>{row.name} <span class="muted num">{formatInstant(row.at, zone.value).slice(5)}</span></span><button class="button small" onClick={() => goTo('forecast', { tab: 'lockers', locker: row.terminalId })}>{t('action.look')}</button></li>
        ))}</ul>
      )}
    </section>
  </>;
}
