import type { Role } from '#domain/directory/directory.ts';

/**
 * Who may see what, said once more and by hand: the matrix test holds the server to this and takes nothing of it from
 * the code that is tested.
 */

export const PEOPLE = {
  viewer: { role: 'viewer', teamIds: [] },
  agentOfNet: { role: 'agent', teamIds: ['net'] },
  agentOfMail: { role: 'agent', teamIds: ['mail'] },
  technicianOfNet: { role: 'technician', teamIds: ['net'] },
  problemManager: { role: 'problemManager', teamIds: [] },
  supervisor: { role: 'supervisor', teamIds: [] },
  majorIncidentManager: { role: 'majorIncidentManager', teamIds: [] },
  administrator: { role: 'administrator', teamIds: [] },
  caller: { role: 'requester', teamIds: [] },
  affected: { role: 'requester', teamIds: [] },
  /** Of another organisation. */
  stranger: { role: 'requester', teamIds: [] },
} as const satisfies Record<string, { readonly role: Role; readonly teamIds: readonly string[] }>;
export type Person = keyof typeof PEOPLE;
export const PERSONS = Object.keys(PEOPLE) as readonly Person[];

/** Nobody of these has a session any more, or ever had one. */
export const OUTSIDERS = ['nobody', 'invented', 'signedOut', 'deactivated'] as const;
const isOutsider = (who: string): boolean => (OUTSIDERS as readonly string[]).includes(who);
export type Who = Person | (typeof OUTSIDERS)[number];

const DESK: readonly Who[] = PERSONS.filter((person) => PEOPLE[person].role !== 'requester');
const LEADS: readonly Who[] = ['supervisor', 'majorIncidentManager', 'administrator'];

/** Each kind of incident: who of the desk may read it, and whose own it is. */
export const INCIDENTS = {
  ordinary: { group: 'net', confidential: false, desk: DESK },
  confidentialofnet: { group: 'net', confidential: true, desk: [...LEADS, 'agentOfNet', 'technicianOfNet'] },
  confidentialofmail: { group: 'mail', confidential: true, desk: [...LEADS, 'agentOfMail'] },
  confidentialofnone: { group: null, confidential: true, desk: LEADS },
  called: { group: 'net', confidential: false, desk: DESK, caller: 'caller' },
  calledconfidential: { group: 'mail', confidential: true, desk: [...LEADS, 'agentOfMail'], caller: 'caller' },
  affects: { group: 'net', confidential: false, desk: DESK, affected: 'affected' },
  strangers: { group: 'mail', confidential: false, desk: DESK, caller: 'stranger' },
  imported: { group: null, confidential: false, desk: DESK, caller: 'caller' },
} as const satisfies Record<string, IncidentKind>;
interface IncidentKind {
  readonly group: string | null;
  readonly confidential: boolean;
  readonly desk: readonly Who[];
  readonly caller?: Person;
  readonly affected?: Person;
}
export type Kind = keyof typeof INCIDENTS;
export const KINDS = Object.keys(INCIDENTS) as readonly Kind[];

/** Each text of an incident: for the desk alone, for its caller too, or for its caller and whom it affects. */
export const INCIDENT_FIELDS = {
  shortdescription: 'both',
  description: 'both',
  room: 'both',
  contactnumber: 'caller',
  contactmail: 'caller',
  besttime: 'caller',
  accessnotes: 'desk',
  tag: 'desk',
  vendorname: 'desk',
  vendorreference: 'desk',
  problemref: 'desk',
  knownerrorref: 'desk',
  changeref: 'desk',
  note: 'desk',
  latereason: 'desk',
  call: 'desk',
  reply: 'both',
  unreleased: 'desk',
  withdrawn: 'desk',
  why: 'desk',
  handover: 'desk',
  holdvendorname: 'desk',
  holdvendorreference: 'desk',
  approver: 'desk',
  resolutionnotes: 'desk',
  confirmedby: 'desk',
  reopenreason: 'desk',
  confirmation: 'desk',
  canceldetail: 'desk',
  internalfile: 'desk',
  internalname: 'desk',
  publicfile: 'both',
  publicname: 'both',
  message: 'both',
  comment: 'both',
  sourcechannel: 'desk',
  sourceextra: 'desk',
} as const satisfies Record<string, 'desk' | 'caller' | 'both'>;
export type IncidentField = keyof typeof INCIDENT_FIELDS;

const ANYBODY: readonly Who[] = PERSONS;
const STAFF: readonly Who[] = DESK.filter((who) => who !== 'viewer');

/** Each text of the directory, and who may see it. A person's own record is theirs, but for the notes on them. */
export const DIRECTORY_FIELDS = {
  personname: DESK,
  personmail: DESK,
  personphone: DESK,
  personroom: DESK,
  personorganisation: DESK,
  handlingnotes: STAFF,
  teamname: ANYBODY,
  categoryname: ANYBODY,
  servicename: ANYBODY,
  sitename: ANYBODY,
  itemname: DESK,
  /** On which machine of the desk something was written. */
  device: DESK,
} as const satisfies Record<string, readonly Who[]>;
export type DirectoryField = keyof typeof DIRECTORY_FIELDS;

/** What was planted, and where. */
export type Canary =
  | { readonly text: string; readonly field: IncidentField; readonly kind: Kind }
  | { readonly text: string; readonly field: DirectoryField; readonly of: string };

export function mayRead(who: Who, kind: Kind): boolean {
  const { desk, caller, affected }: IncidentKind = INCIDENTS[kind];
  return desk.includes(who) || caller === who || affected === who;
}

export function maySee(who: Who, canary: Canary): boolean {
  if ('kind' in canary) {
    const { desk, caller, affected }: IncidentKind = INCIDENTS[canary.kind];
    const audience = INCIDENT_FIELDS[canary.field];
    if (desk.includes(who)) return true;
    return (audience !== 'desk' && caller === who) || (audience === 'both' && affected === who);
  }
  // Signing in again tells one's own name; everything else needs what the session is for.
  if (isOutsider(who)) return who === 'signedOut' && canary.of === who && /name$|mail$/.test(canary.field);
  return DIRECTORY_FIELDS[canary.field].includes(who) || (canary.of === who && canary.field !== 'handlingnotes');
}
