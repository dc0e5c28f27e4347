import type { UnassignedView } from '../../api/contract';
import { language } from '../../app-state';
import { tx } from '../../i18n';

/** Why a parcel is left out, in the page's language: English is the host's own text with names and numbers, Chinese the rule's. */
export function reasonOf(item: UnassignedView): string {
  return inWords('leftOut', item.details[0]?.rule, item.reason);
}

export function remedyOf(item: UnassignedView): string | null {
  return item.remedy === null ? null : inWords('remedy', item.details[0]?.rule, item.remedy);
}

function inWords(prefix: string, rule: string | undefined, text: string): string {
  if (language.value === 'en' || rule === undefined) return text;
  const found = tx(prefix, rule);
  return found === rule ? text : found;
}
