import { Dexie } from 'dexie';

/** A database that tells when the browser took it away; closing it ourselves is not told. */
export class WatchedDb extends Dexie {
  private letGo = false;

  onLost(listener: () => void): void {
    this.on('close', () => {
      if (!this.letGo) listener();
    });
  }

  override close(options?: { disableAutoOpen: boolean }): void {
    this.letGo = true;
    super.close(options);
  }
}
