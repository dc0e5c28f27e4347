import type { BrokenRule } from '../../api/contract';
import { isKnownText, t, tx } from '../../i18n';

/** A broken or lifted rule in the page's language; what the page has no words for stays as the host said it. */
export function brokenInWords(broken: BrokenRule): string {
  if (isKnownText('leftOut', broken.rule)) return tx('leftOut', broken.rule);
  if (!isKnownText('planRule', broken.rule)) return broken.text;
  const about = [broken.plate, broken.subject].filter((part) => part !== null).join(' · ');
  const found = broken.value !== null && broken.limit !== null ? t('broken.compared', { value: broken.value, limit: broken.limit }) : broken.limit !== null ? t('broken.lifted', { limit: broken.limit }) : '';
  return t('broken.rule', { rule: tx('planRule', broken.rule) }) + [about, found].filter((part) => part !== '').join(' ');
}

/** A warning kept with a plan as the checker wrote it, "Window: Vehicle 3 (京A12345), step 5: job 12 (JX0001) …": the rule, the plate and the waybill. */
export function storedInWords(text: string): string {
  const kind = /^([A-Z]\w+): /.exec(text)?.[1] ?? '';
  const rule = kind.charAt(0).toLowerCase() + kind.slice(1);
  if (!isKnownText('planRule', rule)) return text;
  const names = [...text.matchAll(/\(([^()]+)\)/g)].map((found) => found[1]).join(' · ');
  return t('broken.rule', { rule: tx('planRule', rule) }) + names;
}
