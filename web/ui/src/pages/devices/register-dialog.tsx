import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Network } from '../../api/contract';
import type { DeviceDraft, DeviceKind, DeviceRow } from '../../api/devices-contract';
import { Dialog } from '../../components/dialog';
import { Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';

const KINDS: readonly DeviceKind[] = ['locker', 'handheld', 'vehicle'];

interface Owner { id: string; label: string }

/** Makes a device known: what it is called and what it belongs to. */
export function RegisterDialog({ rows, onSaved, onClose }: { rows: readonly DeviceRow[]; onSaved: (row: DeviceRow) => void; onClose: () => void }) {
  const network = useData<Network>('/api/network');
  const [id, setId] = useState('');
  const [draft, setDraft] = useState<DeviceDraft>({ kind: 'locker', name: '', terminalId: null, vehicleId: null, courierId: null, reason: '' });
  const [error, setError] = useState<unknown>(null);
  const change = (part: Partial<DeviceDraft>) => setDraft((old) => ({ ...old, ...part }));
  const field = draft.kind === 'locker' ? 'terminalId' : draft.kind === 'vehicle' ? 'vehicleId' : 'courierId';
  const owners = network.data ? ownersOf(network.data, draft.kind, rows) : [];

  async function save(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const row = await api.put<DeviceRow>(`/api/devices/${encodeURIComponent(id)}`, draft);
      toast.ok(t('device.registered', { name: row.name }));
      onSaved(row);
    } catch (problem) { setError(problem); }
  }

  return (
    <Dialog title={t('device.register')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)}>
        <label class="field"><span>{t('field.kind')}</span>
          <select value={draft.kind} onChange={(event) => change({ kind: event.currentTarget.value as DeviceKind, terminalId: null, vehicleId: null, courierId: null })}>
            {KINDS.map((kind) => <option key={kind} value={kind}>{tx('deviceKind', kind)}</option>)}
          </select>
        </label>
        <label class="field"><span>{t(`device.${field}`)}</span>
          <select value={draft[field] ?? ''} onChange={(event) => {
            const owner = owners.find((candidate) => candidate.id === event.currentTarget.value);
            change({ [field]: owner?.id ?? null, ...(owner && draft.name === '' ? { name: owner.label } : {}) });
          }}>
            <option value="">{t('device.belongsNone')}</option>
            {owners.map((owner) => <option key={owner.id} value={owner.id}>{owner.label}</option>)}
          </select>
        </label>
        <label class="field"><span>{t('device.id')}</span><input required maxLength={64} pattern="[A-Za-z0-9._\-]+" spellcheck={false} value={id} onInput={(event) => setId(event.currentTarget.value)} /></label>
        <label class="field"><span>{t('field.name')}</span><input required maxLength={100} value={draft.name} onInput={(event) => change({ name: event.currentTarget.value })} /></label>
        <label class="field"><span>{t('field.reason')}</span><input required maxLength={500} value={draft.reason} onInput={(event) => change({ reason: event.currentTarget.value })} /></label>
        <p class="muted small">{t('device.registerHint')}</p>
        {network.error !== null && <Problem error={network.error} onRetry={network.reload} />}
        {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>{t('action.cancel')}</button>
          <button class="button primary">{t('action.save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What a device of a kind can belong to; lockers that have a device already are left out. */
function ownersOf(network: Network, kind: DeviceKind, rows: readonly DeviceRow[]): Owner[] {
  if (kind === 'vehicle') return network.vehicles.map((vehicle) => ({ id: vehicle.id, label: vehicle.plate }));
  if (kind === 'handheld') return network.couriers.map((courier) => ({ id: courier.id, label: courier.name }));
  const taken = new Set(rows.map((row) => row.terminalId));
  return network.terminals.filter((terminal) => terminal.kind === 'locker' && !taken.has(terminal.id)).map((terminal) => ({ id: terminal.id, label: terminal.name }));
}
