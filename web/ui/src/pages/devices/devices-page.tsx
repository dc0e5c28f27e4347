import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { DeviceNews, DeviceRow } from '../../api/devices-contract';
import { onLive } from '../../api/live';
import { setUrl, url } from '../../app-state';
import { WorkPanes } from '../../components/panes';
import { Empty, Loading, Problem } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { t, tx } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { MapView } from '../../map/map-view';
import { mergeNews, toneOf } from '../../model/devices';
import { AlarmsPanel } from './alarms-panel';
import { DeviceList, FILTERS, type DeviceFilter } from './device-list';
import { GatewayPanel } from './gateway-panel';
import { QuarantinePanel } from './quarantine-panel';
import { TwinInspector } from './twin-inspector';

const TABS = ['list', 'alarms', 'quarantine', 'gateway'] as const;
type Tab = (typeof TABS)[number];

/** Lockers, handhelds and vehicles as they report themselves; live. */
export function DevicesPage() {
  const { rows, error, reload } = useDevices();
  const asked = url.value.values['tab'] as Tab | undefined;
  const tab: Tab = asked && TABS.includes(asked) ? asked : 'list';
  if (error !== null && !rows) return <Problem error={error} onRetry={reload} />;
  if (!rows) return <Loading />;
  const alarms = rows.reduce((sum, row) => sum + row.alarms, 0);
  return (
    <div class="plan-page">
      <header class="toolbar">
        <Tabs<Tab> label={t('page.devices')} value={tab} onChange={(next) => setUrl({ tab: next })} tabs={TABS.map((id) => ({ id, label: t(`devices.${id}`), ...(id === 'list' ? { count: rows.length } : id === 'alarms' ? { count: alarms } : {}) }))} />
      </header>
      {tab === 'list' && <DeviceWork rows={rows} />}
      {tab === 'alarms' && <AlarmsPanel />}
      {tab === 'quarantine' && <QuarantinePanel />}
      {tab === 'gateway' && <GatewayPanel />}
    </div>
  );
}

function DeviceWork({ rows }: { rows: readonly DeviceRow[] }) {
  const [map, setMap] = useState<CityMap | null>(null);
  const selected = url.value.values['sel'] ?? '';
  const wanted = url.value.values['state'] as DeviceFilter | undefined;
  const filter: DeviceFilter = wanted && FILTERS.includes(wanted) ? wanted : 'all';
  const shown = useMemo(() => (filter === 'all' ? rows : rows.filter((row) => toneOf(row) === filter || row.state === filter)), [rows, filter]);
  const names = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  useEffect(() => map?.setDevices(shown), [map, shown]);
  useEffect(() => map?.select({ deviceId: selected }), [map, selected, shown]);
  const pick = (id: string) => setUrl({ sel: id });
  return (
    <WorkPanes
      left={<DeviceList rows={rows} filter={filter} onFilter={(state) => setUrl({ state: state === 'all' ? '' : state })} selected={selected} onSelect={pick} onOpen={(row) => { if (row.at) map?.fit([row.at]); }} />}
      middle={<MapView label={t('devices.map')} onReady={setMap} onSelect={(hit) => { if (hit?.kind === 'device') pick(hit.id); }}
        describe={(hit) => { const row = hit.kind === 'device' ? names.get(hit.id) : undefined; return row ? `${row.name} · ${tx('deviceState', row.state)}${row.alarms > 0 ? ` · ${t('device.alarms')} ${row.alarms}` : ''}` : null; }} />}
      right={selected === '' ? <Empty icon="devices" title={t('device.pick')}>{t('device.pickHint')}</Empty> : <TwinInspector key={selected} device={selected} />}
    />
  );
}

/** The list, kept up to date by the live feed; loaded again after too much happened at once. */
function useDevices() {
  const [rows, setRows] = useState<readonly DeviceRow[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const isLoading = useRef(false);
  const reload = () => setRound((n) => n + 1);

  useEffect(() => {
    if (isLoading.current) return;
    isLoading.current = true;
    api.get<DeviceRow[]>('/api/devices')
      .then((data) => { setRows(data); setError(null); }, (problem: unknown) => setError(problem))
      .finally(() => { isLoading.current = false; });
  }, [round]);

  useEffect(() => onLive<DeviceNews>('device', (news) => {
    if (news.isMany) reload();
    else setRows((old) => (old ? mergeNews(old, news) : old));
  }), []);

  return { rows, error, reload };
}
