import { audit } from './audit';
import { board } from './board';
import { commands } from './commands';
import { bound } from './bound';
import { common } from './common';
import { deviceFaults } from './device-faults';
import { devices } from './devices';
import { faults } from './faults';
import { forecast } from './forecast';
import { intake } from './intake';
import { myRoute } from './my-route';
import { network } from './network';
import { plan } from './plan';
import { repair } from './repair';
import { roster } from './roster';
import { settings } from './settings';

/** 中文文案，每页一个文件；键名以页面或概念开头。 */
export const zh = { ...common, ...audit, ...board, ...commands, ...devices, ...deviceFaults, ...faults, ...forecast, ...intake, ...plan, ...network, ...settings, ...roster, ...bound, ...repair, ...myRoute };
