import { useState } from 'preact/hooks';
import type { CalendarChange, CalendarChanged, CalendarMark, DayKind } from '../../api/forecast-contract';
import { api } from '../../api/client';
import { canEdit, language } from '../../app-state';
import { BarChart } from '../../components/charts';
import { Confirm } from '../../components/dialog';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { useData } from '../../components/use-data';
import { t, tx } from '../../i18n';
import { addDays, formatCount, signed } from '../../model/format';
import { kindsOf, stretchesOf, stretchLabel, type Stretch } from './calendar-model';
import { markLabel } from './fan-model';

interface Props { origin: string; onChanged: () => void }

/** Holidays, make-up workdays and promotions: edit them with their source, and see what the change does to the forecast. */
export function CalendarPanel({ origin, onChanged }: Props) {
  const days = useData<CalendarMark[]>(`/api/forecasts/calendar?from=${addDays(origin, -400)}`);
  const [kind, setKind] = useState<DayKind | 'promotion'>('promotion');
  const [from, setFrom] = useState(addDays(origin, 3));
  const [until, setUntil] = useState('');
  const [name, setName] = useState('');
  const [source, setSource] = useState('');
  const [changed, setChanged] = useState<CalendarChanged | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [clearing, setClearing] = useState<Stretch | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function run(work: () => Promise<CalendarChanged>) {
    setBusy(true);
    setError(null);
    try {
      setChanged(await work());
      days.reload();
      onChanged();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  function save(event: Event) {
    event.preventDefault();
    const isPromotion = kind === 'promotion';
    const change: CalendarChange = { from, until: until === '' ? null : until, kind: isPromotion ? null : kind, name: isPromotion ? null : name, festival: isPromotion ? name : null, source: source === '' ? null : source, reason: null };
    void run(() => api.put<CalendarChanged>('/api/forecasts/calendar', change));
  }

  if (days.error && !days.data) return <Problem error={days.error} onRetry={days.reload} />;
  if (!days.data) return <Loading />;
  const stretches = stretchesOf(days.data.filter((mark) => mark.kind !== 'ordinary' || mark.festival !== null)).reverse();
  return (
    <div class="forecast-grid">
      <section class="forecast-card">
        <h2>{t('forecast.calendar')}</h2>
        <p class="muted small">{t('forecast.calendarHint')}</p>
        {stretches.length === 0 ? <p class="muted">{t('forecast.calendarNone')}</p> : <div class="scroll-list tall" tabIndex={0} role="group" aria-label={t('forecast.calendar')}><table class="plain">
          <thead><tr><th>{t('chart.day')}</th><th>{t('forecast.kind')}</th><th>{t('field.name')}</th><th class="wide-only">{t('forecast.source')}</th><th><span class="visually-hidden">{t('table.actions')}</span></th></tr></thead>
          <tbody>{stretches.map((stretch) => (
            <tr key={stretch.from} class={stretch.until > origin ? 'current' : ''}>
              <td class="num nowrap">{stretchLabel(stretch)}</td>
              <td>{kindsOf(stretch.mark).map((kind) => tx('forecast.kind', kind)).join(' · ')}</td>
              <td>{markLabel(stretch.mark)}</td>
              <td class="muted wide-only">{stretch.mark.source ?? '–'}</td>
              <td class="right">{canEdit.value && <button class="button small" aria-label={`${t('forecast.clear')} ${stretchLabel(stretch)}`} onClick={() => setClearing(stretch)}>{t('forecast.clear')}</button>}</td>
            </tr>
          ))}</tbody>
        </table></div>}
      </section>
      <section class="forecast-card">
        {canEdit.value && (
          <form class="form" onSubmit={save}>
            <h2>{t('forecast.add')}</h2>
            <label class="field"><span>{t('forecast.kind')}</span>
              <select value={kind} onChange={(event) => setKind(event.currentTarget.value as DayKind | 'promotion')}>
                {(['promotion', 'holiday', 'makeUpWorkday', 'ordinary'] as const).map((id) => <option key={id} value={id}>{tx('forecast.kind', id)}</option>)}
              </select>
            </label>
            <div class="field-row">
              <label class="field"><span>{t('field.from')}</span><input type="date" required value={from} onInput={(event) => setFrom(event.currentTarget.value)} /></label>
              <label class="field"><span>{t('forecast.until')}</span><input type="date" min={from} value={until} onInput={(event) => setUntil(event.currentTarget.value)} /></label>
            </div>
            <label class="field"><span>{kind === 'promotion' ? t('forecast.festival') : t('field.name')}</span><input required={kind === 'promotion' || kind === 'holiday'} maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} /></label>
            <label class="field"><span>{t('forecast.source')}</span><input maxLength={100} placeholder={t('forecast.sourceHint')} value={source} onInput={(event) => setSource(event.currentTarget.value)} /></label>
            {error !== null && <div role="alert"><p class="bad-text">{problemTitle(error)}</p><ProblemList error={error} /></div>}
            <footer class="actions"><button type="submit" class="button primary" disabled={isBusy}>{t('forecast.apply')}</button>{isBusy && <span class="spinner" aria-hidden="true" />}</footer>
          </form>
        )}
        {changed && changed.effect.length > 0 && <Effect changed={changed} />}
      </section>
      {clearing && <Confirm title={t('forecast.clear')} text={t('forecast.clearText', { day: `${stretchLabel(clearing)} ${markLabel(clearing.mark)}` })} action={t('forecast.clear')} onClose={() => setClearing(null)}
        onConfirm={() => { const { from: first, until: last } = clearing; setClearing(null); void run(() => api.delete<CalendarChanged>(`/api/forecasts/calendar?from=${first}&until=${last}`)); }} />}
    </div>
  );
}

function Effect({ changed }: { changed: CalendarChanged }) {
  const n = (value: number) => formatCount(Math.round(value), language.value);
  const moved = changed.effect.filter((row) => row.before !== null && row.after !== null && Math.round(row.before) !== Math.round(row.after));
  return (
    <div aria-live="polite">
      <h3>{t('forecast.effect')}</h3>
      {moved.length === 0 ? <p class="muted">{t('forecast.effectNone')}</p> : <>
        <BarChart height={150} xTitle={t('chart.day')} yTitle={t('chart.parcelsPerDay')} format={n} bars={changed.effect.map((row) => ({ label: row.day.slice(5), value: row.after ?? 0, isMarked: moved.includes(row), title: `${row.day}: ${n(row.before ?? 0)} → ${n(row.after ?? 0)}` }))} />
        <table class="plain small"><tbody>{moved.map((row) => <tr key={row.day}><td class="num">{row.day}</td><td class="right num">{n(row.before ?? 0)} → {n(row.after ?? 0)}</td><td class="right num"><b>{signed(Math.round((row.after ?? 0) - (row.before ?? 0)), n)}</b></td></tr>)}</tbody></table>
      </>}
    </div>
  );
}
