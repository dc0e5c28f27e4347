import { t, tx } from '../i18n';

const SYSTEM = 'system:';

/** Who did something: an account's name as it is, the system's own work by what it was. */
export function actorWords(actor: string): string {
  return actor.startsWith(SYSTEM) ? t('actor.system', { job: tx('actorJob', actor.slice(SYSTEM.length)) }) : actor;
}
