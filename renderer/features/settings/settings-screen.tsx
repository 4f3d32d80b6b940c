import { Button, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EngineStatus } from '#contracts/engine/protocol.ts';
import type { DeskSettings } from '#contracts/host/desk-host.ts';
import { useHost, useIsShared, usePersonId } from '#renderer/platform/hooks.ts';
import { changeSettings, useSettings } from '#renderer/platform/settings-store.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { useReady } from '#renderer/ui/ready.ts';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { KeySettings } from './key-settings.tsx';
import { MatrixEditor } from './matrix-editor.tsx';
import { NotificationTest } from './notification-test.tsx';
import classes from './settings.module.css';

function Section({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{name}</h2>
      <div className={classes.content}>{children}</div>
    </section>
  );
}

/** A setting with a few values, as a combobox. */
function Choice<K extends 'theme' | 'density' | 'language' | 'afterSave'>(props: {
  setting: K;
  label: string;
  values: readonly DeskSettings[K][];
  words: (value: DeskSettings[K]) => string;
}) {
  const host = useHost();
  const value = useSettings()[props.setting];
  return (
    <Combo
      className={classes.field ?? ''}
      label={props.label}
      value={value}
      options={props.values.map((each) => ({ value: each, label: props.words(each) }))}
      onChange={(next) => {
        const chosen = props.values.find((each) => each === next);
        if (chosen !== undefined) void changeSettings(host, { [props.setting]: chosen });
      }}
    />
  );
}

function Toggle({
  setting,
  label,
  detail,
}: {
  setting: 'closeToTray' | 'notifications' | 'singleKeys';
  label: string;
  detail: string;
}) {
  const host = useHost();
  const checked = useSettings()[setting];
  return (
    <Switch
      label={label}
      aria-label={label}
      description={detail}
      checked={checked}
      onChange={(event) => void changeSettings(host, { [setting]: event.currentTarget.checked })}
    />
  );
}

function DataSection({ status, version }: { status: EngineStatus | undefined; version: string }) {
  const say = useWords('settings');
  const host = useHost();
  const isJoined = useIsShared();
  const noImport = useForbidden()('importHistory');
  const [path, setPath] = useState<string | null>(null);
  const save = async () => {
    const outcome = await host.saveDiagnostics();
    setPath(outcome.saved ? outcome.path : null);
  };
  return (
    <Section name={say('section.data')}>
      {status?.keptIn !== 'browser' && (
        <div className={classes.line}>
          <Button aria-describedby="data-folder" onClick={() => void host.showDataFolder()}>
            {say('data.folder')}
          </Button>
          <span id="data-folder">{say('data.folderDetail')}</span>
        </div>
      )}
      <div className={classes.line}>
        <Button aria-describedby="data-diagnostics" onClick={() => void save()}>
          {say('data.diagnostics')}
        </Button>
        <span id="data-diagnostics" role="status">
          {path === null ? say('data.diagnosticsDetail') : say('data.diagnosticsSaved', { path })}
        </span>
      </div>
      <div className={classes.line}>
        <Button
          aria-describedby="data-import"
          disabled={isJoined || noImport !== null}
          onClick={() => void perform('importIncidents')}
        >
          {say('data.import')}
        </Button>
        <span id="data-import">{isJoined ? say('data.importJoined') : (noImport ?? say('data.importDetail'))}</span>
      </div>
      <p className={classes.quiet}>
        {say('data.version', { version })}
        {status && ` · ${say('data.counts', { incidents: status.incidents, lsn: status.lastLsn })}`}
      </p>
    </Section>
  );
}

export interface SettingsScreenProps {
  readonly status: EngineStatus | undefined;
  readonly version: string;
  /** What stands under "Server". */
  readonly server: ReactNode;
}

/** Personal and device settings, kept as they are chosen; and the desk's priority matrix. */
export function SettingsScreen({ status, version, server }: SettingsScreenProps) {
  const say = useWords('settings');
  // What one person has half-changed is not the next one's.
  const personId = usePersonId();
  useReady('settings', true);
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>{say('title')}</h1>
      <Section name={say('section.appearance')}>
        <Choice
          setting="theme"
          label={say('theme')}
          values={['system', 'light', 'dark', 'contrast']}
          words={(each) => say(`theme.${each}`)}
        />
        <Choice
          setting="density"
          label={say('density')}
          values={['compact', 'normal', 'roomy']}
          words={(each) => say(`density.${each}`)}
        />
        <Choice
          setting="language"
          label={say('language')}
          values={['system', 'en', 'en-XA', 'ar-XB']}
          words={(each) => say(`language.${each}`)}
        />
      </Section>
      <Section name={say('section.work')}>
        <Choice
          setting="afterSave"
          label={say('afterSave')}
          values={['next', 'stay', 'close']}
          words={(each) => say(`afterSave.${each}`)}
        />
        <Toggle setting="closeToTray" label={say('closeToTray')} detail={say('closeToTray.detail')} />
      </Section>
      <Section name={say('section.notifications')}>
        <Toggle setting="notifications" label={say('notifications')} detail={say('notifications.detail')} />
        <NotificationTest />
      </Section>
      <Section name={say('section.priorities')}>
        <MatrixEditor key={personId} />
      </Section>
      <Section name={say('section.keys')}>
        <Toggle setting="singleKeys" label={say('singleKeys')} detail={say('singleKeys.detail')} />
        <KeySettings />
      </Section>
      <Section name={say('section.server')}>{server}</Section>
      <DataSection status={status} version={version} />
    </main>
  );
}
