import type { CommandKind, CommandState, DeviceCommand } from '../../api/commands-contract';

const aboutCompartment: readonly CommandKind[] = ['open', 'block', 'unblock', 'reserve', 'release'];
const lockerKinds: readonly CommandKind[] = [...aboutCompartment, 'snapshot', 'codes', 'config', 'time'];

export function commandKinds(device: 'locker' | 'handheld' | 'vehicle'): readonly CommandKind[] {
  return device === 'locker' ? lockerKinds : ['config', 'time'];
}

export function needsCompartment(kind: CommandKind): boolean {
  return aboutCompartment.includes(kind);
}

export function needsArguments(kind: CommandKind): boolean {
  return kind === 'reserve' || kind === 'codes' || kind === 'config';
}

/** True while something may still happen to the command by itself. */
export function isOpenEnded(command: DeviceCommand): boolean {
  return command.state === 'pending' || command.state === 'sent' || command.state === 'delivered';
}

/** The style class of a state's name. */
export function stateTone(state: CommandState): 'ok-text' | 'bad-text' | 'muted' | '' {
  switch (state) {
    case 'succeeded': return 'ok-text';
    case 'failed': case 'unanswered': return 'bad-text';
    case 'expired': case 'cancelled': return 'muted';
    default: return '';
  }
}
