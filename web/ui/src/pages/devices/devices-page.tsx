import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { DeviceNews, DeviceRow } from '../../api/devices-contract';
import { onLive, onReconnect } from '../../api/live';
import { me, setUrl, url } from '../../app-state';
import { WorkPanes } from '../../components/panes';
import { Empty, Loading, Problem } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { usePaced } from '../../components/use-paced';
import { t, tx } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { MapView } from '../../map/map-view';
import { mergeNews, toneOf } from '../../model/devices';
import { AlarmsPanel } from './alarms-panel';
import { DeviceList, FILTERS, type DeviceFilter } from './device-list';
import { GatewayPanel } from './gateway-panel';
import { QuarantinePanel } from './quarantine-panel';
import { RegisterDialog } from './register-dialog';
import { TwinInspector } from './twin-inspector';

const TABS = ['list', 'alarms', 'quarantine', 'gateway'] as const;
type Tab = (typeof TABS)[number];

/** Thousands of dots are cut into tiles anew at every change. */
const MAP_PACE_MS = 1000;

/** Lockers, handhelds and vehicles as they report themselves; live. */
export function DevicesPage() {
  const { rows, error, reload } = useDevices();
  const [isRegistering, setRegistering] = useState(false);
  const asked = url.value.values['tab'] as Tab | undefined;
  const tab: Tab = asked && TABS.includes(asked) ? asked : 'list';
  if (error !== null && !rows) return <Problem error={error} onRetry={reload} />;
  if (!rows) return <Loading />;
  const isAdmin = me.value?.role === 'administrator';
  const alarms = rows.reduce((sum, row) => sum + row.alarms, 0);
  return (
    <div class="plan-page">
      <header class="toolbar">
        <Tabs<Tab> label={t('page.devices')} value={tab} onChange={(next) => setUrl({ tab: next })} tabs={TABS.map((id) => ({ id, label: t(`devices.${id}`), ...(id === 'list' ? { count: rows.length } : id === 'alarms' ? { count: alarms } : {}) }))} />
        <span class="grow" />
        {isAdmin && <button class="button small" onClick={() => setRegistering(true)}>{t('device.register')}</button>}
      </header>
      {tab === 'list' && <DeviceWork rows={rows} />}
      {tab === 'alarms' && <AlarmsPanel />}
      {tab === 'quarantine' && <QuarantinePanel />}
      {tab === 'gateway' && <GatewayPanel />}
      {isRegistering && <RegisterDialog rows={rows} onClose={() => setRegistering(false)} onSaved={(row) => { setRegistering(false); reload(); setUrl({ tab: 'list', sel: row.id, part: 'identity', state: '' }); }} />}
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
  const drawn = usePaced(shown, MAP_PACE_MS);
  useEffect(() => map?.setDevices(drawn), [map, drawn]);
  useEffect(() => map?.select({ deviceId: selected }), [map, selected, drawn]);
  const pick = (id: string) => {
    setUrl({ sel: id });
    // On a phone the panes stand below each other.
    if (matchMedia('(max-width: 700px)').matches) document.querySelector('.pane-right')?.scrollIntoView({ behavior: 'smooth' });
  };
  return (
    <WorkPanes
      left={<DeviceList rows={rows} filter={filter} onFilter={(state) => setUrl({ state: state === 'all' ? '' : state })} selected={selected} onSelect={pick} onOpen={(row) => { if (row.at) map?.fit([row.at]); }} />}
      middle={<MapView label={t('devices.map')} drawsZones={false} onReady={setMap} onSelect={(hit) => { if (hit?.kind === 'device') pick(hit.id); }}
        describe={(hit) => { const row = hit.kind === 'device' ? names.get(hit.id) : undefined; return row ? `${row.name} · ${tx('deviceState', row.state)}${row.alarms > 0 ? ` · ${t('device.alarms')} ${row.alarms}` : ''}` : null; }} />}
      right={selected === '' ? <Empty icon="devices" title={t('device.pick')}>{t('device.pickHint')}</Empty> : <TwinInspector key={selected} device={selected} />}
    />
  );
}

/** The list, kept up to date by the live feed; loaded again only when the feed was broken. */
function useDevices() {
  const [rows, setRows] = useState<readonly DeviceRow[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);

  useEffect(() => {
    const abort = new AbortController();
    // What happens while the list is on its way may be newer than the list.
    const meanwhile: DeviceNews[] = [];
    let isLoaded = false;
    const end = onLive<DeviceNews>('device', (news) => {
      if (isLoaded) setRows((old) => (old ? mergeNews(old, news) : old));
      else meanwhile.push(news);
    });
    api.get<DeviceRow[]>('/api/devices', abort.signal).then(
      (data) => { isLoaded = true; setRows(meanwhile.reduce<readonly DeviceRow[]>(mergeNews, data)); setError(null); },
      (problem: unknown) => { if (!abort.signal.aborted) setError(problem); },
    );
    return () => { end(); abort.abort(); };
  }, [round]);

  useEffect(() => onReconnect(reload), [reload]);

  return { rows, error, reload };
}
