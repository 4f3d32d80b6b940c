import type { Instant } from '#domain/activity/activity.ts';
import type { Seal } from './store/seals.ts';

/** Where seals are made and kept: once a day, whichever node asks. */
export interface SealKeeper {
  /** Null: this day is sealed, or another node does it now. */
  seal(now: Instant): Promise<Seal | null>;
  /** The newest first, before that day. */
  list(limit: number, before: string | null): Promise<readonly Seal[]>;
}

export interface SealingPorts {
  readonly seals: SealKeeper;
  readonly now: () => Instant;
  readonly onSealed: (seal: Seal) => void;
  readonly onTrouble: (error: unknown) => void;
  /** Milliseconds between two looks. A look at a day that is sealed costs next to nothing. */
  readonly every?: number;
}

const HOUR = 3_600_000;

/** Sees to it that every day of UTC gets its seal, from now until it is closed. */
export function keepSealing({ seals, now, onSealed, onTrouble, every = HOUR }: SealingPorts): () => Promise<void> {
  let running: Promise<void> | null = null;
  const look = (): void => {
    running ??= seals
      .seal(now())
      .then((seal) => {
        if (seal !== null) onSealed(seal);
      })
      .catch(onTrouble)
      .finally(() => {
        running = null;
      });
  };
  look();
  const timer = setInterval(look, every);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
