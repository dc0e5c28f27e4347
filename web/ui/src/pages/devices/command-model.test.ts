import { describe, expect, it } from 'vitest';
import { commandKinds, isOpenEnded, needsArguments, needsCompartment, stateTone } from './command-model';

describe('command model', () => {
  it('offers doors to lockers only', () => {
    expect(commandKinds('locker')[0]).toBe('open');
    expect(commandKinds('vehicle')).toEqual(['config', 'time']);
  });

  it('asks for what a command needs', () => {
    expect(commandKinds('locker').filter(needsCompartment)).toEqual(['open', 'block', 'unblock', 'reserve', 'release']);
    expect(commandKinds('locker').filter(needsArguments)).toEqual(['reserve', 'codes', 'config']);
  });

  it('follows a command until it has ended', () => {
    const command = { state: 'delivered' } as Parameters<typeof isOpenEnded>[0];
    expect(isOpenEnded(command)).toBe(true);
    expect(isOpenEnded({ ...command, state: 'unanswered' })).toBe(false);
    expect([stateTone('succeeded'), stateTone('unanswered'), stateTone('cancelled')]).toEqual(['ok-text', 'bad-text', 'muted']);
  });
});
