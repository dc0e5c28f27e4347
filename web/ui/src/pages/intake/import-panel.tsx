import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { ImportPreview, ImportReport, Network } from '../../api/contract';
import { day, language, me, zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Icon } from '../../components/icon';
import { problemInWords, valueInWords } from '../../components/problem-words';
import { Loading, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { actorWords } from '../../model/actor-words';
import { formatInstant } from '../../model/format';
import { FileHabits } from './file-habits';
import { MappingEditor } from './mapping-editor';

const n = (value: number) => value.toLocaleString('en-GB');

// A file that is only looked at has counted nothing yet.
const counted = (report: ImportReport, value: number) => (report.state === 'preview' ? null : value);
const count = (report: ImportReport, value: number) => (report.state === 'preview' ? '–' : n(value));

/** A CSV file in three steps: drop it, look at what it would do, commit. Nothing is written before the last. */
export function ImportPanel() {
  const reports = useData<ImportReport[]>('/api/imports');
  const network = useData<Network>('/api/network');
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [busy, setBusy] = useState<'reading' | 'committing' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isOver, setOver] = useState(false);
  const [partner, setPartner] = useState('');

  async function upload(file: File | undefined) {
    if (!file) return;
    setBusy('reading');
    setError(null);
    const form = new FormData();
    if (partner !== '') form.append('partner', partner);
    // A day that is looked ahead at is what a file without dates is for; today's files go to the day that is open.
    if (me.value && day.value > me.value.today) form.append('day', day.value);
    form.append('file', file);
    try { setPreview(await api.post<ImportPreview>('/api/imports', form)); } catch (problem) { setError(problem); }
    setBusy(null);
  }

  async function map(mapping: Record<string, string | null>) {
    if (!preview) return;
    setBusy('reading');
    try { setPreview(await api.put<ImportPreview>(`/api/imports/${preview.id}/mapping`, mapping)); } catch (problem) { toast.problem(problem); }
    setBusy(null);
  }

  async function commit() {
    if (!preview) return;
    setBusy('committing');
    try {
      const report = await api.post<ImportReport>(`/api/imports/${preview.id}/commit`);
      toast.ok(t('intake.committed', { created: report.created, revised: report.revised, unchanged: report.unchanged, quarantined: report.quarantined }));
      setPreview(null);
      reports.reload();
    } catch (problem) { setError(problem); }
    setBusy(null);
  }

  if (preview) return <PreviewStep preview={preview} partners={network.data?.partners ?? []} busy={busy} error={error} onMap={(mapping) => void map(mapping)} onCommit={() => void commit()} onBack={() => { setPreview(null); setError(null); }} />;

  return (
    <div class="import">
      <div class={isOver ? 'drop over' : 'drop'} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={(event) => { event.preventDefault(); setOver(false); void upload(event.dataTransfer?.files[0]); }}>
        {busy ? <Loading what={t('intake.reading')} /> : <>
          <Icon name="intake" size={34} />
          <p class="state-title">{t('intake.drop')}</p>
          <p class="muted">{t('intake.dropHint')}</p>
          <div class="actions centre">
            {me.value?.role !== 'partner' && (
              <select aria-label={t('intake.partnerOfFile')} value={partner} onChange={(event) => setPartner(event.currentTarget.value)}>
                <option value="">{t('intake.partnerInFile')}</option>
                {network.data?.partners.map((item) => <option key={item.id} value={item.code}>{item.name}</option>)}
              </select>
            )}
            <label class="button primary">{t('intake.choose')}<input type="file" accept=".csv,.txt,.xlsx,text/csv" class="visually-hidden" onChange={(event) => { void upload(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} /></label>
          </div>
        </>}
      </div>
      {error !== null && <div class="form-error" role="alert"><b>{problemTitle(error)}</b><ProblemList error={error} /></div>}
      <h2>{t('intake.history')}</h2>
      <DataTable label={t('intake.history')} rows={reports.data ?? []} rowKey={(row) => row.id} empty={t('intake.noImports')} fileName="imports"
        columns={[
          { key: 'at', label: t('field.when'), width: 140, value: (row) => row.at, render: (row) => formatInstant(row.at, zone.value) },
          { key: 'file', label: t('field.file'), value: (row) => row.fileName || t('intake.byApi') },
          { key: 'state', label: t('field.state'), width: 90, value: (row) => tx('importState', row.state) },
          { key: 'rows', label: t('field.rows'), width: 80, align: 'right', value: (row) => counted(row, row.rowCount), render: (row) => count(row, row.rowCount) },
          { key: 'created', label: t('outcome.created'), width: 80, align: 'right', value: (row) => counted(row, row.created), render: (row) => count(row, row.created) },
          { key: 'revised', label: t('outcome.revised'), width: 80, align: 'right', value: (row) => counted(row, row.revised), render: (row) => count(row, row.revised) },
          { key: 'unchanged', label: t('outcome.unchanged'), width: 96, align: 'right', value: (row) => counted(row, row.unchanged), render: (row) => count(row, row.unchanged) },
          { key: 'quarantined', label: t('outcome.quarantined'), width: 104, align: 'right', value: (row) => counted(row, row.quarantined), render: (row) => count(row, row.quarantined) },
          { key: 'refused', label: t('outcome.refused'), width: 80, align: 'right', value: (row) => counted(row, row.refused), render: (row) => count(row, row.refused) },
          { key: 'actor', label: t('field.actor'), width: 150, value: (row) => actorWords(row.actor) },
        ]} />
    </div>
  );
}

function PreviewStep({ preview, partners, busy, error, onMap, onCommit, onBack }: { preview: ImportPreview; partners: Network['partners']; busy: string | null; error: unknown; onMap: (mapping: Record<string, string | null>) => void; onCommit: () => void; onBack: () => void }) {
  // A fault can be of two fields at once: lon,lat.
  const label = (names: string) => names.split(',').map((name) => { const field = preview.fields.find((candidate) => candidate.name === name); return field ? (language.value === 'zh' ? field.labelZh : field.labelEn) : name; }).join(t('list.comma'));
  return (
    <div class="import">
      <header class="toolbar flat">
        <button class="button quiet" onClick={onBack}>‹ {t('action.back')}</button>
        <b>{preview.fileName}</b>
        <span class="badge">{preview.encoding.toUpperCase()}</span>
        <span class="muted num">{t('intake.rowsFound', { n: n(preview.rowCount) })}</span>
        <span class="grow" />
        <span class="num">{t('intake.would', { created: n(preview.wouldCreate), revised: n(preview.wouldRevise), unchanged: n(preview.unchanged), quarantined: n(preview.wouldQuarantine) })}</span>
        <button class="button primary" disabled={busy !== null || preview.missing.length > 0 || preview.rowCount === 0} onClick={onCommit}>{busy === 'committing' ? t('intake.committing') : t('intake.commit')}</button>
      </header>
      {preview.rowCount === 0 && <p class="form-error" role="alert">{t('intake.noRows')}</p>}
      {error !== null && <div class="form-error" role="alert"><b>{problemTitle(error)}</b><ProblemList error={error} /></div>}
      <FileHabits preview={preview} partners={partners} isBusy={busy !== null} label={label} onMap={onMap} />
      <MappingEditor preview={preview} isBusy={busy !== null} onMap={onMap} />
      {preview.problems.length > 0 && <>
        <h2>{t('intake.problems', { n: n(preview.problemCount) })} {preview.problemCount > preview.problems.length && <small class="muted">{t('intake.problemsFirst', { n: n(preview.problems.length) })}</small>}</h2>
        <DataTable label={t('intake.problems', { n: n(preview.problemCount) })} rows={preview.problems} rowKey={(row) => `${row.row}.${row.field}.${row.rule}`} fileName="import-problems" rowHeight={28}
          columns={[
            { key: 'row', label: t('field.row'), width: 70, align: 'right', value: (row) => row.row ?? null },
            { key: 'field', label: t('field.field'), width: 170, value: (row) => label(row.field) },
            { key: 'value', label: t('field.value'), width: 200, value: (row) => valueInWords(row.value) },
            { key: 'message', label: t('field.rule'), value: problemInWords },
          ]} />
      </>}
    </div>
  );
}
