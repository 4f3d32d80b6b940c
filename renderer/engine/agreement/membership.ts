import type { Scope } from '#contracts/sync/scope.ts';
import type { KnownPerson, NotTaken, Share, SyncRecord } from '#renderer/data/sync-records.ts';
import type { OutboxFrame } from '#sync/client/outbox-frames.ts';
import { inForce } from './retelling.ts';

/** Whether this desk shares its log, as its own records say it: they outlive a lost settings file. */
export interface Membership {
  /** It works alone in all but `joined`: meanwhile its history goes to the server, or it takes the share along. */
  readonly phase: 'alone' | 'handingOver' | 'joined' | 'leaving';
  /** Null while alone. */
  readonly share: Share | null;
  /** The place of the last incident handed over, as `hand-over-order.ts` writes places; null: none yet. */
  readonly through: string | null;
  readonly notTaken: readonly NotTaken[];
  /** Everybody who signed in since it joined, as the server knew them last. */
  readonly people: readonly KnownPerson[];
  /** What this desk keeps of the share; null: all that its people may see. */
  readonly scope: Scope | null;
  /** What happened to the outbox of this share. */
  readonly frames: readonly OutboxFrame[];
}

const ALONE: Membership = {
  phase: 'alone',
  share: null,
  through: null,
  notTaken: [],
  people: [],
  scope: null,
  frames: [],
};

/** The fold of a desk's records. */
export function membershipOf(records: Iterable<SyncRecord>): Membership {
  let now = ALONE;
  let frames: OutboxFrame[] = [];
  for (const record of inForce(records)) {
    switch (record.kind) {
      case 'handingOver':
        now = { ...ALONE, phase: 'handingOver', share: record.share };
        break;
      case 'handedOver':
        now = { ...now, through: record.through, notTaken: withNotTaken(now.notTaken, record.notTaken) };
        break;
      case 'joined':
        frames = [];
        now = { ...now, phase: 'joined', share: record.share, people: [record.share.person], scope: null };
        break;
      case 'person':
        now = { ...now, people: withPerson(now.people, record.person) };
        break;
      case 'scope':
        now = { ...now, scope: record.scope };
        break;
      case 'leaving':
        now = { ...now, phase: 'leaving' };
        break;
      case 'left':
        frames = [];
        now = ALONE;
        break;
      case 'outbox':
        frames.push(record.frame);
        break;
    }
  }
  return { ...now, frames };
}

/** What is handed over once more after a cut may be refused once more. */
const withNotTaken = (before: readonly NotTaken[], now: readonly NotTaken[]): readonly NotTaken[] => [
  ...new Map([...before, ...now].map((one) => [one.id, one])).values(),
];

const withPerson = (people: readonly KnownPerson[], person: KnownPerson): readonly KnownPerson[] => [
  ...people.filter(({ personId }) => personId !== person.personId),
  person,
];
