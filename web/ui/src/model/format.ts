/** Numbers as people read them: unit, thousands, no false precision. Pure. */

export type Language = 'zh' | 'en';

export function formatCount(value: number, language: Language): string {
  return value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB');
}

/** 2 h 05 min; 45 min; 30 s. */
export function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? '−' : '';
  const total = Math.round(Math.abs(seconds));
  if (total < 60) return `${sign}${total} s`;
  const minutes = Math.round(total / 60);
  if (minutes < 60) return `${sign}${minutes} min`;
  if (minutes >= 6000) return `${sign}${Math.round(minutes / 60).toLocaleString('en-GB')} h`;
  return `${sign}${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** 412 km; 3.4 km; 850 m. */
export function formatDistance(metres: number): string {
  const sign = metres < 0 ? '−' : '';
  const size = Math.abs(metres);
  if (size < 1000) return size === 0 ? '0 km' : `${sign}${Math.round(size)} m`;
  const km = size / 1000;
  return `${sign}${km < 100 ? km.toFixed(1) : Math.round(km).toLocaleString('en-GB')} km`;
}

/** Fen as yuan: ¥1,234 (whole yuan from ¥100 on). */
export function formatMoney(fen: number): string {
  const yuan = Math.abs(fen) / 100;
  const text = yuan >= 100 ? Math.round(yuan).toLocaleString('en-GB') : yuan.toFixed(2);
  return `${fen < 0 ? '−' : ''}¥${text}`;
}

/** Fen as yuan to the fen, for parts that must add up: ¥1,234.56. */
export function formatMoneyExact(fen: number): string {
  return `${fen < 0 ? '−' : ''}¥${(Math.abs(fen) / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** What a plan costs to run: its cost without the price of what it leaves out. */
export function runningFen(plan: { costFen: number; unservedFen: number }): number {
  return plan.costFen - plan.unservedFen;
}

export function formatWeight(grams: number): string {
  return grams < 1000 ? `${grams} g` : grams < 1_000_000 ? `${(grams / 1000).toFixed(grams < 100_000 ? 1 : 0)} kg` : `${(grams / 1_000_000).toFixed(2)} t`;
}

/** Signed change with direction: +3.1 km, −4 min. */
export function signed(value: number, format: (absolute: number) => string): string {
  return value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`;
}

export function formatPercent(share: number, digits = 0): string {
  // 9,995 of 10,000 are not all of them.
  const shown = share < 1 ? Math.min(share * 100, 100 - 10 ** -digits) : share * 100;
  return `${shown.toFixed(digits)} %`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** HH:mm of an instant in the service area's zone. */
export function formatClock(instant: string | number, zone: string): string {
  let clock = clocks.get(zone);
  if (!clock) clocks.set(zone, (clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })));
  return clock.format(typeof instant === 'number' ? instant : Date.parse(instant));
}

/** YYYY-MM-DD HH:mm in the service area's zone. */
export function formatInstant(instant: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(Date.parse(instant));
}

const WEEKDAYS: Record<Language, readonly string[]> = { zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };

/** A YYYY-MM-DD day with its weekday, the year apart so that a narrow place can leave it out: 2026- 11-26 周四; 2026- 11-26 Thu. */
export function formatDay(day: string, language: Language): { year: string; day: string } {
  const weekday = WEEKDAYS[language][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  return { year: day.slice(0, 5), day: `${day.slice(5)} ${weekday}` };
}

/** Adds days to a YYYY-MM-DD day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
