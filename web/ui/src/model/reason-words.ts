import { isKnownText, t, tx } from '../i18n';

const EDITS = /^edits of version (\d+)$/;

/** Why something was done: what a person wrote as it is, the host's own words in the page's language. */
export function reasonWords(reason: string | null): string | null {
  const version = EDITS.exec(reason ?? '')?.[1];
  if (version) return t('auditReason.edits', { version });
  return reason !== null && isKnownText('auditReason', reason) ? tx('auditReason', reason) : reason;
}
