import { useState } from 'preact/hooks';
import { query } from '../../api/client';
import type { AuditRow } from '../../api/contract';
import { zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Empty, Loading, Problem } from '../../components/states';
import { usePaged } from '../../components/use-paged';
import { t, tx } from '../../i18n';
import { actorWords } from '../../model/actor-words';
import { auditChanges, auditName } from '../../model/audit-changes';
import { auditWords } from '../../model/audit-words';
import { formatInstant } from '../../model/format';
import { reasonWords } from '../../model/reason-words';

const PAGE_SIZE = 500;

/** Who changed what, when and why, with what differs between before and after. */
export function AuditPanel() {
  const [selected, setSelected] = useState<AuditRow | null>(null);
  const audit = usePaged<AuditRow>(`/api/audit${query({ limit: PAGE_SIZE })}`);
  if (audit.error && !audit.rows) return <Problem error={audit.error} onRetry={audit.reload} />;
  if (!audit.rows) return <Loading />;
  return (
    <div class="split">
      <DataTable label={t('settings.audit')} rows={audit.rows} rowKey={(row) => row.id} selected={selected?.id ?? null} onSelect={setSelected} fileName="audit"
        tools={audit.hasMore && <button class="button small" onClick={() => void audit.loadMore()}>{t('audit.older')}</button>}
        columns={[
          { key: 'at', label: t('field.when'), width: 140, value: (row) => row.at, render: (row) => formatInstant(row.at, zone.value) },
          { key: 'actor', label: t('field.actor'), width: 110, value: (row) => actorWords(row.actor) },
          { key: 'action', label: t('audit.action'), width: 140, value: (row) => auditWords(row.action) },
          { key: 'object', label: t('audit.object'), value: objectWords },
          { key: 'reason', label: t('field.reason'), value: (row) => reasonWords(row.reason) },
        ]} />
      <aside class="split-side">{selected ? <Entry row={selected} /> : <Empty icon="roster" title={t('audit.pick')} />}</aside>
    </div>
  );
}

function Entry({ row }: { row: AuditRow }) {
  const changes = auditChanges(row.before, row.after);
  return (
    <div class="inspector">
      <h2>{auditWords(row.action)}</h2>
      <p>{objectWords(row)}</p>
      <p class="muted small">{row.object}</p>
      {changes.length === 0 ? <p class="muted">{t('audit.noChanges')}</p> : (
        <table class="audit-changes">
          <thead><tr><th>{t('audit.field')}</th><th>{t('audit.before')}</th><th>{t('audit.after')}</th></tr></thead>
          <tbody>{changes.map((change) => <tr key={change.field}><th scope="row">{change.field}</th><td>{change.before ?? '–'}</td><td>{change.after ?? '–'}</td></tr>)}</tbody>
        </table>
      )}
    </div>
  );
}

/** "Vehicle 京A12345"; the id where the entry tells no name, the kind alone where it is about all of a kind. */
function objectWords(row: AuditRow): string {
  const slash = row.object.indexOf('/');
  const kind = tx('auditObject', row.object.slice(0, slash)), id = row.object.slice(slash + 1);
  return id === '*' ? kind : `${kind} ${auditName(row.before, row.after) ?? id}`;
}
