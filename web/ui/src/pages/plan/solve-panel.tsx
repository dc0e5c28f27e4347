import { LineChart } from '../../components/charts';
import { Icon } from '../../components/icon';
import { problemInWords } from '../../components/problem-words';
import { t, tx } from '../../i18n';
import { formatMoney } from '../../model/format';
import type { Solve } from './use-solve';

/** What a running search has reached: state, time left, best so far and the curve of its cost. Cancel keeps the best. */
export function SolvePanel({ solve }: { solve: Solve }) {
  const job = solve.job;
  if (!job) return null;
  const share = job.secondsBudget > 0 ? Math.min(1, job.secondsElapsed / job.secondsBudget) : 0;
  const left = Math.max(0, Math.ceil(job.secondsBudget - job.secondsElapsed));
  return (
    <section class="solve" role="status" aria-label={t('solve.title')}>
      <div class="solve-facts">
        <b>{tx('solveState', job.state)}</b>
        {job.state === 'solving' && <span class="muted num">{t('solve.left', { s: left })}</span>}
        {job.best && <span class="num">{formatMoney(job.best.costFen)} · {t('board.vehicles')} {job.best.vehicles} · {t('plan.unassigned')} {job.best.unassigned}</span>}
        {job.iterations > 0 && <span class="muted num">{t('solve.iterations', { n: job.iterations.toLocaleString('en-GB') })}</span>}
        <span class="grow" />
        {solve.isRunning
          ? <button class="button" onClick={() => void solve.cancel()}><Icon name="stop" size={14} /> {t('solve.stop')}</button>
          : <button class="icon-button" aria-label={t('action.close')} onClick={solve.dismiss}><Icon name="close" /></button>}
      </div>
      <div class="progress" role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}><i style={{ width: `${share * 100}%` }} /></div>
      {job.error && <div class="form-error">{job.error.problems?.length
        ? <ul class="problems">{job.error.problems.slice(0, 10).map((problem, index) => <li key={index} title={problem.message}>{problemInWords(problem)}</li>)}</ul>
        : <p>{job.error.detail ?? job.error.title}</p>}</div>}
      {job.curve.length > 1 && (
        <LineChart height={124} xTitle={t('chart.seconds')} yTitle={t('chart.costYuan')} formatX={(value) => `${value.toFixed(1)} s`} formatY={(value) => formatMoney(value)}
          points={job.curve.map((point) => ({ x: point.seconds, y: point.costFen }))} />
      )}
    </section>
  );
}
