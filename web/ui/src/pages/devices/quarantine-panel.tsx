import { useState } from 'preact/hooks';
import { query } from '../../api/client';
import type { DeviceEvent } from '../../api/devices-contract';
import { zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Empty, Loading, Problem } from '../../components/states';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { formatInstant } from '../../model/format';
import { deviceFaultInWords, messageInWords } from './device-faults';
import { EventItem } from './event-stream';

/** Events that were kept and not believed, with the reason and both clocks. */
export function QuarantinePanel() {
  const page = useData<{ items: DeviceEvent[] }>(`/api/devices/quarantine${query({ limit: 500 })}`);
  const [selected, setSelected] = useState<string | null>(null);
  if (page.error && !page.data) return <Problem error={page.error} onRetry={page.reload} />;
  if (!page.data) return <Loading />;
  const chosen = page.data.items.find((event) => String(event.position) === selected) ?? null;
  return (
    <div class="split">
      <DataTable label={t('devices.quarantine')} rows={page.data.items} rowKey={(event) => String(event.position)} selected={selected} onSelect={(event) => setSelected(String(event.position))} fileName="device-quarantine" empty={t('deviceQuarantine.none')} columns={[
        { key: 'reason', label: t('event.reason'), value: (event) => deviceFaultInWords(event.quarantine ?? '') },
        { key: 'device', label: t('event.device'), width: 150, value: (event) => event.device },
        { key: 'message', label: t('event.message'), width: 100, value: (event) => messageInWords(event.message) },
        { key: 'at', label: t('event.at'), width: 128, value: (event) => (event.at ? formatInstant(event.at, zone.value) : null) },
        { key: 'received', label: t('event.received'), width: 128, value: (event) => formatInstant(event.receivedAt, zone.value) },
      ]} />
      <div class="split-side"><div class="inspector">{chosen ? <ol class="event-stream"><EventItem event={chosen} withDevice /></ol> : <Empty icon="warn" title={page.data.items.length === 0 ? t('deviceQuarantine.none') : t('devices.quarantine')}>{t('deviceQuarantine.hint')}</Empty>}</div></div>
    </div>
  );
}
