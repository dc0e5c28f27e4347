import { useMemo } from 'preact/hooks';
import type { DeviceRow } from '../../api/devices-contract';
import { zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { t, tx } from '../../i18n';
import { countStates, toneOf, type DeviceTone } from '../../model/devices';
import { formatInstant, formatPercent } from '../../model/format';

export type DeviceFilter = 'all' | DeviceTone;
export const FILTERS: readonly DeviceFilter[] = ['all', 'alarm', 'online', 'offline', 'never'];

interface Props { rows: readonly DeviceRow[]; filter: DeviceFilter; onFilter: (filter: DeviceFilter) => void; selected: string | null; onSelect: (id: string) => void; onOpen: (row: DeviceRow) => void }

export function DeviceList({ rows, filter, onFilter, selected, onSelect, onOpen }: Props) {
  const counts = useMemo(() => countStates(rows), [rows]);
  const shown = useMemo(() => (filter === 'all' ? rows : rows.filter((row) => (filter === 'alarm' ? row.alarms > 0 : row.state === filter))), [rows, filter]);
  return (
    <>
      <div class="device-filters" role="group" aria-label={t('field.state')}>
        {FILTERS.map((name) => (
          <button key={name} class={name === filter ? 'chip on' : 'chip'} aria-pressed={name === filter} onClick={() => onFilter(name)}>
            {name !== 'all' && <i class={`tone ${name}`} />}{tx('deviceState', name)} <span class="num muted">{counts[name].toLocaleString('en-GB')}</span>
          </button>
        ))}
      </div>
      <DataTable label={t('devices.list')} rows={shown} rowKey={(row) => row.id} selected={selected} onSelect={(row) => onSelect(row.id)} onOpen={onOpen} fileName="devices" rowHeight={40} initialSort={{ key: 'alarms', isDescending: true }} empty={t('device.none')} columns={[
        { key: 'name', label: t('field.name'), value: (row) => `${row.name} ${row.id}`, render: (row) => <span class="two-line"><span class="state-chip"><i class={`tone ${toneOf(row)}`} title={tx('deviceState', toneOf(row))} />{row.name}</span><small class="muted">{row.id.startsWith(row.kind) ? row.id : `${tx('deviceKind', row.kind)} · ${row.id}`}</small></span> },
        { key: 'alarms', label: t('device.alarms'), width: 70, align: 'right', value: (row) => row.alarms, render: (row) => (row.alarms > 0 ? <b class="bad-text">{row.alarms}</b> : <span class="muted">0</span>) },
        { key: 'state', label: t('field.state'), width: 86, minTableWidth: 356, value: (row) => tx('deviceState', row.state), render: (row) => <span class="two-line"><span>{tx('deviceState', row.state)}</span><small class="muted num">{row.lastSeen ? formatInstant(row.lastSeen, zone.value).slice(5) : '–'}</small></span> },
        { key: 'free', label: t('device.free'), width: 44, align: 'right', value: (row) => (row.kind === 'locker' && row.state !== 'never' ? row.free : null) },
        { key: 'battery', label: t('device.battery'), width: 60, align: 'right', value: (row) => row.battery, render: (row) => (row.battery === null ? '–' : formatPercent(row.battery)) },
      ]} />
    </>
  );
}
