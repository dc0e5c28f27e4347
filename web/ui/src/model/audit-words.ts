import { t, tx } from '../i18n';

/** An audit action such as "plan.publish" in the page's language; a part that is not known stays as it is. */
export function auditWords(action: string): string {
  const dot = action.indexOf('.');
  if (dot < 0) return action;
  return t('audit.words', { verb: tx('auditVerb', action.slice(dot + 1)), object: tx('auditObject', action.slice(0, dot)) });
}
