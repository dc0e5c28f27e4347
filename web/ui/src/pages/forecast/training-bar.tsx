import { useEffect, useState } from 'preact/hooks';
import type { ForecastOverview, Training } from '../../api/forecast-contract';
import { api } from '../../api/client';
import { onLive } from '../../api/live';
import { canEdit, zone } from '../../app-state';
import { Icon } from '../../components/icon';
import { problemTitle } from '../../components/states';
import { t, tx } from '../../i18n';
import { formatDuration, formatInstant } from '../../model/format';

/** The training under way with its progress and cancel, or when the model in force was trained. */
export function TrainingBar({ overview, onEnded }: { overview: ForecastOverview; onEnded: () => void }) {
  const [training, setTraining] = useState<Training>(overview.training);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => setTraining(overview.training), [overview]);
  useEffect(() => onLive<Training>('forecast', (next) => { setTraining(next); if (next.state !== 'running') onEnded(); }), [onEnded]);

  const act = (work: Promise<Training>) => { setError(null); work.then(setTraining, setError); };
  const run = overview.run;
  return (
    <div class="training" role="status">
      {training.state === 'running' ? <>
        <span>{t('forecast.progress', { step: tx('forecast.step', training.step) })}</span>
        <span class="progress grow" role="progressbar" aria-valuemin={0} aria-valuemax={Math.max(1, training.total)} aria-valuenow={training.done} aria-label={t('forecast.progress', { step: tx('forecast.step', training.step) })}><i style={{ width: `${(100 * training.done) / Math.max(1, training.total)}%` }} /></span>
        {training.secondsLeft !== null && <span class="muted num">{t('forecast.secondsLeft', { s: formatDuration(training.secondsLeft) })}</span>}
        {canEdit.value && <button class="button" onClick={() => act(api.delete<Training>('/api/forecasts/training'))}><Icon name="stop" size={14} /> {t('forecast.cancel')}</button>}
      </> : <>
        {training.state === 'failed' && <span class="bad-text">{t('forecast.trainFailed', { error: training.error ?? '' })}</span>}
        {training.state === 'cancelled' && <span class="muted">{t('forecast.trainCancelled')}</span>}
        {run && <span class="muted">{t('forecast.trained', { at: formatInstant(run.createdAt, zone.value), s: formatDuration(run.report.trainSeconds) })} · {t('forecast.series', { n: run.report.series })} · {tx('forecast.reconciled', run.report.reconciliation)}{run.report.isQuick ? ` · ${t('forecast.quick')}` : ''}</span>}
        <span class="grow" />
        {canEdit.value && <button class="button" onClick={() => act(api.post<Training>(`/api/forecasts/training${run ? '' : '?quick=true'}`))}><Icon name="play" size={14} /> {t(run ? 'forecast.train' : 'forecast.trainNow')}</button>}
      </>}
      {error !== null && <span class="bad-text" role="alert">{problemTitle(error)}</span>}
    </div>
  );
}
