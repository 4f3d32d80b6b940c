import { act, waitFor } from '@testing-library/react';
import { expect } from 'vitest';
import { isOffered, perform, useActionStore } from './action-store.ts';
import type { ActionId } from './actions.ts';

/** Carries an action out as soon as a screen offers it: a screen that is drawn is not yet one that listens. */
export async function performOffered(action: ActionId): Promise<void> {
  await waitFor(() => expect(isOffered(useActionStore.getState().handlers, action)).toBe(true));
  act(() => void perform(action));
}
