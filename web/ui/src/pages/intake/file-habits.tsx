import type { ImportPreview, Network } from '../../api/contract';
import { me } from '../../app-state';
import { isKnownText, t, type TextKey } from '../../i18n';
import { addDays } from '../../model/format';

type Mapping = Record<string, string | null>;

const UNITS: Record<string, string[]> = { weightGrams: ['g', 'kg'], volumeMl: ['ml', 'l', 'm3'] };

/** What holds for the whole file: columns it lacks, which can be given here, and what was concluded about it, which can be changed. */
export function FileHabits({ preview, partners, isBusy, label, onMap }: { preview: ImportPreview; partners: Network['partners']; isBusy: boolean; label: (field: string) => string; onMap: (mapping: Mapping) => void }) {
  const units = Object.fromEntries(Object.entries(preview.units).filter(([field]) => UNITS[field]).map(([field, unit]) => [`${field}.unit`, unit]));
  const given = Object.entries(preview.mapping).filter(([, value]) => value?.startsWith('=') === true && !preview.headers.includes(value));
  const fields = [...new Set([...preview.missing, ...given.map(([field]) => field)])];
  // Times without a date belong to the day that is open; in the evening most of them are over.
  const passed = me.value && !preview.mapping['day'] && preview.problems.some((problem) => problem.rule === 'window.past') ? addDays(me.value.today, 1) : null;
  if (fields.length === 0 && preview.notes.length === 0 && !passed) return null;
  const give = (field: string, text: string) => onMap({ ...preview.mapping, ...units, [field]: text.trim() === '' ? null : `=${text.trim()}` });
  return (
    <div class="import-habits">
      {preview.missing.length > 0 && <p class="form-error" role="alert">{t('intake.missing', { fields: preview.missing.map(label).join(t('list.comma')) })}</p>}
      {passed && <p class="import-passed"><span>{t('intake.passed')}</span><button class="button" disabled={isBusy} onClick={() => give('day', passed)}>{t('intake.passedTo', { day: passed })}</button></p>}
      {fields.length > 0 && <div class="import-given">
        {fields.map((field) => (
          <label key={field}>
            <span>{label(field)}</span>
            {field === 'partner' ? <select disabled={isBusy} value={given.find(([name]) => name === field)?.[1]?.slice(1) ?? ''} onChange={(event) => give(field, event.currentTarget.value)}>
              <option value="">{t('intake.forAllRows')}</option>
              {partners.map((item) => <option key={item.id} value={item.code}>{item.name}</option>)}
            </select> : <input disabled={isBusy} placeholder={t('intake.forAllRows')} defaultValue={given.find(([name]) => name === field)?.[1]?.slice(1) ?? ''} onChange={(event) => give(field, event.currentTarget.value)} />}
          </label>
        ))}
      </div>}
      {preview.notes.filter((note) => isKnownText('intake.note', note.rule)).map((note) => (
        <p key={`${note.field}.${note.rule}`} class="muted">
          {t(`intake.note.${note.rule}` as TextKey, { field: label(note.field), value: note.value })}
          {UNITS[note.field] && <select aria-label={t('intake.unitOf', { field: label(note.field) })} disabled={isBusy} value={preview.units[note.field]} onChange={(event) => onMap({ ...preview.mapping, ...units, [`${note.field}.unit`]: event.currentTarget.value })}>
            {(UNITS[note.field] ?? []).map((unit) => <option key={unit}>{unit}</option>)}
          </select>}
        </p>
      ))}
    </div>
  );
}
