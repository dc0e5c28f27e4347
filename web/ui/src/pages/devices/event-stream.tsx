import { useEffect, useState } from 'preact/hooks';
import type { DeviceEvent, DeviceNews } from '../../api/devices-contract';
import { onLive, onReconnect } from '../../api/live';
import { zone } from '../../app-state';
import { Loading, Problem } from '../../components/states';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { formatInstant } from '../../model/format';
import { deviceFaultInWords, messageInWords } from './device-faults';

const SHOWN = 200;

/** A device's events: what is stored, and what arrives while it is looked at. */
export function EventStream({ device }: { device: string }) {
  const stored = useData<DeviceEvent[]>(`/api/devices/${encodeURIComponent(device)}/events`);
  const [live, setLive] = useState<DeviceEvent[]>([]);
  const [skipped, setSkipped] = useState(0);

  useEffect(() => {
    setLive([]);
    setSkipped(0);
    return onLive<DeviceNews>('device', (news) => {
      const own = news.events.filter((event) => event.device === device);
      if (own.length > 0) setLive((old) => [...own.reverse(), ...old].slice(0, SHOWN));
      if (news.skippedEvents > 0) setSkipped((old) => old + news.skippedEvents);
    });
  }, [device]);
  useEffect(() => onReconnect(stored.reload), [stored.reload]);

  if (stored.error && !stored.data) return <Problem error={stored.error} onRetry={stored.reload} />;
  if (!stored.data) return <Loading />;
  const known = new Set(live.map((event) => event.position));
  const events = [...live, ...stored.data.filter((event) => !known.has(event.position))].sort((a, b) => b.position - a.position).slice(0, SHOWN);
  if (events.length === 0) return <p class="muted">{t('event.none')}</p>;
  return (
    <>
      {skipped > 0 && <p class="muted small">{t('event.skipped', { n: skipped })}</p>}
      <ol class="event-stream" aria-live="polite">{events.map((event) => <EventItem key={event.position} event={event} />)}</ol>
    </>
  );
}

export function EventItem({ event, withDevice = false }: { event: DeviceEvent; withDevice?: boolean }) {
  return (
    <li class={event.quarantine ? 'bad' : ''}>
      <div class="inline"><b title={event.message}>{messageInWords(event.message)}</b>{withDevice && <code>{event.device}</code>}<span class="muted num">{event.at ? formatInstant(event.at, zone.value) : '–'}</span><span class="muted num" title={t('event.received')}>→ {formatInstant(event.receivedAt, zone.value).slice(11)}</span><span class="grow" /><span class="muted num">#{event.position}</span></div>
      {event.quarantine && <div class="bad-text" title={event.quarantine}>{deviceFaultInWords(event.quarantine)}</div>}
      <code class="event-payload">{event.payload}</code>
    </li>
  );
}
