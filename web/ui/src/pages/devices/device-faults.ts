import { language } from '../../app-state';
import { t, tx, type TextKey } from '../../i18n';

// What the gateway writes beside an event it did not believe, and the words for it; the first that fits is taken.
const FAULTS: readonly [RegExp, string][] = [
  [/^clock: at is (.+) ahead of the gateway$/, 'clockAhead'],
  [/^clock: at is (.+) behind the gateway$/, 'clockBehind'],
  [/^clock: at (\S+) is no time$/, 'clockNone'],
  [/^an? (\w+) has no message "(.*)"$/, 'message'],
  [/^not JSON: /, 'json'],
  [/^((?:compartments|epcs)\[\d+\](?: ".*?")?): (.+)$/, 'nested'],
  [/^foreign EPC ([^ ]+): expected 24 hex digits$/, 'epcHex'],
  [/^foreign EPC ([^ ]+): /, 'foreign'],
  [/^expected 24 hex digits$/, 'epcHex'],
  [/^it is listed twice$/, 'listed'],
  [/^unknown compartment "(.*)"$/, 'compartmentUnknown'],
  [/^compartment "(.*)": expected letters/, 'compartmentLabel'],
  [/^an inventory lists at most (\d+) tags$/, 'mostTags'],
  [/^a snapshot lists at most (\d+) compartments$/, 'mostCompartments'],
  [/^more than (\d+) events in one message$/, 'many'],
  [/^nmea: (.+)$/, 'nmea'],
  [/^lon 0, lat 0 is where/, 'noFix'],
  [/^the payload holds no event$/, 'noEvent'],
  [/^an empty array$/, 'emptyArray'],
  [/^expected an object/, 'object'],
  [/^names of members must be written without escapes$/, 'escapes'],
  [/^(\w+) must be (?:one list|a list of objects)$/, 'oneList'],
  [/^(.+) is missing or not a number of 0 or more$/, 'notCounted'],
  [/^(.+) is missing; expected (.+)$/, 'missingExpected'],
  [/^(.+) is missing$/, 'missing'],
  [/^(.+) has (\d+) bytes; expected 1 to (\d+)$/, 'bytes'],
  [/^(.+) is there twice$/, 'twice'],
  [/^(.+?) is (.+); expected (.+)$/, 'value'],
];

const EXPECTED: Record<string, string> = { 'a number': 'number', 'a whole number of 0 or more': 'whole', text: 'text', 'true, false or null': 'truth', 'an object': 'object', 'a list': 'list' };

/** Why an event was not believed, in the page's language; what the page has no words for stays as the gateway wrote it. */
export function deviceFaultInWords(text: string): string {
  if (language.value === 'en') return text;
  for (const [pattern, key] of FAULTS) {
    const found = pattern.exec(text);
    if (found) return t(`deviceFault.${key}` as TextKey, Object.fromEntries(found.slice(1).map((part, index) => [index, partInWords(key, index, part)])));
  }
  return text;
}

function partInWords(key: string, index: number, part: string): string {
  if (key === 'nested' && index === 1) return deviceFaultInWords(part);
  if (key === 'message' && index === 0) return tx('deviceKind', part);
  const days = /^(\d+) days$/.exec(part);
  if (days) return t('deviceSpan.days', { 0: days[1] ?? '' });
  const expected = EXPECTED[part];
  if (expected !== undefined) return t(`deviceExpected.${expected}` as TextKey);
  return part === 'stop or parcel' ? 'stop / parcel' : part.replace(/(\w), (?=\w)/g, '$1、').replace(/ (?:or|to) /g, part.includes(' to ') ? '–' : '、');
}

/** What a message is called; the protocol's own name where there is none. */
export const messageInWords = (message: string) => tx('deviceMessage', message);
