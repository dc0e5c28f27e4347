import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Page, QuarantineRow } from '../../api/contract';
import { setUrl, url, zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Confirm } from '../../components/dialog';
import { problemInWords } from '../../components/problem-words';
import { Empty, Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { isKnownText, t, tx } from '../../i18n';
import { formatInstant } from '../../model/format';

/** Rows that broke a rule wait here: mend and release, or reject with a reason. Nothing is dropped silently. */
export function QuarantinePanel() {
  const rows = useData<Page<QuarantineRow>>('/api/quarantine?state=open');
  const selectedId = url.value.values['sel'] ?? null;
  if (rows.error && !rows.data) return <Problem error={rows.error} onRetry={rows.reload} />;
  if (!rows.data) return <Loading />;
  const items = rows.data.items;
  const index = items.findIndex((row) => row.id === selectedId);
  const selected = items[index] ?? null;
  const after = () => { const next = items[index + 1] ?? items[index - 1]; setUrl({ sel: next?.id ?? '' }); rows.reload(); };
  return (
    <div class="split">
      <DataTable label={t('intake.quarantine')} rows={items} rowKey={(row) => row.id} selected={selectedId} onSelect={(row) => setUrl({ sel: row.id })} fileName="quarantine" rowHeight={44} empty={<Empty icon="check" title={t('quarantine.empty')} />}
        columns={[
          { key: 'row', label: t('field.row'), width: 60, align: 'right', value: (row) => row.row },
          { key: 'waybill', label: t('field.waybill'), width: 140, value: (row) => row.waybill || '–' },
          { key: 'problems', label: t('quarantine.problems'), value: (row) => row.problems.map(problemInWords).join('; '), render: (row) => <span class="two-line"><span title={row.problems[0]?.message}>{row.problems[0] && problemInWords(row.problems[0])}</span>{row.problems.length > 1 && <small class="muted">{t('error.more', { n: row.problems.length - 1 })}</small>}</span> },
          { key: 'at', label: t('field.when'), width: 130, value: (row) => row.at, render: (row) => formatInstant(row.at, zone.value) },
        ]} />
      <aside class="split-side">{selected ? <Mend key={selected.id} row={selected} onDone={after} /> : <Empty icon="intake" title={t('quarantine.pick')} />}</aside>
    </div>
  );
}

function Mend({ row, onDone }: { row: QuarantineRow; onDone: () => void }) {
  const [fields, setFields] = useState(row.fields);
  const [checked, setChecked] = useState(row);
  const [error, setError] = useState<unknown>(null);
  const [isRejecting, setRejecting] = useState(false);
  const wrong = new Map(checked.problems.map((problem) => [problem.field, problemInWords(problem)]));

  // A field that is missing altogether can be given here as well.
  const names = [...new Set([...Object.keys(fields), ...checked.problems.map((problem) => problem.field).filter((name) => isKnownText('orderField', name) && !name.includes(','))])];

  async function run(action: () => Promise<void>) {
    setError(null);
    try { await action(); } catch (problem) { setError(problem); }
  }

  const check = () => run(async () => setChecked(await api.put<QuarantineRow>(`/api/quarantine/${row.id}`, { fields })));
  const release = () => run(async () => {
    const mended = await api.put<QuarantineRow>(`/api/quarantine/${row.id}`, { fields });
    setChecked(mended);
    if (mended.problems.length > 0) return;
    await api.post(`/api/quarantine/${row.id}/release`);
    toast.ok(t('quarantine.released', { waybill: mended.waybill }));
    onDone();
  });
  const reject = (reason: string) => run(async () => {
    setRejecting(false);
    await api.post(`/api/quarantine/${row.id}/reject`, { reason });
    onDone();
  });

  return (
    <form class="inspector form" onSubmit={(event) => { event.preventDefault(); void release(); }}>
      <h2>{t('quarantine.title', { row: row.row })}</h2>
      {checked.problems.length > 0 && <ul class="problems">{checked.problems.map((problem, index) => <li key={index} title={problem.message}>{problemInWords(problem)}</li>)}</ul>}
      {checked.problems.length === 0 && <p class="ok-text">{t('quarantine.fine')}</p>}
      {names.map((name) => (
        <label key={name} class={wrong.has(name) ? 'field wrong' : 'field'}>
          <span>{tx('orderField', name)}</span>
          <input value={fields[name] ?? ''} aria-invalid={wrong.has(name)} onInput={(event) => setFields({ ...fields, [name]: event.currentTarget.value })} />
          {wrong.has(name) && <small>{wrong.get(name)}</small>}
        </label>
      ))}
      {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
      <footer class="actions sticky">
        <button type="button" class="button" onClick={() => void check()}>{t('quarantine.check')}</button>
        <button type="submit" class="button primary">{t('quarantine.release')}</button>
        <button type="button" class="button danger" onClick={() => setRejecting(true)}>{t('quarantine.reject')}</button>
      </footer>
      {isRejecting && <Confirm title={t('quarantine.reject')} text={t('quarantine.rejectAsk', { waybill: row.waybill || `#${row.row}` })} action={t('quarantine.reject')} needsReason onConfirm={(reason) => void reject(reason)} onClose={() => setRejecting(false)} />}
    </form>
  );
}
