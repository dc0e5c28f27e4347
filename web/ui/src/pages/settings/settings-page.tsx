import { me, setUrl, url } from '../../app-state';
import { Tabs } from '../../components/tabs';
import { t } from '../../i18n';
import { AreaPanel } from './area-panel';
import { AuditPanel } from './audit-panel';
import { GeneralPanel } from './general-panel';
import { SchedulePanel } from './schedule-panel';
import { TokensPanel } from './tokens-panel';
import { UsersPanel } from './users-panel';

type SettingsTab = 'schedule' | 'users' | 'tokens' | 'audit' | 'area' | 'general';

export function SettingsPage() {
  const isAdministrator = me.value?.role === 'administrator';
  const tabs: readonly SettingsTab[] = isAdministrator ? ['schedule', 'users', 'tokens', 'audit', 'area', 'general'] : ['schedule', 'audit'];
  const asked = url.value.values['tab'] as SettingsTab | undefined;
  const tab = asked && tabs.includes(asked) ? asked : 'schedule';
  return (
    <div class="page-column">
      <Tabs<SettingsTab> label={t('page.settings')} value={tab} onChange={(next) => setUrl({ tab: next })} tabs={tabs.map((id) => ({ id, label: t(`settings.${id}`) }))} />
      {tab === 'schedule' && <SchedulePanel />}
      {tab === 'users' && <UsersPanel />}
      {tab === 'tokens' && <TokensPanel />}
      {tab === 'audit' && <AuditPanel />}
      {tab === 'area' && <AreaPanel />}
      {tab === 'general' && <GeneralPanel />}
    </div>
  );
}
