import type { ForecastOverview } from '../../api/forecast-contract';
import { canEdit } from '../../app-state';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { TrainingBar } from './training-bar';

/** Where a forecast would be and none is yet: when one comes, how far it is, and a button to make it now for who may. */
export function NoForecast({ onMade }: { onMade: () => void }) {
  const overview = useData<ForecastOverview>('/api/forecasts');
  return <>
    <p><b>{t('forecast.empty')}</b> · {t(canEdit.value ? 'forecast.emptyWhen' : 'forecast.emptyWhenReader')}</p>
    {overview.data && <TrainingBar overview={overview.data} onEnded={() => { overview.reload(); onMade(); }} />}
  </>;
}
