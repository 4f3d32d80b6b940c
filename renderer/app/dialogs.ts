import { create } from 'zustand';

/** The dialogs of the shell; at most one stands open. */
export type DialogName = 'newIncident' | 'import' | 'keyboard' | 'commands' | 'switchPerson' | 'alerts';

interface Dialogs {
  readonly open: DialogName | null;
  /** The draft a "New incident" dialog goes on with. */
  readonly draftId: string | null;
}

export const useDialogs = create<Dialogs>(() => ({ open: null, draftId: null }));

export const openDialog = (open: DialogName, draftId: string | null = null): void =>
  useDialogs.setState({ open, draftId });

export const closeDialog = (): void => useDialogs.setState({ open: null, draftId: null });
