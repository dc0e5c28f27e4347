import type { EditPrice } from '../api/contract';
import { t } from '../i18n';
import { formatDistance, formatDuration, formatMoney, signed } from './format';

/** The price of an edit in one line: "+3.1 km · +6 min · +¥12 · breaks the window of 1 parcel". */
export function priceInWords(price: EditPrice): string {
  const others = price.violations.length - price.violations.filter((violation) => violation.rule === 'Window').length;
  return [
    signed(price.distanceMetres, formatDistance),
    signed(price.durationSeconds, formatDuration),
    signed(price.costFen, formatMoney),
    price.parcels !== 0 ? t('edit.parcels', { n: signed(price.parcels, String) }) : null,
    price.brokenWindows > 0 ? t('edit.windows', { n: price.brokenWindows }) : null,
    others > 0 ? t('edit.violations', { n: others }) : null,
  ].filter((part) => part !== null).join(' · ');
}
