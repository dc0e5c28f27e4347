import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { ScheduledJob } from '../../api/contract';
import { onLive } from '../../api/live';
import { canEdit, language, zone } from '../../app-state';
import { Confirm } from '../../components/dialog';
import { Icon } from '../../components/icon';
import { Loading, Problem } from '../../components/states';
import { toast } from '../../components/toasts';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { cronWords } from '../../model/cron-words';
import { formatInstant } from '../../model/format';

/** The day's rhythm: what runs when, how it went, and a button to run it now. */
export function SchedulePanel() {
  const jobs = useData<ScheduledJob[]>('/api/schedule');
  const [running, setRunning] = useState<ScheduledJob | null>(null);
  useEffect(() => onLive('schedule', jobs.reload), [jobs.reload]);
  if (jobs.error && !jobs.data) return <Problem error={jobs.error} onRetry={jobs.reload} />;
  if (!jobs.data) return <Loading />;

  async function change(job: ScheduledJob, cron: string, isPaused: boolean) {
    try { await api.put(`/api/schedule/${job.name}`, { cron, isPaused }); toast.ok(t('schedule.saved')); } catch (error) { toast.problem(error); }
    jobs.reload();
  }

  async function run(job: ScheduledJob) {
    setRunning(null);
    try { await api.post(`/api/schedule/${job.name}/run`); toast.ok(t('schedule.started')); } catch (error) { toast.problem(error); }
    jobs.reload();
  }

  return (
    <div class="scroll-page schedule">
      <table class="plain roomy">
        <thead><tr><th>{t('schedule.job')}</th><th>{t('schedule.cron')}</th><th>{t('schedule.next')}</th><th>{t('schedule.last')}</th><th>{t('schedule.misfire')}</th><th><span class="visually-hidden">{t('table.actions')}</span></th></tr></thead>
        <tbody>
          {jobs.data.map((job) => (
            <tr key={job.name}>
              <td><b>{language.value === 'zh' ? job.descriptionZh : job.descriptionEn}</b><div class="muted small">{job.name}</div></td>
              <td><input class="cron" aria-label={t('schedule.cron')} defaultValue={job.cron} disabled={!canEdit.value} onChange={(event) => void change(job, event.currentTarget.value, job.isPaused)} /><div class="muted small">{inWords(job.cron)}</div></td>
              <td class="num">{job.isPaused ? t('schedule.paused') : job.nextFireAt ? formatInstant(job.nextFireAt, zone.value) : '–'}</td>
              <td><span class="num">{job.lastFireAt ? formatInstant(job.lastFireAt, zone.value) : '–'}</span>{job.lastOutcome && <div class={job.lastOutcome === 'failed' ? 'bad-text small' : 'ok-text small'}>{tx('jobOutcome', job.lastOutcome)} {job.lastMessage?.[language.value]}</div>}</td>
              <td class="muted small">{tx('misfire', job.misfireRule)}</td>
              <td>{canEdit.value && <span class="actions"><button class="button small" onClick={() => setRunning(job)}><Icon name="play" size={12} /> {t('schedule.run')}</button><button class="button small" onClick={() => void change(job, job.cron, !job.isPaused)}>{job.isPaused ? t('schedule.resume') : t('schedule.pause')}</button></span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {running && <Confirm title={t('schedule.run')} text={t('schedule.runAsk', { name: language.value === 'zh' ? running.descriptionZh : running.descriptionEn })} action={t('schedule.run')} onConfirm={() => void run(running)} onClose={() => setRunning(null)} />}
    </div>
  );
}

function inWords(cron: string): string {
  const words = cronWords(cron);
  if (!words) return '';
  return words.kind === 'daily' ? t('cron.daily', { at: words.at }) : t('cron.every', { n: words.minutes, from: words.from, until: words.until });
}
