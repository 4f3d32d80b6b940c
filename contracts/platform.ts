/** The few platform shapes the contracts mention, named here so that `contracts` needs no DOM. */

/** A `MessagePort`, as far as both ends use it. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
}

/** A `Blob` or `File`, read piece by piece. */
export interface FileBytes {
  readonly size: number;
  slice(start?: number, end?: number): FileBytes;
  arrayBuffer(): Promise<ArrayBuffer>;
}
