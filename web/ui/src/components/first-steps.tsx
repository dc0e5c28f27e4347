import type { Network } from '../api/contract';
import { canEdit, day, goTo, me } from '../app-state';
import { t } from '../i18n';
import { Icon } from './icon';
import { useData } from './use-data';

interface Step { key: 'area' | 'partners' | 'hubs' | 'terminals' | 'vehicles' | 'shifts' | 'orders'; count: number | null; page: string; values?: Record<string, string> }

/** What an installation without data needs, in the order it is needed: each step says whether it is done and leads to where it is done. */
export function FirstSteps() {
  const network = useData<Network>(`/api/network?day=${day.value}`);
  if (!network.data || !canEdit.value) return null;
  const data = network.data;
  const steps: Step[] = [
    ...(me.value?.role === 'administrator' ? [{ key: 'area', count: null, page: 'settings', values: { tab: 'area' } } satisfies Step] : []),
    { key: 'partners', count: data.partners.length, page: 'network', values: { tab: 'partners' } },
    { key: 'hubs', count: data.hubs.length, page: 'network', values: { tab: 'hubs' } },
    { key: 'terminals', count: data.terminals.length, page: 'network', values: { tab: 'terminals' } },
    { key: 'vehicles', count: Math.min(data.vehicles.length, data.couriers.length), page: 'network', values: { tab: data.vehicles.length === 0 ? 'vehicles' : 'couriers' } },
    { key: 'shifts', count: data.shifts.length, page: 'network', values: { tab: 'shifts' } },
    { key: 'orders', count: 0, page: 'intake' },
  ];
  const next = steps.find((step) => step.count === 0);
  return (
    <ol class="first-steps">
      {steps.map((step) => (
        <li key={step.key} class={step.count ? 'done' : step === next ? 'next' : ''}>
          <span class="first-mark" aria-hidden="true">{step.count ? <Icon name="check" size={14} /> : null}</span>
          <span class="grow"><b>{t(`steps.${step.key}`)}</b><small class="muted">{t(`steps.${step.key}Hint`)}</small></span>
          {step.count ? <span class="num muted">{step.count.toLocaleString('en-GB')}</span> : null}
          <button class={step === next ? 'button small primary' : 'button small'} onClick={() => goTo(step.page, step.values)}>{t('steps.go')}</button>
        </li>
      ))}
    </ol>
  );
}
