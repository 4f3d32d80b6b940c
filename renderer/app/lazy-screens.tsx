import { lazy } from 'react';

/** Screens that are not needed for the first paint: fetched right after it, so that nobody waits for them. */
const loaders = {
  incident: () => import('#renderer/features/incident/incident-screen.tsx'),
  newIncident: () => import('#renderer/features/new-incident/new-incident-dialog.tsx'),
  recorded: () => import('#renderer/features/new-incident/recorded-notice.tsx'),
  importing: () => import('#renderer/features/import/import-dialog.tsx'),
  settings: () => import('#renderer/features/settings/settings-screen.tsx'),
  directory: () => import('#renderer/features/directory/directory-screen.tsx'),
  alerts: () => import('#renderer/features/alerts/alerts-dialog.tsx'),
  connect: () => import('#renderer/features/connection/connect-dialog.tsx'),
  signIn: () => import('#renderer/features/connection/sign-in-dialog.tsx'),
  server: () => import('#renderer/features/connection/server-section.tsx'),
  scope: () => import('#renderer/features/connection/scope-dialog.tsx'),
  outbox: () => import('#renderer/features/outbox/outbox-dialog.tsx'),
  conflicts: () => import('#renderer/features/conflicts/conflicts-dialog.tsx'),
  road: () => import('#renderer/features/road/road-dialog.tsx'),
  person: () => import('#renderer/features/person/switch-person-dialog.tsx'),
};

export const IncidentScreen = lazy(async () => ({ default: (await loaders.incident()).IncidentScreen }));
export const NewIncidentDialog = lazy(async () => ({ default: (await loaders.newIncident()).NewIncidentDialog }));
export const RecordedNotice = lazy(async () => ({ default: (await loaders.recorded()).RecordedNotice }));
export const ImportDialog = lazy(async () => ({ default: (await loaders.importing()).ImportDialog }));
export const SettingsScreen = lazy(async () => ({ default: (await loaders.settings()).SettingsScreen }));
export const DirectoryScreen = lazy(async () => ({ default: (await loaders.directory()).DirectoryScreen }));
export const AlertsDialog = lazy(async () => ({ default: (await loaders.alerts()).AlertsDialog }));
export const ConnectDialog = lazy(async () => ({ default: (await loaders.connect()).ConnectDialog }));
export const SignInDialog = lazy(async () => ({ default: (await loaders.signIn()).SignInDialog }));
export const ServerSection = lazy(async () => ({ default: (await loaders.server()).ServerSection }));
export const ScopeDialog = lazy(async () => ({ default: (await loaders.scope()).ScopeDialog }));
export const OutboxDialog = lazy(async () => ({ default: (await loaders.outbox()).OutboxDialog }));
export const ConflictsDialog = lazy(async () => ({ default: (await loaders.conflicts()).ConflictsDialog }));
export const RoadDialog = lazy(async () => ({ default: (await loaders.road()).RoadDialog }));
export const SwitchPersonDialog = lazy(async () => ({ default: (await loaders.person()).SwitchPersonDialog }));

/** Fetches them all, quietly. */
export const fetchScreens = (): void => {
  for (const load of Object.values(loaders)) void load();
};
