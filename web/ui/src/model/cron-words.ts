/** What a Quartz expression means, for the two shapes a day's rhythm has; null for anything richer. Pure. */
export type CronWords = { kind: 'daily'; at: string } | { kind: 'every'; minutes: number; from: string; until: string };

const EVERY_DAY = /^0 (\d{1,2}) (\d{1,2}) (\*|\?) \* (\*|\?)$/;
const EVERY_FEW_MINUTES = /^0 (?:0|\*)\/(\d{1,2}) (\d{1,2})-(\d{1,2}) (\*|\?) \* (\*|\?)$/;

export function cronWords(cron: string): CronWords | null {
  const text = cron.trim().replaceAll(/\s+/g, ' ');
  const clock = (hour: number, minute: number) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const daily = EVERY_DAY.exec(text);
  if (daily) return { kind: 'daily', at: clock(Number(daily[2]), Number(daily[1])) };
  const often = EVERY_FEW_MINUTES.exec(text);
  if (!often) return null;
  const minutes = Number(often[1]);
  // The hour named last runs to its end: 0/30 7-21 fires at 21:00 and at 21:30.
  return minutes < 1 || minutes > 59 ? null : { kind: 'every', minutes, from: clock(Number(often[2]), 0), until: clock(Number(often[3]), Math.floor(59 / minutes) * minutes) };
}
