// Commands to devices and their identity, as web/Logistics.Web/Devices answers them.

export type CommandKind = 'open' | 'block' | 'unblock' | 'reserve' | 'release' | 'codes' | 'config' | 'snapshot' | 'time';

export type CommandState = 'pending' | 'sent' | 'delivered' | 'succeeded' | 'failed' | 'expired' | 'cancelled' | 'unanswered';

export interface DeviceCommand {
  id: string;
  device: string;
  kind: CommandKind;
  compartment: string | null;
  arguments: Record<string, unknown> | null;
  actor: string;
  actorName: string;
  reason: string;
  createdAt: string;
  /** Past this instant it has no effect. */
  notAfter: string;
  state: CommandState;
  attempts: number;
  mayHaveArrived: boolean;
  sentAt: string | null;
  deliveredAt: string | null;
  finishedAt: string | null;
  outcome: string | null;
  detail: string | null;
}

/** Live event "command". */
export interface CommandNews { device: string; id: string; state: CommandState }

export interface CommandDraft {
  kind: CommandKind;
  compartment: string | null;
  arguments: unknown;
  reason: string;
  lifeSeconds: number | null;
}

export interface DeviceCredential {
  device: string;
  kind: 'locker' | 'handheld' | 'vehicle';
  hasPassword: boolean;
  /** SHA-256 fingerprints, lower-case hex. */
  certificates: string[];
  isRevoked: boolean;
  version: number;
  claimExpiresAt: string | null;
}

/** Shown once. */
export interface DeviceClaim { device: string; code: string; expiresAt: string }

/** Shown once. */
export interface DeviceSecret { device: string; password: string; version: number }
