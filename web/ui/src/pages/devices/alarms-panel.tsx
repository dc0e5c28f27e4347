import { useEffect, useState } from 'preact/hooks';
import { api, query } from '../../api/client';
import type { DeviceAlarm, DeviceNews } from '../../api/devices-contract';
import { onLive } from '../../api/live';
import { canEdit, me, setUrl, zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Empty, Loading, Problem } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { usePaced } from '../../components/use-paced';
import { t, tx } from '../../i18n';
import { formatInstant, formatPercent } from '../../model/format';

const SHOWN = 500;

/** After a city's power cut thousands of alarms begin within seconds. */
const PACE_MS = 1000;

/** Every alarm, or those that last; a person takes one over and acknowledges it. */
export function AlarmsPanel() {
  const [isOpenOnly, setOpenOnly] = useState(true);
  const alarms = useAlarms({ open: isOpenOnly ? 'true' : null, limit: SHOWN });
  const [selected, setSelected] = useState<string | null>(null);
  if (alarms.error && !alarms.data) return <Problem error={alarms.error} onRetry={alarms.reload} />;
  if (!alarms.data) return <Loading />;
  const chosen = alarms.data.find((alarm) => alarm.id === selected) ?? null;
  return (
    <div class="split">
      <DataTable label={t('devices.alarms')} rows={alarms.data} rowKey={(alarm) => alarm.id} selected={selected} onSelect={(alarm) => setSelected(alarm.id)} onOpen={(alarm) => setUrl({ tab: 'list', sel: alarm.device, part: 'twin' }, true)} fileName="alarms" empty={t('alarm.none')}
        tools={<>{alarms.data.length >= SHOWN && <span class="muted">{t('alarm.newest', { n: SHOWN })}</span>}<select aria-label={t('field.state')} value={isOpenOnly ? 'open' : 'all'} onChange={(event) => setOpenOnly(event.currentTarget.value === 'open')}><option value="open">{t('alarm.open')}</option><option value="all">{t('alarm.all')}</option></select></>}
        columns={[
          { key: 'rule', label: t('alarm.rule'), width: 130, value: (alarm) => tx('alarmRule', alarm.rule), render: (alarm) => <span class={alarm.endedAt ? 'muted' : 'bad-text'}>{tx('alarmRule', alarm.rule)}</span> },
          { key: 'device', label: t('event.device'), value: (alarm) => alarm.deviceName },
          { key: 'subject', label: t('alarm.detail'), width: 170, value: (alarm) => detailOf(alarm) },
          { key: 'started', label: t('alarm.started'), width: 128, value: (alarm) => formatInstant(alarm.startedAt, zone.value) },
          { key: 'ended', label: t('alarm.ended'), width: 128, value: (alarm) => (alarm.endedAt ? formatInstant(alarm.endedAt, zone.value) : t('alarm.lasting')) },
          { key: 'owner', label: t('alarm.owner'), width: 110, value: (alarm) => alarm.owner },
        ]} />
      <div class="split-side"><div class="inspector">{chosen ? <AlarmCard alarm={chosen} onChanged={alarms.reload} /> : <Empty icon="warn" title={alarms.data.length === 0 ? t('alarm.none') : t('devices.alarms')}>{t('alarm.noneHint')}</Empty>}</div></div>
    </div>
  );
}

/** The alarms of one device, newest first. */
export function AlarmList({ device }: { device: string }) {
  const alarms = useAlarms({ device, limit: 50 });
  if (alarms.error && !alarms.data) return <Problem error={alarms.error} onRetry={alarms.reload} />;
  if (!alarms.data) return <Loading />;
  if (alarms.data.length === 0) return <p class="muted">{t('alarm.none')}</p>;
  return <ul class="alarm-list">{alarms.data.map((alarm) => <li key={alarm.id}><AlarmCard alarm={alarm} onChanged={alarms.reload} /></li>)}</ul>;
}

function useAlarms(values: Record<string, string | number | null>) {
  const alarms = useData<DeviceAlarm[]>(`/api/devices/alarms${query(values)}`);
  const [changes, setChanges] = useState(0);
  const paced = usePaced(changes, PACE_MS);
  useEffect(() => onLive<DeviceNews>('device', (news) => { if (news.hasAlarms) setChanges((n) => n + 1); }), []);
  useEffect(() => { if (paced > 0) alarms.reload(); }, [paced, alarms.reload]);
  return alarms;
}

function AlarmCard({ alarm, onChanged }: { alarm: DeviceAlarm; onChanged: () => void }) {
  async function act(what: 'acknowledge' | 'assign', body?: unknown) {
    try { await api.post(`/api/devices/alarms/${alarm.id}/${what}`, body); } catch (problem) { toast.problem(problem); }
    onChanged();
  }
  const isMine = alarm.ownerId === me.value?.id;
  return (
    <div class="alarm-card">
      <b class={alarm.endedAt ? 'muted' : 'bad-text'}>{tx('alarmRule', alarm.rule)} {detailOf(alarm)}</b>
      <div>{alarm.deviceName}</div>
      <div class="muted num">{formatInstant(alarm.startedAt, zone.value)} – {alarm.endedAt ? formatInstant(alarm.endedAt, zone.value) : t('alarm.lasting')}</div>
      {alarm.owner && <div>{t('alarm.owner')}: {alarm.owner}</div>}
      {alarm.acknowledgedAt && <div class="muted">{t('alarm.acknowledged', { who: alarm.acknowledgedBy ?? '–', time: formatInstant(alarm.acknowledgedAt, zone.value) })}</div>}
      {canEdit.value && (
        <div class="inline">
          {!alarm.acknowledgedAt && <button class="button small primary" onClick={() => void act('acknowledge')}>{t('alarm.acknowledge')}</button>}
          <button class="button small" onClick={() => void act('assign', { owner: isMine ? null : me.value?.id })}>{t(isMine ? 'alarm.release' : 'alarm.take')}</button>
        </div>
      )}
    </div>
  );
}

function detailOf(alarm: DeviceAlarm): string {
  const detail = JSON.parse(alarm.detail) as { share?: number; text?: string };
  return [alarm.subject, detail.share === undefined ? '' : formatPercent(detail.share), detail.text ?? ''].filter((part) => part !== '').join(' · ');
}
