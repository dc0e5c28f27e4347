import type { ComponentType } from 'preact';
import type { Role } from '../api/contract';
import type { TextKey } from '../i18n';
import type { IconName } from '../components/icon';
import { BoardPage } from './board/board-page';
import { ComparePage } from './compare/compare-page';
import { DevicesPage } from './devices/devices-page';
import { ForecastPage } from './forecast/forecast-page';
import { IntakePage } from './intake/intake-page';
import { MyRoutePage } from './my-route/my-route-page';
import { NetworkPage } from './network/network-page';
import { PlanPage } from './plan/plan-page';
import { RosterPage } from './roster/roster-page';
import { SettingsPage } from './settings/settings-page';

export interface PageEntry { name: string; label: TextKey; icon: IconName; page: ComponentType; roles: readonly Role[]; isOnRail: boolean; key: string }

const staff: readonly Role[] = ['administrator', 'dispatcher', 'auditor'];

/** Every page, in the order of the rail. Roles only hide what the host would refuse anyway. */
export const PAGES: readonly PageEntry[] = [
  { name: 'board', label: 'page.board', icon: 'board', page: BoardPage, roles: [...staff, 'partner'], isOnRail: true, key: '1' },
  { name: 'intake', label: 'page.intake', icon: 'intake', page: IntakePage, roles: [...staff, 'partner'], isOnRail: true, key: '2' },
  { name: 'plan', label: 'page.plan', icon: 'plan', page: PlanPage, roles: staff, isOnRail: true, key: '3' },
  { name: 'compare', label: 'page.compare', icon: 'compare', page: ComparePage, roles: staff, isOnRail: true, key: '4' },
  { name: 'network', label: 'page.network', icon: 'network', page: NetworkPage, roles: staff, isOnRail: true, key: '5' },
  { name: 'devices', label: 'page.devices', icon: 'devices', page: DevicesPage, roles: staff, isOnRail: true, key: '6' },
  { name: 'forecast', label: 'page.forecast', icon: 'forecast', page: ForecastPage, roles: staff, isOnRail: true, key: '7' },
  { name: 'roster', label: 'page.roster', icon: 'roster', page: RosterPage, roles: staff, isOnRail: true, key: '8' },
  { name: 'settings', label: 'page.settings', icon: 'settings', page: SettingsPage, roles: staff, isOnRail: true, key: '9' },
  { name: 'my-route', label: 'page.myRoute', icon: 'truck', page: MyRoutePage, roles: ['courier'], isOnRail: false, key: '' },
];

/** The page of that name, the first one when there is none; null when the role may not see it. */
export function pageOf(name: string, role: Role): ComponentType | null {
  const entry = PAGES.find((candidate) => candidate.name === name) ?? PAGES[0];
  return entry?.roles.includes(role) ? entry.page : null;
}

/** What a role opens on; null when there is no page for it. */
export function homeOf(role: Role): string | null {
  return PAGES.find((entry) => entry.roles.includes(role))?.name ?? null;
}
