import { clockOf, minuteOf } from '../model/roster';

/** A time of day as HH:MM; what cannot be read goes back to what it was. */
export function ClockInput({ label, minute, onChange }: { label: string; minute: number; onChange: (minute: number) => void }) {
  return (
    <input aria-label={label} class="num" defaultValue={clockOf(minute)} onChange={(event) => {
      const read = minuteOf(event.currentTarget.value);
      if (read === null) event.currentTarget.value = clockOf(minute);
      else onChange(read);
    }} />
  );
}
