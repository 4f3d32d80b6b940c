import type { EngineHost } from '#contracts/host/engine-host.ts';

/** Where a bug was thrown, for the log: never its message, which may hold what a person typed. */
export function reportBug(log: EngineHost['log'], where: string, cause: unknown): void {
  const frames = cause instanceof Error ? (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const name = cause instanceof Error ? cause.name : typeof cause;
  log('error', 'bug', {
    where,
    name,
    stack: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' | '),
  });
}
