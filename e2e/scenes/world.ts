import type { Page } from '@playwright/test';
import { CLIENT, startIdentityProvider } from '#build/testing/identity-provider.ts';
import { type Account, type Administration, startAdministration } from '../harness/administration.ts';
import { type ElectronDesk, launchDesk } from '../harness/desk.ts';
import { removeProfile } from '../harness/profile.ts';
import { type RunningServer, startServer } from '../harness/server.ts';
import { startWay, type Way } from '../harness/way.ts';
import type { Scene } from './screens.ts';

/** A server with people and incidents, the network in front of it, and one desk that is photographed. */
export interface World {
  readonly server: RunningServer;
  readonly way: Way;
  readonly admin: Administration;
  readonly desk: ElectronDesk;
  readonly ben: Account;
  /** The caller of every incident. */
  readonly rita: Account;
  /** Ids of what `INCIDENTS` says, in its order. */
  readonly incidents: readonly string[];
  close(): Promise<void>;
}

/** A part of a story: each goes on where the one before it ended. */
export interface Part extends Pick<Scene, 'name' | 'guide'> {
  tell(page: Page, world: World): Promise<void>;
}

const TEAMS = { desk: crypto.randomUUID(), network: crypto.randomUUID() };
/** As long as a team's name gets. */
export const NETWORK = 'Netzwerk- und Telekommunikationsinfrastruktur der Hauptverwaltung';

const record = (id: string, name: string) => ({ id, name, active: true, source: null });

/** Short description, impact, urgency. */
const INCIDENTS = [
  ['Printer on the third floor prints blank pages', 3, 2],
  ['Wi-Fi drops in meeting room 4', 2, 2],
  ['Rechtsschutzversicherungsgesellschaften finden ihre Datenverarbeitungsanlagenzugänge nicht mehr', 2, 3],
  ['Cannot open the drawings of line 2', 3, 2],
  ['Phone line to Lyon is dead', 1, 2],
  ['Scanner at the gate reads nothing', 2, 2],
  ['Laptop does not wake from sleep', 3, 3],
  ['Badge of the new colleague opens no door', 3, 2],
  ['Monthly report cannot be exported', 3, 3],
  ['Label printer in dispatch jams', 2, 2],
] as const;

/** An incident of the server, changed by somebody elsewhere. */
export const numberOf = (at: number): string => `INC${String(at + 1).padStart(7, '0')}`;

async function furnish(admin: Administration): Promise<Pick<World, 'ben' | 'rita' | 'incidents'>> {
  await admin.save('team', record(TEAMS.desk, 'Service Desk'));
  await admin.save('team', record(TEAMS.network, 'Network'));
  await admin.save('team', record(crypto.randomUUID(), NETWORK));
  await admin.save('site', record(crypto.randomUUID(), 'Berlin'));
  await admin.save('site', record(crypto.randomUUID(), 'Donaudampfschifffahrtshauptverwaltungsgebäude Passau'));
  await admin.save('configurationItem', { ...record(crypto.randomUUID(), 'Router 3'), assignmentGroupId: null });
  await admin.account('Anna Berg', 'agent', { teamIds: [TEAMS.desk] });
  await admin.account('Vera Klein', 'viewer');
  const rita = await admin.account('Rita Holm', 'requester');
  const ben = await admin.account('Ben Ode', 'technician', { teamIds: [TEAMS.desk, TEAMS.network] });
  const incidents: string[] = [];
  for (const [at, [shortDescription, impact, urgency]] of INCIDENTS.entries()) {
    const incidentId = crypto.randomUUID();
    incidents.push(incidentId);
    const given = { incidentId, shortDescription, impact, urgency, channel: 'phone', callerId: rita.personId };
    const whose = at % 3 === 0 ? {} : { assignmentGroupId: TEAMS.network, assignedToId: ben.personId };
    await admin.send('incident.record', { ...given, ...whose });
  }
  return { ben, rita, incidents };
}

/** Nobody signs in through the browser here, but everybody is offered it. */
const PUBLIC_URL = 'http://127.0.0.1:9';

export async function startWorld(): Promise<World> {
  const provider = await startIdentityProvider(`${PUBLIC_URL}/api/v1/auth/oidc/callback`);
  const server = await startServer({
    PUBLIC_URL,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.clientId,
    OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    OIDC_NAME: 'Example',
  });
  const admin = await startAdministration(server.address);
  const furniture = await furnish(admin);
  const way = await startWay(server.address);
  const desk = await launchDesk();
  return {
    server,
    way,
    admin,
    desk,
    ...furniture,
    close: async () => {
      await desk.kill();
      await removeProfile(desk.profile);
      await way.close();
      await server.remove();
      await provider.close();
    },
  };
}
