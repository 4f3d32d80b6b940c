import { create } from 'zustand';

/** The dialogs of the shell; at most one stands open. */
export type DialogName =
  | 'newIncident'
  | 'import'
  | 'keyboard'
  | 'commands'
  | 'switchPerson'
  | 'alerts'
  | 'connect'
  | 'signIn'
  | 'outbox'
  | 'conflicts'
  | 'road';

interface Dialogs {
  readonly open: DialogName | null;
  /** The draft a "New incident" dialog goes on with. */
  readonly draftId: string | null;
  /** With whose e-mail "Sign in" begins; empty: with nobody's. */
  readonly email: string;
}

const CLOSED: Dialogs = { open: null, draftId: null, email: '' };

export const useDialogs = create<Dialogs>(() => CLOSED);

export const openDialog = (open: DialogName, draftId: string | null = null): void =>
  useDialogs.setState({ ...CLOSED, open, draftId });

/** Opens "Sign in" with an e-mail filled in. */
export const openSignIn = (email: string): void => useDialogs.setState({ ...CLOSED, open: 'signIn', email });

export const closeDialog = (): void => useDialogs.setState(CLOSED);
