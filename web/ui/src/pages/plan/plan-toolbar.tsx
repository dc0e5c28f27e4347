import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { PlanSummary, PlanView } from '../../api/contract';
import { canEdit, day, goTo, language, setUrl, zone } from '../../app-state';
import { Confirm } from '../../components/dialog';
import { Icon } from '../../components/icon';
import { Menu } from '../../components/menu';
import { toast } from '../../components/toasts';
import { t, tx } from '../../i18n';
import { formatClock, formatDistance, formatMoney, runningFen } from '../../model/format';
import type { Solve } from './use-solve';

const BUDGETS = [2, 10, 30, 60, 300, 1200];

/** Version, solve, publish, export and compare. */
export function PlanToolbar({ plans, plan, solve, isWarming, onIncident, onChanged }: { plans: PlanSummary[]; plan: PlanView | null; solve: Solve; isWarming: boolean; onIncident: () => void; onChanged: () => void }) {
  const [seconds, setSeconds] = useState(() => Number(localStorage.getItem('solve.seconds')) || 10);
  const [isPublishing, setPublishing] = useState(false);
  const summary = plan?.summary ?? null;

  function start(isBased: boolean) {
    localStorage.setItem('solve.seconds', String(seconds));
    void solve.start({ day: day.value, seconds, ...(isBased && summary ? { basedOn: summary.id } : {}) });
  }

  async function publish(reason: string) {
    setPublishing(false);
    if (!summary) return;
    try {
      await api.post(`/api/plans/${summary.id}/publish`, { reason });
      toast.ok(t('plan.published', { version: summary.version }));
      onChanged();
    } catch (error) {
      toast.problem(error);
    }
  }

  return (
    <header class="toolbar">
      <select aria-label={t('plan.version')} value={summary?.id ?? ''} onChange={(event) => setUrl({ v: event.currentTarget.value, sel: '' }, true)} disabled={plans.length === 0}>
        {plans.length === 0 && <option value="">{t('plan.noVersion')}</option>}
        {plans.map((item) => (
          <option key={item.id} value={item.id}>v{item.version} · {tx('planState', item.state)} · {formatClock(item.createdAt, zone.value)} · {formatMoney(runningFen(item))}</option>
        ))}
      </select>
      {summary && <>
        {summary.state !== 'draft' && <span class={`badge ${summary.state === 'published' ? 'ok' : ''}`}>{tx('planState', summary.state)}</span>}
        {summary.isChecked
          ? <span class="badge ok" title={t('plan.checkedHint')}><Icon name="check" size={12} /> <span class="badge-text">{t('plan.checked')}</span></span>
          : <span class="badge bad" title={t('plan.uncheckedHint')}>{t('plan.unchecked')}</span>}
        <span class="toolbar-facts num"><b>{summary.assigned.toLocaleString('en-GB')}</b> {t('plan.assignedShort')} <b class={summary.unassigned > 0 ? 'bad-text' : ''}>{summary.unassigned}</b> {t('plan.unassignedShort')} <b>{formatDistance(summary.distanceMetres)}</b></span>
      </>}
      {isWarming && <span class="inline muted small" role="status"><span class="spinner small" aria-hidden="true" /> {t('plan.warming')}</span>}
      <span class="grow" />
      {canEdit.value && <>
        <label class="inline"><span class="toolbar-label">{t('solve.budget')}</span>
          <select aria-label={t('solve.budget')} value={seconds} onChange={(event) => setSeconds(Number(event.currentTarget.value))}>{BUDGETS.map((value) => <option key={value} value={value}>{value < 60 ? `${value} s` : `${value / 60} min`}</option>)}</select>
        </label>
        <button class="button primary" disabled={solve.isRunning} onClick={() => start(false)}><Icon name="play" size={14} /> {t('solve.start')}</button>
        {summary && !plan?.isRepair && <button class="button" disabled={solve.isRunning} title={t('solve.againHint')} onClick={() => start(true)}>{t('solve.again')}</button>}
        {summary && summary.state !== 'superseded' && <button class="button" disabled={solve.isRunning} onClick={onIncident}><Icon name="warn" size={13} /> {t('repair.button')}</button>}
        {summary?.state === 'draft' && <button class="button" onClick={() => setPublishing(true)}>{t('plan.publish')}</button>}
      </>}
      {summary && <>
        {plans.length > 1 && <button class="button" onClick={() => goTo('compare', { a: plans.find((item) => item.id !== summary.id)?.id ?? '', b: summary.id })}>{t('page.compare')}</button>}
        <Menu label={t('plan.export')} items={[
          { label: t('plan.manifests'), href: `/api/plans/${summary.id}/manifests?language=${language.value}`, isNewTab: true },
          { label: 'GeoJSON', href: `/api/plans/${summary.id}/export.geojson` },
          { label: 'CSV', href: `/api/plans/${summary.id}/export.csv` },
          { label: t('plan.problemJson'), href: `/api/plans/${summary.id}/problem.json` },
          { label: t('plan.planJson'), href: `/api/plans/${summary.id}/plan.json` },
        ]} />
      </>}
      {isPublishing && summary && <Confirm title={t('plan.publish')} text={t('plan.publishAsk', { version: summary.version, day: summary.day, n: summary.assigned, v: summary.vehicles })} action={t('plan.publish')} needsReason onConfirm={(reason) => void publish(reason)} onClose={() => setPublishing(false)} />}
    </header>
  );
}
