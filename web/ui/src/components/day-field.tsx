import { useRef } from 'preact/hooks';
import { language } from '../app-state';
import { formatDay } from '../model/format';

/** A day with its weekday in the page's language. The browser's own field lies over it: it opens the calendar, and shows itself while it is typed into. */
export function DayField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const text = formatDay(value, language.value);
  return (
    <label class="day-field">
      <span aria-hidden="true"><span class="day-year">{text.year}</span>{text.day}</span>
      <input ref={input} type="date" aria-label={label} title={value} value={value} onClick={() => input.current?.showPicker()} onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); input.current?.showPicker(); } }} onChange={(event) => { if (event.currentTarget.value) onChange(event.currentTarget.value); }} />
    </label>
  );
}
