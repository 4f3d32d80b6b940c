import { preparedFolder } from '../data/build-key.ts';
import { logFile } from '../data/log-file.ts';
import { toldIncidents } from '../data/told-incidents.ts';
import { launchPeer, type Peer } from '../peers/launch.ts';
import type { Ground } from './case.ts';

/** Where the peer's filled database is kept between runs: as old as the rows it was filled from. */
export const peerProfile = (key: string, n: number): string => preparedFolder(key, 'peers', `desk-${n}`);

/** The peer's page over `n` incidents told midway, filled on its first use. */
export const openPeer = async (n: number, { key, say }: Ground): Promise<Peer> => {
  const log = await logFile(n, 'midway');
  const told = await toldIncidents(log, key, false);
  const peer = await launchPeer({ profile: peerProfile(key, n), rows: told.folder });
  say(`${n} incidents into Dexie and the index`);
  await peer.ask('open', told.incidents.map(peer.urlOf), n);
  return peer;
};
