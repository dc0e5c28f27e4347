import { useState } from 'preact/hooks';
import type { Fleet } from '../../api/forecast-contract';
import { language } from '../../app-state';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { formatCount, formatPercent } from '../../model/format';

const LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99] as const;

/** Vehicles and couriers by shift for the next days at a service level; more than the fleet has stands out. */
export function FleetCard({ days = 7 }: { days?: number }) {
  const [level, setLevel] = useState(0.9);
  const fleet = useData<Fleet>(`/api/forecasts/fleet?level=${level}&days=${days}`);
  if (!fleet.data) return fleet.error ? <p class="muted">{t('forecast.empty')}</p> : null;
  const n = (value: number) => formatCount(Math.round(value), language.value);
  const shifts = fleet.data.days[0]?.shifts ?? [];
  const isShort = fleet.data.days.some((day) => day.shifts.some((shift) => shift.vehicles > shift.available));
  return (
    <div class="fleet">
      <div class="actions">
        <label class="inline">{t('forecast.level')} <select value={String(level)} onChange={(event) => setLevel(Number(event.currentTarget.value))}>{LEVELS.map((value) => <option key={value} value={String(value)}>{formatPercent(value)}</option>)}</select></label>
        <span class="muted small">{fleet.data.basis === null ? t('forecast.fleetNoBasis') : t('forecast.fleetBasis', { basis: fleet.data.basis })}</span>
      </div>
      {isShort && <p class="muted small">{t('forecast.fleetShort')}</p>}
      <table class="plain">
        <thead><tr><th>{t('chart.day')}</th><th class="right">P50</th><th class="right">P90</th>{shifts.map((shift) => <th key={shift.shiftName} class="right num">{shift.shiftName}</th>)}</tr></thead>
        <tbody>{fleet.data.days.map((day) => (
          <tr key={day.day}>
            <td class="num">{day.day.slice(5)}</td><td class="right num">{n(day.p50)}</td><td class="right num">{n(day.p90)}</td>
            {day.shifts.map((shift) => <td key={shift.shiftName} class={shift.vehicles > shift.available ? 'right num bad-text' : 'right num'} title={`${n(shift.parcels)} · ${shift.vehicles} / ${shift.available}`}>{t('forecast.fleetCell', { vehicles: shift.vehicles, couriers: shift.couriers })}</td>)}
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
