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

/** English texts, a file per page; every key of the Chinese catalogue has one. */
export const en = { ...common, ...audit, ...board, ...commands, ...devices, ...deviceFaults, ...faults, ...forecast, ...intake, ...plan, ...network, ...settings, ...roster, ...bound, ...repair, ...myRoute };
