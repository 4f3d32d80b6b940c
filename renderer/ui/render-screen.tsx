import { configure, type RenderResult, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import type { Boot } from '#contracts/host/desk-host.ts';
import { blankPerson } from '#domain/directory/blank-person.ts';
import { createFakeEngine, type FakeEngine } from '#renderer/platform/fake-engine.ts';
import { createFakeHost, type FakeHost } from '#renderer/platform/fake-host.ts';
import { DeskProvider } from './desk-provider.tsx';

// How long a test waits for what will come: a busy machine is slow, and slow is no failure.
configure({ asyncUtilTimeout: 30_000 });

export const ada = blankPerson({ id: 'p-ada', name: 'Ada Lovelace', role: 'agent', teamIds: ['t-1'] });

/** What jsdom lacks and Mantine asks for. */
function completeJsdom(): void {
  window.matchMedia ??= (query: string) =>
    ({
      matches: false,
      media: query,
      onchange: null,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      addListener: () => undefined,
      removeListener: () => undefined,
      dispatchEvent: () => false,
    }) satisfies MediaQueryList;
  // Growing text areas wait for fonts.
  if (!('fonts' in document))
    Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
}

export interface Screen extends RenderResult {
  readonly engine: FakeEngine;
  readonly host: FakeHost;
  readonly user: ReturnType<typeof userEvent.setup>;
}

/** Renders a screen with fakes around it, Ada (an agent of team t-1) at the desk, times in UTC. */
export function renderScreen(
  screen: ReactNode,
  { engine = createFakeEngine(), boot = {} }: { engine?: FakeEngine; boot?: Partial<Boot> } = {},
): Screen {
  completeJsdom();
  const host = createFakeHost(boot);
  engine.set('session', { personId: ada.id, person: ada, deskName: 'Harbour desk' });
  const user = userEvent.setup();
  const result = render(
    <DeskProvider host={host} engine={engine} reader={{ zone: 'UTC', language: 'en-GB' }} test>
      {screen}
    </DeskProvider>,
  );
  return { ...result, engine, host, user };
}
