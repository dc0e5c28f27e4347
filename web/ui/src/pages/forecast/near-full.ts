import type { NearFullAlert } from '../../api/forecast-contract';
import { t } from '../../i18n';
import { formatPercent } from '../../model/format';

/** The P90 peak of a terminal: how full it gets, and where more boxes are wanted than there are, how many are missing. */
export function neededText(row: Pick<NearFullAlert, 'share' | 'capacity'>): string {
  const missing = Math.ceil((row.share - 1) * row.capacity - 1e-9);
  return missing > 0 ? t('forecast.missingBoxes', { n: missing }) : formatPercent(Math.min(1, row.share));
}
