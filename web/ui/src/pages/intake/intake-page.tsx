import { setUrl, url } from '../../app-state';
import { Tabs } from '../../components/tabs';
import { t } from '../../i18n';
import { ImportPanel } from './import-panel';
import { OrdersPanel } from './orders-panel';
import { QuarantinePanel } from './quarantine-panel';

type IntakeTab = 'import' | 'orders' | 'quarantine';

/** Orders in: files, what arrived, and what has to be mended. */
export function IntakePage() {
  const tab = (url.value.values['tab'] as IntakeTab | undefined) ?? 'import';
  return (
    <div class="page-column">
      <Tabs<IntakeTab> label={t('page.intake')} value={tab} onChange={(next) => setUrl({ tab: next, sel: '', q: '' })} tabs={[
        { id: 'import', label: t('intake.import') },
        { id: 'orders', label: t('intake.orders') },
        { id: 'quarantine', label: t('intake.quarantine') },
      ]} />
      {tab === 'import' && <ImportPanel />}
      {tab === 'orders' && <OrdersPanel />}
      {tab === 'quarantine' && <QuarantinePanel />}
    </div>
  );
}
