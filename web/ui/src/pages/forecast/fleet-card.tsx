import { useState } from 'preact/hooks';
import type { Fleet } from '../../api/forecast-contract';
import { language } from '../../app-state';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { formatCount, formatPercent } from '../../model/format';
import { gapOf, neededOf, ruledByOrders, worstGap } from './fleet-model';
import { NoForecast } from './no-forecast';

const LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99] as const;

/** What the fleet lacks in the next days at a service level, by shift, and what to do about it. */
export function FleetCard({ days = 7 }: { days?: number }) {
  const [level, setLevel] = useState(0.9);
  const fleet = useData<Fleet>(`/api/forecasts/fleet?level=${level}&days=${days}`);
  if (!fleet.data) return fleet.error ? <NoForecast onMade={fleet.reload} /> : null;
  const n = (value: number) => formatCount(Math.round(value), language.value);
  const shifts = fleet.data.days[0]?.shifts ?? [];
  const gap = worstGap(fleet.data.days);
  const ruled = ruledByOrders(fleet.data.days);
  return (
    <div class="fleet">
      <div class="actions">
        <label class="inline">{t('forecast.level')} <select value={String(level)} onChange={(event) => setLevel(Number(event.currentTarget.value))}>{LEVELS.map((value) => <option key={value} value={String(value)}>{formatPercent(value)}</option>)}</select></label>
        <span class="muted small">{t(`forecast.fleetBasis.${fleet.data.basisKind}`, { basis: fleet.data.basis ?? '' })}{fleet.data.days[0] && ` · ${t('forecast.fleetCapacity')} ${n(fleet.data.days[0].capacity)}`}</span>
      </div>
      <p>{gap ? t('forecast.fleetLacks', { level: formatPercent(level), days: gap.days, of: fleet.data.days.length, vehicles: gap.worst.vehicles, day: gap.worst.day.slice(5), parcels: n(gap.worst.parcels) }) : t('forecast.fleetSuffices', { level: formatPercent(level) })}</p>
      {ruled.length > 0 && <p class="muted small">{t('forecast.fleetOrdered', { days: ruled.map((day) => `${day.day.slice(5)}: ${n(day.ordered)}`).join(', ') })}</p>}
      <table class="plain">
        <thead><tr><th>{t('chart.day')}</th><th class="right">P50</th><th class="right">{t('forecast.fleetAt', { level: formatPercent(level) })}</th><th class="right">{t('forecast.fleetConfidence')}</th><th class="right">{t('forecast.fleetNeeded')}</th><th class="right">{t('forecast.fleetGap')}</th>{shifts.map((shift) => <th key={shift.shiftName} class="right num">{shift.shiftName}</th>)}</tr></thead>
        <tbody>{fleet.data.days.map((day) => {
          const lacks = gapOf(day);
          return (
            <tr key={day.day}>
              <td class="num nowrap">{day.day.slice(5)}</td><td class="right num">{n(day.p50)}</td><td class="right num">{n(day.parcels)}</td><td class="right num">{formatPercent(day.confidence)}</td>
              <td class="right num nowrap"><b>{t('forecast.fleetCell', neededOf(day))}</b></td>
              <td class={lacks.vehicles > 0 ? 'right num nowrap bad-text' : 'right num nowrap'}>{lacks.vehicles > 0 ? t('forecast.fleetCell', { vehicles: lacks.vehicles, couriers: lacks.vehicles }) : '–'}</td>
              {day.shifts.map((shift) => <td key={shift.shiftName} class="right num nowrap">{t('forecast.fleetShift', { needed: shift.vehicles, available: shift.available })}</td>)}
            </tr>
          );
        })}</tbody>
      </table>
    </div>
  );
}
