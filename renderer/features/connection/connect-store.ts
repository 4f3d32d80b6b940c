import { create } from 'zustand';
import type { Choices } from './mapping.ts';

/** What was typed and chosen on the way to a server, kept while the dialog is closed. Never a password. */
interface ConnectState {
  readonly address: string;
  readonly email: string;
  readonly choices: Choices;
}

const NOTHING: ConnectState = { address: '', email: '', choices: {} };

export const useConnectStore = create<ConnectState>(() => NOTHING);
export const changeConnect = (changes: Partial<ConnectState>): void => useConnectStore.setState(changes);
export const forgetConnect = (): void => useConnectStore.setState(NOTHING);
