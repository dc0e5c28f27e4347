import { useState } from 'preact/hooks';
import { query } from '../../api/client';
import type { AuditRow, Page } from '../../api/contract';
import { zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Empty, Loading, Problem } from '../../components/states';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { actorWords } from '../../model/actor-words';
import { auditWords } from '../../model/audit-words';
import { formatInstant } from '../../model/format';

/** Who changed what, when and why, with the state before and after. */
export function AuditPanel() {
  const [selected, setSelected] = useState<AuditRow | null>(null);
  const rows = useData<Page<AuditRow>>(`/api/audit${query({ limit: 1000 })}`);
  if (rows.error && !rows.data) return <Problem error={rows.error} onRetry={rows.reload} />;
  if (!rows.data) return <Loading />;
  return (
    <div class="split">
      <DataTable label={t('settings.audit')} rows={rows.data.items} rowKey={(row) => row.id} selected={selected?.id ?? null} onSelect={setSelected} fileName="audit"
        columns={[
          { key: 'at', label: t('field.when'), width: 140, value: (row) => row.at, render: (row) => formatInstant(row.at, zone.value) },
          { key: 'actor', label: t('field.actor'), width: 140, value: (row) => actorWords(row.actor) },
          { key: 'action', label: t('audit.action'), width: 170, value: (row) => auditWords(row.action) },
          { key: 'object', label: t('audit.object'), value: (row) => row.object },
          { key: 'reason', label: t('field.reason'), width: 220, value: (row) => row.reason },
        ]} />
      <aside class="split-side">
        {selected ? (
          <div class="inspector"><h2>{auditWords(selected.action)}</h2><p class="muted">{selected.object}</p>
            <h3>{t('audit.before')}</h3><pre class="json">{JSON.stringify(selected.before, null, 2) ?? '–'}</pre>
            <h3>{t('audit.after')}</h3><pre class="json">{JSON.stringify(selected.after, null, 2) ?? '–'}</pre>
          </div>
        ) : <Empty icon="roster" title={t('audit.pick')} />}
      </aside>
    </div>
  );
}
