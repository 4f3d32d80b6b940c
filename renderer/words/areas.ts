import type alerts from './en/alerts.json';
import type app from './en/app.json';
import type attachments from './en/attachments.json';
import type common from './en/common.json';
import type conflicts from './en/conflicts.json';
import type connection from './en/connection.json';
import type directory from './en/directory.json';
import type errors from './en/errors.json';
import type importWords from './en/import.json';
import type incident from './en/incident.json';
import type newIncident from './en/new-incident.json';
import type outbox from './en/outbox.json';
import type queue from './en/queue.json';
import type road from './en/road.json';
import type scope from './en/scope.json';
import type settings from './en/settings.json';

/** The catalogue's areas: one file in `en/` each, flat keys with dots, ICU messages. */
export interface Catalogue {
  readonly common: typeof common;
  readonly app: typeof app;
  readonly queue: typeof queue;
  readonly alerts: typeof alerts;
  readonly connection: typeof connection;
  readonly attachments: typeof attachments;
  readonly settings: typeof settings;
  readonly directory: typeof directory;
  readonly errors: typeof errors;
  readonly incident: typeof incident;
  readonly 'new-incident': typeof newIncident;
  readonly import: typeof importWords;
  readonly outbox: typeof outbox;
  readonly conflicts: typeof conflicts;
  readonly road: typeof road;
  readonly scope: typeof scope;
}
export type Area = keyof Catalogue;
export type WordKey<A extends Area> = keyof Catalogue[A] & string;

/** Values a message may take; numbers are written in the reader's way. */
export type WordValues = Readonly<Record<string, string | number | null | undefined>>;

/** Says one message of an area. */
export type Words<A extends Area> = (key: WordKey<A>, values?: WordValues) => string;
