import type { FieldProblem } from '../api/contract';
import { zone } from '../app-state';
import { isKnownText, t, tx, type TextKey } from '../i18n';
import { formatInstant } from '../model/format';
import { causeOf } from '../model/unreadable-file';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;
const BETWEEN = /(?:must be|must have) ([−-]?[\d.,]+) to ([−-]?[\d.,]+)/;
const ABOVE = /above (\d+) and at most (\d+(?: (?:g|ml)\b)?)/;
const AT_MOST = /at most ([\d.,]+(?: (?:g|ml)\b)?)/;

/** The limits a message names, in brackets: they are the host's, and the page has no copy of them. */
function boundsOf(message: string): string {
  const between = BETWEEN.exec(message);
  if (between) return ` (${between[1]}–${between[2]})`;
  const above = ABOVE.exec(message);
  if (above) return ` (> ${above[1]}, ≤ ${above[2]})`;
  const most = AT_MOST.exec(message);
  return most ? ` (≤ ${most[1]})` : '';
}

/** edits[2].vehicleId is a vehicleId; a field without a name of its own keeps the host's. */
function fieldName(field: string): string {
  return tx('orderField', isKnownText('orderField', field) ? field : field.slice(field.lastIndexOf('.') + 1));
}

/** The text for a rule: what a field must look like is told field by field. */
function ruleText(problem: FieldProblem): TextKey {
  const field = problem.field.slice(problem.field.lastIndexOf('.') + 1);
  return (problem.rule === 'format' && isKnownText('orderFormat', field) ? `orderFormat.${field}` : `orderRule.${problem.rule}`) as TextKey;
}

/** A value as a person reads it: an instant in the area's own time. */
export function valueInWords(value: string | null): string | null {
  return value !== null && INSTANT.test(value) ? formatInstant(value, zone.value) : value;
}

/** What is wrong with a field, or stands in the way of a request, in the page's language; the host's own English where the value a text needs is not told. */
export function problemInWords(problem: FieldProblem): string {
  if (problem.rule === 'file.format') {
    const cause = causeOf(problem.message);
    return cause ? t(cause.key, cause.values) : t('orderRule.file.format', { message: problem.message });
  }
  // A parcel the day rules out is asked about by the reason it was left out for.
  if (isKnownText('leftOut', problem.rule)) return tx('leftOut', problem.rule);
  if (/^polygons?\b/.test(problem.field) && problem.value === null && problem.rule !== 'required') return t('orderRule.polygon');
  if (!isKnownText('orderRule', problem.rule)) return problem.message;
  const rule = ruleText(problem);
  if (problem.value === null && t(rule).includes('{value}')) return problem.message;
  const value = valueInWords(problem.value) ?? '';
  return t(rule, { field: fieldName(problem.field), value, message: problem.message, bounds: boundsOf(problem.message) });
}
