import type { Drivers } from '../../api/forecast-contract';
import { language } from '../../app-state';
import { Loading } from '../../components/states';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { formatCount, signed } from '../../model/format';
import { groupDrivers } from './fan-model';

/** Parcels each kind of reason adds to or takes from one day's forecast; a reason opens to its features. */
export function DriversPanel({ path, day, p50 }: { path: string; day: string; p50: number | null }) {
  const drivers = useData<Drivers>(`${path}&day=${day}`);
  const n = (value: number) => formatCount(Math.round(value * 10) / 10, language.value);
  const groups = groupDrivers(drivers.data?.drivers ?? []);
  const largest = Math.max(1e-9, ...groups.map((group) => Math.abs(group.parcels)));
  return (
    <section class="forecast-card">
      <h2>{t('forecast.drivers')}</h2>
      <p class="muted small">{t('forecast.driversHint', { day })}</p>
      {!drivers.data ? <Loading /> : groups.length === 0 ? <p class="muted">{t('forecast.driversNone')}</p> : (
        <ul class="drivers">
          <li class="driver-base"><span>{t('forecast.base')}</span><span /><b class="num">{n(drivers.data.baseParcels)}</b></li>
          {groups.map((group) => (
            <li key={group.group}>
              <details>
                <summary>
                  <span>{tx('forecast.group', group.group)}</span>
                  <span class="driver-bar" aria-hidden="true"><i class={group.parcels < 0 ? 'down' : 'up'} style={{ width: `${(50 * Math.abs(group.parcels)) / largest}%` }} /></span>
                  <b class="num">{signed(group.parcels, n)}</b>
                </summary>
                <table class="plain small"><tbody>
                  {group.members.slice(0, 8).map((driver) => <tr key={driver.feature}><td><code>{driver.feature}</code></td><td class="right num muted">{driver.value === null ? '–' : n(driver.value)}</td><td class="right num">{signed(driver.parcels, n)}</td></tr>)}
                </tbody></table>
              </details>
            </li>
          ))}
          <li class="driver-base driver-sum"><span>{t('forecast.driversSum')}</span><span /><b class="num">{n(drivers.data.baseParcels + groups.reduce((sum, group) => sum + group.parcels, 0))}</b></li>
          {p50 !== null && <li class="driver-base"><span>{t('forecast.driversFinal')}</span><span /><b class="num">{n(p50)}</b></li>}
        </ul>
      )}
    </section>
  );
}
