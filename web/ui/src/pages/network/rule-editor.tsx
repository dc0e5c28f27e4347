import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { AccessRule, Energy, Network, VehicleClass } from '../../api/contract';
import { canEdit } from '../../app-state';
import { CornersField } from '../../components/corners-field';
import { Confirm } from '../../components/dialog';
import { ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { t, tx } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { ruleInWords } from '../../model/rule-words';
import { useUnsaved } from '../../unsaved';

const CLASSES: readonly VehicleClass[] = ['tricycle', 'van', 'lightTruck', 'mediumTruck'];
const ENERGIES: readonly Energy[] = ['electric', 'petrol', 'diesel', 'gas', 'hybrid', 'hydrogen'];

/** A dated rule: polygon on the map, days, hours, plates, classes, permits. */
export function RuleEditor({ rule, isNew, network, map, onSaved, onClose }: { rule: AccessRule; isNew: boolean; network: Network; map: CityMap | null; onSaved: (id: string) => void; onClose: () => void }) {
  const [draft, setDraft] = useState(rule);
  const [isDrawing, setDrawing] = useState(isNew);
  const [error, setError] = useState<unknown>(null);
  const [isRemoving, setRemoving] = useState(false);
  const [saved, setSaved] = useState(draft);
  const [typedCorners, setTypedCorners] = useState(0);
  const setLeft = useUnsaved(JSON.stringify(draft) !== JSON.stringify(saved));
  const change = (part: Partial<AccessRule>) => setDraft((old) => ({ ...old, ...part }));
  const toggle = <T,>(list: readonly T[], item: T) => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item]);

  useEffect(() => {
    if (!map || !isDrawing) return;
    map.pen.start(draft.polygons[0] ?? [], (corners) => change({ polygons: [corners, ...rule.polygons.slice(1)] }));
    return () => map.pen.stop();
  }, [map, isDrawing, typedCorners]);

  async function save(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const body = { ...draft, polygons: draft.polygons.map((ring) => { const [first, last] = [ring[0], ring.at(-1)]; return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring; }) };
      const stored = isNew ? await api.post<AccessRule>('/api/access-rules', { ...body, id: undefined }) : await api.put<AccessRule>(`/api/access-rules/${rule.id}`, body);
      setDrawing(false);
      setSaved(draft);
      setLeft();
      toast.ok(t('network.saved', { name: draft.name }));
      onSaved(stored?.id ?? rule.id);
    } catch (problem) { setError(problem); }
  }

  async function remove(reason: string) {
    setRemoving(false);
    try { await api.delete(`/api/access-rules/${rule.id}`, { reason }); setLeft(); onSaved(''); } catch (problem) { setError(problem); }
  }

  return (
    <form class="inspector form" onSubmit={(event) => void save(event)}>
      <h2>{draft.name || t('network.add.accessRules')}</h2>
      <p class="muted pre">{ruleInWords(draft).split('\n').slice(1).join('\n')}</p>
      <fieldset disabled={!canEdit.value}>
        <label class="field"><span>{t('field.name')}</span><input required value={draft.name} onInput={(event) => change({ name: event.currentTarget.value })} /></label>
        <div class="field">
          <span>{t('rule.area')}</span>
          <button type="button" class={isDrawing ? 'button primary' : 'button'} onClick={() => setDrawing(!isDrawing)}>{isDrawing ? t('rule.finishDrawing') : t('rule.draw')}</button>
          {isDrawing && <small class="muted">{t('rule.drawHint', { n: draft.polygons[0]?.length ?? 0 })}</small>}
        </div>
        <CornersField corners={draft.polygons[0] ?? []} onChange={(corners) => { change({ polygons: [corners, ...draft.polygons.slice(1)] }); setDrawing(true); setTypedCorners((count) => count + 1); }} />
        <div class="field group"><label class="inline">{t('rule.validFrom')}<input type="date" required value={draft.validFrom} onChange={(event) => change({ validFrom: event.currentTarget.value })} /></label><label class="inline">{t('rule.validUntil')}<input type="date" value={draft.validUntil ?? ''} onChange={(event) => change({ validUntil: event.currentTarget.value || null })} /></label></div>
        <fieldset class="field"><legend>{t('rule.weekdays')}</legend>{[1, 2, 3, 4, 5, 6, 7].map((weekday) => <label key={weekday} class="inline"><input type="checkbox" checked={draft.weekdays.includes(weekday)} onChange={() => change({ weekdays: toggle(draft.weekdays, weekday).sort() })} />{tx('weekday', String(weekday))}</label>)}<small class="muted">{t('rule.emptyIsAll')}</small></fieldset>
        <fieldset class="field"><legend>{t('field.hours')}</legend>
          {draft.hours.map((span, index) => (
            <div key={index} class="group">
              <input aria-label={t('field.from')} pattern="([01]\d|2[0-3]):[0-5]\d" value={span.fromLocal} onChange={(event) => change({ hours: draft.hours.map((other, at) => (at === index ? { ...other, fromLocal: event.currentTarget.value } : other)) })} />–
              <input aria-label={t('field.until')} pattern="([01]\d|2[0-4]):[0-5]\d" value={span.untilLocal} onChange={(event) => change({ hours: draft.hours.map((other, at) => (at === index ? { ...other, untilLocal: event.currentTarget.value } : other)) })} />
              <button type="button" class="icon-button" aria-label={t('action.remove')} onClick={() => change({ hours: draft.hours.filter((_, at) => at !== index) })}>×</button>
            </div>
          ))}
          <button type="button" class="button small" onClick={() => change({ hours: [...draft.hours, { fromLocal: '17:00', untilLocal: '20:00' }] })}>{t('rule.addHours')}</button>
        </fieldset>
        <label class="field"><span>{t('rule.plates')}</span><select value={draft.plates} onChange={(event) => change({ plates: event.currentTarget.value as AccessRule['plates'] })}>{(['all', 'local', 'nonLocal'] as const).map((value) => <option key={value} value={value}>{tx('rulePlates', value)}</option>)}</select></label>
        <fieldset class="field"><legend>{t('rule.rotation')}</legend>
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
            const digits = draft.plateRotation.find((turn) => turn.weekday === weekday)?.digits ?? [];
            return <label key={weekday} class="inline">{tx('weekday', String(weekday))}<input class="digits" inputMode="numeric" pattern="[0-9 ,/]*" value={digits.join(' ')} onChange={(event) => { const next = [...new Set(event.currentTarget.value.match(/\d/g)?.map(Number) ?? [])]; change({ plateRotation: [...draft.plateRotation.filter((turn) => turn.weekday !== weekday), ...(next.length > 0 ? [{ weekday, digits: next }] : [])].sort((x, y) => x.weekday - y.weekday) }); }} /></label>;
          })}
        </fieldset>
        <fieldset class="field"><legend>{t('rule.classes')}</legend>{CLASSES.map((name) => <label key={name} class="inline"><input type="checkbox" checked={draft.vehicleClasses.includes(name)} onChange={() => change({ vehicleClasses: toggle(draft.vehicleClasses, name) })} />{tx('vehicleClass', name)}</label>)}</fieldset>
        <fieldset class="field"><legend>{t('rule.energies')}</legend>{ENERGIES.map((name) => <label key={name} class="inline"><input type="checkbox" checked={draft.energies.includes(name)} onChange={() => change({ energies: toggle(draft.energies, name) })} />{tx('energy', name)}</label>)}</fieldset>
        <label class="field"><span>{t('rule.accessClasses')}</span><input value={draft.accessClasses.join(' ')} onChange={(event) => change({ accessClasses: event.currentTarget.value.split(/[\s,，]+/).filter((word) => word !== '') })} /></label>
        <label class="field flag"><input type="checkbox" checked={draft.appliesOnHolidays} onChange={(event) => change({ appliesOnHolidays: event.currentTarget.checked })} /><span>{t('rule.onHolidays')}</span></label>
        <fieldset class="field"><legend>{t('rule.permits')}</legend>
          <ul class="chips">{draft.permits.map((permit) => <li key={permit.vehicleId}><button type="button" class="chip" title={t('action.remove')} onClick={() => change({ permits: draft.permits.filter((other) => other !== permit) })}>{network.vehicles.find((vehicle) => vehicle.id === permit.vehicleId)?.plate ?? permit.vehicleId} ×</button></li>)}</ul>
          <select aria-label={t('rule.addPermit')} value="" onChange={(event) => { const vehicleId = event.currentTarget.value; if (vehicleId) change({ permits: [...draft.permits, { vehicleId, from: draft.validFrom, until: draft.validUntil, number: null }] }); }}>
            <option value="">{t('rule.addPermit')}</option>
            {network.vehicles.filter((vehicle) => !draft.permits.some((permit) => permit.vehicleId === vehicle.id)).map((vehicle) => <option key={vehicle.id} value={vehicle.id}>{vehicle.plate}</option>)}
          </select>
        </fieldset>
        <label class="field"><span>{t('rule.source')}</span><input value={draft.source} onInput={(event) => change({ source: event.currentTarget.value })} /></label>
        <label class="field flag"><input type="checkbox" checked={draft.isActive} onChange={(event) => change({ isActive: event.currentTarget.checked })} /><span>{t('field.active')}</span></label>
      </fieldset>
      {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
      <footer class="actions sticky">
        <button type="button" class="button" onClick={onClose}>{t('action.close')}</button>
        {canEdit.value && <button type="submit" class="button primary">{t('action.save')}</button>}
        {canEdit.value && !isNew && <button type="button" class="button danger" onClick={() => setRemoving(true)}>{t('action.remove')}</button>}
      </footer>
      {isRemoving && <Confirm title={t('action.remove')} text={t('network.removeAsk', { name: rule.name })} action={t('action.remove')} needsReason onConfirm={(reason) => void remove(reason)} onClose={() => setRemoving(false)} />}
    </form>
  );
}
