export interface AuditChange { field: string; before: string | null; after: string | null }

const NAMES = ['name', 'signInName', 'plate', 'waybill', 'label', 'fileName', 'code'];

/** What an entry is about, by the name it has (or had); null when its states tell none. */
export function auditName(before: unknown, after: unknown): string | null {
  const state = record(after) ?? record(before);
  if (!state) return null;
  if (typeof state['day'] === 'string' && typeof state['version'] === 'number') return `${state['day']} v${state['version']}`;
  const named = NAMES.map((key) => state[key]).find((value) => typeof value === 'string' && value !== '');
  return (named as string | undefined) ?? null;
}

/** The fields that differ between two states, dotted where they are nested; all of the one that exists when the other does not. */
export function auditChanges(before: unknown, after: unknown): AuditChange[] {
  const old = flatten(before), now = flatten(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

function flatten(state: unknown, prefix = '', into = new Map<string, string>()): Map<string, string> {
  const fields = record(state);
  if (!fields) return into;
  for (const [key, value] of Object.entries(fields)) {
    if (record(value)) flatten(value, `${prefix}${key}.`, into);
    else if (value !== null && value !== undefined) into.set(prefix + key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return into;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null;
}
