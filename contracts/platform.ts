/** The few platform shapes the contracts mention, named here so that `contracts` needs no DOM. */

/** A `MessagePort`, as far as both ends use it. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
}

/**
 * A `Blob`, read piece by piece. A `File` must be wrapped (`file.slice(0, file.size)`) before it goes to another
 * process: a slice of a `File` is opened by path there, which only the process the person gave it to may do.
 */
export interface FileBytes {
  readonly size: number;
  slice(start?: number, end?: number): FileBytes;
  arrayBuffer(): Promise<ArrayBuffer>;
}
