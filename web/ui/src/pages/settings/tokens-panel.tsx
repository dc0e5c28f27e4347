import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { ApiToken, Network } from '../../api/contract';
import { zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Confirm, Dialog } from '../../components/dialog';
import { Icon } from '../../components/icon';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { formatInstant } from '../../model/format';

/** API tokens for partners; the secret is shown once. */
export function TokensPanel() {
  const tokens = useData<ApiToken[]>('/api/tokens');
  const network = useData<Network>('/api/network');
  const [form, setForm] = useState<{ name: string; partnerId: string } | null>(null);
  const [fresh, setFresh] = useState<ApiToken | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (tokens.error && !tokens.data) return <Problem error={tokens.error} onRetry={tokens.reload} />;
  if (!tokens.data) return <Loading />;

  async function create(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      setFresh(await api.post<ApiToken>('/api/tokens', { name: form?.name, partnerId: form?.partnerId || null }));
      setForm(null);
      tokens.reload();
    } catch (problem) { setError(problem); }
  }

  async function revoke(token: ApiToken, reason: string) {
    setRevoking(null);
    try { await api.delete(`/api/tokens/${token.id}`, { reason }); tokens.reload(); } catch (problem) { toast.problem(problem); }
  }

  return (
    <>
      <DataTable label={t('settings.tokens')} rows={tokens.data} rowKey={(row) => row.id} empty={t('tokens.none')}
        tools={<button class="button small" onClick={() => setForm({ name: '', partnerId: '' })}><Icon name="plus" size={13} /> {t('tokens.add')}</button>}
        columns={[
          { key: 'name', label: t('field.name'), value: (row) => row.name },
          { key: 'partner', label: t('field.partner'), width: 180, value: (row) => network.data?.partners.find((partner) => partner.id === row.partnerId)?.name ?? t('value.all') },
          { key: 'created', label: t('tokens.created'), width: 150, value: (row) => row.createdAt, render: (row) => formatInstant(row.createdAt, zone.value) },
          { key: 'used', label: t('tokens.used'), width: 150, value: (row) => row.lastUsedAt, render: (row) => (row.lastUsedAt ? formatInstant(row.lastUsedAt, zone.value) : '–') },
          { key: 'revoked', label: t('field.state'), width: 150, value: (row) => row.revokedAt, render: (row) => (row.revokedAt ? <span class="bad-text">{t('tokens.revoked')}</span> : <button class="button small danger" onClick={() => setRevoking(row)}>{t('tokens.revoke')}</button>) },
        ]} />
      {form && (
        <Dialog title={t('tokens.add')} onClose={() => setForm(null)}>
          <form class="form" onSubmit={(event) => void create(event)}>
            <label class="field"><span>{t('field.name')}</span><input required value={form.name} onInput={(event) => setForm({ ...form, name: event.currentTarget.value })} /></label>
            <label class="field"><span>{t('field.partner')}</span><select required value={form.partnerId} onChange={(event) => setForm({ ...form, partnerId: event.currentTarget.value })}><option value="" />{network.data?.partners.map((partner) => <option key={partner.id} value={partner.id}>{partner.name}</option>)}</select></label>
            {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
            <footer class="dialog-foot"><button type="button" class="button" onClick={() => setForm(null)}>{t('action.cancel')}</button><button class="button primary">{t('tokens.add')}</button></footer>
          </form>
        </Dialog>
      )}
      {fresh && (
        <Dialog title={fresh.name} onClose={() => setFresh(null)}>
          <div class="form"><p>{t('tokens.once')}</p><code class="secret">{fresh.secret}</code><footer class="dialog-foot"><button class="button" onClick={() => void navigator.clipboard.writeText(fresh.secret ?? '')}>{t('action.copy')}</button><button class="button primary" onClick={() => setFresh(null)}>{t('action.close')}</button></footer></div>
        </Dialog>
      )}
      {revoking && <Confirm title={t('tokens.revoke')} text={t('tokens.revokeAsk', { name: revoking.name })} action={t('tokens.revoke')} needsReason onConfirm={(reason) => void revoke(revoking, reason)} onClose={() => setRevoking(null)} />}
    </>
  );
}
