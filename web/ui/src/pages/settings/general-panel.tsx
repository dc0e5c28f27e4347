import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Settings } from '../../api/contract';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { useUnsaved } from '../../unsaved';

export function GeneralPanel() {
  const stored = useData<Settings>('/api/settings');
  const [form, setForm] = useState<Settings | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [saved, setSaved] = useState<Settings | null>(null);
  const setLeft = useUnsaved(form !== saved && JSON.stringify(form) !== JSON.stringify(saved));
  useEffect(() => { if (stored.data) { setForm(stored.data); setSaved(stored.data); } }, [stored.data]);
  if (stored.error && !stored.data) return <Problem error={stored.error} onRetry={stored.reload} />;
  if (!form) return <Loading />;
  const change = (part: Partial<Settings>) => setForm({ ...form, ...part });

  async function save(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      await api.put('/api/settings', form);
      setSaved(form);
      setLeft();
      // What a page may fetch from outside is decided when it is loaded, so another map server needs it loaded anew.
      if (form?.tileStyleUrl !== stored.data?.tileStyleUrl) location.reload();
      toast.ok(t('general.saved'));
    } catch (problem) { setError(problem); }
  }

  return (
    <form class="form narrow" onSubmit={(event) => void save(event)}>
      <label class="field"><span>{t('general.tiles')}</span><input type="url" placeholder={t('general.tilesHint')} value={form.tileStyleUrl ?? ''} onInput={(event) => change({ tileStyleUrl: event.currentTarget.value || null })} /></label>
      <label class="field"><span>{t('general.travel')}</span><select value={form.travel} onChange={(event) => change({ travel: event.currentTarget.value as Settings['travel'] })}><option value="greatCircle">{t('general.greatCircle')}</option><option value="osrm">OSRM</option></select></label>
      {form.travel === 'osrm' && <label class="field"><span>{t('general.osrm')}</span><input type="url" required value={form.osrmUrl ?? ''} onInput={(event) => change({ osrmUrl: event.currentTarget.value || null })} /></label>}
      <label class="field"><span>{t('general.detour')}</span><input type="number" class="num" min={1} max={3} step={0.01} required value={form.detourFactor} onInput={(event) => change({ detourFactor: Number(event.currentTarget.value) })} /></label>
      <label class="field"><span>{t('general.planSeconds')}<i class="unit"> (s)</i></span><input type="number" class="num" min={1} max={3600} required value={form.planSeconds} onInput={(event) => change({ planSeconds: Number(event.currentTarget.value) })} /></label>
      <label class="field"><span>{t('general.retention')}<i class="unit"> ({t('unit.days')})</i></span><input type="number" class="num" min={1} max={3650} required value={form.retentionDays} onInput={(event) => change({ retentionDays: Number(event.currentTarget.value) })} /></label>
      {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
      <footer class="actions"><button class="button primary">{t('action.save')}</button></footer>
    </form>
  );
}
