import type { ParcelState } from '../api/contract';

/** One colour per state; grey before work, blue while moving, green when done, red when it needs a person. */
export const STATE_COLOURS: Record<ParcelState, string> = {
  received: '#9aa7b1',
  quarantined: '#c6322b',
  promised: '#6f8aa0',
  planned: '#4a7fb5',
  loaded: '#2f6fd0',
  outForDelivery: '#1d57b8',
  deposited: '#2a9d8f',
  handedOver: '#1f8a5f',
  collected: '#146c43',
  overdue: '#d9822b',
  returned: '#a06a2c',
  missing: '#8e1b16',
  cancelled: '#c3c9ce',
};
