import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Vitest begins with what took longest the last time, and knows nothing of that on a new machine. The clusters take
 * longest by far, and mostly wait, so that nobody should wait for them at the end.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const { clusters = [], others = [] } = Object.groupBy(sorted, ({ moduleId }) =>
      moduleId.includes('/test/cluster/') ? 'clusters' : 'others',
    );
    return [...clusters, ...others];
  }
}
