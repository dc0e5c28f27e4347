import type { RosterJob, RosterView } from '../../api/roster-contract';
import { t, tx } from '../../i18n';
import { formatPercent } from '../../model/format';
import { missingMinutes } from '../../model/roster';

/** How far a running solve has come, and what the last one proved. */
export function RosterSolvePanel({ view, job }: { view: RosterView; job: RosterJob | null }) {
  if (job?.state === 'running') {
    const share = Math.min(1, job.seconds / job.budget);
    return (
      <section class="solve" role="status" aria-label={t('solve.title')}>
        <div class="solve-facts">
          <b>{tx('rosterStep', job.step)}</b>
          <span class="muted num">{t('solve.left', { s: Math.max(0, Math.ceil(job.budget - job.seconds)) })}</span>
          {job.best !== null && <span class="num">{t(job.step === 'demand' ? 'roster.bestMinutes' : 'roster.bestPoints', { best: Math.round(job.best), bound: job.bound === null ? '–' : Math.max(0, Math.round(job.bound)) })}</span>}
        </div>
        <div class="progress" role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}><i style={{ width: `${share * 100}%` }} /></div>
      </section>
    );
  }
  if (view.cells.length === 0) return <div class="roster-note" role="status">{t('roster.emptyHint')}</div>;
  const solve = view.solve;
  if (!solve) return null;
  const gap = Math.abs(solve.points - solve.pointsBound) / Math.max(1, Math.abs(solve.points));
  const missing = missingMinutes(view);
  // A forecast or an edit since then changes what is missing; the proof spoke of the demand as it was.
  const isOutdated = missing !== solve.shortageMinutes;
  const isProven = !isOutdated && solve.outcome === 'optimal' && solve.shortageMinutes === solve.shortageBound;
  return (
    <div class={isProven ? 'roster-note ok' : 'roster-note'} role="status">
      <b>{isOutdated ? t('roster.outdated') : isProven ? t('roster.proven') : solve.outcome !== 'feasible' ? t('roster.unproven') : solve.shortageMinutes !== solve.shortageBound ? t('roster.shortUnproven') : t('roster.gap', { gap: formatPercent(gap, 1) })}</b>
      <span class="num">{isOutdated ? t('roster.shortNow', { hours: (missing / 60).toFixed(1), then: (solve.shortageMinutes / 60).toFixed(1) }) : solve.shortageMinutes > 0 ? t('roster.short', { hours: (solve.shortageMinutes / 60).toFixed(1), bound: (solve.shortageBound / 60).toFixed(1) }) : t('roster.noShort')} · {t('roster.points', { n: solve.points.toFixed(1) })} · {solve.seconds.toFixed(1)} s</span>
      {!isProven && solve.outcome !== 'optimal' && <small class="muted" title={solve.message}>{tx('rosterOutcome', solve.outcome)}</small>}
    </div>
  );
}
