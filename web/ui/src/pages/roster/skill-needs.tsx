import type { SkillNeed } from '../../api/roster-contract';
import { t, tx } from '../../i18n';
import { ClockInput } from '../../components/clock-input';

/** How many couriers with a skill must be on duty from hour to hour, every day. */
export function SkillNeeds({ needs, skills, onChange }: { needs: readonly SkillNeed[]; skills: readonly string[]; onChange: (needs: SkillNeed[]) => void }) {
  // A need may name a skill that nobody has any more.
  const known = [...new Set([...skills, ...needs.map((need) => need.skill)])];
  const change = (index: number, part: Partial<SkillNeed>) => onChange(needs.map((need, i) => (i === index ? { ...need, ...part } : need)));
  const first = known[0];
  return (
    <fieldset class="roster-needs">
      <legend>{t('roster.skillNeeds')}</legend>
      <p class="muted">{t(first === undefined ? 'roster.noSkills' : 'roster.skillNeedsHint')}</p>
      {needs.length > 0 && (
        <table class="plain roster-shifts">
          <thead><tr><th>{t('roster.skill')}</th><th>{t('field.from')}</th><th>{t('field.until')}</th><th>{t('roster.people')}</th><td /></tr></thead>
          <tbody>
            {needs.map((need, index) => (
              <tr key={`${index} of ${needs.length}`}>
                <td><select aria-label={t('roster.skill')} value={need.skill} onChange={(event) => change(index, { skill: event.currentTarget.value })}>{known.map((skill) => <option key={skill} value={skill}>{tx('skill', skill)}</option>)}</select></td>
                <td><ClockInput label={t('field.from')} minute={need.startMinute} onChange={(startMinute) => change(index, { startMinute })} /></td>
                <td><ClockInput label={t('field.until')} minute={need.endMinute} onChange={(endMinute) => change(index, { endMinute })} /></td>
                <td><input aria-label={t('roster.people')} type="number" required min={1} max={200} value={need.couriers} onInput={(event) => change(index, { couriers: Number(event.currentTarget.value) })} /></td>
                <td><button type="button" class="button" onClick={() => onChange(needs.filter((_, i) => i !== index))}>{t('action.remove')}</button></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="actions"><button type="button" class="button" disabled={first === undefined} onClick={() => first !== undefined && onChange([...needs, { skill: first, startMinute: 480, endMinute: 990, couriers: 1 }])}>{t('roster.addNeed')}</button></div>
    </fieldset>
  );
}
