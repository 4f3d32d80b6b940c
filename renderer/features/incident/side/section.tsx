import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './side.module.css';

const STORE = 'deskbell.foldedSections';

function folded(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]');
    return Array.isArray(value) ? value.map(String) : [];
  } catch {
    return [];
  }
}

function remember(name: string, opened: boolean): void {
  const others = folded().filter((each) => each !== name);
  try {
    localStorage.setItem(STORE, JSON.stringify(opened ? others : [...others, name]));
  } catch {
    // Only comfort: a section opens again.
  }
}

export interface SectionProps {
  /** Stable, for remembering what is folded. */
  readonly name: string;
  readonly title: string;
  readonly children: ReactNode;
  /** Folded until somebody opens it. */
  readonly startsFolded?: boolean;
}

/** A part of the side panel: a region that folds, and stays as this person left it. */
export function Section({ name, title, children, startsFolded = false }: SectionProps) {
  const key = startsFolded ? `${name}:opened` : name;
  const [opened, setOpened] = useState(() => folded().includes(key) === startsFolded);
  const id = useId();
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const toggle = () => {
    setOpened(!opened);
    remember(key, startsFolded ? opened : !opened);
  };
  return (
    <section className={classes.section} aria-label={title}>
      <h2 className={classes.heading}>
        <button type="button" className={classes.toggle} aria-expanded={opened} aria-controls={id} onClick={toggle}>
          <Chevron size={14} aria-hidden="true" />
          {title}
        </button>
      </h2>
      <div id={id} className={classes.content} hidden={!opened}>
        {opened && children}
      </div>
    </section>
  );
}

/** Label left, value right. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span className={classes.label}>{label}</span>
      <div className={classes.value}>{children}</div>
    </div>
  );
}

/** A value nobody edits here. */
export function Plain({ children, more }: { children: ReactNode; more?: ReactNode }) {
  return (
    <div className={classes.plain}>
      {children}
      {more && <span className={classes.more}>{more}</span>}
    </div>
  );
}
