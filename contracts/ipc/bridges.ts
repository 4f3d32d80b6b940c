/** What the preloads put on `window`, derived from the table: one function for each channel, none besides. */
import type { CallArgs, ChannelOf, EventOf, WindowKind } from '#contracts/ipc/contract.ts';

type AreaOf<C extends string> = C extends `${infer Area}.${string}` ? Area : never;
type VerbOf<C extends string, Area extends string> = C extends `${Area}.${infer Verb}` ? Verb : never;

/** An answer as it came over the boundary: the page parses it again before it trusts it. */
type Unparsed = Promise<unknown>;

type Calls<K extends WindowKind> = {
  readonly [Area in AreaOf<ChannelOf<K>>]: {
    readonly [Verb in VerbOf<ChannelOf<K>, Area>]: (
      args: CallArgs<Extract<ChannelOf<K>, `${Area}.${Verb}`>>,
    ) => Unparsed;
  };
};
type Events<K extends WindowKind> = {
  /** Answers the way to end the subscription. The listener gets the payload alone. */
  readonly [E in EventOf<K>]: (listener: (payload: unknown) => void) => () => void;
};

export type Bridge<K extends WindowKind> = Calls<K> & { readonly on: Events<K> };
export type DeskBridge = Bridge<'desk'>;
export type EngineBridge = Bridge<'engine'>;

/** The origin of every page of the application. Changing it is a data migration: the database belongs to it. */
export const APP_ORIGIN = 'app://deskbell';
