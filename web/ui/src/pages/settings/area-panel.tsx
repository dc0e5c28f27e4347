import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { AreaSettings, Me } from '../../api/contract';
import { me } from '../../app-state';
import { CornersField } from '../../components/corners-field';
import { FieldInput, type FieldSpec } from '../../components/field-input';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { MapView } from '../../map/map-view';
import { useUnsaved } from '../../unsaved';

const FIELDS: FieldSpec[] = [
  { name: 'name', type: 'text', isRequired: true }, { name: 'zone', type: 'text', isRequired: true }, { name: 'plateLocality', type: 'text' },
  { name: 'doorSetupSeconds', type: 'number', unit: 's', min: 0 }, { name: 'doorHandlingSeconds', type: 'number', unit: 's', min: 0 }, { name: 'terminalHandlingSeconds', type: 'number', unit: 's', min: 0 },
  { name: 'reloadSeconds', type: 'number', unit: 's', min: 0 }, { name: 'unservedFen', type: 'yuan' }, { name: 'storageHours', type: 'number', unit: 'h', min: 1 },
];

/** The service area: its outline drawn on the map, its clock, and the numbers planning starts from. */
export function AreaPanel() {
  const stored = useData<AreaSettings>('/api/area');
  const [form, setForm] = useState<AreaSettings | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [map, setMap] = useState<CityMap | null>(null);
  const [isDrawing, setDrawing] = useState(false);
  const [saved, setSaved] = useState<AreaSettings | null>(null);
  const [typedCorners, setTypedCorners] = useState(0);
  useUnsaved(form !== saved && JSON.stringify(form) !== JSON.stringify(saved));
  useEffect(() => { if (stored.data) { setForm(stored.data); setSaved(stored.data); } }, [stored.data]);
  useEffect(() => {
    if (!map || !isDrawing || !form) return;
    map.pen.start(form.polygon, (polygon) => setForm((old) => (old ? { ...old, polygon } : old)));
    return () => map.pen.stop();
  }, [map, isDrawing, typedCorners]);

  if (stored.error && !stored.data) return <Problem error={stored.error} onRetry={stored.reload} />;
  if (!form) return <Loading />;

  async function save(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const next = await api.put<AreaSettings>('/api/area', form);
      setForm(next);
      setSaved(next);
      setDrawing(false);
      // The frame and every map read the area from the session.
      me.value = await api.get<Me>('/api/session');
      toast.ok(t('general.saved'));
    } catch (problem) { setError(problem); }
  }

  return (
    <div class="area-panel">
      <form class="form narrow" onSubmit={(event) => void save(event)}>
        {FIELDS.map((field) => <FieldInput key={field.name} field={field} label={tx('areaField', field.name)} value={form[field.name as keyof AreaSettings]} onChange={(value) => setForm({ ...form, [field.name]: value })} />)}
        <div class="field"><span>{t('area.outline', { n: form.polygon.length })}</span>
          <button type="button" class="button small" onClick={() => setDrawing(!isDrawing)}>{isDrawing ? t('area.stopDrawing') : t('area.draw')}</button>
          {isDrawing && <small>{t('rule.drawHint', { n: form.polygon.length })}</small>}
        </div>
        <CornersField corners={form.polygon} onChange={(polygon) => { setForm({ ...form, polygon }); setDrawing(true); setTypedCorners((count) => count + 1); }} />
        {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
        <footer class="actions"><button class="button primary">{t('action.save')}</button></footer>
      </form>
      <MapView key={me.value?.area.bounds.join()} label={t('settings.area')} onReady={setMap} isViewInUrl={false} drawsZones={false} />
    </div>
  );
}
