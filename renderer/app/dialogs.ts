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
  | 'road'
  | 'scope';

interface Dialogs {
  readonly open: DialogName | null;
  /** The draft a "New incident" dialog goes on with. */
  readonly draftId: string | null;
  /** With whose e-mail "Sign in" begins; empty: with nobody's. */
  readonly email: string;
  /** What stands open again after "What this device keeps"; null: nothing. */
  readonly back: DialogName | null;
}

const CLOSED: Dialogs = { open: null, draftId: null, email: '', back: null };

export const useDialogs = create<Dialogs>(() => CLOSED);

export const openDialog = (open: DialogName, draftId: string | null = null): void =>
  useDialogs.setState({ ...CLOSED, open, draftId });

/** Opens "Sign in" with an e-mail filled in. */
export const openSignIn = (email: string): void => useDialogs.setState({ ...CLOSED, open: 'signIn', email });

/** Opens "What this device keeps", over a dialog that stands open again afterwards. */
export const openScope = (back: DialogName | null = null): void =>
  useDialogs.setState({ ...CLOSED, open: 'scope', back });

export const closeDialog = (): void => useDialogs.setState(CLOSED);

/** Back to where it was opened from. */
export const closeScope = (): void => useDialogs.setState(({ back }) => ({ ...CLOSED, open: back }));
