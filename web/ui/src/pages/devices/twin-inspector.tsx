import { useEffect, useState } from 'preact/hooks';
import type { CompartmentView, Condition, DeviceNews, TwinView } from '../../api/devices-contract';
import { onLive, onReconnect } from '../../api/live';
import { canEdit, goTo, me, setUrl, url, zone } from '../../app-state';
import { Loading, Problem } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { toneOf } from '../../model/devices';
import { formatInstant, formatPercent } from '../../model/format';
import { AlarmList } from './alarms-panel';
import { Cabinet } from './cabinet';
import { CommandConsole } from './command-console';
import { EventStream } from './event-stream';
import { ProvisioningPanel } from './provisioning-panel';

const PARTS = ['twin', 'events', 'command', 'alarms', 'identity'] as const;
type Part = (typeof PARTS)[number];

/** One device: its drawing and facts, its events as they come, commands, alarms, credential. */
export function TwinInspector({ device }: { device: string }) {
  const path = `/api/devices/${encodeURIComponent(device)}/twin`;
  const twin = useData<TwinView>(path);
  const [compartment, setCompartment] = useState<string | null>(null);
  const asked = url.value.values['part'] as Part | undefined;
  const part: Part = asked && PARTS.includes(asked) ? asked : 'twin';

  useEffect(() => onLive<DeviceNews>('device', (news) => { if (news.devices.some((row) => row.id === device)) twin.reload(); }), [device, twin.reload]);
  useEffect(() => onReconnect(twin.reload), [twin.reload]);

  if (twin.error && !twin.data) return <Problem error={twin.error} onRetry={twin.reload} />;
  if (!twin.data || twin.data.device.id !== device) return <Loading />;
  const view = twin.data, row = view.device;
  const chosen = view.compartments.find((candidate) => candidate.label === compartment) ?? null;
  return (
    <div class="inspector device-inspector">
      <h2><i class={`tone ${toneOf(row)}`} />{row.name} <span class="muted">{tx('deviceKind', row.kind)} · {tx('deviceState', row.state)}</span></h2>
      <Tabs<Part> label={row.name} value={part} onChange={(next) => setUrl({ part: next })} tabs={PARTS.map((id) => ({ id, label: t(`device.${id}`), ...(id === 'alarms' && row.alarms > 0 ? { count: row.alarms } : {}) }))} />
      {part === 'twin' && <TwinFacts view={view} chosen={chosen} onChoose={setCompartment} />}
      {part === 'events' && <EventStream device={device} />}
      {part === 'command' && <CommandConsole key={device} device={device} deviceName={row.name} kind={row.kind} compartments={view.compartments.map((c) => c.label)} selectedCompartment={compartment} canSteer={canEdit.value} />}
      {part === 'alarms' && <AlarmList device={device} />}
      {part === 'identity' && <ProvisioningPanel key={device} device={device} deviceName={row.name} canAdminister={me.value?.role === 'administrator'} />}
    </div>
  );
}

function TwinFacts({ view, chosen, onChoose }: { view: TwinView; chosen: CompartmentView | null; onChoose: (label: string) => void }) {
  const row = view.device;
  const instant = (at: string | null) => (at ? formatInstant(at, zone.value) : '–');
  return (
    <>
      {row.state === 'never' && <p class="note">{t('device.neverHint')}</p>}
      {row.kind === 'locker' && <>
        <p class="device-counts num"><b>{row.occupied}</b> {t('device.occupied')} · <b>{row.free}</b> {t('device.free')} · <b>{row.outOfService}</b> {t('device.outOfService')} · <b class={row.openDoors > 0 ? 'bad-text' : ''}>{row.openDoors}</b> {t('device.openDoors')}</p>
        <Cabinet label={t('device.cabinet')} compartments={view.compartments} selected={chosen?.label ?? null} onSelect={onChoose} />
        {chosen && <Chosen compartment={chosen} instant={instant} />}
      </>}
      {view.differences.length > 0 && <>
        <h3 title={t('device.differencesHint')}>{t('device.differences')} <span class="muted">{view.differences.length}</span></h3>
        <table class="plain"><tbody>{view.differences.map((d) => <tr key={`${d.compartment} ${d.what}`}><td><b>{d.compartment}</b></td><td>{tx('difference', d.what)}</td><td>{tx('factWord', d.was)} → <b>{tx('factWord', d.is)}</b></td><td class="right muted num">{instant(d.at).slice(5)}</td></tr>)}</tbody></table>
      </>}
      <Conditions title={t('device.tampers')} items={view.tampers} instant={instant} />
      <Conditions title={t('device.faults')} items={view.faults} instant={instant} />
      <dl class="facts">
        <div><dt>{t('device.lastSeen')}</dt><dd class="num">{instant(row.lastSeen)}</dd></div>
        <div><dt>{t('device.connectionChanged')}</dt><dd class="num">{instant(view.connectionChangedAt)}</dd></div>
        {row.kind === 'locker' && <div><dt>{t('device.snapshot')}</dt><dd class="num">{instant(view.snapshotAt)}</dd></div>}
        <div><dt>{t('device.power')}</dt><dd>{view.power ? tx('devicePower', view.power) : '–'}</dd></div>
        <div><dt>{t('device.battery')}</dt><dd class="num">{row.battery === null ? '–' : formatPercent(row.battery)}</dd></div>
        <div><dt>{t('device.temperature')}</dt><dd class="num">{view.temperatureCelsius === null ? '–' : `${view.temperatureCelsius.toFixed(1)} °C`}</dd></div>
        {view.position && <div><dt>{t('device.position')}</dt><dd class="num">{view.position.point[1].toFixed(5)}, {view.position.point[0].toFixed(5)} · {instant(view.position.at)}{view.position.speedMetresPerSecond === null ? '' : ` · ${(view.position.speedMetresPerSecond * 3.6).toFixed(0)} km/h`}</dd></div>}
        <div><dt>{t('device.firmware')}</dt><dd>{row.firmware ?? '–'}{view.model ? ` · ${view.model}` : ''}</dd></div>
        <div><dt>{t('device.lastCommand')}</dt><dd>{view.lastCommand ? <code>{view.lastCommand}</code> : '–'}</dd></div>
        {view.address && <div><dt>{t('field.address')}</dt><dd>{view.address}</dd></div>}
      </dl>
      {row.terminalId && <button class="button small" onClick={() => goTo('network', { tab: 'terminals', sel: row.terminalId ?? '' })}>{t('device.terminalPage')}</button>}
    </>
  );
}

function Chosen({ compartment: c, instant }: { compartment: CompartmentView; instant: (at: string | null) => string }) {
  return (
    <dl class="facts chosen">
      <div><dt>{c.label}{c.size ? ` (${c.size})` : ''}</dt><dd>{c.service ? tx('compartmentService', c.service) : '–'}</dd></div>
      <div><dt>{t('difference.door')}</dt><dd>{tx('door', c.door ?? 'unknown')} <span class="muted num">{instant(c.doorSince)}</span>{c.doorCause && <> · {tx('doorCause', c.doorCause)}</>}</dd></div>
      <div><dt>{t('difference.occupied')}</dt><dd>{t(c.isOccupied === null ? 'occupied.unknown' : c.isOccupied ? 'occupied.full' : 'occupied.empty')} <span class="muted num">{instant(c.occupiedSince)}</span>{c.parcel && <> · <code>{c.parcel}</code></>}</dd></div>
    </dl>
  );
}

function Conditions({ title, items, instant }: { title: string; items: readonly Condition[]; instant: (at: string) => string }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="problems">{items.map((item) => <li key={item.subject}><b>{item.subject}</b> {item.detail ?? ''} <span class="muted num">{instant(item.since)}</span></li>)}</ul>
    </>
  );
}
