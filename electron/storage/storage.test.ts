import { describeEngineHost } from '#contracts/host/engine-host-contract.suite.ts';
import { fileFixture } from './test-host.suite.ts';

describeEngineHost('files', () => fileFixture());
describeEngineHost('files in tiny segments', () => fileFixture({ segmentBytes: 600 }));
