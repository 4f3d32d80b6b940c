import { Button, TextInput } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { ROLES, type Role } from '#domain/directory/directory.ts';
import { NAME_LIMIT, nameFlaw } from '#domain/directory/names.ts';
import { useEngine } from '#renderer/platform/hooks.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useReady } from '#renderer/ui/ready.ts';
import { expectSample, exploreSample } from '#renderer/ui/sample-store.ts';
import { SettlingFields, useSettling, useWhenSettled } from '#renderer/ui/settling.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './first-run.module.css';

const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'requester');

/** "Welcome to Deskbell": who you are, and how this desk begins. */
export function FirstRunScreen({ onConnect }: { readonly onConnect: () => void }) {
  const say = useWords('app');
  const common = useWords('common');
  const engine = useEngine();
  const errors = useErrorWords();
  const [name, setName] = useState('');
  const [team, setTeam] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [flawed, setFlawed] = useState<'name' | 'team' | null>(null);
  const [busy, setBusy] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const teamField = useRef<HTMLInputElement>(null);
  useReady('first-run', true);

  const begin = async (who: { name: string; teamName: string }, sample: boolean) => {
    setBusy(true);
    setTrouble(null);
    // The desk opens with the introduction: it must know by then that it is about to be filled.
    expectSample(sample);
    const introduced = await engine.call('introduce', { ...who, role });
    setBusy(false);
    if (introduced.ok && sample) return exploreSample(engine);
    expectSample(false);
    if (!introduced.ok) setTrouble(errors.engine(introduced.error));
  };
  const settling = useSettling();
  const work = useWhenSettled(settling, () => {
    const flaw = nameFlaw(name) ? 'name' : nameFlaw(team) ? 'team' : null;
    setFlawed(flaw);
    if (flaw !== null) (flaw === 'name' ? nameField : teamField).current?.focus();
    if (flaw === null && !busy) void begin({ name: name.trim(), teamName: team.trim() }, false);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    work();
  };
  const flawWords = (text: string, missing: 'firstRun.nameMissing' | 'firstRun.teamMissing') => {
    const flaw = nameFlaw(text);
    if (flaw === 'tooLong') return common('nameTooLong', { length: text.trim().length, limit: NAME_LIMIT });
    return flaw && say(missing);
  };
  const explore = useWhenSettled(settling, () => {
    const who = {
      name: name.trim() || say('firstRun.sampleName'),
      teamName: team.trim() || say('firstRun.sampleTeam'),
    };
    void begin(who, true);
  });

  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <IconBell size={36} stroke={1.75} className={classes.bell} aria-hidden="true" />
        <h1 className={classes.title}>{say('firstRun.title')}</h1>
        <p className={classes.intro}>{say('firstRun.intro')}</p>
        {trouble && <ErrorNote text={trouble} />}
        <div className={classes.fields}>
          <SettlingFields value={settling.fields}>
            <TextInput
              ref={nameField}
              label={say('firstRun.name')}
              autoComplete="name"
              autoFocus
              required
              withAsterisk={false}
              value={name}
              error={flawed === 'name' ? flawWords(name, 'firstRun.nameMissing') : undefined}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              ref={teamField}
              label={say('firstRun.team')}
              autoComplete="organization"
              required
              withAsterisk={false}
              value={team}
              error={flawed === 'team' ? flawWords(team, 'firstRun.teamMissing') : undefined}
              onChange={(event) => setTeam(event.currentTarget.value)}
            />
            <Combo
              label={say('firstRun.role')}
              value={role}
              options={STAFF_ROLES.map((each) => ({ value: each, label: common(`role.${each}`) }))}
              description={say('firstRun.rolesNote')}
              onChange={(value) => setRole(STAFF_ROLES.find((each) => each === value) ?? role)}
            />
          </SettlingFields>
        </div>
        <div className={classes.ways}>
          <div className={classes.way}>
            <Button type="submit" variant="filled" aria-busy={busy || undefined} aria-describedby="first-run-work">
              {say('firstRun.work')}
            </Button>
            <span id="first-run-work">{say('firstRun.workDetail')}</span>
          </div>
          <div className={classes.way}>
            <Button onClick={explore} aria-busy={busy || undefined} aria-describedby="first-run-sample">
              {say('firstRun.sample')}
            </Button>
            <span id="first-run-sample">{say('firstRun.sampleDetail')}</span>
          </div>
          <div className={classes.way}>
            <Button onClick={onConnect} aria-describedby="first-run-connect">
              {say('firstRun.connect')}
            </Button>
            <span id="first-run-connect">{say('firstRun.connectDetail')}</span>
          </div>
        </div>
        <span role="status" className="visually-hidden">
          {busy ? say('firstRun.busy') : ''}
        </span>
      </form>
    </main>
  );
}
