import { onTestFinished } from 'vitest';
import { adoptSuite } from './log-adopt.suite.ts';
import { chainSuite } from './log-chain.suite.ts';
import { mergeSuite } from './log-merge.suite.ts';
import { portSuite } from './log-port.suite.ts';
import { pullSuite } from './log-pull.suite.ts';
import { pullPropertiesSuite } from './log-pull-properties.suite.ts';
import { pushSuite } from './log-push.suite.ts';
import { revealSuite } from './log-reveal.suite.ts';
import { scopeSuite } from './log-scope.suite.ts';
import { viewSuite } from './log-view.suite.ts';
import type { SharedLog } from './shared-log.ts';

export interface LogUnderTest {
  /** Empty. */
  readonly log: SharedLog;
  close?(): Promise<void>;
}

export interface SuiteOptions {
  /** Runs of each property. A log on a disk takes its time. */
  readonly runs?: number;
}

/** Makes an empty log that is closed when the test ends. */
export type MakeLog = () => Promise<SharedLog>;

/** What every shared log has to do alike: in memory, embedded, on a server. */
export function sharedLogSuite(name: string, make: () => Promise<LogUnderTest>, options: SuiteOptions = {}): void {
  const fresh: MakeLog = async () => {
    const made = await make();
    onTestFinished(async () => made.close?.());
    return made.log;
  };
  portSuite(name, fresh);
  pushSuite(name, fresh);
  adoptSuite(name, fresh);
  mergeSuite(name, fresh);
  pullSuite(name, fresh);
  viewSuite(name, fresh);
  scopeSuite(name, fresh);
  revealSuite(name, fresh);
  chainSuite(name, fresh, make, options.runs ?? 100);
  pullPropertiesSuite(name, make, options.runs ?? 100);
}
