import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/**
 * The switches burnt into a packaged executable. Node's inspector is off with the rest, so tests drive a package
 * over Chromium's debugging port: that reaches pages alone, and only for who can start the program anyway.
 */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

type FuseName = keyof typeof fuses;

const positions: Record<FuseName, FuseV1Options> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

const isFuseName = (name: string): name is FuseName => name in fuses;
const names = Object.keys(fuses).filter(isFuseName);

type Wire = Awaited<ReturnType<typeof getCurrentFuseWire>>;

/** An older Electron has fewer fuses; one it lacks can be neither set nor asked for. */
const has = (wire: Wire, name: FuseName): boolean => wire[positions[name]] !== undefined;

export const fusesOf = async (executable: string): Promise<Partial<Record<FuseName, boolean>>> => {
  const wire = await getCurrentFuseWire(executable);
  const present = names.filter((name) => has(wire, name));
  return Object.fromEntries(present.map((name) => [name, fuses[name]]));
};

/** Names every fuse that is not as configured; a missing one counts unless the stand-in Electron may lack it. */
export const wrongFuses = (wire: Wire, mayLack: boolean): string[] =>
  names.filter((name) => {
    if (!has(wire, name)) return !mayLack;
    const wanted = fuses[name] ? FuseState.ENABLE : FuseState.DISABLE;
    return wire[positions[name]] !== wanted;
  });

export const readFuses = getCurrentFuseWire;
