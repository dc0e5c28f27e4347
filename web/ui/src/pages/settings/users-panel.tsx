import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Network, Role, User } from '../../api/contract';
import { zone } from '../../app-state';
import { DataTable } from '../../components/data-table';
import { Dialog } from '../../components/dialog';
import { Icon } from '../../components/icon';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { formatInstant } from '../../model/format';

const ROLES: readonly Role[] = ['administrator', 'dispatcher', 'partner', 'courier', 'terminalOperator', 'auditor'];
type Draft = Omit<User, 'lastSignInAt'> & { password: string };
const BLANK: Draft = { id: '', name: '', displayName: '', role: 'dispatcher', partnerId: null, courierId: null, isActive: true, password: '' };

export function UsersPanel() {
  const users = useData<User[]>('/api/users');
  const network = useData<Network>('/api/network');
  const [draft, setDraft] = useState<Draft | null>(null);
  if (users.error && !users.data) return <Problem error={users.error} onRetry={users.reload} />;
  if (!users.data) return <Loading />;
  const partnerName = (id: string | null) => network.data?.partners.find((partner) => partner.id === id)?.name ?? '';
  const courierName = (id: string | null) => network.data?.couriers.find((courier) => courier.id === id)?.name ?? '';
  return (
    <>
      <DataTable label={t('settings.users')} rows={users.data} rowKey={(row) => row.id} fileName="users" onOpen={(row) => setDraft({ ...row, password: '' })}
        tools={<button class="button small" onClick={() => setDraft(BLANK)}><Icon name="plus" size={13} /> {t('users.add')}</button>}
        columns={[
          { key: 'name', label: t('signin.name'), width: 160, value: (row) => row.name },
          { key: 'display', label: t('field.name'), value: (row) => row.displayName },
          { key: 'role', label: t('field.role'), width: 120, value: (row) => tx('role', row.role) },
          { key: 'of', label: t('users.standsFor'), width: 160, value: (row) => (row.role === 'courier' ? courierName(row.courierId) : partnerName(row.partnerId)) },
          { key: 'active', label: t('field.active'), width: 70, value: (row) => (row.isActive ? t('value.yes') : t('value.no')) },
          { key: 'last', label: t('users.lastSignIn'), width: 150, value: (row) => row.lastSignInAt, render: (row) => (row.lastSignInAt ? formatInstant(row.lastSignInAt, zone.value) : '–') },
          { key: 'edit', label: '', width: 70, value: () => null, render: (row) => <button class="button small" onClick={() => setDraft({ ...row, password: '' })}>{t('action.edit')}</button> },
        ]} />
      {draft && <UserDialog draft={draft} network={network.data} onClose={() => setDraft(null)} onSaved={() => { setDraft(null); users.reload(); }} />}
    </>
  );
}

function UserDialog({ draft, network, onClose, onSaved }: { draft: Draft; network: Network | null; onClose: () => void; onSaved: () => void }) {
  const [form, setForm] = useState(draft);
  const [error, setError] = useState<unknown>(null);
  const isNew = draft.id === '';

  async function save(event: Event) {
    event.preventDefault();
    setError(null);
    try {
      const { password, ...body } = form;
      const stored = isNew ? await api.post<User>('/api/users', { ...body, id: undefined, password }) : await api.put<User>(`/api/users/${draft.id}`, body);
      if (!isNew && password !== '') await api.post(`/api/users/${draft.id}/password`, { password });
      toast.ok(t('network.saved', { name: stored?.displayName ?? form.displayName }));
      onSaved();
    } catch (problem) { setError(problem); }
  }

  return (
    <Dialog title={isNew ? t('users.add') : draft.displayName} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)}>
        <label class="field"><span>{t('signin.name')}</span><input required autocomplete="off" disabled={!isNew} value={form.name} onInput={(event) => setForm({ ...form, name: event.currentTarget.value })} /></label>
        <label class="field"><span>{t('field.name')}</span><input required value={form.displayName} onInput={(event) => setForm({ ...form, displayName: event.currentTarget.value })} /></label>
        <label class="field"><span>{t('field.role')}</span><select value={form.role} onChange={(event) => setForm({ ...form, role: event.currentTarget.value as Role })}>{ROLES.map((role) => <option key={role} value={role}>{tx('role', role)}</option>)}</select></label>
        {form.role === 'partner' && <label class="field"><span>{t('field.partner')}</span><select required value={form.partnerId ?? ''} onChange={(event) => setForm({ ...form, partnerId: event.currentTarget.value || null })}><option value="" />{network?.partners.map((partner) => <option key={partner.id} value={partner.id}>{partner.name}</option>)}</select></label>}
        {form.role === 'courier' && <label class="field"><span>{t('field.courier')}</span><select value={form.courierId ?? ''} onChange={(event) => setForm({ ...form, courierId: event.currentTarget.value })}><option value="">{t('users.noCourier')}</option>{network?.couriers.map((courier) => <option key={courier.id} value={courier.id}>{courier.name} {courier.code}</option>)}</select><small>{t('users.courierHint')}</small></label>}
        <label class="field"><span>{isNew ? t('signin.password') : t('users.newPassword')}</span><input type="password" autocomplete="new-password" required={isNew} minLength={10} value={form.password} onInput={(event) => setForm({ ...form, password: event.currentTarget.value })} /></label>
        <label class="field flag"><input type="checkbox" checked={form.isActive} onChange={(event) => setForm({ ...form, isActive: event.currentTarget.checked })} /><span>{t('field.active')}</span></label>
        {error !== null && <div class="form-error" role="alert">{problemTitle(error)}<ProblemList error={error} /></div>}
        <footer class="dialog-foot"><button type="button" class="button" onClick={onClose}>{t('action.cancel')}</button><button class="button primary">{t('action.save')}</button></footer>
      </form>
    </Dialog>
  );
}
