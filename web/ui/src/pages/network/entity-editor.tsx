import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Network } from '../../api/contract';
import { canEdit } from '../../app-state';
import { Confirm } from '../../components/dialog';
import { FieldInput } from '../../components/field-input';
import { ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { t, tx } from '../../i18n';
import { useUnsaved } from '../../unsaved';
import { fieldsOf } from './entity-fields';
import { API_FOLDER, type NetworkKind } from './network-kinds';

type Entity = { id: string } & Record<string, unknown>;

/** A form from the kind's field list. Keeps what was typed when the host refuses. */
export function EntityEditor({ kind, entity, isNew, network, onSaved, onClose }: { kind: NetworkKind; entity: { id: string }; isNew: boolean; network: Network; onSaved: (id: string) => void; onClose: () => void }) {
  const [draft, setDraft] = useState<Entity>({ ...entity });
  const [error, setError] = useState<unknown>(null);
  const [isRemoving, setRemoving] = useState(false);
  const [saved, setSaved] = useState(draft);
  const setLeft = useUnsaved(JSON.stringify(draft) !== JSON.stringify(saved));
  const isReadOnly = !canEdit.value;
  const shiftTitle = kind === 'shifts' ? `${network.vehicles.find((vehicle) => vehicle.id === draft['vehicleId'])?.plate ?? ''} ${String(draft['startLocal'])}–${String(draft['endLocal'])}` : null;
  const title = (shiftTitle ?? String(draft['name'] ?? draft['plate'] ?? draft['code'] ?? '')) || (isNew ? t('network.new') : entity.id);

  async function save(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const path = `/api/${API_FOLDER[kind]}`;
      const stored = isNew ? await api.post<{ id: string }>(path, { ...draft, id: undefined }) : await api.put<{ id: string }>(`${path}/${entity.id}`, draft);
      setSaved(draft);
      setLeft();
      toast.ok(t('network.saved', { name: title }));
      onSaved(stored?.id ?? entity.id);
    } catch (problem) { setError(problem); }
  }

  async function remove(reason: string) {
    setRemoving(false);
    try {
      await api.delete(`/api/${API_FOLDER[kind]}/${entity.id}`, { reason });
      setLeft();
      toast.ok(t('network.removed', { name: title }));
      onSaved('');
    } catch (problem) { setError(problem); }
  }

  return (
    <form class="inspector form" onSubmit={(event) => void save(event)}>
      <h2>{title}</h2>
      <fieldset disabled={isReadOnly}>
        {fieldsOf(kind, network).map((field) => <FieldInput key={field.name} field={field} label={tx('entityField', field.name)} value={draft[field.name]} onChange={(value) => setDraft({ ...draft, [field.name]: value })} />)}
      </fieldset>
      {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
      <footer class="actions sticky">
        <button type="button" class="button" onClick={onClose}>{t('action.close')}</button>
        {!isReadOnly && <button type="submit" class="button primary">{t('action.save')}</button>}
        {!isReadOnly && !isNew && <button type="button" class="button danger" onClick={() => setRemoving(true)}>{t('action.remove')}</button>}
      </footer>
      {isRemoving && <Confirm title={t('action.remove')} text={t('network.removeAsk', { name: title })} action={t('action.remove')} needsReason onConfirm={(reason) => void remove(reason)} onClose={() => setRemoving(false)} />}
    </form>
  );
}
