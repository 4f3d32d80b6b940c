import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useKeepsPart } from '#renderer/ui/scope/use-part.ts';
import { SmallDialog, type SmallDialogProps } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { changeConnect, useConnectStore } from './connect-store.ts';
import classes from './connection.module.css';
import { isLoading, isUnderWay, JoinProgress } from './join-progress.tsx';
import { JoinStep } from './join-step.tsx';
import { canJoin, isKeptBack } from './mapping.ts';
import { SignInFields } from './sign-in-fields.tsx';
import { type Connect, type ConnectStep, useConnect } from './use-connect.ts';
import { useWayWords } from './use-way-words.ts';

const STEPS = ['address', 'signIn', 'join'] as const satisfies readonly ConnectStep[];

/** Where one is among the three steps, in words and by weight. */
function Steps({ step }: { readonly step: ConnectStep }) {
  const say = useWords('connection');
  return (
    <ol className={classes.steps} aria-label={say('connect.steps')}>
      {STEPS.map((each) => (
        <li key={each} aria-current={each === step ? 'step' : undefined}>
          {say(`connect.step.${each}`)}
        </li>
      ))}
    </ol>
  );
}

function AddressField({ isWrong }: { readonly isWrong: boolean }) {
  const say = useWords('connection');
  const address = useConnectStore((state) => state.address);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <TextInput
      ref={field}
      data-autofocus
      label={say('connect.address')}
      description={say('connect.addressDetail')}
      inputMode="url"
      autoComplete="url"
      spellCheck={false}
      error={isWrong}
      value={address}
      onChange={(event) => changeConnect({ address: event.currentTarget.value })}
    />
  );
}

function Body({ connect }: { readonly connect: Connect }) {
  const say = useWords('connection');
  const { step, connection } = connect;
  switch (step) {
    case 'starting':
      return null;
    case 'notSupported':
      return <p className={classes.text}>{say('server.notSupported')}</p>;
    case 'address':
      return (
        <>
          <p className={classes.text}>{say('connect.intro')}</p>
          <AddressField isWrong={connect.error !== null} />
        </>
      );
    case 'signIn':
      return (
        <>
          <p className={classes.text}>{say('connect.found', { address: connection?.address ?? '' })}</p>
          <SignInFields signIn={connect.signIn} />
        </>
      );
    case 'join':
      return <JoinStep preview={connect.preview} />;
    case 'joined':
      return <JoinProgress />;
  }
}

function FurtherButtons({ connect, onScope }: { readonly connect: Connect; readonly onScope: () => void }) {
  const say = useWords('connection');
  const scope = useWords('scope');
  const keepsPart = useKeepsPart();
  if (connect.step === 'signIn') return <Button onClick={connect.otherAddress}>{say('connect.otherAddress')}</Button>;
  if (connect.step === 'join') return <Button onClick={connect.signInAnew}>{say('connect.asSomebodyElse')}</Button>;
  if (connect.step === 'joined' && isLoading(connect.connection)) {
    return (
      <Button variant="subtle" onClick={onScope}>
        {scope(keepsPart ? 'change' : 'keepPart')}
      </Button>
    );
  }
  return null;
}

type Confirming = Pick<SmallDialogProps, 'confirm' | 'onConfirm' | 'busy' | 'confirmDisabled' | 'leave' | 'refusal'>;

/** What confirms each step, and how it is left. */
function useConfirming(connect: Connect): Confirming {
  const say = useWords('connection');
  const common = useWords('common');
  const { address, choices } = useConnectStore();
  const { step, preview, busy, signIn } = connect;
  switch (step) {
    case 'address':
      return {
        confirm: say('connect.find'),
        onConfirm: connect.findServer,
        confirmDisabled: address.trim() === '',
        refusal: connect.error,
        busy,
      };
    case 'signIn':
      if (connect.connection?.offers?.password === false) return { leave: common('cancel') };
      return {
        confirm: say('signIn.confirm'),
        onConfirm: signIn.byPassword,
        refusal: signIn.missing ?? signIn.failed,
        busy: signIn.busy === 'password',
      };
    case 'join':
      if (preview !== null && isKeptBack(preview)) return { leave: common('cancel') };
      return {
        confirm: say(preview && preview.incidents > 0 ? 'join.handOver' : 'join.confirm'),
        onConfirm: connect.join,
        confirmDisabled: preview === null || !canJoin(preview, choices),
        busy,
      };
    case 'joined':
      return isUnderWay(connect.connection) ? { leave: say('connect.inBackground') } : {};
    case 'starting':
    case 'notSupported':
      return {};
  }
}

export interface ConnectDialogProps {
  readonly onClose: () => void;
  /** Leads to what this device keeps. */
  readonly onScope: () => void;
}

/**
 * "Connect to a server": its address, who joins, what is handed over; then how far that is. It may be closed at any
 * time; opened again it shows where the desk stands.
 */
export function ConnectDialog({ onClose, onScope }: ConnectDialogProps) {
  const say = useWords('connection');
  const wayWords = useWayWords();
  const connect = useConnect();
  const confirming = useConfirming(connect);
  const { step, error } = connect;
  const hasSteps = STEPS.some((each) => each === step);
  const { preview } = connect;
  const wide = step === 'join' && preview !== null && preview.rows.length > 0 && !isKeptBack(preview);
  return (
    <SmallDialog
      opened
      title={say('connect.title')}
      size={wide ? 760 : 520}
      onDismiss={onClose}
      actions={<FurtherButtons connect={connect} onScope={onScope} />}
      {...confirming}
    >
      {hasSteps && <Steps step={step} />}
      <Body connect={connect} />
      {error && (
        <ErrorNote
          text={wayWords(error)}
          onRetry={step === 'join' && preview === null ? connect.lookAgain : undefined}
        />
      )}
    </SmallDialog>
  );
}
