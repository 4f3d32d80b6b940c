/** An Electron that can run on this machine. */
export interface Runtime {
  /** `official` is the pinned release, `fallback` the stand-in for networks without the release host. */
  readonly kind: 'override' | 'official' | 'fallback';
  /** The folder with the executable, as ELECTRON_OVERRIDE_DIST_PATH means it. */
  readonly dist: string;
  readonly executable: string;
}
