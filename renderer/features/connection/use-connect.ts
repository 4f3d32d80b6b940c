import { useCallback, useEffect, useRef, useState } from 'react';
import type { Connection, JoinPreview, SeatedPerson } from '#contracts/engine/agreement.ts';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useConnection, useEngine } from '#renderer/platform/hooks.ts';
import { changeConnect, forgetConnect, useConnectStore } from './connect-store.ts';
import { isSharing } from './is-sharing.ts';
import { isPlain, mappingOf } from './mapping.ts';
import { type SignIn, useSignIn } from './use-sign-in.ts';

export type ConnectStep = 'starting' | 'notSupported' | 'address' | 'signIn' | 'join' | 'joined';

/** The way of a desk to a server, as far as it has come. */
export interface Connect {
  readonly step: ConnectStep;
  readonly connection: Connection | undefined;
  readonly signIn: SignIn;
  /** What joining would do; null while it is looked at. */
  readonly preview: JoinPreview | null;
  readonly busy: boolean;
  readonly error: EngineError | null;
  findServer(): void;
  /** Forgets the server that was found. */
  otherAddress(): void;
  signInAnew(): void;
  lookAgain(): void;
  join(): void;
}

const lastOpen = (connection: Connection | undefined): SeatedPerson | null =>
  connection?.people.findLast(({ open }) => open) ?? null;

function stepOf(connection: Connection | undefined, person: SeatedPerson | null, asked: boolean): ConnectStep {
  if (asked || isSharing(connection)) return 'joined';
  switch (connection?.mode) {
    case undefined:
      return 'starting';
    case 'joined':
      return 'joined';
    case 'notSupported':
      return 'notSupported';
    case 'alone':
      return 'address';
    case 'found':
      return person === null ? 'signIn' : 'join';
  }
}

/** Looks at what joining would do, once for every person who might. */
function usePreview(personId: Id | null) {
  const engine = useEngine();
  const [preview, setPreview] = useState<JoinPreview | null>(null);
  const [error, setError] = useState<EngineError | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt looks again
  useEffect(() => {
    setPreview(null);
    setError(null);
    if (personId === null) return;
    let over = false;
    const look = async () => {
      const answer = await engine.call('previewJoin', { personId });
      if (over) return;
      if (answer.ok) setPreview(answer.value);
      else setError(answer.error);
    };
    void look();
    return () => {
      over = true;
    };
  }, [engine, personId, attempt]);
  return { preview, error, again: useCallback(() => setAttempt((was) => was + 1), []) };
}

/** Finds a server, signs in, looks at what joining would do, joins; each step follows from where the desk stands. */
export function useConnect(): Connect {
  const engine = useEngine();
  const connection = useConnection();
  const { address, email, choices } = useConnectStore();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<EngineError | null>(null);
  const [signsInAnew, setSignsInAnew] = useState(false);
  const [joinAsked, setJoinAsked] = useState(false);
  const [signedIn, setSignedIn] = useState<SeatedPerson | null>(null);
  const signIn = useSignIn({
    email: email || (connection?.people.at(-1)?.email ?? ''),
    onEmail: (text) => changeConnect({ email: text }),
    onSignedIn: (person) => {
      setSignsInAnew(false);
      setSignedIn(person);
    },
  });
  const person = signsInAnew ? null : (signedIn ?? lastOpen(connection));
  const step = stepOf(connection, person, joinAsked);
  const look = usePreview(step === 'join' ? (person?.personId ?? null) : null);
  const { preview } = look;

  const run = async (work: () => Promise<EngineError | null>) => {
    setBusy(true);
    setError(null);
    const failed = await work();
    setBusy(false);
    setError(failed);
  };
  const join = () =>
    void run(async () => {
      if (!preview) return null;
      const mapping = mappingOf(preview, choices);
      const answer = await engine.call('join', { personId: preview.person.personId, mapping });
      if (!answer.ok) return answer.error;
      setJoinAsked(true);
      forgetConnect();
      return null;
    });
  const joinsByItself = useRef(join);
  joinsByItself.current = join;
  // A desk with nothing of its own has nothing to be asked.
  useEffect(() => {
    if (preview && isPlain(preview)) joinsByItself.current();
  }, [preview]);
  return {
    step,
    connection,
    signIn,
    preview,
    busy,
    error: error ?? look.error,
    findServer: () =>
      void run(async () => {
        const answer = await engine.call('findServer', { address: address.trim() });
        return answer.ok ? null : answer.error;
      }),
    otherAddress: () =>
      void run(async () => {
        const answer = await engine.call('leave', {});
        if (!answer.ok) return answer.error;
        setSignedIn(null);
        setSignsInAnew(false);
        return null;
      }),
    signInAnew: () => {
      setError(null);
      setSignedIn(null);
      setSignsInAnew(true);
    },
    lookAgain: () => {
      setError(null);
      look.again();
    },
    join,
  };
}
