import { describe, expect, it } from 'vitest';
import { auditChanges, auditName } from './audit-changes';

describe('audit changes', () => {
  it('lists only what differs, nested fields by their path', () => {
    const before = { name: 'A', shift: { from: '08:00', until: '17:30' }, skills: ['cold'], note: null };
    const after = { name: 'A', shift: { from: '09:00', until: '17:30' }, skills: ['cold', 'drug'], note: 'x' };
    expect(auditChanges(before, after)).toEqual([
      { field: 'shift.from', before: '08:00', after: '09:00' },
      { field: 'skills', before: '["cold"]', after: '["cold","drug"]' },
      { field: 'note', before: null, after: 'x' },
    ]);
  });
  it('lists all of what was created or deleted', () => {
    expect(auditChanges(null, { version: 1 })).toEqual([{ field: 'version', before: null, after: '1' }]);
    expect(auditChanges({ version: 1 }, null)).toEqual([{ field: 'version', before: '1', after: null }]);
  });
  it('names an object by what people call it', () => {
    expect(auditName(null, { day: '2026-11-26', version: 2, name: 'x' })).toBe('2026-11-26 v2');
    expect(auditName({ plate: '京A1' }, null)).toBe('京A1');
    expect(auditName(null, { count: 3 })).toBeNull();
  });
});
