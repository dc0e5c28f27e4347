import type { FieldProblem } from '../api/contract';
import { zone } from '../app-state';
import { isKnownText, t, tx, type TextKey } from '../i18n';
import { formatInstant } from '../model/format';

// Rules that any field can break.
const GENERAL = ['required', 'format', 'range'];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** What is wrong with a field, or stands in the way of a request, in the page's language; the host's own English where the page has no words for the rule or the value is not told. */
export function problemInWords(problem: FieldProblem): string {
  if (!isKnownText('orderRule', problem.rule)) return problem.message;
  const rule = `orderRule.${problem.rule}` as TextKey;
  if (problem.value === null && t(rule).includes('{value}')) return problem.message;
  // Other rules name their object by its value.
  if (GENERAL.includes(problem.rule) && !isKnownText('orderField', problem.field)) return problem.message;
  const value = problem.value !== null && INSTANT.test(problem.value) ? formatInstant(problem.value, zone.value) : (problem.value ?? '');
  return t(rule, { field: tx('orderField', problem.field), value, message: problem.message });
}
