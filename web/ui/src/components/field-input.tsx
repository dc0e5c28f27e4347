import type { LonLat, Opening, SizeClass } from '../api/contract';
import { t, tx } from '../i18n';

export interface FieldSpec {
  name: string;
  type: 'text' | 'optionalText' | 'number' | 'optionalNumber' | 'yuan' | 'choice' | 'flag' | 'lonLat' | 'sizes' | 'opening' | 'manyOrAll' | 'words' | 'colour' | 'day' | 'clock' | 'breaks';
  choices?: { value: string; label: string }[];
  unit?: string;
  /** Wire units in one of the shown: 1000 where grams are shown as kilograms. */
  per?: number;
  min?: number;
  isRequired?: boolean;
}

/** One labelled control for one field; the value keeps the wire's own type. */
export function FieldInput({ field, label, value, onChange }: { field: FieldSpec; label: string; value: unknown; onChange: (value: unknown) => void }) {
  switch (field.type) {
    case 'flag': return <label class="field flag"><input type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} /><span>{label}</span></label>;
    case 'choice': return <label class="field"><span>{label}</span><select value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)}>{field.choices?.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}</select></label>;
    case 'number': case 'optionalNumber': return <NumberInput field={field} label={label} value={value as number | null} onChange={onChange} />;
    case 'yuan': return <label class="field"><span>{label}<i class="unit"> (¥)</i></span><input type="number" class="num" step="0.01" min={0} required value={(Number(value ?? 0) / 100).toFixed(2)} onChange={(event) => onChange(Math.round(Number(event.currentTarget.value) * 100))} /></label>;
    case 'colour': return <label class="field"><span>{label}</span><input type="color" value={String(value ?? '#888888')} onInput={(event) => onChange(event.currentTarget.value)} /></label>;
    case 'words': return <label class="field"><span>{label}</span><input value={(value as string[] | undefined)?.join(' ') ?? ''} onChange={(event) => onChange(event.currentTarget.value.split(/[\s,，]+/).filter((word) => word !== ''))} /></label>;
    case 'day': return <label class="field"><span>{label}</span><input type="date" required value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} /></label>;
    case 'clock': return <label class="field"><span>{label}</span><input class="num" required pattern={CLOCK} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} /></label>;
    case 'breaks': return <BreaksInput label={label} value={value as Break[]} onChange={onChange} />;
    case 'lonLat': return <LonLatInput label={label} value={value as LonLat} onChange={onChange} />;
    case 'sizes': return <SizesInput label={label} value={value as { size: SizeClass; count: number }[]} onChange={onChange} />;
    case 'opening': return <OpeningInput label={label} value={value as Opening[]} onChange={onChange} />;
    case 'manyOrAll': return <ManyInput label={label} choices={field.choices ?? []} value={value as string[] | null} onChange={onChange} />;
    default: return <label class="field"><span>{label}</span><input value={String(value ?? '')} required={field.isRequired} onInput={(event) => onChange(field.type === 'optionalText' && event.currentTarget.value === '' ? null : event.currentTarget.value)} /></label>;
  }
}

function NumberInput({ field, label, value, onChange }: { field: FieldSpec; label: string; value: number | null; onChange: (value: number | null) => void }) {
  const per = field.per ?? 1;
  const read = (text: string) => onChange(text === '' ? null : per === 1 ? Number(text) : Math.round(Number(text) * per));
  const shown = value === null || value === undefined ? '' : String(value / per);
  return (
    <label class="field"><span>{label}{field.unit && <i class="unit"> ({field.unit})</i>}</span>
      {per === 1
        ? <input type="number" class="num" min={field.min} required={field.type === 'number'} value={shown} onInput={(event) => read(event.currentTarget.value)} />
        : <input type="number" class="num" min={field.min} step="any" required={field.type === 'number'} value={shown} onChange={(event) => read(event.currentTarget.value)} />}
    </label>
  );
}

const CLOCK = '([01]\\d|2[0-4]):[0-5]\\d';

interface Break { fromLocal: string; untilLocal: string; durationSeconds: number }

/** Each break: between when it may begin, and how long it lasts. */
function BreaksInput({ label, value, onChange }: { label: string; value: Break[]; onChange: (value: Break[]) => void }) {
  const set = (index: number, part: Partial<Break>) => onChange(value.map((item, at) => (at === index ? { ...item, ...part } : item)));
  return (
    <fieldset class="field"><legend>{label}</legend>
      {value.map((item, index) => (
        <div key={index} class="group">
          <input aria-label={t('field.from')} pattern={CLOCK} required value={item.fromLocal} onChange={(event) => set(index, { fromLocal: event.currentTarget.value })} />–
          <input aria-label={t('field.until')} pattern={CLOCK} required value={item.untilLocal} onChange={(event) => set(index, { untilLocal: event.currentTarget.value })} />
          <label class="inline"><input type="number" class="num digits" min={1} max={240} required value={item.durationSeconds / 60} onChange={(event) => set(index, { durationSeconds: Number(event.currentTarget.value) * 60 })} /> min</label>
          <button type="button" class="icon-button" aria-label={t('action.remove')} onClick={() => onChange(value.filter((_, at) => at !== index))}>×</button>
        </div>
      ))}
      <button type="button" class="button small" onClick={() => onChange([...value, { fromLocal: '12:00', untilLocal: '14:00', durationSeconds: 1800 }])}>+</button>
    </fieldset>
  );
}

function LonLatInput({ label, value, onChange }: { label: string; value: LonLat; onChange: (value: LonLat) => void }) {
  return (
    <fieldset class="field group"><legend>{label}</legend>
      <input aria-label={t('field.lon')} type="number" step="0.000001" min={-180} max={180} required value={value[0]} onChange={(event) => onChange([Number(event.currentTarget.value), value[1]])} />
      <input aria-label={t('field.lat')} type="number" step="0.000001" min={-90} max={90} required value={value[1]} onChange={(event) => onChange([value[0], Number(event.currentTarget.value)])} />
    </fieldset>
  );
}

const SIZES: readonly SizeClass[] = ['S', 'M', 'L', 'XL'];

function SizesInput({ label, value, onChange }: { label: string; value: { size: SizeClass; count: number }[]; onChange: (value: { size: SizeClass; count: number }[]) => void }) {
  const count = (size: SizeClass) => value.find((item) => item.size === size)?.count ?? 0;
  return (
    <fieldset class="field group"><legend>{label}</legend>
      {SIZES.map((size) => <label key={size} class="inline">{size}<input type="number" class="num digits" min={0} value={count(size)} onInput={(event) => onChange(SIZES.map((other) => ({ size: other, count: other === size ? Number(event.currentTarget.value) : count(other) })))} /></label>)}
    </fieldset>
  );
}

function OpeningInput({ label, value, onChange }: { label: string; value: Opening[]; onChange: (value: Opening[]) => void }) {
  const set = (weekday: number, change: Partial<Opening> | null) => onChange(change === null ? value.filter((item) => item.weekday !== weekday) : value.some((item) => item.weekday === weekday) ? value.map((item) => (item.weekday === weekday ? { ...item, ...change } : item)) : [...value, { weekday, openLocal: '08:00', closeLocal: '20:00' }].sort((a, b) => a.weekday - b.weekday));
  return (
    <fieldset class="field"><legend>{label}</legend>
      <div class="opening">
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
          const span = value.find((item) => item.weekday === weekday);
          return (
            <div key={weekday}>
              <label class="inline"><input type="checkbox" checked={span !== undefined} onChange={(event) => set(weekday, event.currentTarget.checked ? {} : null)} />{tx('weekday', String(weekday))}</label>
              {span && <><input aria-label={t('field.from')} pattern="([01]\d|2[0-3]):[0-5]\d" value={span.openLocal} onChange={(event) => set(weekday, { openLocal: event.currentTarget.value })} />–<input aria-label={t('field.until')} pattern="([01]\d|2[0-4]):[0-5]\d" value={span.closeLocal} onChange={(event) => set(weekday, { closeLocal: event.currentTarget.value })} /></>}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function ManyInput({ label, choices, value, onChange }: { label: string; choices: { value: string; label: string }[]; value: string[] | null; onChange: (value: string[] | null) => void }) {
  return (
    <fieldset class="field"><legend>{label}</legend>
      <label class="inline"><input type="checkbox" checked={value === null} onChange={(event) => onChange(event.currentTarget.checked ? null : [])} />{t('value.all')}</label>
      {value !== null && choices.map((choice) => <label key={choice.value} class="inline"><input type="checkbox" checked={value.includes(choice.value)} onChange={(event) => onChange(event.currentTarget.checked ? [...value, choice.value] : value.filter((item) => item !== choice.value))} />{choice.label}</label>)}
    </fieldset>
  );
}
