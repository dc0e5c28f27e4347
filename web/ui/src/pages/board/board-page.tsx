import { useEffect } from 'preact/hooks';
import type { Board } from '../../api/contract';
import { onLive, onReconnect } from '../../api/live';
import { canEdit, day, goTo, language, me } from '../../app-state';
import { BarChart, StackedBar } from '../../components/charts';
import { FirstSteps } from '../../components/first-steps';
import { Empty, Loading, Problem } from '../../components/states';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { formatCount, formatDistance, formatDuration, formatMoney, formatPercent, runningFen } from '../../model/format';
import { STATE_COLOURS } from '../../model/parcel-states';
import { groupBans } from '../../model/bans';
import { BoardForecast } from '../forecast/board-forecast';
import { TerminalFill } from './terminal-fill';

/** Today at a glance: what is there, what is in the way, what the plan says. */
export function BoardPage() {
  const board = useData<Board>(`/api/board?day=${day.value}`);
  useEffect(() => {
    const endBoard = onLive('board', board.reload);
    const endPlan = onLive('plan', board.reload);
    const endReconnect = onReconnect(board.reload);
    return () => { endBoard(); endPlan(); endReconnect(); };
  }, [board.reload]);

  if (board.error && !board.data) return <Problem error={board.error} onRetry={board.reload} />;
  if (!board.data) return <Loading />;
  const data = board.data;
  const n = (value: number) => formatCount(value, language.value);
  if (data.total === 0) {
    return (
      <Empty icon="intake" title={t('board.empty', { day: data.day })}>
        {canEdit.value ? <FirstSteps /> : <button class="button primary" onClick={() => goTo('intake')}>{t('board.goIntake')}</button>}
      </Empty>
    );
  }

  const isStaff = me.value?.role !== 'partner';
  const plan = data.publishedPlan ?? data.latestPlan;
  return (
    <div class="board">
      <section class="board-head">
        <div class="kpi"><span class="kpi-value num">{n(data.total)}</span><span class="kpi-label">{t('board.parcels')}</span></div>
        {plan && <>
          <div class="kpi"><span class="kpi-value num">{n(plan.assigned)}</span><span class="kpi-label">{t('board.assigned')} · {formatPercent(plan.assigned / Math.max(1, plan.assigned + plan.unassigned), 1)}</span></div>
          <div class="kpi"><span class="kpi-value num">{formatDistance(plan.distanceMetres)}</span><span class="kpi-label">{data.separate ? t('board.vsSeparate', { change: change(plan.distanceMetres, data.separate.distanceMetres), base: formatDistance(data.separate.distanceMetres) }) : t('board.driven')}</span></div>
          <div class="kpi"><span class="kpi-value num">{n(plan.vehicles)}</span><span class="kpi-label">{data.separate ? t('board.vehiclesVs', { base: data.separate.vehicles }) : t('board.vehicles')}</span></div>
          <div class="kpi"><span class="kpi-value num">{formatMoney(runningFen(plan))}</span><span class="kpi-label">{t('board.costPer', { each: formatMoney(runningFen(plan) / Math.max(1, plan.assigned)) })}</span></div>
          <div class="kpi"><span class="kpi-value num">{formatDuration(plan.durationSeconds)}</span><span class="kpi-label">{t('board.workTime')}</span></div>
        </>}
        <span class="grow" />
        {isStaff && (plan
          ? <button class="button primary" onClick={() => goTo('plan', { v: plan.id })}>{t('board.openPlan', { version: plan.version })} · {tx('planState', plan.state)}</button>
          : <button class="button primary" onClick={() => goTo('plan')}>{t('board.makePlan')}</button>)}
      </section>

      <section class="board-card wide">
        <h2>{t('board.byState')}</h2>
        <StackedBar label={t('board.byState')} format={n} parts={data.byState.map((part) => ({ label: tx('state', part.state), value: part.count, colour: STATE_COLOURS[part.state] }))} />
      </section>

      <section class="board-card">
        <h2>{t('board.attention')}</h2>
        <ul class="attention">
          {data.quarantineOpen > 0 && <li class="warn"><b class="num">{n(data.quarantineOpen)}</b><span>{t('board.quarantine')}</span><button class="button small" onClick={() => goTo('intake', { tab: 'quarantine' })}>{t('action.mend')}</button></li>}
          {(data.unassigned ?? 0) > 0 && <li class="bad"><b class="num">{n(data.unassigned ?? 0)}</b><span>{t('board.unassigned')}</span><button class="button small" onClick={() => goTo('plan', { tab: 'unassigned', ...(plan ? { v: plan.id } : {}) })}>{t('action.look')}</button></li>}
          {isStaff && !data.publishedPlan && <li><b>–</b><span>{t('board.notPublished')}</span></li>}
          {data.quarantineOpen === 0 && (data.unassigned ?? 0) === 0 && data.publishedPlan && <li class="ok"><b>✓</b><span>{t('board.allWell')}</span></li>}
        </ul>
        {isStaff && <>
          <h3>{t('board.illegal', { n: new Set(data.illegalVehicles.map((item) => item.vehicleId)).size })}</h3>
          {data.illegalVehicles.length === 0 ? <p class="muted">{t('board.noneIllegal')}</p> : (
            <div class="scroll-list" tabIndex={0} role="group" aria-label={t('board.illegal', { n: data.illegalVehicles.length })}><table class="plain">
              <thead><tr><th>{t('field.plate')}</th><th>{t('field.rule')}</th><th>{t('field.hours')}</th></tr></thead>
              <tbody>{groupBans(data.illegalVehicles).map((item) => <tr key={`${item.plate} ${item.rule}`}><td><b>{item.plate}</b></td><td>{item.rule}</td><td class="num">{item.hours.map((hours) => <div key={hours} class="nowrap">{hours}</div>)}</td></tr>)}</tbody>
            </table></div>
          )}
        </>}
      </section>

      {isStaff && <section class="board-card">
        <h2>{t('board.byPartner')}</h2>
        <table class="plain">
          <thead><tr><th>{t('field.partner')}</th><th class="right">{t('board.parcels')}</th><th>{t('board.share')}</th></tr></thead>
          <tbody>
            {data.byPartner.map((partner) => (
              <tr key={partner.partnerId}>
                <td>{partner.name}</td>
                <td class="right num">{n(partner.count)}</td>
                <td class="bar-cell">
                  <span class="mini-stack" title={Object.entries(partner.byState).map(([state, count]) => `${tx('state', state)} ${n(count)}`).join(' · ')} style={{ width: `${(100 * partner.count) / Math.max(...data.byPartner.map((other) => other.count))}%` }}>
                    {Object.entries(partner.byState).map(([state, count]) => <i key={state} style={{ flexGrow: count, background: STATE_COLOURS[state as keyof typeof STATE_COLOURS] ?? 'var(--line)' }} />)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>}

      <section class={isStaff ? 'board-card trend' : 'board-card two'}>
        <h2>{t('board.trend')}</h2>
        {data.trend.length === 0 ? <p class="muted">{t('board.noHistory')}</p> : (
          <BarChart height={230} xTitle={t('chart.day')} yTitle={t('chart.parcelsPerDay')} format={(value) => n(Math.round(value))}
            bars={data.trend.map((point) => ({ label: point.day.slice(5), value: point.volume, title: `${point.day}: ${n(point.volume)}`, isMarked: point.day === data.day }))} />
        )}
      </section>

      {isStaff && <BoardForecast />}

      {isStaff && (
        <section class="board-card wide">
          <h2>{t('board.terminals')}</h2>
          <TerminalFill terminals={data.byTerminal} />
        </section>
      )}
      {data.separate && <p class="muted small wide">{t('board.separateNote', { partners: data.separate.partners, parcels: n(data.separate.parcels), left: n(data.separate.unassigned), seconds: data.separate.secondsEach })}</p>}
    </div>
  );
}

function change(value: number, base: number): string {
  const share = base === 0 ? 0 : value / base - 1;
  return `${share <= 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(0)} %`;
}
