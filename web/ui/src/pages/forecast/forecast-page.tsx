import { useCallback, useEffect } from 'preact/hooks';
import type { Network, SizeClass } from '../../api/contract';
import type { ForecastOverview, ForecastSeries } from '../../api/forecast-contract';
import { query } from '../../api/client';
import { onReconnect } from '../../api/live';
import { canEdit, day, language, me, setUrl, url } from '../../app-state';
import { Icon } from '../../components/icon';
import { Empty, Loading, Problem } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import { addDays, formatCount } from '../../model/format';
import { CalendarPanel } from './calendar-panel';
import { DriversPanel } from './drivers';
import { FanChart } from './fan-chart';
import { FleetCard } from './fleet-card';
import { LockersPanel } from './lockers-panel';
import { QualityPanel } from './quality-panel';
import { TrainingBar } from './training-bar';

const TABS = ['outlook', 'quality', 'calendar', 'lockers'] as const;
type Tab = (typeof TABS)[number];
const SIZES: readonly SizeClass[] = ['S', 'M', 'L', 'XL'];
const SPANS = [30, 60, 120, 365, 800] as const;

/** What the next two weeks bring, how sure that is, and what it rests on. */
export function ForecastPage() {
  const overview = useData<ForecastOverview>('/api/forecasts');
  const network = useData<Network>('/api/network');
  const reload = useCallback(() => overview.reload(), [overview.reload]);
  useEffect(() => onReconnect(reload), [reload]);
  if (overview.error && !overview.data) return <Problem error={overview.error} onRetry={overview.reload} />;
  if (!overview.data || !network.data) return <Loading />;
  const run = overview.data.run;
  const asked = url.value.values['tab'] as Tab | undefined;
  const tab: Tab = asked && TABS.includes(asked) ? asked : 'outlook';
  return (
    <div class="page-column">
      <header class="toolbar">
        <Tabs<Tab> label={t('page.forecast')} value={tab} onChange={(next) => setUrl({ tab: next })} tabs={TABS.map((id) => ({ id, label: t(`forecast.tab.${id}`) }))} />
        <TrainingBar overview={overview.data} onEnded={reload} />
        {run && <a class="button" href="/api/forecasts/export.csv" download><Icon name="download" size={14} /> CSV</a>}
      </header>
      {overview.data.refused !== null && <p class="banner bad" role="alert"><b>{t('forecast.refused')}</b> {overview.data.refused}</p>}
      {tab === 'calendar' ? <div class="forecast"><CalendarPanel origin={run?.origin ?? addDays(me.value?.today ?? day.value, -1)} onChanged={reload} /></div>
        : !run ? <Empty icon="forecast" title={t('forecast.empty')}><span>{t('forecast.emptyText')}</span><br /><span>{t(canEdit.value ? 'forecast.emptyWhen' : 'forecast.emptyWhenReader')}</span></Empty> : (
          <div class="forecast">
            {tab === 'outlook' && <Outlook key={run.id} network={network.data} stamp={run.forecastAt} origin={run.origin} horizon={run.horizon} />}
            {tab === 'quality' && <QualityPanel report={run.report} network={network.data} />}
            {tab === 'lockers' && <LockersPanel terminals={network.data.terminals} />}
          </div>
        )}
    </div>
  );
}

function Outlook({ network, stamp, origin, horizon }: { network: Network; stamp: string; origin: string; horizon: number }) {
  const { terminal = '', partner = '', size = '', span = '120', on = '' } = url.value.values;
  const selection = { terminal, partner, size };
  const series = useData<ForecastSeries>(`/api/forecasts/series?${query({ ...selection, days: span }).replace(/^\?/, '')}`);
  useEffect(() => series.reload(), [stamp]);
  const n = (value: number) => formatCount(value < 20 ? Math.round(value * 10) / 10 : Math.round(value), language.value);
  const name = terminal === '' ? t('forecast.area') : terminal === 'door' ? t('forecast.door') : network.terminals.find((item) => item.id === terminal)?.name ?? terminal;
  const parts = [name, network.partners.find((item) => item.id === partner)?.name, size].filter((part) => part !== undefined && part !== '');
  const days = series.data?.forecasts ?? [];
  const shown = days.some((point) => point.day === on) ? on : days[0]?.day ?? null;
  return <>
    <section class="forecast-card">
      <div class="actions">
        <h2 class="grow">{t('forecast.heading', { what: parts.join(' · '), origin, n: horizon })}</h2>
        <Choice label={t('field.terminal')} value={terminal} onChange={(value) => setUrl({ terminal: value })} options={[['', t('forecast.allTerminals')], ['door', t('forecast.door')], ...network.terminals.map((item) => [item.id, item.name] as const)]} />
        <Choice label={t('field.partner')} value={partner} onChange={(value) => setUrl({ partner: value })} options={[['', t('forecast.all')], ...network.partners.map((item) => [item.id, item.name] as const)]} />
        <Choice label={t('field.size')} value={size} onChange={(value) => setUrl({ size: value })} options={[['', t('forecast.all')], ...SIZES.map((item) => [item, item] as const)]} />
        <Choice label={t('forecast.span')} value={span} onChange={(value) => setUrl({ span: value })} options={SPANS.map((item) => [String(item), String(item)] as const)} />
      </div>
      {series.error && !series.data ? <Problem error={series.error} onRetry={series.reload} /> : !series.data ? <Loading /> : days.length === 0 ? <p class="muted">{t('forecast.driversNone')}</p>
        : <FanChart series={series.data} selected={shown} onSelect={(next) => setUrl({ on: next })} format={n} />}
    </section>
    <div class="forecast-grid">
      {shown && <DriversPanel path={`/api/forecasts/drivers?${query(selection).replace(/^\?/, '')}`} day={shown} p50={days.find((point) => point.day === shown)?.p50 ?? null} />}
      <section class="forecast-card"><h2>{t('forecast.fleet')}</h2><FleetCard days={14} /></section>
    </div>
  </>;
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void }) {
  return <label class="inline"><span class="muted">{label}</span> <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>{options.map(([id, text]) => <option key={id} value={id}>{text}</option>)}</select></label>;
}
