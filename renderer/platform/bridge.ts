import type { DeskHost } from '#contracts/host/desk-host.ts';

/** The machine this window runs on: Electron's main behind the preload, or a plain browser. */
export async function findDeskHost(): Promise<DeskHost> {
  const { deskbell } = window;
  if (deskbell) return (await import('./electron-desk-host.ts')).electronDeskHost(deskbell);
  return (await import('./web-desk-host.ts')).webDeskHost();
}
