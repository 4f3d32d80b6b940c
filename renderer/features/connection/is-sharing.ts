import type { Connection } from '#contracts/engine/agreement.ts';

/** A desk shares its incidents with others, or it is handing them over and will. */
export const isSharing = (connection: Connection | undefined): boolean =>
  connection !== undefined && (connection.mode === 'joined' || connection.handingOver !== null);
