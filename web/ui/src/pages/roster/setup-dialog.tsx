import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { RosterSetup, ShiftTemplate } from '../../api/roster-contract';
import { Dialog } from '../../components/dialog';
import { Loading, Problem, ProblemList, problemTitle } from '../../components/states';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { ClockInput } from '../../components/clock-input';
import { SkillNeeds } from './skill-needs';

const RULES = ['maxDayMinutes', 'maxWeekMinutes', 'maxDaysInARow', 'minDaysOff', 'minRestMinutes'] as const;

/** Shifts, working-time law, skills and productivity; the numbers every week starts from. */
export function SetupDialog({ skills, onSaved, onClose }: { skills: readonly string[]; onSaved: () => void; onClose: () => void }) {
  const loaded = useData<RosterSetup>('/api/rosters/setup');
  const [setup, setSetup] = useState<RosterSetup | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => { if (loaded.data) setSetup(loaded.data); }, [loaded.data]);

  async function save() {
    if (!setup) return;
    try {
      await api.put('/api/rosters/setup', setup);
      onSaved();
    } catch (problem) { setError(problem); }
  }

  function changeShift(index: number, change: Partial<ShiftTemplate>) {
    if (setup) setSetup({ ...setup, shifts: setup.shifts.map((shift, i) => (i === index ? { ...shift, ...change } : shift)) });
  }

  function addShift() {
    if (!setup) return;
    let n = setup.shifts.length + 1;
    while (setup.shifts.some((shift) => shift.id === `s${n}`)) n++;
    setSetup({ ...setup, shifts: [...setup.shifts, { id: `s${n}`, name: `${t('field.shift')} ${n}`, startMinute: 540, endMinute: 1080, breakMinutes: 60, isUnpopular: false }] });
  }

  return (
    <Dialog title={t('roster.setupTitle')} onClose={onClose} isWide>
      {loaded.error && !setup ? <Problem error={loaded.error} onRetry={loaded.reload} /> : !setup ? <Loading /> : (
        <form class="form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
          <table class="plain roster-shifts">
            <thead><tr><th>{t('field.name')}</th><th>{t('field.from')}</th><th>{t('field.until')}</th><th>{t('roster.breakMinutes')}</th><th>{t('roster.unpopular')}</th><td /></tr></thead>
            <tbody>
              {setup.shifts.map((shift, index) => (
                <tr key={shift.id}>
                  <td><input aria-label={t('field.name')} required value={shift.name} onInput={(event) => changeShift(index, { name: event.currentTarget.value })} /></td>
                  <td><ClockInput label={t('field.from')} minute={shift.startMinute} onChange={(startMinute) => changeShift(index, { startMinute })} /></td>
                  <td><ClockInput label={t('field.until')} minute={shift.endMinute} onChange={(endMinute) => changeShift(index, { endMinute })} /></td>
                  <td><input aria-label={t('roster.breakMinutes')} type="number" min={0} max={240} value={shift.breakMinutes} onInput={(event) => changeShift(index, { breakMinutes: Number(event.currentTarget.value) })} /></td>
                  <td><input aria-label={t('roster.unpopular')} type="checkbox" checked={shift.isUnpopular} onChange={(event) => changeShift(index, { isUnpopular: event.currentTarget.checked })} /></td>
                  <td><button type="button" class="button" disabled={setup.shifts.length === 1} onClick={() => setSetup({ ...setup, shifts: setup.shifts.filter((_, i) => i !== index) })}>{t('action.remove')}</button></td>
                </tr>
              ))}
            </tbody>
          </table>
          <div class="actions"><button type="button" class="button" disabled={setup.shifts.length >= 12} onClick={addShift}>{t('roster.addShift')}</button></div>
          <SkillNeeds needs={setup.skillNeeds} skills={skills} onChange={(skillNeeds) => setSetup({ ...setup, skillNeeds })} />
          <div class="roster-rules">
            <Amount label={t('roster.perHour')} value={setup.parcelsPerCourierHour} step={0.5} onChange={(value) => setSetup({ ...setup, parcelsPerCourierHour: value })} />
            <Amount label={t('roster.contractHours')} value={setup.contractMinutes / 60} step={0.5} onChange={(value) => setSetup({ ...setup, contractMinutes: Math.round(value * 60) })} />
            {RULES.map((rule) => {
              const isMinutes = rule.endsWith('Minutes');
              return <Amount key={rule} label={t(`roster.rule.${rule}`)} value={setup.rules[rule] / (isMinutes ? 60 : 1)} step={isMinutes ? 0.5 : 1} onChange={(value) => setSetup({ ...setup, rules: { ...setup.rules, [rule]: isMinutes ? Math.round(value * 60) : value } })} />;
            })}
          </div>
          {error !== null && <div class="form-error"><p>{problemTitle(error)}</p><ProblemList error={error} /></div>}
          <footer class="dialog-foot"><button type="button" class="button" onClick={onClose}>{t('action.cancel')}</button><button class="button primary">{t('action.save')}</button></footer>
        </form>
      )}
    </Dialog>
  );
}

function Amount({ label, value, step, onChange }: { label: string; value: number; step: number; onChange: (value: number) => void }) {
  return <label class="field"><span>{label}</span><input type="number" required min={0} step={step} value={value} onInput={(event) => { if (event.currentTarget.value !== '') onChange(Number(event.currentTarget.value)); }} /></label>;
}
